"""Cuts an XML file of any size into tags with their places, and streams pictures out of `data="…"`.

In XML a `<` never stands inside an attribute's value, so every `<` starts a tag. That is all this
module relies on; whether a tag is well formed is decided by the XML parser that gets it. So a damaged
tag costs only itself, places are those of the original bytes, and the memory used is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

WINDOW = 1 << 20
LONGEST = 8 << 20
"""Bytes of one tag without its pictures; a longer one is passed over and said to be too long."""
_DATA = re.compile(rb"""<part(?:\s+[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*?\s+data\s*=\s*(["'])""")
_ENDS = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
_OPENS = ord("<")
_SPECIAL = b"!?p"
"""After a `<`: instructions and comments, and parts, which may hold a picture."""
_EXCERPT = 200


class Data(NamedTuple):
    """The value of one `data` attribute, still to be read; `head` is the tag up to its quote.

    Once the chunks are read, `closed` says whether the value came to its closing quote.
    """

    head: bytes
    byte: int
    line: int
    chunks: Iterator[bytes]
    closed: Callable[[], bool]


class Piece(NamedTuple):
    """One tag with the text after it, or text before a tag. `markup` is without the picture.

    `length` counts the original bytes. In place of a picture `markup` holds what the taker
    of pictures gave back. A `too_long` piece has only the first bytes.
    """

    byte: int
    length: int
    line: int
    markup: bytes
    too_long: bool = False


TakeData = Callable[[Data], str]


class Scanner:
    """Reads a stream once, front to back. `take` is called for each picture while it streams by."""

    def __init__(self, stream: BinaryIO, take: TakeData) -> None:
        self._stream = stream
        self._take = take
        self._buffer = b""
        self._base = 0
        self._pos = 0
        self._line = 1
        self._closed = False

    def pieces(self) -> Iterator[Piece]:
        """Every piece that is not mere white space, in the file's order."""
        self._more()
        if self._buffer.startswith(b"\xef\xbb\xbf"):
            self._pos = 3
        while self._pos < len(self._buffer) or self._more():
            pos = self._pos
            end = self._buffer.find(b"<", pos + 1)
            if end >= 0 and self._buffer[pos] == _OPENS and self._buffer[pos + 1] not in _SPECIAL:
                markup = self._buffer[pos:end]  # the common case, kept short: everything else is below
                yield Piece(self._base + pos, end - pos, self._line, markup)
                self._line += markup.count(b"\n")
                self._pos = end
                continue
            if self._buffer.startswith((b"<!", b"<?"), self._pos):
                piece = self._instruction()
            elif self._buffer.startswith(b"<part", self._pos) and (opened := self._data()):
                piece = self._with_data(opened)
            else:
                end = self._buffer.find(b"<", self._pos + 1)
                if end < 0 and self._unfinished():
                    continue
                piece = self._plain(end)
            if piece.markup and not piece.markup.isspace():
                yield piece

    def _more(self) -> bool:
        chunk = self._stream.read(WINDOW)
        self._buffer = self._buffer[self._pos :] + chunk
        self._base += self._pos
        self._pos = 0
        return bool(chunk)

    def _unfinished(self) -> bool:
        """No end in sight: read on, unless the tag has grown too long or the file is over."""
        return len(self._buffer) - self._pos <= LONGEST and self._more()

    def _plain(self, end: int) -> Piece:
        if end < 0 and len(self._buffer) - self._pos > LONGEST:
            return self._pass_over(b"<", keep_end=False)
        markup = self._buffer[self._pos : end if end >= 0 else len(self._buffer)]
        piece = Piece(self._base + self._pos, len(markup), self._line, markup)
        self._pos += len(markup)
        self._line += markup.count(b"\n")
        return piece

    def _instruction(self) -> Piece:
        while len(self._buffer) - self._pos < 9 and self._more():
            pass
        kinds = [kind for kind in _ENDS if self._buffer.startswith(kind[0], self._pos)]
        if not kinds:
            end = self._buffer.find(b"<", self._pos + 1)
            return self._plain(end if end >= 0 else len(self._buffer))
        begin, marker = kinds[0]
        while (end := self._buffer.find(marker, self._pos + len(begin))) < 0:
            if not self._unfinished():
                if len(self._buffer) - self._pos > LONGEST:
                    return self._pass_over(marker, keep_end=True)
                return self._plain(len(self._buffer))
        return self._plain(end + len(marker))

    def _pass_over(self, marker: bytes, *, keep_end: bool) -> Piece:
        """Skip to the next `marker`, keeping no more than a window; the excerpt tells what it was."""
        byte, line = self._base + self._pos, self._line
        excerpt = self._buffer[self._pos : self._pos + _EXCERPT]
        self._step(self._pos + 1)
        while (end := self._buffer.find(marker, self._pos)) < 0:
            keep_from = max(self._pos, len(self._buffer) - len(marker) + 1)
            self._step(keep_from)
            if not self._more():
                self._step(len(self._buffer))
                return Piece(byte, self._base + self._pos - byte, line, excerpt, too_long=True)
        self._step(end + len(marker) * keep_end)
        return Piece(byte, self._base + self._pos - byte, line, excerpt, too_long=True)

    def _step(self, to: int) -> None:
        if self._buffer.find(b"\n", self._pos, to) >= 0:  # a picture is one line: finding is faster than counting
            self._line += self._buffer.count(b"\n", self._pos, to)
        self._pos = to

    def _data(self) -> re.Match[bytes] | None:
        """The tag up to the opening quote of its picture, if it has one."""
        opened = _DATA.match(self._buffer, self._pos)
        while not opened and self._buffer.find(b"<", self._pos + 1) < 0 and self._unfinished():
            opened = _DATA.match(self._buffer, self._pos)
        return opened

    def _with_data(self, opened: re.Match[bytes]) -> Piece:
        byte, line = self._base + self._pos, self._line
        head, quote = opened[0], opened[1]
        self._step(opened.end())
        chunks = self._value(quote)
        stands_for_it = self._take(Data(head, self._base + self._pos, self._line, chunks, lambda: self._closed))
        for _ in chunks:  # what the taker left
            pass
        while (end := self._buffer.find(b"<", self._pos)) < 0 and self._unfinished():
            pass
        tail = self._plain(end)
        markup = head + stands_for_it.encode() + tail.markup
        return Piece(byte, tail.byte + tail.length - byte, line, markup, tail.too_long)

    def _value(self, quote: bytes) -> Iterator[bytes]:
        """The bytes up to the closing quote, or up to a `<`, where the value must be cut off."""
        while True:
            end = self._buffer.find(quote, self._pos)
            self._closed = end >= 0
            end = end if self._closed else len(self._buffer)
            cut = self._buffer.find(b"<", self._pos, end)
            if cut >= 0:
                self._closed, end = False, cut
            chunk = self._buffer[self._pos : end]
            self._step(end)
            if chunk:
                yield chunk
            if self._closed or cut >= 0 or not self._more():
                return
