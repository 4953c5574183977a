"""What a referral says as a letter or mail to a service outside, and what it must never say (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from msgspec.structs import replace

from joindots.casework.rules.referring import TELLS_WORDS
from joindots.kernel.identities import key_of_address
from joindots.people.rules.reaching import Card, Kind, Trust, Way, line

MOBILE: Final = re.compile(r"(?:\+?44|0)[\s().-]*7(?:[\s().-]*\d){9}")
"""A mobile number as it is written here, spaced or broken in any way."""


@dataclass(frozen=True, slots=True)
class Referred:
    """What a referral letter is made of."""

    kind: str
    reference: str
    name: str
    relation: str
    tells: Mapping[str, str]
    reach: str
    basis: str
    """In words; empty: the person agreed."""
    writer: str
    agency: str
    day: date
    due: date


def digits(text: str) -> str:
    """The last nine digits: how a number is known again, however it is written."""
    return "".join(sign for sign in text if sign.isdecimal())[-9:]


def safe_ways(card: Card) -> tuple[Way, ...]:
    """Numbers and mail addresses that a card names for a use and of which it fears nothing; never where they live."""
    return tuple(one for one in card.ways if one.kind != Kind.ADDRESS and one.trust == Trust.FREE and one.uses)


def same(way: Way, word: str) -> bool:
    """Whether a word is this way, however it is written."""
    if way.kind == Kind.NUMBER:
        return len(digits(way.value)) == 9 and digits(way.value) == digits(word)
    return key_of_address(way.value) == key_of_address(word)


def stray_number(reach: str, ways: Iterable[Way]) -> bool:
    """Whether a mobile number stands there that is none of these: nobody has said by what rules it may be used."""
    return any(not any(same(way, one) for way in ways) for one in MOBILE.findall(reach))


def rules_of(card: Card, reach: str) -> str:
    """How each safe way that stands in these words may be used, and when; nothing of other ways, or for us alone."""
    return "\n".join(
        f"{way.value}: {line(replace(card, ways=(way,), windows=way.windows or card.windows, exception='', sender=''))}"
        for way in safe_ways(card) if _stands_in(way, reach)
    )  # fmt: skip


def _stands_in(way: Way, text: str) -> bool:
    if way.kind == Kind.NUMBER:
        return len(digits(way.value)) == 9 and digits(way.value) in "".join(one for one in text if one.isdecimal())
    return way.value.casefold() in text.casefold() or any(same(way, one) for one in text.split())


def compose(told: Referred, rules: str) -> str:
    """The letter as plain text. A way to reach somebody stands with its rules, and in no letter without consent."""
    if told.basis:
        reach, on = (
            "",
            f"This is sent without {told.name}’s agreement, on this basis: {told.basis}. Speak with us first.",
        )
    else:
        reach, on = told.reach.strip(), f"{told.name} agreed to this referral."
    if reach:
        reach = "\n".join(
            (f"How to reach {told.name} safely:", reach, *([rules] if rules else ()), "Use no other way.")
        )
    else:
        reach = f"Reach {told.name} through us alone."
    parts = [f"{TELLS_WORDS[code].capitalize()}:\n{text}" for code, text in told.tells.items() if code in TELLS_WORDS]
    return "\n\n".join([
        f"{told.day.day} {told.day:%B %Y}", f"Referral {told.reference}: {told.kind}",
        f"{told.agency} refers {told.name} to you." + (f" By whom: {told.relation}." if told.relation else ""), on,
        *parts, reach, f"Please answer by {told.due:%A} {told.due.day} {told.due:%B %Y}.",
        "Please show this only to those who need it. If anybody else asks about it, say nothing and tell us.",
        "\n".join(one for one in (told.writer.split(" ")[0] if told.writer else "", told.agency) if one),
    ])  # fmt: skip
