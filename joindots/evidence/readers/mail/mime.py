"""The parts of one mail, cut out of its bytes in one pass, in bounded memory and linear time.

The public mail parsers are not used: the fast one (fast-mail-parser 0.10) changes the line ends of
quoted-printable attachments, so that their hashes differ from the file sent, and decodes raw and
mislabelled bytes without saying so; the standard library holds the whole mail and recurses once per
level. Both serve as oracles in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

from joindots.evidence.readers.mail.fields import Fields, Mark, Marks, belongs, parse_header
from joindots.evidence.readers.mail.parameters import content_type

CHUNK = 1 << 18
HEADER_CAP = 1 << 20
"""Bytes of one header that are read; what is beyond is passed over and reported as cut."""
FAST_HEADER = 1 << 14
MAX_PARTS = 10_000
MAX_FLAT = 100
MAX_DEPTH = 1_000
LONGEST_MARK = 998
"""A line may not be longer (RFC 5322 2.1.1); a boundary is at most 70 characters (RFC 2046 5.1.1)."""


class Window:
    """The bytes of one mail seen through a buffer. `cut_at` is the first byte that was passed over."""

    def __init__(self, first: bytes, more: Callable[[int], bytes] | None = None) -> None:
        self.buffer = first
        self.at = 0
        self.base = 0
        self.chunk_at = 0
        self.body_end = 0
        self.met: Mark | None = None
        self.cut_at: int | None = None
        self._more = more

    @classmethod
    def over(cls, stream: BinaryIO, length: int) -> Window:
        """The next `length` bytes of a stream, read as they are asked for."""
        left = length

        def more(most: int) -> bytes:
            nonlocal left
            data = stream.read(min(most, left))
            left -= len(data)
            return data

        return cls(b"", more)

    @property
    def whole(self) -> bool:
        """Whether all that is left is in memory."""
        return self._more is None

    @property
    def offset(self) -> int:
        """Bytes of the mail that lie before the reading position."""
        return self.base + self.at

    def cut(self, offset: int) -> None:
        """Remember the first place from which bytes were passed over."""
        if self.cut_at is None or offset < self.cut_at:
            self.cut_at = offset

    def fill(self) -> bool:
        """Read on; False at the end."""
        if self._more is None:
            return False
        data = self._more(CHUNK)
        self.buffer = self.buffer[self.at :] + data
        self.base += self.at
        self.at = 0
        if not data:
            self._more = None
        return bool(data)

    def header_block(self) -> bytes:
        """The raw bytes from here to the first blank line or HEADER_CAP; the position stays."""
        while (end := blank_line(self.buffer, self.at, self.at + HEADER_CAP)) < 0:
            if len(self.buffer) - self.at >= HEADER_CAP or not self.fill():
                break
        return self.buffer[self.at : end if end >= 0 else self.at + HEADER_CAP]

    def header(self, marks: Marks | None = None) -> Fields:
        """The header fields from here; the position is then behind the blank line that ends them.

        Where the blank line is missing, the first line that is no field begins the body.
        """
        while self._more is not None and len(self.buffer) - self.at < FAST_HEADER:
            self.fill()
        if self.buffer.startswith((b"\n", b"\r\n"), self.at):
            self.at += 1 if self.buffer[self.at] == 10 else 2
            return {}
        start = self.at
        end = blank_line(self.buffer, start, start + FAST_HEADER)
        block = self.buffer[start:end] if end >= 0 else self._long_header(marks)
        if end >= 0:
            self.at = end + (1 if self.buffer[end] == 10 else 2)
        fields, used = parse_header(block, marks)
        if used < len(block) and end >= 0:
            self.at = start + used
        return fields

    def _long_header(self, marks: Marks | None) -> bytes:
        """Line by line, for a header that is long, is cut off or lacks its blank line."""
        lines: list[bytes] = []
        size = 0
        begun = True
        while (line := self._line()) is not None:
            whole_line = line.endswith(b"\n")
            if begun and not line.strip(b"\r\n"):
                break
            if begun and not belongs(line, marks, first=not lines):
                self.at -= len(line)
                break
            if size < HEADER_CAP:
                lines.append(line)
            else:
                self.cut(self.offset - len(line))
            size += len(line)
            begun = whole_line
        return b"".join(lines)

    def _line(self) -> bytes | None:
        """The next line with its end, or a piece of CHUNK bytes of a longer one; None at the end."""
        while True:
            end = self.buffer.find(b"\n", self.at)
            if end >= 0 or len(self.buffer) - self.at >= CHUNK or not self.fill():
                break
        end = end + 1 if end >= 0 else len(self.buffer)
        end = min(end, self.at + CHUNK)
        line = self.buffer[self.at : end]
        self.at = end
        return line or None

    def body(self, marks: Marks | None = None) -> Iterable[bytes]:
        """The raw bytes up to the next boundary line among `marks`, or to the end, in pieces.

        Once they are read, `met` is that boundary, or None. The line end before a boundary belongs to
        it. Pieces are cut before a line end, or inside a line only if it is longer than the buffer.
        What is in memory anyway comes at once, in one piece.
        """
        self.met = None
        self.body_end = self.chunk_at = self.offset
        if marks and self._boundary_here(marks):
            return ()
        if self._more is not None:
            return self._pieces(marks)
        start = self.at
        end, _ = self._search(marks, start)
        if self.met is None:
            self.at = end
        self.body_end = self.base + end
        return (self.buffer[start:end],) if end > start else ()

    def _pieces(self, marks: Marks | None) -> Iterator[bytes]:
        goes_on = True
        while goes_on:
            start = self.at
            end, goes_on = self._search(marks, start)
            if not self.met:
                self.at = end
            if end > start:
                self.chunk_at = self.base + start
                self.body_end = self.base + end
                yield self.buffer[start:end]
            if goes_on:
                self.fill()

    def _boundary_here(self, marks: Marks) -> bool:
        while self._more is not None and len(self.buffer) - self.at < LONGEST_MARK:
            self.fill()
        if not self.buffer.startswith(b"--", self.at):
            return False
        return self._meet(marks, self.at)

    def _meet(self, marks: Marks, start: int) -> bool:
        """Whether the line at `start` is a boundary; if so it is taken in."""
        end = self.buffer.find(b"\n", start, start + LONGEST_MARK)
        end = end if end >= 0 else min(len(self.buffer), start + LONGEST_MARK)
        found = marks.get(self.buffer[start:end].rstrip(b" \t\r\n"))
        if not found:
            return False
        self.met = found[-1]
        self.at = min(end + 1, len(self.buffer))
        return True

    def _search(self, marks: Marks | None, start: int) -> tuple[int, bool]:
        """Up to where bytes are surely of this body, and whether it may go on behind that."""
        buffer = self.buffer
        look = start
        while marks and (found := buffer.find(marks.needle, look)) >= 0:
            if self._more is not None and len(buffer) - found <= LONGEST_MARK:
                return _before_line_end(buffer, found, start), True
            if self._meet(marks, found + 1):
                return _before_line_end(buffer, found, start), False
            look = found + 3
        if self._more is None:
            return len(buffer), False
        if len(buffer) - start <= LONGEST_MARK:
            return start, True
        last = buffer.rfind(b"\n", start + 1)
        return (_before_line_end(buffer, last, start) if last > start else len(buffer) - 1), True


def _before_line_end(buffer: bytes, newline: int, start: int) -> int:
    return newline - 1 if newline > start and buffer[newline - 1] == 13 else newline


def blank_line(buffer: bytes, start: int, stop: int) -> int:
    """Where the line end of a blank line stands, or -1."""
    plain = buffer.find(b"\n\n", start, stop)
    crlf = buffer.find(b"\n\r\n", start, plain if plain >= 0 else stop)
    found = crlf if crlf >= 0 else plain
    return found + 1 if found >= 0 else -1


class Leaf(msgspec.Struct):
    """One part that holds bytes. `chunks` are its raw bytes, to be read before the next leaf is asked for.

    `group` is the number of the multipart/alternative it stands in (0: none). `outside` marks words
    before the first or after the last boundary of a multipart, which mail programs do not show.
    """

    fields: Fields
    kind: str
    parameters: dict[str, str]
    at: int
    chunks: Iterable[bytes]
    group: int = 0
    outside: bool = False


def is_multipart(fields: Fields) -> bool:
    """Whether the header announces several parts."""
    values = fields.get("content-type")
    return values is not None and values[0][:10].lower() == "multipart/"


_PLAIN: tuple[str, dict[str, str]] = ("text/plain", {})
"""What a part is that does not say (RFC 2045 5.2)."""


def only_leaf(window: Window, fields: Fields) -> Leaf:
    """The one part of a mail that is no multipart."""
    values = fields.get("content-type")
    kind, parameters = content_type(values[0]) if values else _PLAIN
    return Leaf(fields, kind, parameters, window.offset, window.body())


def flat_leaves(window: Window, fields: Fields) -> list[Leaf] | None:
    """The parts of a multipart that holds no other and is in memory, the commonest by far; None for any other.

    The same as `Scan` gives, which takes every case.
    """
    kind, parameters = content_type(fields["content-type"][0])
    boundary = parameters.get("boundary", "").rstrip().encode("latin-1", "replace")
    needle = b"\n--" + boundary
    buffer = window.buffer
    if not boundary or kind == "text/plain" or not window.whole or not buffer.startswith(needle[1:], window.at):
        return None
    mark, group = Marks({needle[1:]: []}), 1 if kind == "multipart/alternative" else 0
    found: list[Leaf] = []
    start = window.at + len(needle) - 1
    while not buffer.startswith(b"--", start):
        end = buffer.find(needle, start)
        at = start + (2 if buffer.startswith(b"\r\n", start) else 1)
        blank = blank_line(buffer, at - 1, end)
        if end < 0 or not at <= blank < at + FAST_HEADER or buffer[at - 1] != 10 or len(found) >= MAX_FLAT:
            return None
        inner, used = parse_header(buffer[at:blank], mark)
        behind = blank + (1 if buffer[blank] == 10 else 2)
        last = _before_line_end(buffer, end, behind)
        if used < blank - at or last < behind or is_multipart(inner):
            return None
        values = inner.get("content-type")
        kind, parameters = content_type(values[0]) if values else _PLAIN
        body = buffer[behind:last]
        found.append(Leaf(inner, kind, parameters, window.base + behind, (body,) if body else (), group))
        start = end + len(needle)
    if not found or buffer[start + 2 :].strip(b" \t\r\n"):
        return None
    window.at = len(buffer)
    return found


@dataclass(slots=True)
class Scan:
    """The leaves of a mail in order. `unclosed` and `parts` are known once all were read."""

    window: Window
    fields: Fields
    unclosed: bool = False
    parts: int = 0
    _boundaries: list[bytes] = field(default_factory=list)
    _groups: list[int] = field(default_factory=list)
    _marks: Marks = field(default_factory=Marks)

    def leaves(self) -> Iterator[Leaf]:
        """Each leaf once; nested mails (message/*) stay whole."""
        fields = self.fields
        group = 0
        while True:
            if self.parts >= MAX_PARTS:
                self.window.cut(self.window.offset)
                return
            yield from self._part(fields, group)
            while self.window.met and self.window.met[1]:
                self._close(self.window.met[0])
                yield from self._outside(group)
            if self.window.met is None:
                self.unclosed = bool(self._boundaries)
                return
            self._close(self.window.met[0] + 1)
            group = self._groups[-1]
            fields = self.window.header(self._marks)

    def _part(self, fields: Fields, group: int) -> Iterator[Leaf]:
        self.parts += 1
        values = fields.get("content-type")
        kind, parameters = content_type(values[0]) if values else _PLAIN
        boundary = parameters.get("boundary", "") if kind.startswith("multipart/") else ""
        if boundary and len(self._boundaries) < MAX_DEPTH:
            self._open(boundary.rstrip().encode("latin-1", "replace"), kind, group)
            yield from self._outside(group)
            return
        at = self.window.offset
        chunks = self.window.body(self._marks)
        yield Leaf(fields, kind, parameters, at, chunks, group)
        if not isinstance(chunks, tuple):
            for _ in chunks:
                pass

    def _outside(self, group: int) -> Iterator[Leaf]:
        at = self.window.offset
        chunks = self.window.body(self._marks)
        if not isinstance(chunks, tuple):
            yield Leaf({}, "text/plain", {}, at, chunks, group, outside=True)
            for _ in chunks:
                pass
        elif chunks and not chunks[0].isspace():
            yield Leaf({}, "text/plain", {}, at, chunks, group, outside=True)

    def _open(self, boundary: bytes, kind: str, group: int) -> None:
        level = len(self._boundaries)
        self._boundaries.append(boundary)
        self._groups.append(self.parts if kind == "multipart/alternative" else group)
        self._marks.setdefault(b"--" + boundary, []).append((level, False))
        self._marks.setdefault(b"--" + boundary + b"--", []).append((level, True))
        self._sharpen()

    def _close(self, level: int) -> None:
        """Leave every container at `level` and deeper."""
        if len(self._boundaries) <= level:
            return
        while len(self._boundaries) > level:
            boundary = self._boundaries.pop()
            self._groups.pop()
            for mark in (b"--" + boundary, b"--" + boundary + b"--"):
                self._marks[mark].pop()
                if not self._marks[mark]:
                    del self._marks[mark]
        self._sharpen()

    def _sharpen(self) -> None:
        """With one boundary open its whole line can be searched for: the longer, the faster."""
        self._marks.needle = b"\n--" + (self._boundaries[0] if len(self._boundaries) == 1 else b"")
