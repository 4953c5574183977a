"""Whether words and days that somebody gives can be kept (pure)."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import Words

LONG = 4000
"""Letters of a note."""
SHORT = 200
"""Letters of a line."""


def can_say(text: str, missing: Words | None = None, most: int = LONG) -> Decision:
    """Words no longer than can be kept; `missing` is the refusal of empty ones, None where they may be empty."""
    if missing is not None and not text.strip():
        return Decision(False, missing)
    if len(text) > most:
        return no("too_long", "This is {n} letters long. Shorten it to {most} or fewer.", n=len(text), most=most)
    return YES


def one_of(code: str, known: Container[str]) -> Decision:
    """A code from its list."""
    if code in known:
        return YES
    return no("choice_unknown", "Choose one of the list.")


def not_to_come(day: date, today: date) -> Decision:
    """A day that has come: what is told of it has happened."""
    if day <= today:
        return YES
    return no("day_to_come", "This day has not come yet. Enter the day on which it happened.")


def first_refusal(*decisions: Decision) -> Decision:
    """The first that says no, else yes."""
    return next((one for one in decisions if not one), YES)
