"""Honest patterns: both sides, channels, bursts, and equal times before and after a day. Counts, and no verdict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final, NamedTuple

from joindots.chronology.rules.bundles import GAP, LEAST
from joindots.chronology.rules.pictures.told import DAY, Coverage, Told, Window

NAMED: Final = 5
"""Bursts that are named one by one."""


@dataclass(frozen=True, slots=True)
class Side:
    """The acts of some days: how many, on how many days, of how many kinds; and on how many days a source looked."""

    window: Window
    number: int
    received: int
    sent: int
    days: int
    kinds: int
    covered: int

    @property
    def whole(self) -> bool:
        """Whether a source covers every day: only then is a rate said."""
        return self.covered == len(self.window)

    @property
    def a_week(self) -> float:
        """Acts in seven days."""
        return 7 * self.number / len(self.window)


@dataclass(frozen=True, slots=True)
class Around:
    """Equal times before and after a day, and how they stand among all times of that length.

    `others` is how many times of this length have every day covered, one beginning on each day; `as_many` how many
    of them hold at least as many acts as the time after. Both None where that time itself is not all covered.
    """

    before: Side
    after: Side
    others: int | None
    as_many: int | None


def side_of(told: Iterable[Told], window: Window, coverage: Coverage) -> Side:
    """The acts of a window. A day of which something is told counts as covered."""
    numbers: Counter[str] = Counter()
    days, kinds, known = set(), set(), set()
    for one in told:
        if one.day is None or one.day not in window:
            continue
        known.add(one.day)
        if one.act:
            numbers[one.direction] += one.number
            days.add(one.day)
            kinds.add(one.lane)
    covered = sum(day in known or day in coverage for day in window.days())
    return Side(window, numbers.total(), numbers["in"], numbers["out"], len(days), len(kinds), covered)


def around(told: Sequence[Told], day: date, length: int, whole: Window, coverage: Coverage) -> Around:
    """`length` days before a day, and as many from it on."""
    before = side_of(told, Window(day - length * DAY, day - DAY), coverage)
    after = side_of(told, Window(day, day + (length - 1) * DAY), coverage)
    if not after.whole:
        return Around(before, after, None, None)
    days = list(whole.days())
    acts: Counter[date] = Counter()
    known = set()
    for one in told:
        if one.day is not None:
            known.add(one.day)
            acts[one.day] += one.number if one.act else 0
    numbers = [0, *accumulate(acts[each] for each in days)]
    covered = [0, *accumulate(each in known or each in coverage for each in days)]
    totals = [
        numbers[at + length] - numbers[at]
        for at in range(len(days) - length + 1) if covered[at + length] - covered[at] == length
    ]  # fmt: skip
    return Around(before, after, len(totals), sum(total >= after.number for total in totals))


class Channel(NamedTuple):
    """One channel: its first and last day with anything, on how many days, and how many acts of each direction."""

    code: str
    first: date
    last: date
    days: int
    received: int
    sent: int
    unknown: int


def channels(told: Iterable[tuple[str, date | None, str, int]]) -> tuple[Channel, ...]:
    """Channels by the day on which each is first told of; from channel, day, direction and number."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    numbers: Counter[tuple[str, str]] = Counter()
    for code, day, direction, number in told:
        if day is not None:
            days[code].add(day)
            numbers[code, direction if direction in ("in", "out") else ""] += number
    found = [
        Channel(
            code, min(known), max(known), len(known), numbers[code, "in"], numbers[code, "out"], numbers[code, ""]
        )
        for code, known in days.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.first, one.code)))


class Burst(NamedTuple):
    """Messages of one conversation with pauses under ten minutes."""

    first: datetime
    last: datetime
    number: int

    @property
    def minutes(self) -> int:
        """From the first to the last, begun minutes counted."""
        return -((self.first - self.last) // timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Bursts:
    """How many runs there are, how many messages stand in them, of how many; and the longest."""

    runs: int
    inside: int
    messages: int
    longest: tuple[Burst, ...]


def bursts(times: Iterable[tuple[object, datetime]]) -> Bursts:
    """Runs of three or more. `times` are conversation and moment, in order of time."""
    open_runs: dict[object, tuple[datetime, datetime, int]] = {}
    found: list[Burst] = []
    messages = 0
    for thread, at in times:
        messages += 1
        run = open_runs.get(thread)
        if run is not None:
            if at - run[1] < GAP:
                open_runs[thread] = (run[0], at, run[2] + 1)
                continue
            if run[2] >= LEAST:
                found.append(Burst(*run))
        open_runs[thread] = (at, at, 1)
    found += [Burst(*run) for run in open_runs.values() if run[2] >= LEAST]
    longest = sorted(found, key=lambda run: (-run.number, run.first))[:NAMED]
    return Bursts(len(found), sum(run.number for run in found), messages, tuple(longest))
