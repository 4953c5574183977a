"""Ids for the database and references for people. No id is ever shown."""

from __future__ import annotations

import os
import time
import uuid

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""Twenty-nine signs that are not mistaken for one another; 29 is prime, which the check needs."""
BODY = 7


def uuid7() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random, so that new rows sit together."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def check_character(body: str) -> str:
    """The last sign of a reference: a weighted sum modulo 29, so one wrong or swapped sign is caught."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, start=2))
    return ALPHABET[total % 29]


def new_reference() -> str:
    """A random reference such as `K4QT-7WXM`: seven random signs and a check character."""
    picks = (os.urandom(1)[0] for _ in iter(int, 1))
    body = ""
    for pick in picks:
        # Bytes past the last whole multiple of 29 are dropped: else some signs came more often.
        if pick < 29 * 8:
            body += ALPHABET[pick % 29]
        if len(body) == BODY:
            break
    full = body + check_character(body)
    return f"{full[:4]}-{full[4:]}"


def tidy_reference(typed: str) -> str | None:
    """The reference as stored, from how people type it; None if its check character is wrong."""
    text = "".join(sign for sign in typed.upper() if sign in ALPHABET)
    if len(text) != BODY + 1 or check_character(text[:-1]) != text[-1]:
        return None
    return f"{text[:4]}-{text[4:]}"
