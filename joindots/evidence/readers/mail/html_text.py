"""A plain text version of an HTML mail: one pass in linear time; nothing is loaded, nothing is run.

The standard library's parser is not used: an unclosed tag of 48 KB keeps it busy for half a minute
(measured on Python 3.11.7), and its reading of broken markup changes between patch releases.
"""

from __future__ import annotations

import re
from html import unescape

LONGEST_TAG = 1 << 16
"""Characters between `<` and `>`; without a `>` so near, the `<` is a word."""
NEVER = 1 << 62
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tr", "ul", "title",
))  # fmt: skip
_DROPPED = frozenset(("script", "style", "noscript", "template"))
_CELLS = frozenset(("td", "th"))
_MARKUP = re.compile(r"<(?=[!?a-zA-Z]|/[a-zA-Z])")
_TAG = re.compile(r"(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NEWLINES = re.compile(r" *\n *")
_MANY = re.compile(r"\n{3,}")


def text_of(html: str) -> str:
    """What the mail says: blocks on lines of their own, links as `words <address>`, pictures by their words."""
    return _Reader(html).text()


class _Reader:
    def __init__(self, html: str) -> None:
        self.html = html
        self.pieces: list[str] = []
        self.link: tuple[str, int] | None = None
        self.pre = 0
        self._absent: set[str] = set()
        self._seen: dict[str, tuple[int, int]] = {}

    def text(self) -> str:
        html, at, size = self.html, 0, len(self.html)
        while at < size:
            markup = _MARKUP.search(html, at)
            start = markup.start() if markup else size
            if start > at:
                self._words(html[at:start])
            at = self._markup(start) if markup else size
        self._end_link()
        lines = _NEWLINES.sub("\n", "".join(self.pieces).replace("\x00", ""))
        return _MANY.sub("\n\n", lines.replace("\x01", " ").replace("\x02", "\n")).strip()

    def _words(self, raw: str) -> None:
        text = unescape(raw) if "&" in raw else raw
        if "\x00" in text or "\x01" in text or "\x02" in text:
            text = text.translate({0: None, 1: None, 2: None})
        if self.pre:
            # Spaces and line ends that count stand in as marks until the layout is done.
            self.pieces.append(text.replace("\r\n", "\n").replace(" ", "\x01").replace("\n", "\x02"))
            return
        text = _SPACES.sub(" ", text)
        if text.startswith(" ") and (not self.pieces or self.pieces[-1].endswith((" ", "\n"))):
            text = text[1:]
        if text:
            self.pieces.append(text)

    def _markup(self, at: int) -> int:
        """Take in one piece of markup that begins at `at`; give the place behind it."""
        html = self.html
        if html.startswith("<!--", at):
            return self._behind("-->", at + 4)
        if html.startswith(("<!", "<?"), at):
            return self._behind(">", at + 2)
        match = _TAG.match(html, at + 1)
        if match is None:
            self._words("<")
            return at + 1
        end = self._tag_end(match.end())
        if end is None:
            self._words("<")
            return at + 1
        name = match[2].lower()
        if match[1]:
            self._closing(name)
        else:
            self._opening(name, html[match.end() : end])
            if name in _DROPPED:
                return self._behind_closing(name, end)
        return end

    def _behind(self, mark: str, at: int) -> int:
        """Behind the next `mark`; without one, the rest of the file is markup (as browsers have it)."""
        found = -1 if mark in self._absent else self.html.find(mark, at)
        if found < 0:
            self._absent.add(mark)
            return len(self.html)
        return found + len(mark)

    def _behind_closing(self, name: str, at: int) -> int:
        match = re.compile(f"</{name}[^>]*>?", re.IGNORECASE).search(self.html, at)
        return match.end() if match else len(self.html)

    def _tag_end(self, at: int) -> int | None:
        """Behind the `>` of a tag, quotes minded; None if none comes soon: then it is no tag but words."""
        last = at + LONGEST_TAG
        end = self._next(">", at)
        if end > last:
            return None
        while True:
            quote = min(self._next('"', at), self._next("'", at))
            if quote > end:
                return end + 1
            closing = self._next(self.html[quote], quote + 1)
            if closing > last:
                return end + 1
            at = closing + 1
            end = self._next(">", at)
            if end > last:
                return at

    def _next(self, char: str, at: int) -> int:
        """Where `char` comes next; the last answers are kept, so that a file is searched once."""
        asked, found = self._seen.get(char, (0, -1))
        if not asked <= at <= found:
            found = self.html.find(char, at)
            found = found if found >= 0 else NEVER
            self._seen[char] = (at, found)
        return found

    def _opening(self, name: str, attributes: str) -> None:
        if name == "br":
            self.pieces.append("\n")
        elif name in _BLOCKS:
            self._line()
            if name == "pre":
                self.pre += 1
            elif name == "li":
                self.pieces.append("- ")
        elif name in _CELLS:
            if self.pieces and not self.pieces[-1].endswith((" ", "\n")):
                self.pieces.append(" ")
        elif name == "a":
            self._end_link()
            if address := _value(attributes, "href"):
                self.link = (address, len(self.pieces))
        elif name == "img" and (words := _value(attributes, "alt")):
            self._words(f"[{words}]")

    def _closing(self, name: str) -> None:
        if name == "a":
            self._end_link()
        elif name in _BLOCKS:
            self._line()
            if name == "pre" and self.pre:
                self.pre -= 1
            elif name == "p":
                self.pieces.append("\n")

    def _end_link(self) -> None:
        if self.link is None:
            return
        address, since = self.link
        self.link = None
        label = "".join(self.pieces[since:]).strip()
        if address.removeprefix("mailto:") != label and not address.startswith("#"):
            self.pieces.append(f" <{address}>" if label else f"<{address}>")

    def _line(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")


def _value(attributes: str, name: str) -> str:
    for match in _ATTRIBUTE.finditer(attributes):
        if match[1].lower() == name:
            return unescape(match[2] or match[3] or match[4] or "").strip()
    return ""
