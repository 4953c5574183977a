"""The words and the files of one mail, from its parts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

import msgspec

from joindots.evidence.readers.contents import ENOUGH, type_of
from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.mail.charsets import decode
from joindots.evidence.readers.mail.fields import Fields
from joindots.evidence.readers.mail.html_text import text_of
from joindots.evidence.readers.mail.mime import Leaf, Scan, Window, flat_leaves, is_multipart, only_leaf
from joindots.evidence.readers.mail.parameters import disposition
from joindots.evidence.readers.mail.transfer import undone, undone_at_once
from joindots.evidence.readers.records import Media

TEXT_CAP = 4 << 20
"""Bytes of words that one mail may hold; what is beyond is kept in the original and listed as too long."""
UNNAMED = "unnamed"
_KINDS_OF_WORDS = ("text/", "message/")

_QUOTED_AT_START = re.compile(rb"(?m)^>(?=>*From )")
_QUOTED = re.compile(rb"(?<=\n)>(?=>*From )")
_USUAL_PREAMBLE = re.compile(r"(?is)\s*(?:this is a (?:multi-?part|cryptographically signed) message\b.{0,400})?\s*")
_META_CHARSET = re.compile(rb"""(?i)<meta\s[^>]{0,200}?charset\s*=\s*["']?([a-z0-9_.:-]{2,40})""")
_WORDS = re.compile(r"\w+")
_MARKUP = re.compile(r"<[^<>]*>")
_ADDRESSES = re.compile(r"<?(?:https?://|mailto:)[^\s<>]*>?")


class Kept(msgspec.Struct):
    """A file that the mail carries, and where its encoded bytes stand: an offset in the mail, and a length.

    Where a mail is no run of bytes, `pointer` names the place instead.
    """

    media: Media
    at: int
    length: int
    pointer: str | None = None


class Words(msgspec.Struct):
    """One piece of the mail's words. `group` numbers the alternatives it is one of (0: none)."""

    html: bool
    group: int
    text: str


class Contents(msgspec.Struct):
    """What a mail holds. `mended` and `damage` are codes; `cut_at` is where reading had to stop."""

    words: list[Words] = []
    outside: list[str] = []
    files: list[Kept] = []
    mended: list[str] = []
    damage: list[str] = []
    cut_at: int | None = None
    unclosed: bool = False

    def note(self, codes: Iterable[str | None], where: list[str] | None = None) -> None:
        """Add codes once each."""
        into = self.mended if where is None else where
        into.extend(code for code in dict.fromkeys(codes) if code and code not in into)

    def take(self, data: bytes, charset: str | None, *, html: bool, group: int = 0) -> None:
        """Add words in their charset. Line ends become plain ones, and those at the end go."""
        if html and not charset and (named := _META_CHARSET.search(data, 0, ENOUGH)):
            charset = named[1].decode("ascii")
        text, how = decode(data, charset)
        if how:
            self.note([how])
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        text = text.rstrip("\n")
        if text:
            self.words.append(Words(html, group, text))

    def text(self) -> tuple[str | None, bool, str | None]:
        """The words, whether they come from HTML alone, and the HTML's words where they say something else."""
        if len(self.words) == 1 and not self.words[0].html:
            return self.words[0].text, False, None
        if not self.words:
            return None, False, None
        plain_groups = {one.group for one in self.words if one.group and not one.html and one.text.strip()}
        shown = [one for one in self.words if not one.html or one.group not in plain_groups]
        text = "\n".join(filter(None, (text_of(one.text) if one.html else one.text for one in shown)))
        beside = [one.text for one in self.words if one.html and one.group in plain_groups]
        other = ""
        for html in beside:
            bare = _MARKUP.sub("\n", html)
            before, same, after = bare.partition(text)
            if same and not before.strip() and not after.strip():
                continue
            if bare.split() != text.split() and not _bare_words(bare) <= _bare_words(text):
                other = "\n".join(map(text_of, beside))
        if other and _bare_words(other) <= _bare_words(text):
            other = ""
        return text or None, any(one.html for one in shown), other or None


def _bare_words(text: str) -> set[str]:
    """The different words, without those of links."""
    return set(_WORDS.findall(_ADDRESSES.sub(" ", text) if "://" in text else text))


