"""How long a recording plays, as its own container says: MP4 and its kin, WAV, Ogg and Opus, AMR, MP3, FLAC.

Pure and bounded: a few small reads, whatever the file's size. Nothing is decoded, so a length is what the file claims.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from typing import BinaryIO

LONGEST = 30 * 24 * 3600
"""A recording that claims to be longer than a month is not believed."""
MOST_BOXES = 4_000
TAIL = 1 << 16
AMR = {b"#!AMR\n": (12, 13, 15, 17, 19, 20, 26, 31, 5), b"#!AMR-WB\n": (17, 23, 32, 36, 40, 46, 50, 58, 60, 5)}
"""Bytes of speech in a frame of 20 ms, by the frame's kind."""
MP3_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
MP3_KBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def length_of(stream: BinaryIO) -> int | None:
    """Whole seconds, at least 1, of a recording; None for anything else, or where the file does not say."""
    size = stream.seek(0, os.SEEK_END)
    head = _at(stream, 0, 64)
    found = next((read for claims, read in READERS if claims(head)), None)
    try:
        seconds = found(stream, size) if found else None
    except (struct.error, IndexError, KeyError, StopIteration, ValueError, ZeroDivisionError, OverflowError):
        return None
    return max(1, round(seconds)) if seconds and 0 < seconds <= LONGEST else None


def _at(stream: BinaryIO, place: int, length: int) -> bytes:
    stream.seek(place)
    return stream.read(length)


def _mp4(stream: BinaryIO, size: int) -> float | None:
    moov = _box(stream, 0, size, b"moov")
    header = _box(stream, *moov, b"mvhd") if moov else None
    if not header:
        return None
    data = _at(stream, header[0], 32)
    scale, length = struct.unpack(">IQ", data[20:32]) if data[0] == 1 else struct.unpack(">II", data[12:20])
    return float(length) / float(scale)


def _box(stream: BinaryIO, at: int, end: int, wanted: bytes) -> tuple[int, int] | None:
    """Where the contents of the first box of a kind begin and end."""
    for _ in range(MOST_BOXES):
        if at + 8 > end:
            return None
        length, kind = struct.unpack(">I4s", _at(stream, at, 8))
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", _at(stream, at + 8, 8))[0], 16
        length = length or end - at
        if length < head:
            return None
        if kind == wanted:
            return at + head, min(at + length, end)
        at += length
    return None


def _wav(stream: BinaryIO, size: int) -> float | None:
    at, rate = 12, 0
    for _ in range(MOST_BOXES):
        if at + 8 > size:
            return None
        kind, length = struct.unpack("<4sI", _at(stream, at, 8))
        if kind == b"fmt ":
            rate = struct.unpack("<I", _at(stream, at + 16, 4))[0]
        if kind == b"data":
            return float(min(length, size - at - 8)) / rate
        at += 8 + length + length % 2
    return None


def _ogg(stream: BinaryIO, size: int) -> float | None:
    first = _at(stream, 0, 256)
    begin = 27 + first[26]
    packet = first[begin:]
    if packet.startswith(b"OpusHead"):
        rate, before = 48_000, struct.unpack("<H", packet[10:12])[0]
    elif packet.startswith(b"\x01vorbis"):
        rate, before = struct.unpack("<I", packet[12:16])[0], 0
    else:
        return None
    tail = _at(stream, max(0, size - TAIL), TAIL)
    last = tail.rfind(b"OggS")
    samples = struct.unpack("<q", tail[last + 6 : last + 14])[0] if last >= 0 else 0
    return float(samples - before) / rate


def _amr(stream: BinaryIO, size: int) -> float | None:
    mark = next(one for one in AMR if _at(stream, 0, len(one)) == one)
    sizes, frames, at = AMR[mark], 0, 0
    stream.seek(len(mark))
    while piece := stream.read(1 << 20):
        while at < len(piece):
            kind = piece[at] >> 3 & 15
            at += 1 + (sizes[kind] if kind < len(sizes) else 0)
            frames += 1
        at -= len(piece)
    return frames / 50


def _flac(stream: BinaryIO, size: int) -> float | None:
    packed = int.from_bytes(_at(stream, 18, 8), "big")
    return float(packed & (1 << 36) - 1) / (packed >> 44)


def _mp3(stream: BinaryIO, size: int) -> float | None:
    head = _at(stream, 0, 10)
    begin = 0
    if head.startswith(b"ID3"):
        begin = 10 + sum((byte & 127) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    data = _at(stream, begin, 4096)
    at = next(
        place for place in range(len(data) - 4) if data[place] == 255 and data[place + 1] & 0xE6 == 0xE2
        and data[place + 2] >> 4 not in (0, 15) and data[place + 2] >> 2 & 3 != 3
    )  # fmt: skip
    version, byte = data[at + 1] >> 3 & 3, data[at + 2]
    rate = MP3_RATES[version][byte >> 2 & 3]
    samples = 1152 if version == 3 else 576
    for name in (b"Xing", b"Info"):
        mark = data.find(name, at, at + 200)
        if mark >= 0 and data[mark + 7] & 1:
            return float(struct.unpack(">I", data[mark + 8 : mark + 12])[0]) * samples / rate
    kbits = MP3_KBITS[version == 3][byte >> 4]
    return float(size - begin - at) * 8 / (kbits * 1000)


Reads = Callable[[BinaryIO, int], float | None]
READERS: tuple[tuple[Callable[[bytes], bool], Reads], ...] = (
    (lambda head: head[4:8] in (b"ftyp", b"moov", b"wide", b"mdat", b"free"), _mp4),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE", _wav),
    (lambda head: head[:4] == b"OggS", _ogg),
    (lambda head: head.startswith(tuple(AMR)), _amr),
    (lambda head: head[:4] == b"fLaC", _flac),
    (lambda head: head[:3] == b"ID3" or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 == 0xE2), _mp3),
)
