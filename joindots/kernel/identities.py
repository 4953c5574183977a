"""Hard identifiers, written one way: `tel:+447700900123`, `mailto:sam@example.org`, `telegram:user123`."""

from __future__ import annotations

import re
from functools import lru_cache

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " "})
SHORTEST = 7
"""Digits; below this it is a short code, which belongs to no one subscriber."""
_LOOKS_LIKE_NUMBER = re.compile(r"^\+?[\d\s().\-/]{5,}$")


def plain(shown: str) -> str:
    """The name without invisible direction marks, and with ordinary spaces and hyphens."""
    return shown.translate(_MARKS).translate(_DASHES).strip()


@lru_cache(maxsize=65_536)
def key_of_number(shown: str, country: str = "GB") -> str | None:
    """`tel:` and E.164 for a telephone number; None for a short code, a name or no number at all.

    Numbers kept for drama (07700 900xxx) count: possible is asked, not valid.
    """
    text = plain(shown)
    if not _LOOKS_LIKE_NUMBER.match(text):
        return None
    import phonenumbers  # 0.13 s, half of a reader's start: only where a number is met

    if text.startswith("44") and len(re.sub(r"\D", "", text)) == 12:
        text = "+" + text
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if len(str(number.national_number)) < SHORTEST or not phonenumbers.is_possible_number(number):
        return None
    return "tel:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def key_of_address(shown: str) -> str | None:
    """`mailto:` with the domain in lower case; the part before the @ is kept as it is."""
    local, at, domain = shown.strip().rpartition("@")
    if not at or not local or not domain or any(c.isspace() for c in shown.strip()):
        return None
    return f"mailto:{local}@{domain.lower()}"
