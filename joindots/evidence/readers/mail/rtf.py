"""The rich text of an Outlook mail ([MS-OXRTFCP], [MS-OXRTFEX]): unpacked, and its words taken out."""

from __future__ import annotations

import re
import struct
from typing import Final

from joindots.evidence.readers.mail.charsets import decode

MOST: Final = 8 << 20
"""Bytes of rich text that are unpacked."""
_DICTIONARY: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
_HIDDEN: Final = frozenset((
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"listtable",
    b"listoverridetable", b"rsidtbl", b"generator", b"themedata", b"datastore", b"xmlnstbl",
))  # fmt: skip
_LETTERS: Final = {b"\\": b"\\", b"{": b"{", b"}": b"}", b"~": b" "}
_SIGNS: Final = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"cell": " ", b"row": "\n",
}  # fmt: skip


def unpacked(data: bytes) -> bytes | None:
    """PidTagRtfCompressed as rich text; None if it is not of that form. At most MOST bytes."""
    if len(data) < 16:
        return None
    _, size, kind = struct.unpack_from("<III", data)
    if kind == 0x414C454D:
        return data[16 : 16 + min(size, MOST)]
    if kind != 0x75465A4C:
        return None
    return _lzfu(data[16:], min(size, MOST))


def _lzfu(data: bytes, most: int) -> bytes:
    window = bytearray(_DICTIONARY.ljust(4096, b"\x00"))
    write = len(_DICTIONARY)
    out = bytearray()
    at = 0
    while at < len(data) and len(out) < most:
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                run, step = data[at : at + 1], 1
            else:
                token = int.from_bytes(data[at : at + 2], "big")
                offset, length, step = token >> 4, (token & 15) + 2, 2
                if offset == write or at + 2 > len(data):
                    return bytes(out)
                run = _copy(window, offset, length, write)
            at += step
            for byte in run:
                window[write] = byte
                write = (write + 1) % 4096
            out += run
    return bytes(out[:most])


def _copy(window: bytearray, offset: int, length: int, write: int) -> bytes:
    """A run from the window, which may run on into itself."""
    run = bytearray()
    for step in range(length):
        at = (offset + step) % 4096
        ahead = (at - write) % 4096
        run.append(run[ahead] if ahead < len(run) else window[at])
    return bytes(run)


def words_of(rtf: bytes) -> tuple[str, bool, str | None]:
    """The words, whether they are HTML that was wrapped into rich text, and what had to be mended."""
    reader = _Words("\\fromhtml1" in rtf[:2_000].decode("latin-1"))
    for token in _TOKEN.finditer(rtf):
        reader.take(token)
    reader.flush()
    text = "".join(reader.pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text, reader.html, reader.mended


class _Words:
    def __init__(self, html: bool) -> None:
        self.html = html
        self.pieces: list[str] = []
        self.mended: str | None = None
        self.charset = "windows-1252"
        self._held = bytearray()
        self._stack: list[tuple[bool, int]] = []
        self._hidden = False
        self._skip = 1
        self._left = 0

    def take(self, token: re.Match[bytes]) -> None:
        word, number, code, sign, brace, text = token.groups()
        if brace:
            self.flush()
            self._brace(brace)
        elif word:
            self._word(word, int(number or 0), number is not None)
        elif sign == b"*":
            self._hidden = True
        elif code or text or sign:
            raw = bytes((int(code, 16),)) if code else text or _LETTERS.get(sign, b"")
            if self._left and raw:
                taken = min(self._left, len(raw))
                self._left -= taken
                raw = raw[taken:]
            if not self._hidden:
                self._held += raw

    def flush(self) -> None:
        """Decode the bytes gathered so far: letters of several bytes stand as several codes."""
        if self._held:
            text, how = decode(bytes(self._held), self.charset)
            self.mended = self.mended or how
            self.pieces.append(text)
            self._held.clear()

    def _brace(self, brace: bytes) -> None:
        self._left = 0
        if brace == b"{":
            self._stack.append((self._hidden, self._skip))
        elif self._stack:
            self._hidden, self._skip = self._stack.pop()

    def _word(self, word: bytes, number: int, numbered: bool) -> None:
        if word == b"htmltag":
            self._hidden = False
        elif word == b"htmlrtf":
            self._hidden = not numbered or number != 0
        elif word in _HIDDEN:
            self._hidden = True
        elif word == b"ansicpg" and number:
            self.charset = f"cp{number}" if number != 65001 else "utf-8"
        elif word == b"uc":
            self._skip = number
        elif word == b"u" and numbered and not self._hidden:
            self.flush()
            self._letter(number)
            self._left = self._skip
        elif word in _SIGNS and not self._hidden:
            self.flush()
            self.pieces.append(_SIGNS[word])

    def _letter(self, number: int) -> None:
        """A UTF-16 unit; halves of a pair are joined once both are there."""
        unit = chr(number % 65_536)
        if self.pieces and "\ud800" <= self.pieces[-1][-1:] <= "\udbff" and "\udc00" <= unit <= "\udfff":
            unit = (self.pieces.pop() + unit).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        self.pieces.append(unit)
