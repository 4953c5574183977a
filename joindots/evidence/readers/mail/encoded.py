"""Header text: RFC 2047 words in pieces, raw 8-bit bytes, and what had to be mended."""

from __future__ import annotations

import binascii
import re

from joindots.evidence.readers.mail.charsets import decode
from joindots.evidence.readers.mail.transfer import base64_run, only_base64

_WORD = re.compile(r"=\?([^?\s=]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")


def shown(value: str, mended: list[str] | None = None) -> str:
    """A header value as a person reads it. `value` holds raw bytes as Latin-1 characters."""
    if value.isascii():
        return _words(value, mended) if "=?" in value else value
    text, how = decode(value.encode("latin-1", "replace"), "utf-8")
    _note(mended, "raw_bytes" if how is None else f"raw_bytes_{how}")
    return _words(text, mended) if "=?" in text else text


def _words(value: str, mended: list[str] | None) -> str:
    """Neighbouring words of one charset are joined before they are decoded: a letter may be cut in two."""
    value = _BETWEEN.sub(r"\1", value)
    pieces: list[str] = []
    held: list[bytes] = []
    held_charset = ""
    at = 0
    for word in _WORD.finditer(value):
        charset = word[1].partition("*")[0].lower()
        if held and (word.start() > at or charset != held_charset):
            pieces.append(_text(b"".join(held), held_charset, mended))
            held = []
        pieces.append(value[at : word.start()])
        held.append(_bytes(word[2], word[3], mended))
        held_charset, at = charset, word.end()
    if held:
        pieces.append(_text(b"".join(held), held_charset, mended))
    return "".join((*pieces, value[at:]))


def _text(data: bytes, charset: str, mended: list[str] | None) -> str:
    text, how = decode(data, charset)
    if how:
        _note(mended, how)
    return text.replace("\r", " ").replace("\n", " ")


def _bytes(encoding: str, text: str, mended: list[str] | None) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    damage: set[str] = set()
    run = only_base64(raw)
    data = base64_run(run, damage)
    if damage or len(run) != len(raw.rstrip(b"=")):
        _note(mended, "damaged_encoded_word")
    return data


def _note(mended: list[str] | None, how: str) -> None:
    if mended is not None and how not in mended:
        mended.append(how)
