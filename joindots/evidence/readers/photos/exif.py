"""The few EXIF values that say when, where and with what a picture was taken; read in plain Python.

No picture library is asked: nothing of the picture itself is ever decoded, so a picture made to harm
a decoder meets none.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from typing import Final

Reader = Callable[[int, int], bytes]
"""Gives up to that many bytes from that offset of the TIFF structure; fewer at its end."""
Value = str | bytes | int | tuple[Fraction | None, ...]

MAX_ENTRIES: Final = 1_000
MAX_VALUE: Final = 1 << 12
"""Bytes of one value that are read; a maker's own note may be large, and is not asked for."""
_UNITS: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4}
_ASCII, _SHORT, _LONG, _RATIONAL, _UNDEFINED, _SIGNED_RATIONAL, _DIRECTORY = 2, 3, 4, 5, 7, 10, 13

MAIN: Final = {0x0100: "width", 0x0101: "height", 0x010F: "make", 0x0110: "model", 0x0131: "software",
               0x0132: "changed", 0x8769: "exif", 0x8825: "gps"}  # fmt: skip
EXIF: Final = {0x9003: "taken", 0x9004: "digitized", 0x9010: "changed_offset", 0x9011: "taken_offset",
               0xA002: "pixel_width", 0xA003: "pixel_height"}  # fmt: skip
GPS: Final = {1: "lat_ref", 2: "lat", 3: "lon_ref", 4: "lon", 7: "gps_time", 29: "gps_date"}  # fmt: skip


def read_exif(read: Reader) -> dict[str, Value]:
    """The values by name; what is missing or damaged is left out."""
    head = read(0, 8)
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(head[:4])
    if order is None or len(head) < 8:
        return {}
    found = _directory(read, order, struct.unpack(order + "I", head[4:])[0], MAIN)
    for name, wanted in (("exif", EXIF), ("gps", GPS)):
        at = found.pop(name, None)
        if isinstance(at, int):
            for key, value in _directory(read, order, at, wanted).items():
                found.setdefault(key, value)
    return found


def _directory(read: Reader, order: str, at: int, wanted: dict[int, str]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    head = read(at, 2)
    if at < 8 or len(head) < 2:
        return found
    count = min(struct.unpack(order + "H", head)[0], MAX_ENTRIES)
    table = read(at + 2, count * 12)
    for start in range(0, len(table) - 11, 12):
        tag, kind, number = struct.unpack_from(order + "HHI", table, start)
        name = wanted.get(tag)
        if name is None or name in found:
            continue
        size = _UNITS.get(kind, 0) * number
        if not 0 < size <= MAX_VALUE:
            continue
        data = table[start + 8 : start + 12]
        if size > 4:
            data = read(struct.unpack(order + "I", data)[0], size)
        value = _value(data[:size], kind, order) if len(data) >= size else None
        if value is not None:
            found[name] = value
    return found


def _value(data: bytes, kind: int, order: str) -> Value | None:
    if kind == _ASCII:
        return data.split(b"\x00", 1)[0].decode("utf-8", "replace").strip()
    if kind == _SHORT:
        return int(struct.unpack_from(order + "H", data)[0])
    if kind in (_LONG, _DIRECTORY):
        return int(struct.unpack_from(order + "I", data)[0])
    if kind in (_RATIONAL, _SIGNED_RATIONAL):
        numbers = struct.unpack(f"{order}{len(data) // 4}{'I' if kind == _RATIONAL else 'i'}", data)
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return tuple(Fraction(over, under) if under else None for over, under in pairs)
    return data if kind in (1, _UNDEFINED) else None
