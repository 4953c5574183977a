"""Words that must never leave in a paper for another side: their kinds, and what of each is looked for (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final

from joindots.kernel.decisions import YES, Decision, no

MOST_LETTERS: Final = 300
FEWEST_SIGNS: Final = 3
"""Letters and digits a word must have: a shorter one would be found everywhere, and hide nothing."""
MOST_WHY: Final = 500


class Kind(StrEnum):
    """What a protected word is."""

    ADDRESS = "address"
    POSTCODE = "postcode"
    NUMBER = "number"
    EMAIL = "email"
    HANDLE = "handle"
    WORKPLACE = "workplace"
    SCHOOL = "school"
    CHILD = "child"
    BYSTANDER = "bystander"
    VEHICLE = "vehicle"
    OTHER = "other"


KIND_WORDS: Final[dict[Kind, str]] = {
    Kind.ADDRESS: "address or place", Kind.POSTCODE: "postcode", Kind.NUMBER: "number to ring",
    Kind.EMAIL: "e-mail address", Kind.HANDLE: "account name", Kind.WORKPLACE: "place of work",
    Kind.SCHOOL: "school or nursery", Kind.CHILD: "name of a child", Kind.BYSTANDER: "name of somebody else",
    Kind.VEHICLE: "vehicle", Kind.OTHER: "other words",
}  # fmt: skip
POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b", re.IGNORECASE)
_CUT: Final = re.compile(r"[,;\r\n]+")
_HOUSE: Final = re.compile(r"^(?:(?:flat|apartment|unit|no)\.?\s+)?\d+\s?[a-z]?\s+(?=\D)", re.IGNORECASE)
_FLAT: Final = re.compile(r"(?:flat|apartment|unit|floor|no)\.?\s*\w{1,3}", re.IGNORECASE)
_STREET: Final = re.compile(
    r"\b(?:avenue|close|court|crescent|drive|gardens?|green|grove|hill|house|lane|mews|park|place|rise|road|row|"
    r"square|street|terrace|view|walk|way|yard)$",
    re.IGNORECASE,
)


def can_add(kind: str, word: str) -> Decision:
    """A kind of the list, and enough letters that finding the word means something."""
    if kind not in set(Kind):
        return no("protected_kind", "Choose what kind of word it is.")
    if len(word) > MOST_LETTERS:
        return no("protected_long", "Shorten it to {most} letters, or enter it in parts.", most=MOST_LETTERS)
    if signs(word) < FEWEST_SIGNS:
        return no(
            "protected_short",
            "Write at least {n} letters or digits. Something shorter would be found in every text.",
            n=FEWEST_SIGNS,
        )
    return YES


def can_withdraw(*, withdrawn: datetime | None, why: str) -> Decision:
    """A word is withdrawn once, with a reason; it is kept with both."""
    if withdrawn is not None:
        return no("protected_gone", "This was withdrawn already.")
    return can_say_why(why)


def can_say_why(why: str) -> Decision:
    """A reason is asked for, and is no longer than a few sentences."""
    if not why.strip():
        return no("why_missing", "Say why, in a few words.")
    if len(why) > MOST_WHY:
        return no("why_long", "Shorten the reason to {most} letters.", most=MOST_WHY)
    return YES


def signs(word: str) -> int:
    """How many letters and digits a word has."""
    return sum(sign.isalnum() for sign in word)


def parts_of(kind: str, word: str) -> Iterator[tuple[str, str]]:
    """What is looked for of a word: the whole, and of an address its first line, its street alone and its postcode.

    Nobody writes an address whole: `9 Larch Close, ZZ99 4LC` is given away by `Larch Close`. A town or county is not
    looked for by itself, for it may stand in half of all records: whoever wants that adds it. Pairs of kind and part,
    each once.
    """
    seen: set[str] = set()
    for found, part in _parts(kind, word):
        tidy = " ".join(part.split())
        if signs(tidy) >= FEWEST_SIGNS and tidy not in seen:
            seen.add(tidy)
            yield found, tidy


def _parts(kind: str, word: str) -> Iterator[tuple[str, str]]:
    if kind != Kind.ADDRESS:
        yield kind, word
        return
    lines = [line.strip() for line in _CUT.split(word) if line.strip()]
    yield kind, ", ".join(lines)
    yield from ((Kind.POSTCODE, one) for one in POSTCODE.findall(word))
    for place, line in enumerate(lines):
        bare = POSTCODE.sub("", line).strip()
        if _FLAT.fullmatch(bare):
            continue
        street = _HOUSE.sub("", bare)
        if street != bare or _STREET.search(bare) or (place == 0 and len(lines) > 1):
            yield kind, bare
            yield kind, street
