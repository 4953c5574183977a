"""Proceedings that are brought again and again: where, by whom, how each ended, and what they cost (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from joindots.kernel.decisions import YES, Decision, no

FORUMS: Mapping[str, str] = {
    "family": "family court", "civil": "civil or small claims court", "criminal": "private prosecution",
    "tribunal": "tribunal", "professional": "professional body or regulator", "employer": "employer",
    "council": "school, council or social services", "data": "request for data, or for information",
    "complaint": "complaint about staff or a service", "other": "something else",
}  # fmt: skip
BROUGHT: Mapping[str, str] = {
    "reported": "the person reported", "for_them": "somebody for the person reported",
    "victim": "the person being stalked", "other": "somebody else",
}  # fmt: skip
OUTCOMES: Mapping[str, str] = {
    "refused": "refused", "without_merit": "refused as totally without merit", "struck_out": "struck out",
    "withdrawn": "withdrawn", "not_upheld": "not upheld", "granted": "granted", "upheld": "upheld",
    "settled": "settled", "transferred": "moved elsewhere", "struck": "written down wrongly",
}  # fmt: skip
STEPS: Mapping[str, str] = {
    "hearing": "hearing", "paper": "paper that came or was answered", "time": "time or money it took",
}  # fmt: skip
SHOWN: Mapping[str, str] = {"no": "no", "yes": "yes", "not_known": "not known"}
MOST, MOST_LINE = 4000, 200
MOST_MINUTES, MOST_PENCE = 60 * 24 * 60, 100_000_000
FIRST_DAY = date(1970, 1, 1)
FAR = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Brought:
    """A proceeding as it is written down."""

    forum: str
    brought: str
    body: str
    began_on: date | None = None
    reference: str = ""
    what: str = ""
    shown: str = "not_known"
    """Whether an address or other safe place was shown in it."""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Took:
    """What happened in one, and the time and money that it took; None where nobody has said."""

    kind: str
    on: date
    said: str = ""
    minutes: int | None = None
    pence: int | None = None
    next_on: date | None = None

    @property
    def says(self) -> str:
        """The time and money, where they were told."""
        told = [time_says(self.minutes)] if self.minutes is not None else []
        return ", ".join([*told, money_says(self.pence)] if self.pence is not None else told)


@dataclass(frozen=True, slots=True)
class Cost:
    """Time and money over all proceedings by the person reported, and of how many each was told."""

    number: int
    bodies: int
    hearings: int
    open: int
    without_merit: int
    minutes: int
    minutes_of: int
    pence: int
    pence_of: int
    by_forum: tuple[tuple[str, int], ...]
    shown: int
    """In how many an address was shown."""

    @property
    def time_says(self) -> str:
        """The time in hours and minutes."""
        return time_says(self.minutes)

    @property
    def money_says(self) -> str:
        """The money in pounds."""
        return money_says(self.pence)


def time_says(minutes: int) -> str:
    """Minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}\u00a0h {rest}\u00a0min" if rest else f"{hours}\u00a0h"


def money_says(pence: int) -> str:
    """Pence as pounds."""
    return f"£{pence // 100:,}" + (f".{pence % 100:02}" if pence % 100 else "")


def can_log(new: Brought, today: date) -> Decision:
    """Whether a proceeding says what it must."""
    if new.forum not in FORUMS or new.brought not in BROUGHT or new.shown not in SHOWN:
        return no("brought_kind", "Choose where it is, who brought it, and whether an address was shown.")
    if not new.body.strip():
        return no("brought_body", "Write which court or body it is.")
    if new.began_on is not None and not FIRST_DAY <= new.began_on <= today:
        return no("brought_day", "Enter the day it began: not one to come.")
    if max(len(new.body), len(new.reference)) > MOST_LINE or len(new.what) > MOST:
        return no("brought_long", "Shorten it: a line holds {n} letters, its words {most}.", n=MOST_LINE, most=MOST)
    return _next_fits(new.next_on, new.began_on)


def can_note(step: Took, began_on: date | None, today: date) -> Decision:
    """Whether a step says what it must: a day that came, and time and money within reason."""
    if step.kind not in STEPS:
        return no("took_kind", "Choose what happened.")
    if not FIRST_DAY <= step.on <= today or (began_on is not None and step.on < began_on):
        return no("took_day", "Enter the day it happened: not one to come, and not before it began.")
    for number, most in ((step.minutes, MOST_MINUTES), (step.pence, MOST_PENCE)):
        if number is not None and not 0 <= number <= most:
            return no("took_number", "Enter the time in hours and minutes and the money in pounds, as numbers.")
    if step.kind == "time" and step.minutes is None and step.pence is None:
        return no("took_nothing", "Write how much time or money it took.")
    if len(step.said) > MOST:
        return no("took_long", "Shorten it to {most} letters.", most=MOST)
    return _next_fits(step.next_on, step.on)


def can_end(ended: bool, outcome: str, on: date, began_on: date | None, today: date) -> Decision:
    """Whether one can be ended: once, on a day that came, by an outcome of the list."""
    if ended:
        return no("brought_ended", "This ended already.")
    if outcome not in OUTCOMES:
        return no("brought_outcome", "Choose how it ended.")
    if on > today or (began_on is not None and on < began_on):
        return no("took_day", "Enter the day it happened: not one to come, and not before it began.")
    return YES


def cost(rows: Iterable[tuple[Brought, str, Iterable[Took]]]) -> Cost:
    """The totals over (proceeding, outcome or empty, steps) brought by the person reported or for them."""
    held = [(one, outcome, list(steps)) for one, outcome, steps in rows
            if outcome != "struck" and one.brought in ("reported", "for_them")]  # fmt: skip
    steps = [step for _, _, those in held for step in those]
    forums = Counter(one.forum for one, _, _ in held)
    return Cost(
        len(held), len({" ".join(one.body.casefold().split()) for one, _, _ in held}),
        sum(step.kind == "hearing" for step in steps), sum(not outcome for _, outcome, _ in held),
        sum(outcome == "without_merit" for _, outcome, _ in held),
        sum(step.minutes or 0 for step in steps),
        sum(any(step.minutes is not None for step in those) for _, _, those in held),
        sum(step.pence or 0 for step in steps),
        sum(any(step.pence is not None for step in those) for _, _, those in held),
        tuple((FORUMS[code], forums[code]) for code in FORUMS if forums[code]),
        sum(one.shown == "yes" for one, _, _ in held),
    )  # fmt: skip


def _next_fits(day: date | None, after: date | None) -> Decision:
    start = after or FIRST_DAY
    if day is not None and not (start <= day <= start + FAR or after is None):
        return no("next_on", "The next day cannot be before this one, nor more than three years after it.")
    return YES
