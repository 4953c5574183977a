"""Rules of a desk: what may be put off and until when, and whose rows stand together (pure)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, timedelta
from typing import Final, TypeVar

from joindots.casework.rules.saying import SHORT, can_say, first_refusal
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.dots import Reason
from joindots.kernel.words import words

T = TypeVar("T")
MOST_DAYS: Final = 14
"""Days for which something may be put off at one time (our own rule)."""
BOUND: Final = frozenset({Reason.ORDER, Reason.COURT, Reason.PROMISED})
"""What has a day that is not ours to move: it comes back on that day at the latest."""


def can_put_off(reason: Reason, on: date, until: date | None, why: str, today: date) -> Decision:
    """A reason and a day to come are given; nothing with a day of its own is put off past that day."""
    return first_refusal(
        can_say(why, words("put_off_why", "Say why it can wait. One line is enough."), SHORT),
        _until(reason, on, until, today),
    )


def _until(reason: Reason, on: date, until: date | None, today: date) -> Decision:
    last = last_day(reason, on, today)
    if until is None or until <= today:
        return no("put_off_until", "Choose a day after today on which it comes back.")
    if until > last and last == on:
        return no("put_off_past", "It is due on {day}. Choose that day or an earlier one.", day=f"{on:%-d %B %Y}")
    if until > last:
        return no("put_off_long", "Choose a day within the next {days} days.", days=MOST_DAYS)
    return YES


def last_day(reason: Reason, on: date, today: date) -> date:
    """The last day to which something can be put off: its own day where that is still to come and not ours to move."""
    last = today + timedelta(days=MOST_DAYS)
    return min(on, last) if reason in BOUND and on > today else last


def gathered(rows: Iterable[T], whose: Callable[[T], Hashable]) -> list[T]:
    """The rows with those of one case side by side, each case where its first row stood."""
    stood: dict[Hashable, list[T]] = {}
    for row in rows:
        stood.setdefault(whose(row), []).append(row)
    return [row for together in stood.values() for row in together]
