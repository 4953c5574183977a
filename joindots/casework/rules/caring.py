"""Rules of care for those who do the work; every number is there to offer help, and none to compare people (pure)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from joindots.casework.rules.saying import LONG, can_say, first_refusal, not_to_come
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import Words, words

EVERY: Final = timedelta(days=42)
"""At the latest after so long the next supervision is due (our own rule: verify against the service's policy)."""
NO_BREAK: Final = timedelta(days=90)
"""After so long without a leave on record somebody is asked whether they had one (our own rule)."""


def can_supervise(own: bool, on: date, next_on: date | None, notes: str, today: date) -> Decision:
    """It was held on a day that has come, with somebody else, and the next has a day."""
    return first_refusal(
        no("own_supervision", "Nobody notes a supervision of their own. Ask whoever supervises you.") if own else YES,
        not_to_come(on, today),
        YES if next_on is None or on < next_on <= on + timedelta(days=366)
        else no("supervision_next", "The next one comes after this one, and within a year."),
        can_say(notes, None, LONG),
    )  # fmt: skip


def due_on(last: date | None, next_on: date | None) -> date | None:
    """The day on which the next supervision is due: as agreed, at the latest after `EVERY`; None: none was held."""
    if last is None:
        return None
    return min(next_on, last + EVERY) if next_on else last + EVERY


def break_says(away_from: date | None, away_until: date | None, today: date) -> tuple[Words, bool]:
    """What is on record of somebody's leave, and whether to ask them about it: no leave on record is not no leave."""
    if away_from and today < away_from:
        return words("leave_comes", "leave from {day}", day=f"{away_from:%-d %b %Y}"), False
    if away_from and (away_until is None or today <= away_until):
        return words("leave_now", "away now"), False
    if away_until is None:
        return words("leave_none", "no leave on record"), True
    return words("leave_was", "last leave until {day}", day=f"{away_until:%-d %b %Y}"), today - away_until > NO_BREAK
