"""The properties of an Outlook item ([MS-OXMSG], [MS-OXCDATA]): numbers in one stream, words in one each."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from joindots.evidence.readers.mail.charsets import decode
from joindots.evidence.readers.mail.compound import STREAM, Compound, Damaged, Entry

PROPERTIES: Final = "__properties_version1.0"
SUBSTANCE: Final = "__substg1.0_"
MOST_WORDS: Final = 4 << 20
"""Bytes of one property that are read as words."""
MOST_FIXED: Final = 1 << 20
_STRING8, _UNICODE, _BINARY = 0x001E, 0x001F, 0x0102
_INT16, _INT32, _BOOL, _TIME, _INT64 = 0x0002, 0x0003, 0x000B, 0x0040, 0x0014
_BEGAN: Final = datetime(1601, 1, 1, tzinfo=UTC)
_NONE: Final = datetime(4501, 1, 1, tzinfo=UTC)
"""What Outlook writes where there is no date."""
_MESSAGE_CODEPAGE, _INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
_CODEPAGES: Final = {
    65001: "utf-8", 65000: "utf-7", 20127: "us-ascii", 1200: "utf-16-le", 1201: "utf-16-be", 20866: "koi8-r",
    21866: "koi8-u", 936: "gbk", 54936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 51949: "euc_kr",
    51932: "euc_jp", 50220: "iso2022_jp", 50221: "iso2022_jp", 50222: "iso2022_jp", 10000: "mac-roman",
}  # fmt: skip


class Properties:
    """The properties of one storage. `used` are the tags that were asked for; `damaged` those that broke."""

    def __init__(self, file: Compound, storage: Entry, header: int, codepage: int | None = None) -> None:
        self._file = file
        self._storage = storage
        self.used: set[int] = set()
        self.damaged: set[int] = set()
        self.mended: list[str] = []
        self.fixed = self._load_fixed(header)
        self._codepage = self.number(_MESSAGE_CODEPAGE) or codepage or 1252
        self._body_codepage = self.number(_INTERNET_CODEPAGE) or self._codepage

    @property
    def codepage(self) -> int:
        """Of the words that are not Unicode."""
        return self._codepage

    def _load_fixed(self, header: int) -> dict[int, tuple[int, bytes]]:
        entry = self._storage.kids.get(PROPERTIES)
        if entry is None or entry.kind != STREAM:
            return {}
        try:
            data = self._file.whole(entry, MOST_FIXED)
        except Damaged:
            return {}
        found: dict[int, tuple[int, bytes]] = {}
        for start in range(header, len(data) - 15, 16):
            kind, tag = struct.unpack_from("<HH", data, start)
            found.setdefault(tag, (kind, data[start + 8 : start + 16]))
        return found

    def stream(self, tag: int, kind: int) -> Entry | None:
        """The stream that holds a property's bytes."""
        entry = self._storage.kids.get(f"{SUBSTANCE}{tag:04X}{kind:04X}")
        return entry if entry is not None and entry.kind == STREAM else None

    def words(self, tag: int, *, body: bool = False) -> str | None:
        """A property in words; None if it is missing or empty."""
        self.used.add(tag)
        for kind in (_UNICODE, _STRING8):
            entry = self.stream(tag, kind)
            data = self._bytes(tag, entry) if entry else b""
            if not data:
                continue
            page = self._body_codepage if body else self._codepage
            text, how = _unicode(data) if kind == _UNICODE else decode(data, label(page))
            if how and how not in self.mended:
                self.mended.append(how)
            text = text.rstrip("\x00")
            if text:
                return text
        return None

    def binary(self, tag: int) -> bytes | None:
        """A property in bytes, up to MOST_WORDS."""
        self.used.add(tag)
        entry = self.stream(tag, _BINARY)
        return self._bytes(tag, entry) if entry else None

    def number(self, tag: int) -> int | None:
        """A whole number or yes/no."""
        self.used.add(tag)
        kind, data = self.fixed.get(tag, (0, b""))
        return plain_value(kind, data) if kind in (_INT16, _INT32, _INT64, _BOOL) else None

    def time(self, tag: int) -> tuple[bool, datetime | None]:
        """Whether a time is given, and the time in UTC to the second; None if it is no time."""
        self.used.add(tag)
        kind, data = self.fixed.get(tag, (0, b""))
        at: datetime | None = plain_value(kind, data) if kind == _TIME else None
        if at is not None and at >= _NONE:
            return False, None
        return kind == _TIME, at

    @property
    def body_label(self) -> str:
        """The charset of an HTML body that comes as bytes."""
        return label(self._body_codepage)

    def _bytes(self, tag: int, entry: Entry) -> bytes:
        try:
            return self._file.whole(entry, MOST_WORDS)
        except Damaged:
            self.damaged.add(tag)
            return b""


def plain_value(kind: int, data: bytes) -> Any:
    """A property that is a number, a yes/no or a time; None for any other kind."""
    if kind == _INT16:
        return struct.unpack("<h", data[:2])[0]
    if kind == _INT32:
        return struct.unpack("<i", data[:4])[0]
    if kind == _INT64:
        return struct.unpack("<q", data)[0]
    if kind == _BOOL:
        return int(data[0] != 0)
    if kind == _TIME:
        try:
            return _BEGAN + timedelta(seconds=struct.unpack("<Q", data)[0] // 10_000_000)
        except OverflowError:
            return None
    return None


def label(codepage: int) -> str:
    """A charset's name for Windows' number of it."""
    if 28591 <= codepage <= 28606:
        return f"iso-8859-{codepage - 28590}"
    return _CODEPAGES.get(codepage, f"cp{codepage}")


def _unicode(data: bytes) -> tuple[str, str | None]:
    text = data.decode("utf-16-le", "replace")
    return text, "damaged_characters" if "\ufffd" in text and b"\xfd\xff" not in data else None
