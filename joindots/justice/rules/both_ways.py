"""Two histories with the same tools for both: who starts contact, how much, and when each complained (pure).

A and B are two people, each reported by the other. Nothing here weighs one against the other: every number is counted
for both in the same way, beside what it is a part of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

SILENCE: Final = 7
"""Days without contact after which a day of contact counts as starting it again."""
SOON: Final = 28
"""Days within which a complaint after an arrest, order or court date is shown beside it."""
LENGTH: Final = 28
Who = Literal["a", "b"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A number of each: of A towards B, and of B towards A."""

    a: int = 0
    b: int = 0

    @property
    def all(self) -> int:
        """Both together."""
        return self.a + self.b


@dataclass(frozen=True, slots=True)
class Starts:
    """Days on which contact began again after seven days without: only A, only B, or both that day."""

    a: int
    b: int
    both: int

    @property
    def of(self) -> int:
        """All days on which contact began again."""
        return self.a + self.b + self.both


@dataclass(frozen=True, slots=True)
class Window:
    """28 days, and the acts of each in them."""

    first: date
    last: date
    acts: Pair


@dataclass(frozen=True, slots=True)
class Happening:
    """Something dated: a complaint by somebody, or an arrest, order or court date against somebody."""

    who: Who
    """Who complained, or whom it was against."""
    day: date
    says: str
    where: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A complaint, and the last arrest, order or court date against who made it, if that was within 28 days before."""

    complaint: Happening
    after: Happening | None
    days: int


def together(cases: Iterable[Mapping[date, Pair]]) -> dict[date, Pair]:
    """Acts by day of several cases. Two cases may hold the same records, so a day has as many as the case with most."""
    found: dict[date, Pair] = {}
    for case in cases:
        for day, acts in case.items():
            had = found.get(day, Pair())
            found[day] = Pair(max(had.a, acts.a), max(had.b, acts.b))
    return found


def sum_of(days: Mapping[date, Pair]) -> Pair:
    """All acts of both."""
    return Pair(sum(one.a for one in days.values()), sum(one.b for one in days.values()))


def days_of(days: Mapping[date, Pair]) -> Pair:
    """On how many days each made contact."""
    return Pair(sum(one.a > 0 for one in days.values()), sum(one.b > 0 for one in days.values()))


def starts(days: Mapping[date, Pair]) -> Starts:
    """Who made contact on days that followed seven days without any, the very first day too."""
    a = b = both = 0
    last: date | None = None
    for day in sorted(day for day, acts in days.items() if acts.all):
        if last is None or (day - last).days > SILENCE:
            acts = days[day]
            a, b, both = (
                a + (acts.a > 0 and not acts.b), b + (acts.b > 0 and not acts.a), both + (acts.a > 0 and acts.b > 0),
            )  # fmt: skip
        last = day
    return Starts(a, b, both)


def windows(days: Mapping[date, Pair]) -> tuple[Window, ...]:
    """Times of 28 days from the first day of contact on, each with the acts of both."""
    known = sorted(day for day, acts in days.items() if acts.all)
    if not known:
        return ()
    first, count = known[0], (known[-1] - known[0]).days // LENGTH + 1
    numbers = [[0, 0] for _ in range(count)]
    for day in known:
        place = (day - first).days // LENGTH
        numbers[place][0] += days[day].a
        numbers[place][1] += days[day].b
    return tuple(
        Window(first + timedelta(days=at * LENGTH), first + timedelta(days=(at + 1) * LENGTH - 1), Pair(*pair))
        for at, pair in enumerate(numbers)
    )


def once(rows: Iterable[Happening]) -> tuple[Happening, ...]:
    """What several cases tell of one day in the same words is one, with every place that tells it; oldest first."""
    found: dict[tuple[date, Who, str], list[str]] = {}
    for one in rows:
        found.setdefault((one.day, one.who, one.says), []).append(one.where)
    return tuple(
        Happening(who, day, says, "; ".join(dict.fromkeys(places)))
        for (day, who, says), places in sorted(found.items())
    )


def timed(complaints: Iterable[Happening], events: Sequence[Happening]) -> tuple[Timed, ...]:
    """Each complaint with the last event against who made it, no more than 28 days before it; oldest first."""
    told = []
    for one in sorted(complaints, key=lambda one: (one.day, one.who, one.says)):
        before = [event for event in events if event.who == one.who and 0 <= (one.day - event.day).days <= SOON]
        last = max(before, key=lambda event: event.day, default=None)
        told.append(Timed(one, last, (one.day - last.day).days if last else 0))
    return tuple(told)


def soon(rows: Iterable[Timed], who: Who) -> tuple[int, int]:
    """How many complaints of somebody came within 28 days after an event against them, of how many."""
    mine = [one for one in rows if one.complaint.who == who]
    return sum(one.after is not None for one in mine), len(mine)
