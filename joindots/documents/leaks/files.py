"""Which way to look into a file, by its first bytes; its name is never believed."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable

from joindots.documents.leaks.archives import InnerLook, look_into_tar, look_into_zip
from joindots.documents.leaks.decoding import packed
from joindots.documents.leaks.looking import Looking
from joindots.documents.leaks.pages import look_into_pdf
from joindots.documents.leaks.pictures import look_into_jpeg, look_into_picture, look_into_png
from joindots.documents.sounds import is_bare

DEEPEST = 4
"""Files inside files: deeper is not looked into."""
LARGEST = 1 << 28
"""Bytes of one file, and of what is unpacked from it."""
SMALLEST_FILE = 64
"""Signs of a run of base64 worth looking for a file in."""
LARGE_FILE = 1024
"""Bytes from which a file of a kind that begins with two bytes is taken for one: shorter runs begin so by chance."""
_PICTURES = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0")
_SOUND = (b"ID3", b"OggS", b"fLaC", b"#!AMR", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\x1aE\xdf\xa3", b"\xff\xf1")
_LOCKED_UP = {
    b"7z\xbc\xaf": "it is an archive of a kind that cannot be opened here",
    b"Rar!": "it is an archive of a kind that cannot be opened here",
    b"\xd0\xcf\x11\xe0": "it is an old Office file",
    b"{\\rtf": "it is an old Office file",
    b"SQLi": "it is a database",
}


_FILES = (
    b"\xff\xd8\xff", b"\x89PNG", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b\x08", b"GIF8", b"II*\0", b"MM\0*", b"ID3\x02",
    b"ID3\x03", b"ID3\x04", b"OggS", b"fLaC", b"#!AMR", b"\x1aE\xdf\xa3", *_LOCKED_UP,
)  # fmt: skip
"""How files begin that are known for certain by their first bytes."""


def look_into(looking: Looking, name: str, place: str, data: bytes, depth: int = 0) -> None:
    """Look through one file. `name`: the file that would leave; `place`: what is said of where this one is."""
    if depth > DEEPEST or len(data) > LARGEST:
        looking.unread(place, "it is too large, or lies too deep inside others")
        return

    def inner(inside: str, more: bytes) -> None:
        look_into(looking, name, inside, more, depth + 1)

    if (seen := _as_picture(data)) is not None:
        seen(looking, name, place, data)
    elif b"%PDF-" in data[:1024]:
        look_into_pdf(looking, name, place, data, inner)
    elif (unpack := _as_archive(data)) is not None:
        unpack(looking, place, data, inner)
    elif not data.startswith(tuple(_LOCKED_UP)) and not is_recording(data) and (texts := decoded(data)):
        _look_into_text(looking, place, texts, inner)
    else:
        looking.bytes(place, data)
        _say_why(looking, name, place, data)


def _as_picture(data: bytes) -> Callable[[Looking, str, str, bytes], None] | None:
    if data.startswith(b"\xff\xd8\xff"):
        return look_into_jpeg
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return look_into_png
    return look_into_picture if _other_picture(data) else None


def _as_archive(data: bytes) -> Callable[[Looking, str, bytes, InnerLook], None] | None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return look_into_zip
    if data[257:262] == b"ustar":
        return look_into_tar
    return _unpack if data.startswith(b"\x1f\x8b") else None


def _say_why(looking: Looking, name: str, place: str, data: bytes) -> None:
    """Say why it could not be looked into; only sound and moving pictures may be vouched for."""
    for first, why in _LOCKED_UP.items():
        if data.startswith(first):
            looking.unread(place, why)
            return
    if is_recording(data):
        if not is_bare(data):
            looking.metadata(place, "sound and film say when, where and by what they were made")
        looking.unseen(name, place, "nobody has listened to it or watched it for this check")
    elif data:
        looking.unread(place, "it is of a kind that this check does not know")


def is_recording(data: bytes) -> bool:
    """Whether it begins as sound or film does. Asked before whether it is text: half of a quiet recording is noughts,
    as in UTF-16.
    """
    riff = data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI ")
    return data.startswith(_SOUND) or riff or data[4:8] == b"ftyp"


def is_riff(data: bytes) -> bool:
    """Whether it begins as WAV, AVI or WebP does."""
    return data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI ", b"WEBP")


def is_picture(data: bytes) -> bool:
    """Whether it begins as a picture does."""
    return _as_picture(data) is not None


def _other_picture(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    heif = data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"hevc")
    return data.startswith(_PICTURES) or webp or heif


def decoded(data: bytes) -> list[str]:
    """The texts a file of text may be; nothing where it is not one."""
    if not data:
        return [""]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _wide(data):
        bare = data.replace(b"\0", b"").decode("latin-1")
        return [*(data.decode(wide, "ignore") for wide in ("utf-16-le", "utf-16-be")), bare]
    control = sum(data.count(sign) for sign in _CONTROL)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return [data.decode("cp1252", "replace"), data.decode("utf-8", "ignore")] if control * 100 <= len(data) else []
    return [text] if control * 4 <= len(data) else []


_CONTROL = [bytes([code]) for code in (*range(9), 11, *range(14, 27), *range(28, 32), 127)]


def _wide(data: bytes) -> bool:
    """Whether every second byte is nought, as in UTF-16, and the others are not."""
    even, odd = data[::2], data[1::2]
    one, two = sorted((even.count(0) / len(even), odd.count(0) / max(len(odd), 1)))
    return one < _FEW and two > _MANY


_FEW, _MANY = 0.05, 0.5


def _look_into_text(looking: Looking, place: str, texts: list[str], inner: InnerLook) -> None:
    for text in texts:
        looking.text(place, text)
    for packed_in in packed(texts[0], SMALLEST_FILE):
        large = len(packed_in) >= LARGE_FILE and (is_picture(packed_in) or is_recording(packed_in))
        if large or packed_in.startswith(_FILES) or packed_in[4:8] == b"ftyp" or is_riff(packed_in):
            inner(f"{place}, a file inside it", packed_in)


def _unpack(looking: Looking, place: str, data: bytes, inner: InnerLook) -> None:
    looking.bytes(place, data[:1024])
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            more = stream.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        looking.unread(place, "it is damaged")
        return
    inner(f"{place}, unpacked", more)
