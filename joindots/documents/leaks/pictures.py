"""Looks into pictures: what they carry beside their pixels, and with a reader of words what stands in them.

A picture made by `redaction.pictures.picture` carries nothing: only what draws it. Anything more is a leak, whatever
it says, for EXIF, places, comments and small copies are themselves never disclosed.
"""

from __future__ import annotations

import zlib

from PIL import Image

from joindots.documents.leaks.looking import Looking
from joindots.documents.pixels import opened, upright, words_seen
from joindots.kernel.problems import Problem

_DRAWS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT"}
_PLAIN_HEAD = 16
"""Bytes of the head of a JPEG that holds no small copy of it."""
MOST_WORDS = 1 << 22
"""Bytes of words unpacked from beside a picture."""


def look_into_jpeg(looking: Looking, name: str, place: str, data: bytes) -> None:
    """Every segment of a JPEG: only those that draw it may be there, and nothing after its end."""
    extras, rest = look_beside_jpeg(looking, place, data)
    if extras:
        looking.metadata(place, "details of the camera, the place or the time, a comment, or a small copy")
    _after(looking, place, rest)
    _look_at(looking, name, place, data)


def look_beside_jpeg(looking: Looking, place: str, data: bytes) -> tuple[list[bytes], bytes]:
    """Search what a JPEG holds that draws nothing, also one inside a PDF; that, and what stands behind its end."""
    if not data.startswith(b"\xff\xd8\xff"):
        return [], b""
    extras, end = _jpeg_extras(data)
    for extra in extras:
        words = extra.replace(b"UNICODE\0", b"\n")  # what EXIF writes before a comment stands against its first word
        looking.text(place, words.decode("latin-1").replace("\0", ""))
        looking.bytes(place, words)
    return extras, data[end:]


def _jpeg_extras(data: bytes) -> tuple[list[bytes], int]:
    """Each segment that draws nothing, and where the picture ends."""
    extras: list[bytes] = []
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        mark = data[at + 1]
        if mark == 0xD9:
            return extras, at + 2
        if mark in (0x00, 0x01, 0xFF) or 0xD0 <= mark <= 0xD8:
            at += 1 if mark == 0xFF else 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at + 4 : at + 2 + length]
        plain = (mark == 0xE0 and segment[:5] == b"JFIF\0" and length == _PLAIN_HEAD) or (
            mark == 0xEE and segment[:5] == b"Adobe" and length == 14
        )
        if (0xE0 <= mark <= 0xEF or mark in (0xFE, 0xFD) or 0xF0 <= mark <= 0xFC) and not plain:
            extras.append(segment)
        at += 2 + length
        if mark == 0xDA:
            at = _end_of_scan(data, at)
    return extras, len(data)


def _end_of_scan(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at == -1:
            return len(data)
        if at + 1 < len(data) and data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def look_into_png(looking: Looking, name: str, place: str, data: bytes) -> None:
    """Every chunk of a PNG: only those that draw it may be there, and nothing after its end."""
    at, extra = 8, False
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind not in _DRAWS:
            extra = True
            for words in (body, _unpacked(body)):
                looking.text(place, words.decode("utf-8", "replace").replace("\0", " "))
                looking.bytes(place, words)
        if kind == b"IEND":
            break
    if extra:
        looking.metadata(place, "words or details beside the picture")
    _after(looking, place, data[at:])
    _look_at(looking, name, place, data)


def _unpacked(body: bytes) -> bytes:
    """Words that a chunk holds squeezed, behind its keyword."""
    for at in range(min(len(body), 300)):
        if body[at : at + 1] == b"\x78":
            try:
                return zlib.decompressobj().decompress(body[at:], MOST_WORDS)
            except zlib.error:
                continue
    return b""


def look_into_picture(looking: Looking, name: str, place: str, data: bytes) -> None:
    """A picture of another kind may carry more than can be told here."""
    looking.bytes(place, data)
    looking.metadata(place, "pictures of this kind carry more than pixels")
    _look_at(looking, name, place, data)


def _after(looking: Looking, place: str, rest: bytes) -> None:
    if rest.strip(b"\0"):
        looking.bytes(place, rest)
        looking.text(place, rest.decode("utf-8", "replace"))
        looking.metadata(place, "something behind the end of the picture")


def _look_at(looking: Looking, name: str, place: str, data: bytes) -> None:
    try:
        with opened(data) as source:
            read_words(looking, name, place, upright(source))
    except Problem:
        looking.unread(place, "it is damaged, or too large")


def read_words(looking: Looking, name: str, place: str, pixels: Image.Image) -> None:
    """Search the words that a reader sees in these pixels. Where there is none, or it gives up on a picture that is
    hard to read, only a person can say what it shows.
    """
    if looking.ocr is None:
        looking.unseen(name, place, "no reader of words in pictures has been through it")
        return
    try:
        for found in words_seen(pixels, looking.ocr):
            looking.read(f"{place}, words in the picture", [word for word, _ in found])
    except Problem:
        looking.unseen(name, place, "the reader of words in pictures did not get to its end")
