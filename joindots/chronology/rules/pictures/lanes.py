"""Swim lanes: what was done, by kind of behaviour, in bins of days; and spans whose day is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from joindots.chronology.rules.pictures.told import DAY, LANES, Lane, Told, Window

BINS: Final = ((70, 1), (420, 7))
"""Windows up to so many days have bins of so many days; longer ones bins of 28."""
LONG_BIN: Final = 28


class Ringed(NamedTuple):
    """An act of one lane and day that lies inside an order by its date: the words for that, and which order."""

    day: date
    lane: str
    direction: str
    label: str
    of: str


@dataclass(frozen=True, slots=True)
class Inside:
    """So many acts of a bin lie inside one order by their dates."""

    label: str
    of: str
    number: int


@dataclass(frozen=True, slots=True)
class Bin:
    """So many acts in some days of one lane."""

    window: Window
    number: int
    days: int
    """Days of it on which there was any."""
    inside: tuple[Inside, ...] = ()


class Span(NamedTuple):
    """An act of one lane that lies somewhere from the first of these days to the last; which day is not known."""

    lane: str
    window: Window
    open: bool = False
    """Whether one end of it is not known, so that it ends with the picture."""
    inside: tuple[str, ...] = ()
    """In which orders it lies by its date, in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One lane with its bins that hold anything, and the acts of which only a longer time is known."""

    lane: Lane
    number: int
    bins: tuple[Bin, ...]
    spans: tuple[Span, ...] = ()


def bin_days(window: Window) -> int:
    """How many days one bin of this window holds."""
    return next((days for most, days in BINS if len(window) <= most), LONG_BIN)


def rows(
    told: Iterable[Told], window: Window, spans: Iterable[Span] = (), ringed: Iterable[Ringed] = ()
) -> tuple[Row, ...]:
    """The lanes that have anything in the window, in their fixed order. Bins are counted from its first day.

    `number` leaves spans out: they are no acts of a known day. A span is never narrowed to the window. `ringed` are
    acts that `told` has counted.
    """
    size = bin_days(window)
    by_lane: dict[str, Counter[date]] = {}
    for one in told:
        if one.day is not None and one.day in window:
            by_lane.setdefault(one.lane, Counter())[one.day] += one.number
    rings: dict[str, Counter[tuple[int, str, str]]] = {}
    for ring in ringed:
        if ring.day in window:
            rings.setdefault(ring.lane, Counter())[(ring.day - window.first).days // size, ring.of, ring.label] += 1
    near: dict[str, list[Span]] = {}
    for span in spans:
        if span.window.first <= window.last and span.window.last >= window.first:
            near.setdefault(span.lane, []).append(span)
    return tuple(
        Row(
            lane, days.total(), _bins(days, window, size, rings.get(lane.code, Counter())),
            tuple(near.get(lane.code, ())),
        )
        for lane in LANES if (days := by_lane.get(lane.code, Counter())) or lane.code in near
    )  # fmt: skip


def _bins(days: Counter[date], window: Window, size: int, rings: Counter[tuple[int, str, str]]) -> tuple[Bin, ...]:
    numbers: Counter[int] = Counter()
    present: Counter[int] = Counter()
    for day, number in days.items():
        at = (day - window.first).days // size
        numbers[at] += number
        present[at] += 1
    inside: dict[int, list[Inside]] = {}
    for (at, of, label), number in sorted(rings.items()):
        inside.setdefault(at, []).append(Inside(label, of, number))
    return tuple(
        Bin(_part(window, at, size), numbers[at], present[at], tuple(inside.get(at, ()))) for at in sorted(numbers)
    )


def _part(window: Window, at: int, size: int) -> Window:
    first = window.first + at * size * DAY
    return Window(first, min(first + (size - 1) * DAY, window.last))
