"""A chat file cut into its messages, block by block: bounded memory, and every byte accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final, Protocol

from joindots.evidence.readers.whatsapp.headers import Learned

BLOCK: Final = 1 << 18
MOST_WORDS: Final = 1 << 20
"""Bytes of one message that are held; what follows is kept in the original and listed as too long.

WhatsApp itself takes no message above 65,536 characters, so what is longer was not written in it.
"""
LONGEST_HEADER: Final = 1 << 16


class Readable(Protocol):
    """Any stream of bytes."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(slots=True)
class Batch:
    """Some messages in a row. `fields` holds six values for each: header, stamp, date, clock, name (or None) and body.

    Each message is followed by one line feed, except the last of the file, whose body holds its own.
    """

    offset: int
    fields: list[Any]
    last: bool = False
    cut: bool = False
    """The last message here goes on in the Stray that follows."""


@dataclass(slots=True)
class Stray:
    """Bytes that belong to no message: ahead of the first one, or the rest of one that is too long."""

    offset: int
    length: int
    lines: int
    too_long: bool
    excerpt: bytes


def cut_at(body: bytes) -> int:
    """Where a body is cut: at the most bytes that are held, and never inside a character."""
    at = min(len(body), MOST_WORDS)
    while 0 < at < len(body) and body[at] & 0xC0 == 0x80:
        at -= 1
    return at


class Cutter:
    """Reads a stream once and gives its batches and strays in order."""

    def __init__(self, stream: Readable, learned: Learned, rejected: AbstractSet[int] = frozenset()) -> None:
        self._stream = stream
        self._pattern = learned.pattern
        self._swap = learned.form.time_first
        self._rejected = rejected
        self._held = b"\n"
        self._offset = -1
        """Where the first held byte stands. It is the line feed before a header, or before the file."""

    def __iter__(self) -> Iterator[Batch | Stray]:
        yield from self._ahead()
        while block := self._stream.read(BLOCK):
            self._held += block
            parts = self._split()
            if len(parts) > 7:
                yield Batch(self._offset + 1, parts[1:-6])
                tail = _whole(parts, -6)
                self._offset += len(self._held) - len(tail)
                self._held = tail
            if len(parts[-1]) > MOST_WORDS + BLOCK:
                yield from self._overflow()
        if len(self._held) > 1:
            yield Batch(self._offset + 1, self._split()[1:], last=True)

    def _split(self) -> list[Any]:
        parts: list[Any] = self._pattern.split(self._held)
        if self._rejected:
            parts = _joined(parts, self._offset, self._rejected)
        if self._swap:
            parts[3::6], parts[4::6] = parts[4::6], parts[3::6]
        return parts

    def _ahead(self) -> Iterator[Stray]:
        """What stands before the first header."""
        while b"\n" not in self._held[1:] and len(self._held) < LONGEST_HEADER and (block := self._stream.read(BLOCK)):
            self._held += block
        if self._next_header(0) != 0:
            yield from self._skip(1, too_long=False)

    def _overflow(self) -> Iterator[Batch | Stray]:
        """Give the held message as far as it is kept, and pass over the rest of it."""
        parts = self._split()
        body = parts[-1]
        at = cut_at(body)
        yield Batch(self._offset + 1, [*parts[1:-1], body[:at]], cut=True)
        yield from self._skip(len(self._held) - len(body) + at, too_long=True)

    def _skip(self, start: int, *, too_long: bool) -> Iterator[Stray]:
        """Pass over bytes from `start` of what is held up to the next header, holding almost nothing."""
        first = self._offset + start
        excerpt = self._held[start : start + 200]
        lines = 0
        position = start
        while (found := self._next_header(position)) is None:
            feed = self._held.rfind(b"\n", position)
            keep = feed if feed >= 0 and len(self._held) - feed <= LONGEST_HEADER else len(self._held)
            lines += self._held.count(b"\n", position, keep)
            self._offset += keep
            self._held = self._held[keep:]
            position = 0
            block = self._stream.read(BLOCK)
            if not block:
                lines += self._held.count(b"\n")
                found = len(self._held)
                break
            self._held += block
        else:
            lines += self._held.count(b"\n", position, found + 1)
        self._offset += found
        self._held = self._held[found:]
        length = self._offset + bool(self._held) - first
        if length:
            yield Stray(first, length, lines, too_long, excerpt[:length])

    def _next_header(self, position: int) -> int | None:
        for found in self._pattern.finditer(self._held, position):
            if self._offset + found.start() + 1 not in self._rejected:
                return found.start()
        return None


def _whole(parts: list[Any], at: int) -> bytes:
    whole: bytes = b"\n" + parts[at] + parts[at + 5]
    return whole


def _joined(parts: list[Any], offset: int, rejected: AbstractSet[int]) -> list[Any]:
    """The parts with every rejected header given back to the body before it."""
    position = offset + len(parts[0]) + 1
    kept, body = parts[:1], [parts[0]]
    for at in range(1, len(parts), 6):
        text = _whole(parts, at)
        if position in rejected and len(kept) > 1:
            body.append(text)
        else:
            kept[-1] = b"".join(body)
            kept += parts[at : at + 6]
            body = [parts[at + 5]]
        position += len(text)
    kept[-1] = b"".join(body)
    return kept
