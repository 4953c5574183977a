"""Undo a part's transfer encoding, piece by piece, with a note of damage."""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator

import msgspec

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_WHITE = b" \t\r\n"
_FOREIGN = bytes(set(range(256)) - set(_BASE64))
_FINE = _BASE64 + _WHITE
_SLICE = 1 << 18
_decode = msgspec.json.Decoder(bytes).decode


def undone(chunks: Iterable[bytes], encoding: str, damage: set[str]) -> Iterator[bytes]:
    """The bytes as sent. `damage` gets `base64`, `cut_off`, or `unknown_encoding:NAME` (kept as it stands)."""
    encoding = encoding.partition(";")[0].partition("(")[0].strip().lower()
    if encoding == "base64":
        return _base64(chunks, damage)
    if encoding == "quoted-printable":
        return _quoted(chunks)
    if encoding not in ("", "7bit", "8bit", "binary"):
        damage.add(f"unknown_encoding:{encoding[:40]}")
    return iter(chunks)


def undone_at_once(data: bytes, encoding: str, damage: set[str]) -> bytes:
    """As `undone`, for bytes that are all there."""
    if encoding[:6].lower() == "base64":
        letters = data.replace(b"\n", b"")
        letters = letters.replace(b"\r", b"") if b"\r" in letters else letters
        try:
            # Twice as fast as `binascii`, and strict: what is not wholly base64 goes the careful way.
            return _decode(b'"' + letters + b'"')
        except msgspec.DecodeError:
            pass
    return b"".join(undone((data,), encoding, damage))


def _base64(chunks: Iterable[bytes], damage: set[str]) -> Iterator[bytes]:
    """Foreign bytes are left out, as every mail program does; padding in the middle ends a run, not the file."""
    carry = b""
    for chunk in chunks:
        for start in range(0, len(chunk), _SLICE):
            piece = chunk[start : start + _SLICE]
            if piece.translate(None, _FINE):
                damage.add("base64")
            *runs, carry = (carry + piece.translate(None, _FOREIGN)).split(b"=")
            for run in filter(None, runs):
                yield base64_run(run, damage)
            whole = len(carry) // 4 * 4
            yield binascii.a2b_base64(carry[:whole])
            carry = carry[whole:]
    if carry:
        damage.add("cut_off")
        yield base64_run(carry, damage)


def base64_run(run: bytes, damage: set[str]) -> bytes:
    """What a run of base64 without its padding holds. A single left-over letter holds no whole byte."""
    if len(run) % 4 == 1:
        damage.add("base64")
        run = run[:-1]
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def only_base64(data: bytes) -> bytes:
    """The data without what is no base64 letter, and without padding."""
    return data.translate(None, _FOREIGN + b"=")


def _quoted(chunks: Iterable[bytes]) -> Iterator[bytes]:
    carry = b""
    for chunk in chunks:
        data = carry + chunk
        cut = data.rfind(b"=", max(0, len(data) - 3))
        data, carry = (data[:cut], data[cut:]) if cut >= 0 else (data, b"")
        if data:
            yield binascii.a2b_qp(data)
    if carry:
        yield binascii.a2b_qp(carry)
