"""Rules of the Victims' Code tracker and of special measures (pure).

Rights and clocks are data (`law.support`, `law.tables`); a right without a clock gets no due day, and nothing here
says that a right was met or not: people say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from joindots.casework.rules.cases import Relation
from joindots.casework.rules.saying import can_say, first_refusal, not_to_come, one_of
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.law import clocks
from joindots.law.support import code_rights, special_measures


@dataclass(frozen=True, slots=True)
class Event:
    """What starts a right: its words, which right, and the code of its clock, if it has one."""

    says: str
    right: str
    clock: str = ""


EVENTS = {
    "reported": Event("The crime was reported", "4", "vcop_refer_support"),
    "arrested": Event("Somebody was arrested", "6", "vcop_key_decisions"),
    "interviewed": Event("Somebody was interviewed", "6", "vcop_key_decisions"),
    "released": Event("Somebody was released", "6", "vcop_key_decisions"),
    "bail_changed": Event("Bail or its conditions changed", "6", "vcop_key_decisions"),
    "charge_decision": Event("A decision was made whether to charge", "6", "vcop_charge_decision"),
    "review": Event("Notice came of a decision not to go on (theirs to ask for a review)", "6", "vrr_request_cps"),
    "court_date": Event("A court gave a date", "8", "vcop_court_dates"),
    "outcome": Event("A court gave an outcome", "9", "vcop_outcome"),
    **{f"right_{number}": Event("Something else that this right promises", number) for number in code_rights()},
}
ENHANCED_WORDS = {
    "persistent": "persistently targeted", "serious": "victim of a serious crime",
    "vulnerable": "vulnerable or intimidated", "": "no enhanced rights",
}  # fmt: skip
"""Why somebody has enhanced rights. Those who are stalked usually do; the first is taken unless somebody says else."""


class RightState(StrEnum):
    """How a right stands, as somebody says."""

    OPEN = "open"
    MET = "met"
    NOT_MET = "not_met"
    NOT_WANTED = "not_wanted"


RIGHT_STATE_WORDS = {
    RightState.OPEN: "still due", RightState.MET: "met", RightState.NOT_MET: "not met",
    RightState.NOT_WANTED: "not wanted by the client",
}  # fmt: skip


def due_of(event: str, on: date, enhanced: str) -> date | None:
    """The last day of what an event starts; None for a right without a clock, and where the bank holidays of its year
    are not known: what happened long ago can be written down all the same, and its day is never guessed.
    """
    clock = EVENTS[event].clock
    try:
        return clocks.due_on(clock, on, enhanced=bool(enhanced)) if clock else None
    except RuleBroken:
        return None


def can_note(event: str, on: date, enhanced: str, note: str, today: date) -> Decision:
    """What started it, and when."""
    return first_refusal(
        one_of(event, EVENTS), one_of(enhanced, ENHANCED_WORDS), not_to_come(on, today), can_say(note)
    )  # fmt: skip


def can_settle(state: str, to: str, told_on: date | None, how: str, on: date, today: date) -> Decision:
    """Met needs the day and who told or did it; not met and not wanted need words. It can be said anew."""
    if to not in (RightState.MET, RightState.NOT_MET, RightState.NOT_WANTED):
        return no("choice_unknown", "Choose one of the list.")
    if state == to:
        return no("right_same", "This is what it says already.")
    if to == RightState.MET and told_on is None:
        return no("told_when", "Enter the day on which it was done.")
    if told_on is not None and told_on < on:
        return no("told_before", "This day is before what started it.")
    told = not_to_come(told_on, today) if told_on else YES
    return first_refusal(told, can_say(how, words("told_how", "Say who told or did it, and how.")))


def settled_says(state: str, due_on: date | None, told_on: date | None, today: date) -> str:
    """How a right stands in words: met in time, met so many days late, due, or over."""
    if state == RightState.MET and told_on:
        if due_on is None:
            return "met"
        late = (told_on - due_on).days
        return "met in time" if late <= 0 else f"met {late} {'day' if late == 1 else 'days'} late"
    if state != RightState.OPEN or due_on is None:
        return RIGHT_STATE_WORDS[RightState(state)]
    over = (today - due_on).days
    if over > 0:
        return f"{over} {'day' if over == 1 else 'days'} over"
    return "due today" if over == 0 else f"still due, {-over} {'day' if over == -1 else 'days'} left"


class MeasureState(StrEnum):
    """Where the asking for a special measure stands."""

    WANTED = "wanted"
    NOT_WANTED = "not_wanted"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


MEASURE_WORDS = {
    MeasureState.WANTED: "wanted, not asked for yet", MeasureState.NOT_WANTED: "not wanted",
    MeasureState.ASKED: "asked for", MeasureState.GRANTED: "granted", MeasureState.REFUSED: "refused",
}  # fmt: skip
MEASURE_NEXT: dict[MeasureState, frozenset[MeasureState]] = {
    MeasureState.WANTED: frozenset({MeasureState.ASKED, MeasureState.NOT_WANTED}),
    MeasureState.NOT_WANTED: frozenset({MeasureState.WANTED}),
    MeasureState.ASKED: frozenset({MeasureState.GRANTED, MeasureState.REFUSED, MeasureState.NOT_WANTED}),
    MeasureState.GRANTED: frozenset({MeasureState.NOT_WANTED, MeasureState.REFUSED}),
    MeasureState.REFUSED: frozenset({MeasureState.ASKED, MeasureState.NOT_WANTED}),
}


def can_want(measure: str, note: str) -> Decision:
    """A measure from the list."""
    return first_refusal(one_of(measure, special_measures()), can_say(note))


def can_move_measure(now: str, to: str, note: str) -> Decision:
    """Only a step that can follow."""
    if to not in set(MeasureState):
        return no("choice_unknown", "Choose one of the list.")
    if MeasureState(to) not in MEASURE_NEXT[MeasureState(now)]:
        return no(
            "measure_state", "A measure that is {now} cannot become {to}.",
            now=MEASURE_WORDS[MeasureState(now)], to=MEASURE_WORDS[MeasureState(to)],
        )  # fmt: skip
    return can_say(note)


def eligibility_says(relation: str) -> str:
    """What to check about eligibility, by the relation told. A fact to verify, never a decision."""
    if relation == Relation.NOT_KNOWN:
        return "The relation is not known here: in England and Wales special measures may have to be asked for."
    if relation in (Relation.EX_PARTNER, Relation.PARTNER, Relation.FAMILY):
        return (
            "England and Wales: somebody complaining of domestic abuse counts as intimidated without asking. "
            "Whether this case is one, the prosecutor says."
        )
    return "England and Wales: outside domestic abuse, special measures are by application. Ask the officer to apply."


ELIGIBILITY_MARK = "Verify before relying on it: general knowledge; in Northern Ireland it is automatic for stalking."
