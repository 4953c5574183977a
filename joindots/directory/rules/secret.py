"""A place that is kept secret: words that say so, words that would tell where it is, and texts without them (pure).

What is kept without need loses an address that its own page tells; what is missed could tell where somebody hides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any, Final

SHORTEST: Final = 5
"""Letters of a piece of an address that is looked for by itself."""
DEEP, MANY = 8, 400
"""How deep and how many of a record's texts are looked at."""
_PLACE = r"(?:address|location|venue|place|accommodation|premises|whereabouts)"
_KEPT = r"(?:confidential|secret|undisclosed|unpublished|withheld|hidden)"
_UNTOLD = rf"(?:{_KEPT}|(?:not|never|cannot be|n[’']t be) (?:be )?(?:disclosed|published|shared|listed|given|shown))"
_SAID = re.compile(
    rf"\b{_KEPT} {_PLACE}s?\b|\b{_PLACE}s?:? (?:\w+ ){{0,4}}{_UNTOLD}\b|"
    rf"(?:\bnot|\bnever|n[’']t|\bcannot) (?:publish|disclose|share|list|give out|show) (?:\w+ ){{0,3}}{_PLACE}|"
    r"\bcyfeiriad cyfrinachol\b",
    re.IGNORECASE,
)
_REFUGE = re.compile(
    rf"\bsafe {_PLACE}s?\b|\brefuges?\b|\bsafe ?-?houses?\b|\blloches(?:au)?\b|\btŷ diogel\b|"
    r"\b(?:crisis|emergency|dispersed|fleeing|domestic (?:abuse|violence)|women[’']?s)\b[^.]{0,30}\baccommodation\b|"
    r"\baccommodation\b[^.]{0,40}\b(?:fleeing|abuse|violence|stalking)\b",
    re.IGNORECASE,
)
"""What is a refuge by its own words, in English or Welsh, whether or not it says that its place is not told."""
_STREETS = r"(?:street|road|avenue|lane|crescent|terrace|close|drive|gardens|grove|mews|rd|ave)"
_TELLS: Final = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"\b[A-Z]{1,2}[0-9][0-9A-Z]?[\s.–-]{0,3}[0-9][A-Z]{2}\b", re.IGNORECASE),
        (rf"\b\d+[a-z]?,?\s+(?:[\w’'-]+\s+){{1,3}}{_STREETS}\b", re.IGNORECASE),
        (rf"\b[A-Z][\w’'-]+ {_STREETS.replace('(?:', '(?i:')}\b", 0),
        (r"-?\b\d{1,2}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}|///\s?\w+\.\w+\.\w+|\b[A-Z]{2}\s?\d{3,5}\s?\d{3,5}\b", 0),
        (r"\bmaps?\.|/maps\b|goo\.gl|openstreetmap|what3words|w3w\.co|streetmap", re.IGNORECASE),
        (r"\b(?:bus(?:es)?|tram|train|metro|tube)\b[^.]{0,20}\d|"
         r"\b(?:nearest|closest|local) (?:\w+ ){0,2}(?:station|stop)\b|"
         r"\b(?:bus|tram|railway|train|tube|metro|underground) (?:stops?|stations?)\b", re.IGNORECASE),
        (r"\b(?:minutes?|mins?|yards|metres|miles?)\b[’']? (?:walk |drive )?(?:from|of|away)\b", re.IGNORECASE),
        (r"\bnext (?:door )?to\b|\bopposite (?!sex|gender)|\bbehind (?:the|our)\b|\badjacent to\b|"
         r"\bround the corner from\b|\bin front of\b|\bcar park\b|\bon-street parking\b", re.IGNORECASE),
    )
)  # fmt: skip
"""A postcode; a house and street; a street; coordinates; a map; a line or stop; a way to walk; a landmark."""
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n")
_HOUSE: Final = re.compile(r"^(?:(?:flat|apartment|unit|no)\.?\s*)?\d+[a-z]?[\s,]+", re.IGNORECASE)


def keeps_place_secret(*texts: str) -> bool:
    """Whether words of the service itself speak of a refuge or of a place that is not told."""
    return any(_REFUGE.search(each) for each in texts) or says_secret(*texts)


def says_secret(*texts: str) -> bool:
    """Whether any words say that a place is not told."""
    return any(_SAID.search(each) for each in texts)


def texts_in(value: Any, deep: int = DEEP) -> Iterator[str]:
    """Every text in a record, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif deep and isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each, deep - 1)


def told_place(text: str, pieces: Collection[str] = ()) -> str:
    """What in a text would tell where a place is; empty where nothing does. `pieces` are those of its own address."""
    for pattern in _TELLS:
        if found := pattern.search(text):
            return " ".join(found[0].split())
    plain, close = f" {_plain(text)} ", _plain(text).replace(" ", "")
    return next((one for one in pieces if f" {one} " in plain or one.replace(" ", "") in close), "")


def without_place(text: str, pieces: Collection[str]) -> str:
    """A text without the sentences that would tell where a place is."""
    if not told_place(text, pieces):
        return text
    parts = _SENTENCE.split(text)
    return " ".join(one for one in parts if one and not told_place(one, pieces)).strip()


def pieces_of(*lines: str) -> tuple[str, ...]:
    """What of an address is looked for by itself: each line without its house number, where it is no town alone."""
    found = (_plain(_HOUSE.sub("", one.strip())) for one in lines)
    return tuple(dict.fromkeys(one for one in found if len(one) >= SHORTEST and not says_secret(one)))


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    flat = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in flat).split())
