"""Microsoft's compound files ([MS-CFB]): a small file system inside a file, read as streams in bounded memory.

Own code, because python-oxmsg and olefile read every stream into memory, follow the directory by
recursion, and oxmsg raises on the first odd letter or date of a property.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STORAGE, STREAM, ROOT = 1, 2, 5
MAX_ENTRIES: Final = 200_000
MOST: Final = 1 << 16
"""Bytes of one piece of a stream."""
_LAST: Final = 0xFFFFFFFA
"""Sector numbers from here on mean an end, a hole or bookkeeping."""
_NONE: Final = 0xFFFFFFFF


class Damaged(ValueError):
    """The file is not laid out as the standard says, so nothing in it can be trusted."""


@dataclass(slots=True)
class Entry:
    """A stream (bytes) or a storage (a folder, whose `kids` are its streams and storages by name)."""

    name: str
    kind: int
    start: int
    size: int
    kids: dict[str, Entry] = field(default_factory=dict)


class Compound:
    """One compound file. `root` is its outermost storage."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._size = size
        head = self._read(0, 512)
        if len(head) < 512 or not head.startswith(MAGIC):
            raise Damaged("header")
        (version,) = struct.unpack_from("<H", head, 26)
        shift, mini_shift = struct.unpack_from("<HH", head, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Damaged("sector size")
        self._sector: int = 1 << shift
        self._long_sizes = version >= 4
        directory, _, self._cutoff, mini_fat = struct.unpack_from("<IIII", head, 48)
        self._fat = self._load_table(head)
        self._mini_fat = self._numbers(self._chain(mini_fat)) if mini_fat < _LAST else array("I")
        self.root = self._load_directory(directory)
        self._mini_sectors = array("I", self._chain(self.root.start)) if self.root.start < _LAST else array("I")

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The bytes of a stream, in pieces; Damaged where its chain breaks off."""
        left = entry.size
        spans = self._mini_spans(entry) if entry.size < self._cutoff else self._spans(entry)
        for offset, length in spans:
            if left <= 0:
                return
            data = self._read(offset, min(length, left))
            if len(data) < min(length, left):
                raise Damaged("cut off")
            left -= len(data)
            yield data
        if left > 0:
            raise Damaged("cut off")

    def whole(self, entry: Entry, most: int) -> bytes:
        """The first `most` bytes of a stream."""
        parts: list[bytes] = []
        size = 0
        for piece in self.pieces(entry):
            parts.append(piece)
            size += len(piece)
            if size >= most:
                break
        return b"".join(parts)[:most]

    def _read(self, offset: int, size: int) -> bytes:
        self._stream.seek(offset)
        return self._stream.read(size)

    def _at(self, sector: int) -> int:
        return (sector + 1) * self._sector

    def _spans(self, entry: Entry) -> Iterator[tuple[int, int]]:
        """Runs of neighbouring sectors, as offset and length."""
        first = last = None
        for sector in self._chain(entry.start):
            if first is None or last is None:
                first = last = sector
            elif sector == last + 1 and (sector - first + 1) * self._sector <= MOST:
                last = sector
            else:
                yield self._at(first), (last - first + 1) * self._sector
                first = last = sector
        if first is not None and last is not None:
            yield self._at(first), (last - first + 1) * self._sector

    def _mini_spans(self, entry: Entry) -> Iterator[tuple[int, int]]:
        sector, seen = entry.start, 0
        in_one = self._sector >> 6
        while sector < _LAST:
            if sector >= len(self._mini_fat) or sector // in_one >= len(self._mini_sectors):
                raise Damaged("small sectors")
            yield self._at(self._mini_sectors[sector // in_one]) + sector % in_one * 64, 64
            sector = self._mini_fat[sector]
            seen += 1
            if seen > len(self._mini_fat):
                raise Damaged("a circle of small sectors")

    def _chain(self, sector: int) -> Iterator[int]:
        seen = 0
        while sector < _LAST:
            if sector >= len(self._fat):
                raise Damaged("sectors")
            yield sector
            sector = self._fat[sector]
            seen += 1
            if seen > len(self._fat):
                raise Damaged("a circle of sectors")

    def _numbers(self, sectors: Iterator[int]) -> array[int]:
        numbers = array("I")
        for sector in sectors:
            data = self._read(self._at(sector), self._sector)
            if len(data) < self._sector:
                raise Damaged("cut off")
            numbers.frombytes(data)
        if struct.pack("=I", 1) != struct.pack("<I", 1):
            numbers.byteswap()
        return numbers

    def _load_table(self, head: bytes) -> array[int]:
        """The table of sectors, from the 109 places in the header and the chain of places behind them."""
        most = self._size // self._sector + 1
        places = list(struct.unpack_from("<109I", head, 76))
        (more,) = struct.unpack_from("<I", head, 68)
        in_one = self._sector // 4 - 1
        while more < _LAST and len(places) <= most + 109:
            numbers = self._numbers(iter((more,)))
            places += numbers[:in_one]
            more = numbers[in_one]
        used = [place for place in places if place < _LAST]
        if len(used) * (in_one + 1) > most + (in_one + 1) * 2:
            raise Damaged("table larger than the file")
        return self._numbers(iter(used))

    def _load_directory(self, first: int) -> Entry:
        entries: list[tuple[Entry, int, int, int]] = []
        for sector in self._chain(first):
            data = self._read(self._at(sector), self._sector)
            entries.extend(self._entry(data[start : start + 128]) for start in range(0, len(data) - 127, 128))
            if len(entries) > MAX_ENTRIES:
                raise Damaged("too many entries")
        if not entries or entries[0][0].kind != ROOT:
            raise Damaged("directory")
        _hang(entries)
        return entries[0][0]

    def _entry(self, data: bytes) -> tuple[Entry, int, int, int]:
        length, kind = struct.unpack_from("<HB", data, 64)
        left, right, child = struct.unpack_from("<III", data, 68)
        start, size = struct.unpack_from("<IQ", data, 116)
        name = data[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        size = size if self._long_sizes else size & 0xFFFFFFFF
        return Entry(name, kind, start, min(size, self._size)), left, right, child


def _hang(entries: list[tuple[Entry, int, int, int]]) -> None:
    """Give each storage its kids: the standard keeps them as a search tree; every entry has one place."""
    seen = {0}
    storages = [0]
    while storages:
        parent, _, _, child = entries[storages.pop()]
        waiting = [child]
        while waiting:
            number = waiting.pop()
            if number == _NONE:
                continue
            if number >= len(entries) or number in seen:
                raise Damaged("directory")
            seen.add(number)
            entry, left, right, _ = entries[number]
            parent.kids[entry.name] = entry
            waiting += (left, right)
            if entry.kind == STORAGE:
                storages.append(number)
