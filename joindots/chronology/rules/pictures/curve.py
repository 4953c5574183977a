"""Acts and different kinds of act in windows of 28 days, and days between acts. No smoothing and no forecast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from joindots.chronology.rules.pictures.told import BY_CODE, DAY, Coverage, Told, Window

LENGTH: Final = 28


@dataclass(frozen=True, slots=True)
class Stretch:
    """28 days (the last may be shorter: not `whole`). `part` says that no source covers some of its days."""

    window: Window
    number: int
    families: tuple[tuple[str, int], ...]
    kinds: int
    part: bool
    whole: bool


def stretches(told: Iterable[Told], window: Window, coverage: Coverage) -> tuple[Stretch, ...]:
    """Windows of 28 days from the first day on, acts only."""
    numbers: Counter[tuple[int, str]] = Counter()
    known = set()
    for one in told:
        if one.day is not None and one.day in window:
            known.add(one.day)
            if one.act:
                numbers[(one.day - window.first).days // LENGTH, one.lane] += one.number
    holes = {day for hole in coverage.holes(window, known) for day in hole.days()}
    count = (len(window) + LENGTH - 1) // LENGTH
    return tuple(_stretch(at, numbers, window, holes) for at in range(count))


def _stretch(at: int, numbers: Counter[tuple[int, str]], window: Window, holes: set[date]) -> Stretch:
    first = window.first + at * LENGTH * DAY
    part = Window(first, min(first + (LENGTH - 1) * DAY, window.last))
    lanes = {lane: number for (place, lane), number in numbers.items() if place == at}
    families: Counter[str] = Counter()
    for lane, number in lanes.items():
        families[BY_CODE[lane].family] += number
    return Stretch(
        part, sum(lanes.values()), tuple(sorted(families.items())), len(lanes),
        any(day in holes for day in part.days()), len(part) == LENGTH,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Between:
    """Days from one day with an act to the next; `unknown` if a day between them is covered by no source."""

    window: Window
    days: int
    unknown: bool


def between(told: Iterable[Told], window: Window, coverage: Coverage) -> tuple[Between, ...]:
    """The times between days with acts, in order."""
    days = sorted({one.day for one in told if one.act and one.day is not None and one.day in window})
    found = []
    for before, after in pairwise(days):
        inside = Window(before + DAY, after - DAY)
        unknown = after - before > DAY and any(day not in coverage for day in inside.days())
        found.append(Between(Window(before, after), (after - before).days, unknown))
    return tuple(found)
