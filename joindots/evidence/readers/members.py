"""A packed file as a stream that may be left and taken up again, without unpacking it from its start each time."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

MOST = 2
"""Streams that wait to be taken up again; each holds a few hundred kilobytes."""


class Left:
    """The streams of one packed file that were left where they were."""

    def __init__(self, opened: Callable[[], BinaryIO], size: int) -> None:
        self.size = size
        self._opened = opened
        self._waiting: list[BinaryIO] = []

    def open(self) -> BinaryIO:
        """A stream at the file's start."""
        return Again(self)  # type: ignore[return-value]  # a BufferedIOBase serves wherever a BinaryIO is read

    def at(self, place: int) -> BinaryIO:
        """The stream that was left nearest before a place, or a new one, moved on to it."""
        nearest = max((one for one in self._waiting if one.tell() <= place), key=lambda one: one.tell(), default=None)
        if nearest is None:
            nearest = self._opened()
        else:
            self._waiting.remove(nearest)
        nearest.seek(place)
        return nearest

    def leave(self, stream: BinaryIO) -> None:
        """Keep a stream for whoever reads on from there; the one left earliest in the file is closed."""
        self._waiting.append(stream)
        if len(self._waiting) > MOST:
            first = min(self._waiting, key=lambda one: one.tell())
            self._waiting.remove(first)
            first.close()


class Again(io.BufferedIOBase):
    """One reader's place in a packed file."""

    def __init__(self, left: Left) -> None:
        self._left = left
        self._stream: BinaryIO | None = None
        self._place = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Forwards at the cost of unpacking what lies between; backwards from the start."""
        return True

    def tell(self) -> int:
        """The place, in unpacked bytes."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Only remember the place: nothing is unpacked until it is read."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._left.size}[whence]
        self._place = min(max(start + offset, 0), self._left.size)
        return self._place

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes; all that are left where no size is given."""
        stream = self._here()
        data = stream.read(-1 if size is None else size)
        self._place = stream.tell()
        return data

    def read1(self, size: int = -1, /) -> bytes:
        """Some of the next bytes."""
        return self.read(size if size >= 0 else 1 << 16)

    def _here(self) -> BinaryIO:
        if self._stream is not None and self._stream.tell() != self._place:
            self._left.leave(self._stream)
            self._stream = None
        if self._stream is None:
            self._stream = self._left.at(self._place)
        return self._stream

    def close(self) -> None:
        """Leave the stream where it is."""
        if self._stream is not None:
            self._left.leave(self._stream)
            self._stream = None
        super().close()
