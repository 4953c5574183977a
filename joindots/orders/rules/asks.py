"""Asking a force to apply for an order: what an ask must say, how long an answer may take, what it can be (pure).

Only the police apply for a stalking protection order (2019 Act s1), and no law says by when they answer somebody who
asks them to. The days for an answer are a default of this service; whoever asks may give others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import RuleBroken
from joindots.kernel.small_numbers import SMALL, shown
from joindots.law.clocks import add_working_days
from joindots.law.orders import protective_orders
from joindots.law.reading import LawSystem
from joindots.law.routes import PLACES

ANSWER_WORKING_DAYS: Final = 5
MOST_DAYS: Final = 60
MOST_RELIED: Final = 60
MOST_WORDS: Final = 4000
MOST_LINE: Final = 200
NEED_LETTERS: Final = 40
"""Fewer letters than this say no more than that somebody wants an order."""
WHY_LETTERS: Final = 20
CONSENT: Final = "consent"
ASKED_OF_POLICE: Final = ("spo", "ni_spo", "dapo", "dapn", "dvpn_dvpo", "shpo")
"""Kinds of order for which the police can be asked to apply."""


class AskState(StrEnum):
    """Where an ask stands."""

    ASKED = "asked"
    NOT_YET = "not_yet"
    APPLIED = "applied"
    REFUSED = "no"
    WITHDRAWN = "withdrawn"


OPEN: Final = (AskState.ASKED, AskState.NOT_YET)
"""An ask of which more is to come. There is one such for a force, an order and a case."""
ANSWERS: Final = (AskState.APPLIED, AskState.NOT_YET, AskState.REFUSED)
STATE_WORDS: Final = {
    AskState.ASKED: "waits for an answer", AskState.NOT_YET: "not yet", AskState.APPLIED: "applied",
    AskState.REFUSED: "no", AskState.WITHDRAWN: "withdrawn",
}  # fmt: skip
ANSWER_WORDS: Final = {
    AskState.APPLIED: "We have applied for it", AskState.NOT_YET: "Not yet", AskState.REFUSED: "No",
}  # fmt: skip
WITHDRAWN_WORDS: Final = {"consent": "what it rested on was taken back", "by_hand": "whoever asked took it back"}


@dataclass(frozen=True, slots=True)
class Letter:
    """What an ask says as a letter to a force outside."""

    order: str
    name: str
    about: str
    crime: str
    need: str
    relied: tuple[str, ...]
    basis: str
    writer: str
    agency: str
    asked_on: date
    due_on: date


def letter(told: Letter) -> str:
    """The ask as plain text. It tells no way to reach the person: they are reached through whoever writes."""
    due = f"{told.due_on.day} {told.due_on:%B %Y}"
    parts = [
        f"We ask you to apply for this order: {told.order}.",
        f"It would protect {told.name}.", f"It would be against: {told.about}",
        f"Crime reference: {told.crime}" if told.crime else "", f"Why it is necessary: {told.need}",
        "Records that support it, which we hold:\n" + "\n".join(f"- {one}" for one in told.relied)
        if told.relied else "",
        told.basis if told.basis.startswith("The person agreed") else f"This is sent on this basis: {told.basis}.",
        f"Please answer by {due} whether you have applied, not yet or not, and why. Please tell nobody else of this "
        f"letter, and reach {told.name} through us only.",
        f"{told.writer}\n{told.agency}\n{told.asked_on.day} {told.asked_on:%B %Y}",
    ]  # fmt: skip
    return "\n\n".join(one for one in parts if one)


class Told(StrEnum):
    """Whether the person heard of the answer."""

    TOLD = "told"
    NOT_NOW = "not_now"


TOLD_WORDS: Final = {
    Told.TOLD: "Told, by safe contact", Told.NOT_NOW: "Not told now, for the reason below",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask as somebody filled it in. `relied` are lines of references, each a day and what it was, and no more."""

    order: str
    name: str
    about: str
    need: str
    relied: tuple[str, ...] = ()
    crime: str = ""
    days: int = ANSWER_WORKING_DAYS


def orders_asked() -> Mapping[str, str]:
    """Kinds of order that can be asked for, each with its name."""
    known = protective_orders()
    return {code: known[code].label for code in ASKED_OF_POLICE if code in known and known[code].by_police}


def can_ask(ask: Ask) -> Decision:
    """An ask says for whom, against whom, why it is necessary, and by when it is to be answered."""
    if ask.order not in orders_asked():
        return no("ask_order", "Choose which order is asked for.")
    if not ask.name.strip():
        return no("ask_name", "Enter who the order should protect, by the name the police know.")
    if not ask.about.strip():
        return no("ask_about", "Write who the order is against, as far as you know.")
    if len(ask.need.strip()) < NEED_LETTERS:
        return no("ask_need", "Write why an order is necessary: what is feared if there is none. At least {n} letters.",
                  n=NEED_LETTERS)  # fmt: skip
    if not 1 <= ask.days <= MOST_DAYS:
        return no("ask_days", "Give 1 to {n} working days for the answer.", n=MOST_DAYS)
    if len(ask.relied) > MOST_RELIED:
        return no("ask_relied", "Choose {n} records at most: those that show it best.", n=MOST_RELIED)
    if max(len(ask.need), len(ask.about)) > MOST_WORDS or max(len(ask.name), len(ask.crime)) > MOST_LINE:
        return no("ask_long", "Shorten it to {most} letters.", most=MOST_WORDS)
    return YES


