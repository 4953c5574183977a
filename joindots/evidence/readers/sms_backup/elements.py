"""Turns the markup of one record into its elements, with one long-lived XML parser.

The parser sees single records only, never a document type or an entity of the file's own making.
"""

from __future__ import annotations

from xml.parsers import expat

from joindots.evidence.readers.sms_backup import mend

_ROOT = b"<r>"
_RENEWED_AFTER = 50_000
"""Records. A parser never forgets a name it met; a new one now and then keeps hostile files bounded."""


class Element:
    """One element: its name, attributes, children and the text between its tags.

    `unknown` are the names of attributes nobody here knows, once they were sorted out.
    """

    __slots__ = ("attributes", "children", "tag", "text", "unknown")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""
        self.unknown: tuple[str, ...] = ()


class NotWellFormed(ValueError):
    """The markup is no well-formed element, even after mending."""


class Elements:
    """Parses one record after the other. `encoding` is the file's own.

    `text_after` says whether text stood between the last record's tag and the end of its markup.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self.text_after = False
        self._renew()

    def element(self, markup: bytes) -> tuple[Element, tuple[str, ...]]:
        """The one element that `markup` holds, and the names of what was mended in it."""
        hows: tuple[str, ...] = ()
        self._parsed += 1
        if self._parsed > _RENEWED_AFTER:
            self._renew()
        if b"&#" in markup:
            markup, hows = mend.references(markup)
        try:
            return self._parse(markup), hows
        except expat.ExpatError:
            self._renew()
        markup, more = mend.last_resort(markup, self._encoding)
        try:
            return self._parse(markup), hows + more
        except expat.ExpatError as error:
            self._renew()
            raise NotWellFormed(expat.ErrorString(error.code)) from None

    def _parse(self, markup: bytes) -> Element:
        self._parser.Parse(markup, False)
        root = self._stack[0]
        if len(self._stack) != 1 or len(root.children) != 1:
            self._renew()
            raise NotWellFormed("no whole element")
        self.text_after = bool(root.text)
        root.text = ""
        return root.children.pop()

    def _renew(self) -> None:
        """A new parser: one that met an error cannot go on."""
        stack: list[Element] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            element = Element(tag, attributes)
            if stack:
                stack[-1].children.append(element)
            stack.append(element)

        def end(_tag: str) -> None:
            stack.pop()

        def text(words: str) -> None:
            stack[-1].text += words

        self._parser = parser = expat.ParserCreate(self._encoding)
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        self._stack = stack
        self._parsed = 0
        parser.Parse(_ROOT, False)
