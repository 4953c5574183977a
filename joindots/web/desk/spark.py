"""The last weeks of a case in small: a bar for each week, hatched where no file reaches, orders beneath; and in words
(pure).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from joindots.evidence.queries import Week
from joindots.kernel.when import day_says, midnight
from joindots.kernel.words import Words, words

PITCH: Final = 9
BAR: Final = 6
HEIGHT: Final = 26
DAYS: Final = 7
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
class OrderBar:
    """When an order or bail binds, as far as these weeks go; `begins` where its first day lies within them."""

    x: int
    width: int
    begins: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """The bars of a case, and what they show in words."""

    bars: tuple[Bar, ...]
    says: Words
    width: int
    none_known: bool
    orders: tuple[OrderBar, ...] = ()
    orders_say: tuple[Words, ...] = ()


def drawn(weeks: Sequence[Week], orders: Sequence[tuple[date, date | None]] = ()) -> Spark:
    """Bars of the weeks, the highest as high as there is room; a quiet week has none. Under them when `orders` bind:
    the first day and the last, None where it goes on.
    """
    most = max((week.acts for week in weeks), default=0)
    bars = tuple(_bar(at, week, most) for at, week in enumerate(weeks) if week.acts or not week.known)
    known = [week for week in weeks if week.known]
    numbers = ", ".join(str(week.acts) if week.known else "?" for week in weeks)
    if not known:
        says = words("spark_none", "No file reaches into the last {weeks} weeks.", weeks=len(weeks))
    else:
        says = words("spark", "Acts a week, the last {weeks} weeks: {numbers}.", weeks=len(weeks), numbers=numbers)
    bound = [(one, _order_bar(weeks, *one)) for one in orders]
    shown = [(span, bar) for span, bar in bound if bar]
    return Spark(
        bars, says, len(weeks) * PITCH, not known, tuple(bar for _, bar in shown),
        tuple(_order_says(*span) for span, _ in shown),
    )  # fmt: skip


def _order_bar(weeks: Sequence[Week], first: date, last: date | None) -> OrderBar | None:
    """One day is as wide as a seventh of a week, and never less than a pixel; None outside these weeks."""
    if not weeks:
        return None
    start, days = weeks[0].first, len(weeks) * DAYS
    since, until = (first - start).days, days if last is None else (last - start).days + 1
    if since >= days or until <= 0:
        return None
    x = max(since, 0) * PITCH // DAYS
    return OrderBar(x, max(1, min(until, days) * PITCH // DAYS - x), since >= 0)


def _order_says(first: date, last: date | None) -> Words:
    since = day_says(midnight(first))
    if last is None:
        return words("spark_order_on", "An order or bail since {since}.", since=since)
    return words("spark_order", "An order or bail from {since} to {last}.", since=since, last=day_says(midnight(last)))


def _bar(at: int, week: Week, most: int) -> Bar:
    if not week.known:
        return Bar(at * PITCH, 0, HEIGHT, False)
    height = max(SMALLEST, round(HEIGHT * week.acts / most))
    return Bar(at * PITCH, HEIGHT - height, height, True)
