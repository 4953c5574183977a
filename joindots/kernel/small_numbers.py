"""Counts that may be shown beyond a case: whole quarters that have ended, and no number that gives somebody away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from joindots.kernel.decisions import YES, Decision, no

SMALL: Final = 5
"""From 1 to 4 no number is shown: so few could be known by somebody."""
FEW: Final = "fewer than 5"


def shown(parts: Sequence[int]) -> tuple[int | None, ...]:
    """Counts that make up a total which is shown as well: None for each that stays hidden.

    From 1 to 4 is hidden: so few could be known by somebody. Where the rest would give away what is hidden, because it
    is one count alone or its sum is small too, the smallest of the others is hidden as well, noughts last.
    """
    hidden = {place for place, count in enumerate(parts) if 0 < count < SMALL}
    rest = (place for place in range(len(parts)) if place not in hidden)
    order = sorted(rest, key=lambda one: (parts[one] == 0, parts[one], one))
    while hidden and order and (len(hidden) < 2 or sum(parts[one] for one in hidden) < SMALL):
        hidden.add(order.pop(0))
    return tuple(None if place in hidden else count for place, count in enumerate(parts))


def ended_quarters(today: date, most: int = 8) -> list[tuple[date, date]]:
    """The quarters of years that have ended, newest first: first and last day of each."""
    found, begins = [], date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    for _ in range(most):
        last = begins - timedelta(days=1)
        begins = date(last.year, last.month - 2, 1)
        found.append((begins, last))
    return found


def can_publish(first: date, last: date, today: date) -> Decision:
    """Counts without their small numbers are made for whole quarters that have ended: a number that is left out could
    be found from two counts whose days overlap.
    """
    begins = first.day == 1 and first.month in (1, 4, 7, 10)
    if begins and last == _quarter_end(first) and last < today:
        return YES
    return no("return_quarter", "Choose one whole quarter that has ended, such as 1 January to 31 March. From other "
              "days, the small numbers that are left out could be found.")  # fmt: skip


def _quarter_end(first: date) -> date:
    later = date(first.year + (first.month == 10), (first.month + 3) % 12 or 12, 1)
    return later - timedelta(days=1)
