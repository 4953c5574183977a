"""Where a picture file keeps its EXIF block and its size in pixels, for each kind of file."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from joindots.evidence.readers.photos.exif import Value, read_exif

MAX_STEPS: Final = 10_000
"""Segments, chunks or boxes that are looked at in one file."""
MAX_EXIF: Final = 1 << 20
MAX_META: Final = 4 << 20
"""Bytes of the index of a HEIC file."""


@dataclass(slots=True)
class Picture:
    """What the file says about itself. `why` says what was missing or damaged."""

    exif: dict[str, Value] = field(default_factory=dict)
    size: tuple[int, int] | None = None
    why: str | None = None


def look_at(stream: BinaryIO, kind: str) -> Picture:
    """Read the headers of a picture of that media type; damage gives what could be read, and why."""
    looks: dict[str, Callable[[BinaryIO], Picture]] = {
        "image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp, "image/tiff": _tiff,
        "image/heic": _heic, "image/heif": _heic, "image/avif": _heic, "image/gif": _gif,
    }  # fmt: skip
    try:
        picture = looks[kind](stream)
    except (struct.error, ValueError, IndexError, OverflowError):
        return Picture(why="damaged_or_cut_off")
    if not picture.exif and picture.why is None:
        picture.why = "no_exif"
    return picture


def _at(stream: BinaryIO, offset: int, size: int) -> bytes:
    stream.seek(offset)
    return stream.read(size)


def _block(data: bytes) -> dict[str, Value]:
    data = data.removeprefix(b"Exif\x00\x00")
    return read_exif(lambda at, size: data[at : at + size])


def _jpeg(stream: BinaryIO) -> Picture:
    """Segments up to the start of the scan."""
    found = Picture()
    at = 2
    for _ in range(MAX_STEPS):
        head = _at(stream, at, 4)
        if len(head) < 4 or head[0] != 0xFF:
            found.why = "damaged_or_cut_off"
            break
        marker = head[1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in (0xD9, 0xDA):
            break
        length = int.from_bytes(head[2:], "big")
        if marker == 0xE1 and not found.exif:
            data = _at(stream, at + 4, max(length - 2, 0))
            if data.startswith(b"Exif\x00\x00"):
                found.exif = _block(data)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC) and found.size is None:
            height, width = struct.unpack(">HH", _at(stream, at + 5, 4))
            found.size = (width, height)
        at += 2 + max(length, 2)
    return found


def _png(stream: BinaryIO) -> Picture:
    found = Picture()
    at = 8
    for _ in range(MAX_STEPS):
        head = _at(stream, at, 8)
        if len(head) < 8:
            found.why = "damaged_or_cut_off"
            break
        length, name = struct.unpack(">I4s", head)
        if name == b"IHDR":
            width, height = struct.unpack(">II", _at(stream, at + 8, 8))
            found.size = (width, height)
        elif name == b"eXIf":
            found.exif = _block(_at(stream, at + 8, min(length, MAX_EXIF)))
        elif name == b"IEND":
            break
        at += 12 + length
    return found


def _webp(stream: BinaryIO) -> Picture:
    found = Picture()
    at = 12
    for _ in range(MAX_STEPS):
        head = _at(stream, at, 8)
        if len(head) < 8:
            break
        name, length = struct.unpack("<4sI", head)
        if name == b"EXIF":
            found.exif = _block(_at(stream, at + 8, min(length, MAX_EXIF)))
        elif found.size is None:
            found.size = _webp_size(name, _at(stream, at + 8, 10))
        at += 8 + length + length % 2
    if found.size is None:
        found.why = "damaged_or_cut_off"
    return found


def _webp_size(name: bytes, data: bytes) -> tuple[int, int] | None:
    if name == b"VP8X":
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if name == b"VP8L" and data[:1] == b"\x2f":
        bits = int.from_bytes(data[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if name == b"VP8 " and data[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", data[6:10])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _gif(stream: BinaryIO) -> Picture:
    width, height = struct.unpack("<HH", _at(stream, 6, 4))
    return Picture(size=(width, height))


def _tiff(stream: BinaryIO) -> Picture:
    exif = read_exif(lambda at, size: _at(stream, at, size))
    width, height = exif.pop("width", None), exif.pop("height", None)
    size = (width, height) if isinstance(width, int) and isinstance(height, int) else None
    return Picture(exif, size, None if size else "damaged_or_cut_off")


def _heic(stream: BinaryIO) -> Picture:
    """ISO base media: the `meta` box says in which bytes the EXIF item lies, and the largest size."""
    at = 0
    for _ in range(MAX_STEPS):
        name, start, end = _box(lambda where, size: _at(stream, where, size), at)
        if name == b"meta":
            meta = _at(stream, start, min(end - start, MAX_META))
            return _from_meta(stream, meta)
        if not name or end <= at:
            break
        at = end
    return Picture(why="damaged_or_cut_off")


def _box(read: Callable[[int, int], bytes], at: int) -> tuple[bytes, int, int]:
    """A box's name, and where its contents begin and end."""
    head = read(at, 16)
    if len(head) < 8:
        return b"", at, at
    length, name = struct.unpack(">I4s", head[:8])
    if length == 1:
        return name, at + 16, at + max(struct.unpack(">Q", head[8:16])[0], 16)
    return name, at + 8, (at + length if length >= 8 else 1 << 62)


