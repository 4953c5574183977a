"""What was asked and told on one contact: a list of sayings, of which the last of each field counts (pure).

A field of which nothing was said was not asked: that is not "no". What was said before stays in the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

WHO, REACH, SHEET = "who", "reach", "sheet"
IN_WHO = frozenset({"called", "about_whom"})
IN_REACH = frozenset({"area", "cut_off", "number", "times", "voicemail", "say", "proved", "who_must_not_know"})
"""Where somebody is and how to reach them: sealed at the contact tier."""
MOST = 600
"""Sayings kept in one place of a contact; the oldest that no longer count go first."""
LONGEST = 2000


class Said(msgspec.Struct, frozen=True, array_like=True):
    """One field, what was said of it (empty: as not asked), when, and the line it came from (0: none)."""

    field: str
    value: str
    at: datetime
    line: int = 0


Sayings = tuple[Said, ...]


def place_of(field: str) -> str:
    """The sealed column in which a field stands: who somebody is, how to reach them, or what happened."""
    return WHO if field in IN_WHO else REACH if field in IN_REACH else SHEET


def encoded(sayings: Sayings) -> str:
    """The sayings as text, to be sealed."""
    return msgspec.json.encode(sayings).decode()


def decoded(text: str) -> Sayings:
    """The sayings of a sealed text; none of an empty one."""
    return msgspec.json.decode(text, type=Sayings) if text else ()


def told(sayings: Iterable[Said]) -> dict[str, Said]:
    """What counts now, by field, in the order in which each was last said."""
    now: dict[str, Said] = {}
    for one in sayings:
        now.pop(one.field, None)
        if one.value:
            now[one.field] = one
    return now


def with_said(sayings: Sayings, field: str, value: str, at: datetime, line: int = 0) -> Sayings:
    """The list with one more; the same list where that very thing counts already from the same line."""
    value = value.strip()[:LONGEST]
    now = told(sayings).get(field)
    if (now.value if now else "") == value and (now is None or now.line == line):
        return sayings
    return kept((*sayings, Said(field, value, at, line)))


def kept(sayings: Sayings) -> Sayings:
    """At most `MOST`: what counts now always stays."""
    if len(sayings) <= MOST:
        return sayings
    counts = set(map(id, told(sayings).values()))
    spare = len(sayings) - MOST
    left = []
    for one in sayings:
        if spare and id(one) not in counts:
            spare -= 1
        else:
            left.append(one)
    return tuple(left)


def asked(now: Mapping[str, Said], fields: Iterable[str]) -> int:
    """How many of these fields something was said of."""
    return sum(field in now for field in fields)
