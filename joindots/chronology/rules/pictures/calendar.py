"""The calendar: a cell for each day, weeks across and days down; and the small grid of hours and weekdays."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final

from joindots.chronology.rules.pictures.told import DAY, Coverage, Told, Window

FEW: Final = (1, 2, 3, 5)
"""Upper ends of the steps of a quiet case: 1, 2, 3, 4 to 5, more."""
STEPS: Final = 5
WEEKS_A_ROW: Final = 53


@dataclass(frozen=True, slots=True)
class Cell:
    """One day. `step` is 0 for nothing told, else 1 to 5; `covered` is False where nothing means no source."""

    day: date
    number: int
    logged: int
    kinds: int
    step: int
    covered: bool
    possible: bool = False
    """Whether somebody named this day among several on which something may have happened. It adds to no number."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks in rows of at most 53; a week is seven cells from Monday, None outside the window."""

    rows: tuple[tuple[tuple[Cell | None, ...], ...], ...]
    ends: tuple[int, ...]
    """Upper ends of steps 1 to 4; step 5 is whatever is more."""

    def cells(self) -> list[Cell]:
        """All days in order."""
        return [cell for row in self.rows for week in row for cell in week if cell]


def step_ends(most: int) -> tuple[int, ...]:
    """Upper ends of four steps for counts up to `most`: fixed for few, else growing by an equal factor."""
    if most <= 10:
        return FEW
    ends: list[int] = []
    for n in range(1, STEPS):
        ends.append(max(round(most ** (n / STEPS)), ends[-1] + 1 if ends else 1))
    return tuple(ends)


def step_of(number: int, ends: Sequence[int]) -> int:
    """0 for nothing, else the step whose upper end the number keeps."""
    return 0 if not number else next((at for at, end in enumerate(ends, 1) if number <= end), STEPS)


def calendar(
    told: Iterable[Told], window: Window, coverage: Coverage, known: AbstractSet[date] = frozenset(),
    possible: AbstractSet[date] = frozenset(),
) -> Calendar:  # fmt: skip
    """Every day of the window with its acts; a day with rows of a log alone is told of, and so no blank.

    `known` are days of which something is told that `told` leaves out: they are not without a source. `possible` days
    are marked and nothing more: "every Tuesday in July" is one entry and no five acts.
    """
    acts: Counter[date] = Counter()
    logged: Counter[date] = Counter()
    kinds: defaultdict[date, set[str]] = defaultdict(set)
    for one in told:
        if one.day is not None and one.day in window:
            (acts if one.act else logged)[one.day] += one.number
            kinds[one.day].add(one.lane)
    totals = {day: acts[day] + logged[day] for day in kinds}
    ends = step_ends(max(totals.values(), default=0))

    def cell(day: date) -> Cell:
        covered = day in totals or day in known or day in coverage
        return Cell(
            day,
            acts[day],
            logged[day],
            len(kinds.get(day, ())),
            step_of(totals.get(day, 0), ends),
            covered,
            day in possible,
        )

    monday = window.first - window.first.weekday() * DAY
    count = ((window.last - monday).days + 7) // 7
    weeks = [
        tuple(cell(day) if (day := monday + (7 * week + weekday) * DAY) in window else None for weekday in range(7))
        for week in range(count)
    ]
    rows = tuple(tuple(weeks[at : at + WEEKS_A_ROW]) for at in range(0, len(weeks), WEEKS_A_ROW))
    return Calendar(rows, ends)


@dataclass(frozen=True, slots=True)
class ClockGrid:
    """Acts by weekday (from Monday) and hour of London time; `left_out` have no time of day."""

    numbers: tuple[tuple[int, ...], ...]
    ends: tuple[int, ...]
    left_out: int

    @property
    def total(self) -> int:
        """Acts with a time of day."""
        return sum(map(sum, self.numbers))

    @property
    def at_night(self) -> int:
        """Of them, those that begin from 23:00 to 06:59."""
        return sum(sum(row[23:]) + sum(row[:7]) for row in self.numbers)


def clock_grid(numbers: tuple[tuple[int, ...], ...], left_out: int) -> ClockGrid:
    """Acts by weekday and hour, with the steps of their shades."""
    return ClockGrid(numbers, step_ends(max(map(max, numbers))), left_out)
