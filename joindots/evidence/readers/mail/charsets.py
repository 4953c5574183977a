"""Bytes to text under a charset's name, and what had to be mended to get there.

Nothing is mended in silence: every function gives the text and a code (None: exactly as labelled).
A label is overruled only on proof: bytes that are valid UTF-8 with letters outside ASCII are UTF-8,
and bytes 0x80 to 0x9F are no letters in ISO 8859-1, but quotes and dashes in windows-1252.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

_SAFE = frozenset((
    "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7", "utf-8-sig",
    "cp437", "cp850", "cp852", "cp866", "cp874", "cp932", "cp949", "cp950", "koi8-r", "koi8-u", "gb2312", "gbk",
    "gb18030", "big5", "big5hkscs", "shift_jis", "euc_jp", "euc_kr", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2",
    "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr", "hz", "mac-roman", "tis-620",
))  # fmt: skip
"""Codecs that give text in linear time; `codecs.lookup` also knows zlib, idna and unicode_escape."""
_WESTERN = frozenset(("iso8859-1", "cp1252", "ascii"))
_ALSO = {"iso-8859-8-i": "iso8859-8", "iso-8859-6-i": "iso8859-6", "utf8mb4": "utf-8", "cp-1252": "cp1252"}
_LONGEST_LABEL = 40


@lru_cache(maxsize=512)
def codec_of(label: str) -> str | None:
    """Python's name of the codec behind a label; None if it is unknown or not a text encoding."""
    label = label.strip().strip("\"'").lower()
    if len(label) > _LONGEST_LABEL:
        return None
    try:
        name = codecs.lookup(_ALSO.get(label, label)).name
    except (LookupError, ValueError):
        return None
    return name if name in _SAFE or name.startswith(("iso8859-", "cp125")) else None


def decode(data: bytes, label: str | None) -> tuple[str, str | None]:
    """The text of `data`, and a code for what was mended."""
    if data.isascii() and not _shifts(label):
        return data.decode("ascii"), None
    codec = codec_of(label) if label else "ascii"
    if codec is None:
        text, read_as = _unlabelled(data)
        return text, f"unknown_charset_read_as_{read_as}"
    if codec in ("utf-8", "utf-8-sig"):
        return _utf8(data)
    if codec in _WESTERN:
        return _western(data, codec, label)
    try:
        return _clean(data.decode(codec)), None
    except (UnicodeError, ValueError):
        return _clean(data.decode(codec, "replace")), "damaged_characters"


def _shifts(label: str | None) -> bool:
    """Whether ASCII bytes may stand for other letters under this label."""
    if not label or label.lower() in ("utf-8", "us-ascii", "iso-8859-1", "windows-1252"):
        return False
    return (codec_of(label) or "").startswith(("utf-7", "utf-16", "utf-32", "iso2022", "hz"))


def _utf8(data: bytes) -> tuple[str, str | None]:
    try:
        return data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"), None
    except UnicodeDecodeError:
        pass
    if any(ord(letter) > 127 for letter in data.decode("utf-8", "ignore")):
        return data.decode("utf-8", "replace"), "damaged_characters"
    text, read_as = _windows(data)
    return text, f"utf_8_read_as_{read_as}"


def _western(data: bytes, codec: str, label: str | None) -> tuple[str, str | None]:
    said = {"iso8859-1": "iso_8859_1", "cp1252": "windows_1252"}.get(codec, "ascii" if label else "no_charset")
    try:
        return data.decode("utf-8"), f"{said}_read_as_utf_8"
    except UnicodeDecodeError:
        pass
    text, read_as = _windows(data)
    if codec == "iso8859-1" and not any(0x80 <= byte < 0xA0 for byte in data):
        return text, None
    if codec == "cp1252" and read_as == "windows_1252":
        return text, None
    return text, f"{said}_read_as_{read_as}"


def _unlabelled(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf_8"
    except UnicodeDecodeError:
        return _windows(data)


def _windows(data: bytes) -> tuple[str, str]:
    """Windows-1252; ISO 8859-1 where a byte has no letter there, since that loses nothing."""
    try:
        return data.decode("cp1252"), "windows_1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "iso_8859_1"


def _clean(text: str) -> str:
    """Without lone surrogates, which UTF-7 can smuggle in and no store takes."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
