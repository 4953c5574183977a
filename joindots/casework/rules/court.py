"""Rules of a day at court and of its sheet (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from joindots.casework.rules.saying import SHORT, can_say, first_refusal, one_of
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import words

HEARING_WORDS = {
    "first": "first hearing", "bail": "bail", "plea": "plea", "trial": "trial", "sentence": "sentence",
    "order": "order", "appeal": "appeal", "family": "family court", "other": "other",
}  # fmt: skip
SHEET = {
    "arrive": "How you get there, and when", "entrance": "Which way in", "wait": "Where you wait",
    "meet": "Who meets you and stays with you", "apart": "How you are kept apart from the other person",
    "bring": "What to bring", "say": "Words you want said", "breaks": "Breaks, food, medicine",
    "leave": "How you get away", "after": "What comes after, and who tells you",
}  # fmt: skip
"""The lines of the sheet, in the order of the day."""


class DayState(StrEnum):
    """Whether the day is still to come."""

    PLANNED = "planned"
    OVER = "over"
    CANCELLED = "cancelled"


def can_plan(kind: str, court: str, clock: str, lines: Mapping[str, str]) -> Decision:
    """A day has its court; every line is one of the sheet's."""
    return first_refusal(
        one_of(kind, HEARING_WORDS),
        can_say(court, words("court_missing", "Say which court."), SHORT),
        can_say(clock, most=40),
        *(can_say(text) if name in SHEET else one_of(name, SHEET) for name, text in lines.items()),
    )


def can_change(state: str) -> Decision:
    """A planned day can be changed."""
    return YES if state == DayState.PLANNED else no("day_over", "This day is over or cancelled. Add a new one.")
