"""The lines and rows of a separated-values file as a stream, each with its line number and span of bytes.

The spans tile the file: every byte belongs to exactly one row, readable or not.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple

MAX_LINE = 1 << 20
"""Bytes; a longer line is counted and skipped, never held."""
MAX_ROW = 1 << 18
"""Bytes of a row over several lines: a quotation mark that never closes must not swallow the file."""
KEPT_OF_LONG = 400
CHUNK = 1 << 18

Why = Literal["unknown_line", "too_long", "broken"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file is written: `encoding` is utf-8, utf-16-le or utf-16-be; `newline` is its line end."""

    encoding: str
    newline: bytes
    delimiter: str

    @property
    def width(self) -> int:
        """Bytes a character takes at least; a line end starts at a multiple of it."""
        return 2 if self.encoding.startswith("utf-16") else 1

    def decode(self, data: bytes) -> str:
        """The text. A line that is no UTF-8 is Windows-1252, which every byte fits."""
        if self.encoding != "utf-8":
            return data.decode(self.encoding, "replace")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return western(data)


def western(data: bytes) -> str:
    """Windows-1252, and its five empty places as the control codes they are in Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)


class Line(NamedTuple):
    """One physical line with its end. `data` is only the beginning where the line is too long."""

    number: int
    byte: int
    length: int
    data: bytes


class RawRow(NamedTuple):
    """One row. `why` is None where `cells` could be read; `excerpt` is set where they could not."""

    line: int
    byte: int
    length: int
    cells: list[str]
    why: Why | None = None
    excerpt: str = ""


def lines(stream: BinaryIO, dialect: Dialect) -> Iterator[Line]:
    """Every physical line, in order; memory is bounded by MAX_LINE."""
    if dialect.newline == b"\n":
        return _plain_lines(stream)
    return _marked_lines(stream, dialect.newline, dialect.width)


def _plain_lines(stream: BinaryIO) -> Iterator[Line]:
    byte, number = 0, 1
    while data := stream.readline(MAX_LINE):
        length = len(data)
        if length == MAX_LINE and not data.endswith(b"\n"):
            while more := stream.readline(MAX_LINE):
                length += len(more)
                if more.endswith(b"\n"):
                    break
            if length > MAX_LINE:
                data = data[:KEPT_OF_LONG]
        yield Line(number, byte, length, data)
        byte += length
        number += 1


def _marked_lines(stream: BinaryIO, mark: bytes, width: int) -> Iterator[Line]:
    byte, number, skipped, at = 0, 1, 0, 0
    kept = buffer = b""
    while True:
        end = _find(buffer, mark, width, at)
        if end < 0:
            buffer, at = buffer[at:], 0
            if len(buffer) > MAX_LINE:
                kept = kept or buffer[:KEPT_OF_LONG]
                cut = len(buffer) - len(buffer) % width - width
                skipped, buffer = skipped + cut, buffer[cut:]
            if more := stream.read(CHUNK):
                buffer += more
                continue
            end = len(buffer)
            if not end:
                return
        length = skipped + end - at
        yield Line(number, byte, length, kept or buffer[at:end])
        byte, number, skipped, kept, at = byte + length, number + 1, 0, b"", end


def _find(buffer: bytes, mark: bytes, width: int, start: int) -> int:
    """Where the line that begins at `start` ends, past its mark, or -1. Both stand on whole characters."""
    at = buffer.find(mark, start)
    while at >= 0 and at % width:
        at = buffer.find(mark, at + 1)
    return at + len(mark) if at >= 0 else -1


class _Swallowed(Exception):
    """A quotation mark was opened and did not close within MAX_ROW bytes."""


class _Feed:
    """Hands decoded lines to the csv module and remembers which of them the current row took."""

    def __init__(self, stream: BinaryIO, dialect: Dialect) -> None:
        self.dialect = dialect
        self.source = lines(stream, dialect)
        self.waiting: deque[Line] = deque()
        self.taken: list[Line] = []
        self.bytes = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else next(self.source)
        self.taken.append(line)
        self.bytes += line.length
        if line.length > len(line.data) or (self.bytes > MAX_ROW and len(self.taken) > 1):
            raise _Swallowed
        text = self.dialect.decode(line.data)
        return text.removeprefix("\ufeff") if line.byte == 0 else text

    def begin(self) -> None:
        self.taken.clear()
        self.bytes = 0

    def keep_first(self) -> None:
        """Give back all lines but the first."""
        self.waiting.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def rows(stream: BinaryIO, dialect: Dialect) -> Iterator[RawRow]:
    """Every row, quoted line ends included. A row whose quotation never closes ends at its first line."""
    feed = _Feed(stream, dialect)
    reader = csv.reader(feed, delimiter=dialect.delimiter, skipinitialspace=True, strict=True)
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _Swallowed) as error:
            feed.keep_first()
            yield _mended(feed.taken[0], dialect, error)
            continue
        taken = feed.taken
        yield RawRow(taken[0].number, taken[0].byte, feed.bytes, cells)


def _mended(line: Line, dialect: Dialect, error: Exception) -> RawRow:
    """A line that breaks the rules of quoting: read if only loosely written, else kept as not understood."""
    text = dialect.decode(line.data)
    text = text.removeprefix("\ufeff") if line.byte == 0 else text
    if line.length > len(line.data) or "field limit" in str(error):
        return RawRow(line.number, line.byte, line.length, [], "too_long", text[:KEPT_OF_LONG])
    try:
        next(csv.reader([text], delimiter=dialect.delimiter, skipinitialspace=True, strict=True))
    except csv.Error as problem:
        if "unexpected end" in str(problem):
            return RawRow(line.number, line.byte, line.length, [], "broken", text[:KEPT_OF_LONG])
    try:
        found = list(csv.reader([text], delimiter=dialect.delimiter, skipinitialspace=True))
    except csv.Error as problem:
        why: Why = "too_long" if "field limit" in str(problem) else "unknown_line"
        return RawRow(line.number, line.byte, line.length, [], why, text[:KEPT_OF_LONG])
    if len(found) != 1:
        return RawRow(line.number, line.byte, line.length, [], "unknown_line", text[:KEPT_OF_LONG])
    return RawRow(line.number, line.byte, line.length, found[0])