def _boxes(data: bytes, at: int = 0) -> Iterator[tuple[bytes, bytes]]:
    for _ in range(MAX_STEPS):
        name, start, end = _box(lambda where, size: data[where : where + size], at)
        if not name or end <= at:
            return
        yield name, data[start:end]
        at = end


def _from_meta(stream: BinaryIO, meta: bytes) -> Picture:
    found = Picture()
    boxes = dict(_boxes(meta, 4))
    for name, data in _boxes(boxes.get(b"iprp", b"")):
        if name == b"ipco":
            found.size = _shown_size(list(_boxes(data)))
    item = _exif_item(boxes.get(b"iinf", b""))
    if item is not None and (place := _place_of(boxes.get(b"iloc", b""), item)):
        data = _at(stream, place[0], min(place[1], MAX_EXIF))
        skip = 4 + int.from_bytes(data[:4], "big")
        found.exif = _block(data[skip:])
    return found


def _shown_size(properties: list[tuple[bytes, bytes]]) -> tuple[int, int] | None:
    """The largest picture in the file; coded sizes are rounded up, and `clap` says what of it is shown."""
    sizes = [struct.unpack(">II", box[4:12]) for kind, box in properties if kind == b"ispe"]
    for kind, box in properties:
        if kind == b"clap":
            width, width_by, height, height_by = struct.unpack(">IIII", box[:16])
            if width_by and height_by:
                return width // width_by, height // height_by
    if not sizes:
        return None
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return width, height


def _exif_item(data: bytes) -> int | None:
    """The number of the item that is EXIF."""
    if not data:
        return None
    for name, box in _boxes(data, 6 if data[0] == 0 else 8):
        if name != b"infe" or not box or box[0] < 2:
            continue
        wide = box[0] >= 3
        number = int.from_bytes(box[4:8] if wide else box[4:6], "big")
        if box[10:14] == b"Exif" if wide else box[8:12] == b"Exif":
            return number
    return None


def _place_of(data: bytes, item: int) -> tuple[int, int] | None:
    """Offset in the file and length of an item that lies in one piece (`iloc`, versions 0 to 2)."""
    if len(data) < 8:
        return None
    version = data[0]
    offset_size, length_size = data[4] >> 4, data[4] & 15
    base_size, index_size = data[5] >> 4, data[5] & 15 if version else 0
    wide = 4 if version == 2 else 2
    count, at = int.from_bytes(data[6 : 6 + wide], "big"), 6 + wide
    for _ in range(min(count, MAX_STEPS)):
        number = int.from_bytes(data[at : at + wide], "big")
        at += wide
        in_file = True
        if version:
            in_file = data[at + 1] & 15 == 0
            at += 2
        at += 2
        base = int.from_bytes(data[at : at + base_size], "big")
        at += base_size
        extents = int.from_bytes(data[at : at + 2], "big")
        at += 2
        first = at + index_size
        if number == item and extents == 1 and in_file:
            offset = int.from_bytes(data[first : first + offset_size], "big")
            length = int.from_bytes(data[first + offset_size : first + offset_size + length_size], "big")
            return base + offset, length
        at += extents * (index_size + offset_size + length_size)
        if at > len(data):
            break
    return None
