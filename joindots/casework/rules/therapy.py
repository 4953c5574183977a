"""Rules of the therapy desk (pure).

Therapy before a trial is not delayed for the case (guidance for prosecutors since 2022; domain notes 0.0), nor for the
stalking to end: so no state and no reason for waiting names either. Who was told to wait for one of them is a wrong to
put right.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from joindots.casework.rules.saying import SHORT, can_say, first_refusal, not_to_come, one_of
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import words

NOT_DELAYED = (
    "Therapy does not wait for the case, a statement or a trial, and it does not wait for the stalking to end. "
    "The person decides when it begins."
)


class Stage(StrEnum):
    """Where a referral to therapy stands."""

    REFERRED = "referred"
    STARTED = "started"
    ENDED = "ended"
    NOT_TAKEN = "not_taken"
    DECLINED = "declined"


STAGE_WORDS = {
    Stage.REFERRED: "referred, not begun", Stage.STARTED: "begun", Stage.ENDED: "ended",
    Stage.NOT_TAKEN: "not taken on by the provider", Stage.DECLINED: "the client does not want it now",
}  # fmt: skip
STAGE_NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.REFERRED: frozenset({Stage.STARTED, Stage.NOT_TAKEN, Stage.DECLINED}),
    Stage.STARTED: frozenset({Stage.ENDED}),
    Stage.ENDED: frozenset({Stage.STARTED}),
    Stage.NOT_TAKEN: frozenset(),
    Stage.DECLINED: frozenset({Stage.REFERRED}),
}
WAITS_FOR = {
    "": "nothing but the wait", "place": "a place with the provider", "language": "somebody of their language",
    "way_there": "a way to get there, or a safe place to talk", "wish": "the client's own wish",
    "fit": "the right kind of therapy",
}  # fmt: skip
"""What somebody may wait for. Neither the case nor the end of the stalking stands here, and neither may be added."""
TOLD_TO_WAIT = {
    "": "no", "case": "yes: until the case or the trial is over", "risk": "yes: until the stalking stops",
}  # fmt: skip
ATTENDED = {"came": "came", "cancelled": "cancelled", "missed": "did not come", "ours": "cancelled by us"}
MOST_WEEKS = 260


def expected_on(referred_on: date, weeks: int | None) -> date | None:
    """The day by which it should have begun, by the wait that was told; None where none was."""
    return referred_on + timedelta(weeks=weeks) if weeks is not None else None


def looked_at_on(referred_on: date, weeks: int | None, told: str, today: date) -> date | None:
    """The day somebody looks at it again: today where they were told to wait for the case or the stalking to end."""
    return today if told else expected_on(referred_on, weeks)


def can_refer(provider: str, weeks: int | None, waits_for: str, told: str, referred_on: date, today: date) -> Decision:
    """A provider, and the wait as it was told."""
    return first_refusal(
        can_say(provider, words("provider_missing", "Say which provider."), SHORT),
        YES if weeks is None or 0 <= weeks <= MOST_WEEKS else no("weeks_odd", "Give the wait in weeks, such as 9."),
        one_of(waits_for, WAITS_FOR), one_of(told, TOLD_TO_WAIT), not_to_come(referred_on, today),
    )  # fmt: skip


def can_move(now: str, to: str, on: date, since: date, today: date) -> Decision:
    """A step that can follow, on a day that has come and is not before the referral."""
    if to not in set(Stage):
        return no("choice_unknown", "Choose one of the list.")
    if Stage(to) not in STAGE_NEXT[Stage(now)]:
        return no(
            "therapy_state", "Therapy that is {now} cannot become {to}.",
            now=STAGE_WORDS[Stage(now)], to=STAGE_WORDS[Stage(to)],
        )  # fmt: skip
    if on < since:
        return no("before_referral", "This day is before the referral.")
    return not_to_come(on, today)


def waited_says(referred_on: date, started_on: date | None, weeks: int | None, today: date) -> str:
    """How long somebody waited or waits, beside what was told."""
    waited = ((started_on or today) - referred_on).days // 7
    told = f"; {weeks} told" if weeks is not None else "; no wait was told"
    return f"{'waited' if started_on else 'waiting'} {waited} {'week' if waited == 1 else 'weeks'}{told}"


def can_open_room(name: str) -> Decision:
    """A therapist's own notes are about somebody."""
    return can_say(name, words("name_missing", "Enter a name, or what the person wants to be called."), SHORT)


def can_write_note(attended: str, said: str, on: date, today: date, *, ended: bool) -> Decision:
    """A note of a day, while the notes are open."""
    if ended:
        return no("room_ended", "These notes are closed. Open them again first.")
    return first_refusal(one_of(attended, ATTENDED), not_to_come(on, today), can_say(said, most=20_000))


def can_pass_on(*, left: bool, to_therapist: bool, to_self: bool) -> Decision:
    """Notes go to another therapist only when theirs has left, and never to whoever passes them on."""
    if not left:
        return no("therapist_there", "Their therapist still works here and passes the notes on in person.")
    if to_self:
        return no("pass_to_self", "Somebody else must be named: you pass notes on without reading them.")
    if not to_therapist:
        return no("no_therapist", "Choose a therapist of your agency.")
    return YES
