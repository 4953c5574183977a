"""Who may take a call, when somebody is on shift, and how hard the calls were: for care, never for ranking (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from joindots.kernel.decisions import YES, Decision, no


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that must be on record for somebody who takes calls, and for how many days it holds (0: for good)."""

    code: str
    says: str
    days: int
    before_first_call: bool


STEPS: Final = (
    Step("checks", "Background check seen", 3 * 365, before_first_call=True),
    Step("references", "Two references taken up", 0, before_first_call=True),
    Step("training", "Training finished, stalking and safe contact in it", 0, before_first_call=True),
    Step("listened", "Listened in on calls", 0, before_first_call=True),
    Step("supervision", "Supervision", 42, before_first_call=False),
    Step("goodbye", "Goodbye", 0, before_first_call=False),
)
"""Our own list for a line; a helpline's own policy decides what each means. The days are ours: verify."""
BY_CODE: Final = MappingProxyType({step.code: step for step in STEPS})
HARD_DAYS: Final = 7
HARD_TALK: Final = 3
"""Hard calls within `HARD_DAYS` days after which a talk is offered (our own rule)."""


def holds_until(step: str, done: date) -> date | None:
    """The last day on which a step still holds; None where it holds for good."""
    days = BY_CODE[step].days
    return done + timedelta(days=days) if days else None


def missing(done: Mapping[str, date], day: date) -> tuple[Step, ...]:
    """What must be on record before the first call and is not, or holds no longer on that day."""
    return tuple(
        step for step in STEPS
        if step.before_first_call
        and (step.code not in done or done[step.code] > day or (holds_until(step.code, done[step.code]) or day) < day)
    )  # fmt: skip


def can_take_calls(done: Mapping[str, date], day: date) -> Decision:
    """Whether somebody may take a call on that day; what is missing if not."""
    if "goodbye" in done and done["goodbye"] <= day:
        return no("left_line", "Your goodbye is on record, so no call comes to you. Ask your supervisor.")
    left = missing(done, day)
    if not left:
        return YES
    return no(
        "not_ready", "You cannot take a call yet. Not on record for you: {what}. Your supervisor can add it.",
        what="; ".join(step.says.lower() for step in left),
    )  # fmt: skip


def can_listen(done: Mapping[str, date], day: date) -> Decision:
    """Whether somebody may be asked to listen in: that is part of learning, but nobody unchecked hears a caller."""
    if "goodbye" in done and done["goodbye"] <= day:
        return no("listener_left", "Their goodbye is on record. Ask somebody else to listen.")
    left = [step for step in missing(done, day) if step.code in ("checks", "references")]
    if not left:
        return YES
    return no(
        "listener_unchecked", "They cannot listen in yet. Not on record for them: {what}. Ask somebody else.",
        what="; ".join(step.says.lower() for step in left),
    )  # fmt: skip


def supervision_due(done: Mapping[str, date], day: date) -> bool:
    """Whether the last supervision is longer ago than it may be, or none is on record."""
    last = done.get("supervision")
    return last is None or (holds_until("supervision", last) or day) < day


def can_turn(starts: datetime, ends: datetime, others: Iterable[tuple[datetime, datetime]]) -> Decision:
    """Whether somebody may be put on the rota for this time: it ends after it starts, and they are not on already."""
    if ends <= starts or ends - starts > timedelta(hours=16):
        return no("turn_times", "A turn ends after it starts, and within 16 hours.")
    if any(begun < ends and starts < over for begun, over in others):
        return no("turn_overlaps", "This person is on the rota already at that time. Change that turn first.")
    return YES


def rests(hard: Collection[datetime], at: datetime) -> bool:
    """Whether so many calls were hard lately that a talk should be offered. It says nothing of how anybody works."""
    return sum(at - timedelta(days=HARD_DAYS) < one <= at for one in hard) >= HARD_TALK


def public_number(typed: str) -> str | None:
    """A number as people read and ring it: 3 to 15 digits, spaced as typed. None where it is none; empty is empty."""
    told = " ".join(typed.split())
    digits = told.removeprefix("+").replace(" ", "")
    fits = digits.isascii() and digits.isdecimal() and 3 <= len(digits) <= 15 and len(told) <= 24
    return told if fits or not told else None
