"""Rules of tasks, promises and what was asked of an agency (pure)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from joindots.casework.rules.saying import LONG, SHORT, can_say, first_refusal, not_to_come, one_of
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import words
from joindots.law.clocks import add_working_days

REPLY_DAYS = 5
"""Working days within which a reply is asked for, unless somebody says otherwise."""
MOST_DAYS = 60
BASIS_WORDS = {
    "consent": "the client agreed", "duty": "a duty of theirs under law or the Victims' Code",
    "no_detail": "nothing of the client's is told",
}  # fmt: skip
"""On what the asking rests. A power to share is not consent, and consent is not the only basis."""


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ChaserState(StrEnum):
    """Where something asked of an agency stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DROPPED = "dropped"


class ChaserDeed(StrEnum):
    """What was done about it."""

    ASKED = "asked"
    CHASED = "chased"
    ANSWERED = "answered"
    DROPPED = "dropped"


def can_add_task(what: str) -> Decision:
    """A task says what."""
    return can_say(what, words("task_empty", "Say what is to be done."))


def can_end_task(state: str, to: str, why: str) -> Decision:
    """An open task is done, or dropped with the reason."""
    if state != TaskState.OPEN:
        return no("task_ended", "This was ended already.")
    if to not in (TaskState.DONE, TaskState.DROPPED):
        return no("choice_unknown", "Choose one of the list.")
    missing = words("why_dropped", "Say why it is dropped.") if to == TaskState.DROPPED else None
    return can_say(why, missing)


def can_ask(to: str, ask: str, basis: str, days: int, asked_on: date, today: date) -> Decision:
    """What is asked of whom, on what basis, and when an answer is due."""
    return first_refusal(
        can_say(to, words("agency_missing", "Say which agency you asked."), SHORT),
        can_say(ask, words("ask_missing", "Say what you asked for."), LONG),
        one_of(basis, BASIS_WORDS),
        YES if 1 <= days <= MOST_DAYS else no("days_odd", "Give 1 to {n} working days for the answer.", n=MOST_DAYS),
        not_to_come(asked_on, today),
    )


def can_rest_on(agreed_to: str | None, to: str, purpose: str) -> Decision:
    """Asking about somebody on their consent: it names this very agency and what for, and is in force.

    `agreed_to` is whom a consent in force names, None where it ended, was taken back or never was.
    """
    if agreed_to is None or agreed_to.strip().casefold() != to.strip().casefold():
        return no(
            "ask_consent", "Ask first: nobody has written down that they agreed to {to} being asked.", to=to.strip()
        )
    return YES if purpose.strip() else no(
        "ask_purpose", "Write down with the consent what it was given for: this one says nothing of it."
    )  # fmt: skip


def can_move_chaser(state: str, deed: str, on: date, since: date, today: date, said: str) -> Decision:
    """While it is open it is chased, answered or dropped, no earlier than it was asked."""
    if state != ChaserState.OPEN:
        return no("chaser_ended", "This was answered or dropped already. Ask anew if it is needed.")
    if on < since:
        return no("before_asked", "This day is before it was asked.")
    missing = words("what_they_said", "Say what they answered.") if deed == ChaserDeed.ANSWERED else None
    missing = words("why_dropped", "Say why it is dropped.") if deed == ChaserDeed.DROPPED else missing
    return first_refusal(
        one_of(deed, {ChaserDeed.CHASED, ChaserDeed.ANSWERED, ChaserDeed.DROPPED}),
        not_to_come(on, today), can_say(said, missing),
    )  # fmt: skip


def reply_due(asked_on: date, days: int) -> date:
    """The day an answer is due: so many working days after it was asked."""
    return add_working_days(asked_on, days)


def can_say_until(reply_by: date | None) -> Decision:
    """A letter that presses says by when an answer is asked for."""
    return YES if reply_by is not None else no("reply_missing", "Say by which day you ask for an answer.")


def days_between(asked_on: date, reply_by: date) -> int:
    """How many working days an answer has: at least one, and at most what a clock runs."""
    days = 1
    while days < MOST_DAYS and add_working_days(asked_on, days) < reply_by:
        days += 1
    return days


def late_says(due_on: date | None, today: date) -> str:
    """How a day stands to today, in words; nothing where there is none."""
    if due_on is None:
        return ""
    days = (today - due_on).days
    if days == 0:
        return "due today"
    if days < 0:
        return "due tomorrow" if days == -1 else f"due in {-days} days"
    return "1 day over" if days == 1 else f"{days} days over"
