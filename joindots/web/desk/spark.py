"""The last weeks of a case in small: a bar for each week, hatched where no file reaches, and in words (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from joindots.evidence.queries import Week
from joindots.kernel.words import Words, words

PITCH: Final = 9
BAR: Final = 6
HEIGHT: Final = 26
SMALLEST: Final = 4
"""Pixels of a bar of one act, so that it is seen beside a week of a hundred."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One week's bar: where it stands and how high; hatched from top to bottom where nothing is known."""

    x: int
    y: int
    height: int
    known: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """The bars of a case, and what they show in words."""

    bars: tuple[Bar, ...]
    says: Words
    width: int
    none_known: bool


def drawn(weeks: Sequence[Week]) -> Spark:
    """Bars of the weeks, the highest as high as there is room; a quiet week has none."""
    most = max((week.acts for week in weeks), default=0)
    bars = tuple(_bar(at, week, most) for at, week in enumerate(weeks) if week.acts or not week.known)
    known = [week for week in weeks if week.known]
    numbers = ", ".join(str(week.acts) if week.known else "?" for week in weeks)
    if not known:
        says = words("spark_none", "No file reaches into the last {weeks} weeks.", weeks=len(weeks))
    else:
        says = words("spark", "Acts a week, the last {weeks} weeks: {numbers}.", weeks=len(weeks), numbers=numbers)
    return Spark(bars, says, len(weeks) * PITCH, not known)


def _bar(at: int, week: Week, most: int) -> Bar:
    if not week.known:
        return Bar(at * PITCH, 0, HEIGHT, False)
    height = max(SMALLEST, round(HEIGHT * week.acts / most))
    return Bar(at * PITCH, HEIGHT - height, height, True)
