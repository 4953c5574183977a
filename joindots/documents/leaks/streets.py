"""An address taken apart: the pieces of it that lead to a door by themselves, in the ways people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from joindots.documents.leaks.folding import fold

POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d[A-Za-z]{2})\b")
_SHORT = {
    "road": ("rd",), "street": ("st", "str"), "lane": ("ln", "la"), "avenue": ("ave", "av"), "close": ("cl", "cls"),
    "drive": ("dr",), "court": ("ct",), "place": ("pl",), "crescent": ("cres", "cr"), "terrace": ("ter", "terr"),
    "gardens": ("gdns",), "grove": ("gr", "gro"), "square": ("sq",), "park": ("pk",), "hill": (), "way": (),
    "walk": (), "row": (), "view": (), "mews": (), "rise": (), "green": (), "parade": (), "yard": (), "villas": (),
    "buildings": ("bldgs",), "house": ("hse",), "heol": (), "ffordd": (), "stryd": (),
}  # fmt: skip
_TYPES = _SHORT.keys() | {short for shorts in _SHORT.values() for short in shorts}
_LONG = {short: name for name, shorts in _SHORT.items() for short in shorts}
_NUMBER = re.compile(r"\b(\d+)\s?([a-z])?(?:\s*[-–/]\s*(\d+)\s?([a-z])?)?\b", re.IGNORECASE)
_BEHIND = (
    "", "on", "in", "at", "of", "off", "street", "streetname", "datastreet", "addrstreet", "streetaddress", "road",
    "roadname", "address", "address1", "addressline", "addressline1", "line1", "thoroughfare",
)  # fmt: skip
"""What may stand between a number and the street after it: `14 on Rose Lane`, or the name of its field."""
_AHEAD = ("", "no", "number", "numbers", "at", "atno", "atnumber", "house", "houseno", "housenumber", "door", "flat")
"""And between a street and the number after it: `Rose Lane, number 14`."""
_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def doors(address: str) -> Iterator[tuple[str, bool]]:
    """Each folded piece that leads to the door, with whether it is as written (else another way to write it)."""
    parts = _parts(address)
    pieces = list(_with_number(parts))
    if not pieces and len(parts) > 1:
        pieces = [" ".join(parts[:2])]  # no number anywhere: a house with a name, and what follows it
    elif not pieces and not POSTCODE.search(address):
        pieces = parts  # all that was given; before a postcode it would be a town
    for piece in pieces:
        yield from _ways(piece)


def with_towns(address: str) -> Iterator[str]:
    """Number, street and the part after it, folded: the town, mostly."""
    parts = _parts(address)
    for at, part in enumerate(parts[:-1]):
        if _NUMBER.search(part):
            yield fold(part + parts[at + 1])


def _parts(address: str) -> list[str]:
    return [part for part in re.split(r"[,;\n]+", POSTCODE.sub(" ", address)) if fold(part)]


def postcodes(address: str) -> Iterator[str]:
    """The postcodes in it, folded."""
    for found in POSTCODE.finditer(address):
        yield fold(found[0])


def _with_number(parts: list[str]) -> Iterator[str]:
    """Every part with a number and a name; a number alone, or a flat, goes with the part after it."""
    for at, part in enumerate(parts):
        if not _NUMBER.search(part):
            continue
        named = fold(_NUMBER.sub(" ", part)) not in ("", "flat", "unit", "apartment", "apt", "room", "no", "number")
        if named:
            yield _up_to_the_street(part)
        elif at + 1 < len(parts):
            yield f"{part} {parts[at + 1]}"


def _up_to_the_street(part: str) -> str:
    """Without the town that some write behind the street with no comma."""
    words = part.split()
    first = next((at for at, word in enumerate(words) if _NUMBER.fullmatch(word.strip(".,"))), 0)
    for at in range(len(words) - 1, first + 1, -1):
        if words[at].strip(".").casefold() in _TYPES:
            return " ".join(words[: at + 1])
    return part


def _ways(piece: str) -> Iterator[tuple[str, bool]]:
    yield fold(piece), True
    found = _NUMBER.search(piece)
    if not found:
        for street in _streets(piece):
            yield fold(street), False
        return
    street = piece[found.end() :]
    if not fold(street):
        return
    for number in _numbers(found):
        for name in _streets(street):
            door = fold(name)
            for word in _BEHIND:
                yield number + word + door, False
            for word in _AHEAD:
                yield door + word + number, False


def _numbers(found: re.Match[str]) -> Iterator[str]:
    for number, letter in ((found[1], found[2]), (found[3], found[4])):
        if number:
            yield fold(number + (letter or ""))
            yield fold(f"0{number}{letter or ''}")
            if not letter and 0 < int(number) < 1000:
                yield from _spelled(int(number))
    if found[3]:
        yield fold(found[0])


def _spelled(number: int) -> Iterator[str]:
    """In words: 114 is `one hundred and fourteen`, `a hundred and fourteen` or `one fourteen`."""
    hundreds, rest = divmod(number, 100)
    less = _UNITS[rest] if rest < 20 else _TENS[rest // 10] + _UNITS[rest % 10]
    if not hundreds:
        yield less
        return
    for first in (_UNITS[hundreds], "a") if hundreds == 1 else (_UNITS[hundreds],):
        for joint in ("hundredand", "hundred") if rest else ("hundred",):
            yield f"{first}{joint}{less}"
    if rest > 9:
        yield _UNITS[hundreds] + less


def _streets(street: str) -> Iterator[str]:
    """The name of the street with the last word for its kind written long and in each short way."""
    yield street
    words = street.split()
    for at in range(len(words) - 1, 0, -1):
        kind = words[at].strip(".,").casefold()
        kind = _LONG.get(kind, kind)
        if kind in _SHORT:
            for way in (kind, *_SHORT[kind]):
                yield " ".join([*words[:at], way, *words[at + 1 :]])
            return