def can_ask_of(order: str, system: LawSystem | None) -> Decision:
    """Whether a force can be asked for an order: one whose law knows it. `system` None: not known of that force."""
    there = protective_orders()[order].law_system
    if system is None or system == there or (system == "england_wales_scotland" and there == "england_wales"):
        return YES
    return no("ask_law", "That order belongs to the law of {there}, and this force works under that of {here}. Choose "
              "another order or another force.", there=PLACES[there], here=PLACES[system])  # fmt: skip


def can_rest(basis: str, *, consented: bool, known: Collection[str], why: str) -> Decision:
    """On consent that was given for this force; or on another basis in law, with its reasons in writing."""
    if basis == CONSENT:
        return YES if consented else no(
            "ask_consent", "There is no consent in force that names this force. Ask, and write down what was said; or "
            "name another basis in law.",
        )  # fmt: skip
    if basis not in known:
        return no("ask_basis", "Choose the consent it rests on, or another basis in law.")
    if len(why.strip()) < WHY_LETTERS:
        return no("ask_why", "Without consent, write why it is necessary to ask now, and how you share no more than is "
                  "needed, in at least {n} letters.", n=WHY_LETTERS)  # fmt: skip
    return YES


def answer_by(asked: date, days: int) -> date:
    """The day by which an answer is due; twice as many plain days where the year's bank holidays are not known."""
    try:
        return add_working_days(asked, days)
    except RuleBroken:
        return asked + timedelta(days=2 * days)


def can_answer(now: str, answer: str, why: str, *, today: date, applied_on: date | None = None,
               again_on: date | None = None, since: date) -> Decision:  # fmt: skip
    """Applied has its day, not yet the day of the next answer, and both that and no their reasons."""
    if now not in OPEN:
        return no("ask_over", "This was answered for good, or withdrawn. It cannot be answered any more.")
    if answer not in ANSWERS:
        return no("ask_answer", "Choose one: applied, not yet, or no.")
    if answer != AskState.APPLIED and len(why.strip()) < WHY_LETTERS:
        return no("ask_reasons", "Write the reasons, in at least {n} letters. Whoever asked reads them.", n=WHY_LETTERS)
    if len(why) > MOST_WORDS:
        return no("ask_long", "Shorten it to {most} letters.", most=MOST_WORDS)
    if answer == AskState.APPLIED and (applied_on is None or not since <= applied_on <= today):
        return no("ask_applied", "Enter the day on which it was applied for: not before you were asked, and not a day "
                  "to come. Where it was applied for earlier, enter the day you were asked, and say so.")  # fmt: skip
    if answer == AskState.NOT_YET and (again_on is None or not today < again_on <= today + timedelta(days=90)):
        return no("ask_again", "Enter the day by which you answer again: after today, within 90 days.")
    return YES


def can_tell(state: str, told: str, how: str, already: str) -> Decision:
    """The answer is told once; where it is not safe to tell it now, that is written down with the reason."""
    if state not in ANSWERS:
        return no("ask_unanswered", "There is no answer to tell yet.")
    if already == Told.TOLD:
        return no("ask_told", "This was told already.")
    if told not in TOLD_WORDS:
        return no("ask_how_told", "Say whether it was told by safe contact, or why not now.")
    if told == Told.NOT_NOW and not how.strip():
        return no("ask_why_not", "Write why it is not told now, and what would make it safe.")
    return YES


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask as it is counted."""

    force: str
    state: str
    asked_on: date
    due_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Count:
    """How a force answered: None where a number is too small to be shown."""

    force: str
    asked: int | None
    applied: int | None
    not_yet: int | None
    refused: int | None
    waiting: int | None
    withdrawn: int | None
    answered: int | None
    in_time: int | None
    median_days: float | None
    """Plain days from asking to the first answer; None for fewer than five answers."""


PARTED: Final = (AskState.APPLIED, AskState.NOT_YET, AskState.REFUSED, AskState.ASKED, AskState.WITHDRAWN)


def counted(asks: Iterable[Asked]) -> tuple[Count, ...]:
    """Asks by force, in order of its name, with what is too small to be shown left out."""
    by_force: dict[str, list[Asked]] = {}
    for one in asks:
        by_force.setdefault(one.force, []).append(one)
    return tuple(_count(force, by_force[force]) for force in sorted(by_force))


def _count(force: str, asks: Sequence[Asked]) -> Count:
    """Answers in all, and in time, are shown only where no state is hidden: they would give it away."""
    days = [(one.answered_on - one.asked_on).days for one in asks if one.answered_on is not None]
    in_time = sum(one.answered_on is not None and one.answered_on <= one.due_on for one in asks)
    if len(asks) < SMALL:
        return Count(force, None, None, None, None, None, None, None, None, None)
    applied, not_yet, refused, waiting, withdrawn = states = shown(
        [sum(one.state == state for one in asks) for state in PARTED]
    )
    timely, late = shown([in_time, len(days) - in_time])
    whole, few = None not in states, len(days) < SMALL
    return Count(
        force, len(asks), applied, not_yet, refused, waiting, withdrawn, len(days) if whole and not few else None,
        timely if whole and not few and late is not None else None, None if few else float(median(days)),
    )  # fmt: skip