class Pulled(io.RawIOBase):
    """A stream over pieces as they come. `head` is its beginning, for telling its type."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.head = b""
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes; the base class allows any buffer, `BufferedReader` gives these."""
        while not self._left:
            piece = next(self.pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        if len(self.head) < ENOUGH:
            self.head += self._left[: min(size, ENOUGH - len(self.head))]
        self._left = self._left[size:]
        return size


def contents_of(window: Window, fields: Fields, media: MediaSink, *, quoted: bool) -> Contents:
    """Read every part behind the header. `quoted`: the file marks "From " at a line's start with ">"."""
    return _Reading(window, media, quoted).read(fields)


class _Reading:
    def __init__(self, window: Window, media: MediaSink, quoted: bool) -> None:
        self.window = window
        self.media = media
        self.quoted = quoted
        self.found = Contents()
        self.room = TEXT_CAP

    def read(self, fields: Fields) -> Contents:
        if self.window.whole and not is_multipart(fields):
            self._part(only_leaf(self.window, fields))
            self.found.cut_at = self.window.cut_at
            return self.found
        leaves = flat_leaves(self.window, fields) if self.window.whole else None
        if leaves is not None:
            for leaf in leaves:
                self._part(leaf)
            self.found.cut_at = self.window.cut_at
            return self.found
        scan = Scan(self.window, fields)
        for leaf in scan.leaves():
            if leaf.outside:
                self._outside(leaf)
            else:
                self._part(leaf)
        self.found.unclosed = scan.unclosed
        self.found.cut_at = self.window.cut_at
        if not self.found.words and not self.found.files:
            for text in self.found.outside:  # the boundary never came: all that is there are these words
                self.found.words.append(Words(False, 0, text))
            self.found.outside = []
        return self.found

    def _outside(self, leaf: Leaf) -> None:
        data = b"".join(self._limited(leaf))
        if not data or data.isspace():
            return
        text = decode(data, None)[0].replace("\r\n", "\n").strip("\n")
        if not _USUAL_PREAMBLE.fullmatch(text):
            self.found.outside.append(text)

    def _part(self, leaf: Leaf) -> None:
        values = leaf.fields.get("content-disposition")
        how, parameters = disposition(values[0]) if values else ("", {})
        name = parameters.get("filename") or leaf.parameters.get("name") or None
        encodings = leaf.fields.get("content-transfer-encoding")
        encoding = encodings[0] if encodings else ""
        if not self._is_words(leaf, how, name):
            self._keep(leaf, name, encoding)
        elif data := self._at_once(leaf, encoding):
            self.found.take(data, leaf.parameters.get("charset"), html=leaf.kind == "text/html", group=leaf.group)

    def _at_once(self, leaf: Leaf, encoding: str) -> bytes:
        """The words of a part, while there is room."""
        chunks = leaf.chunks
        if isinstance(chunks, tuple) and chunks and len(chunks[0]) <= self.room:
            self.room -= len(chunks[0])
            data = self._unquoted(chunks[0], first=True)
        else:
            data = b"".join(self._limited(leaf))
        damage: set[str] = set()
        data = undone_at_once(data, encoding, damage) if encoding else data
        if damage:
            self.found.note(sorted(damage), self.found.damage)
        return data

    def _is_words(self, leaf: Leaf, how: str, name: str | None) -> bool:
        if leaf.kind not in ("text/plain", "text/html") and not leaf.kind.startswith("multipart/"):
            return False
        return how != "attachment" and (name is None or not self.found.words)

    def _limited(self, leaf: Leaf) -> Iterator[bytes]:
        """The raw bytes while there is room; the rest is passed over and remembered as cut."""
        for number, chunk in enumerate(leaf.chunks):
            taken = chunk
            if len(chunk) > self.room:
                end = chunk.rfind(b"\n", 0, self.room) + 1
                taken = chunk[: end or self.room]
                self.window.cut(self.window.chunk_at + len(taken))
            self.room -= len(taken)
            if taken:
                yield self._unquoted(taken, first=number == 0)
            if len(taken) < len(chunk):
                self.room = 0
                return

    def _unquoted(self, chunk: bytes, *, first: bool) -> bytes:
        if not self.quoted or b">From " not in chunk:
            return chunk
        text, count = (_QUOTED_AT_START if first else _QUOTED).subn(b"", chunk)
        if count:
            self.found.note(["from_unquoted"])
        return text

    def _undone(self, chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
        damage: set[str] = set()
        yield from undone(chunks, encoding, damage)
        if damage:
            self.found.note(sorted(damage), self.found.damage)

    def _keep(self, leaf: Leaf, name: str | None, encoding: str) -> None:
        if isinstance(leaf.chunks, tuple):
            damage: set[str] = set()
            raw = leaf.chunks[0] if leaf.chunks else b""
            length = len(raw)
            if encoding[:6].lower() != "base64":
                raw = self._unquoted(raw, first=True)
            data = undone_at_once(raw, encoding, damage)
            if damage:
                self.found.note(sorted(damage), self.found.damage)
            media = keep_bytes(self.media, name, leaf.kind, data)
        else:
            pieces = (self._unquoted(chunk, first=number == 0) for number, chunk in enumerate(leaf.chunks))
            media = keep_pieces(self.media, name, leaf.kind, self._undone(pieces, encoding))
            length = self.window.body_end - leaf.at
        self.found.files.append(Kept(media, leaf.at, length))


def keep_bytes(media: MediaSink, name: str | None, said: str | None, data: bytes) -> Media:
    """Hand a file to the sink and say what it is: by its content, else as the sender said."""
    sha256, size = media.keep(name or UNNAMED, io.BytesIO(data))
    return Media(name, True, sha256, size, _type(data[:ENOUGH], said))


def _type(head: bytes, said: str | None) -> str | None:
    """By the content; of words the sender knows best which kind they are."""
    found = type_of(head)
    return said if said and (found is None or (found == "text/plain" and said.startswith(_KINDS_OF_WORDS))) else found


def keep_pieces(media: MediaSink, name: str | None, said: str | None, pieces: Iterator[bytes]) -> Media:
    """The same for a file that comes in pieces and is never held whole."""
    pulled = Pulled(pieces)
    sha256, size = media.keep(name or UNNAMED, io.BufferedReader(pulled, 1 << 16))
    return Media(name, True, sha256, size, _type(pulled.head, said))
