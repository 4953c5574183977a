"""The life of a crime from the report to the sentence: every step from every state, or why not (pure).

One table of steps (`data/crime_life.csv`) decides; whatever is not in it is refused by a sentence that names what can
follow. A life has three sides: how far it has come, how somebody is held or on bail meanwhile, and whether a review or
an appeal is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Literal, get_args

from joindots.kernel.words import Words, words
from joindots.law.reading import Fact, table

Stage = Literal[
    "reported", "not_recorded", "recorded", "investigating", "advice", "authorised", "stopped", "not_charged",
    "before_court", "discontinued", "acquitted", "convicted", "sentenced",
]  # fmt: skip
Bail = Literal["none", "police", "inquiry", "court", "custody"]
Open = Literal["none", "review", "appeal"]
STAGES: tuple[Stage, ...] = get_args(Stage)
BAILS: tuple[Bail, ...] = get_args(Bail)
OPENS: tuple[Open, ...] = get_args(Open)

SAID: Mapping[Stage, str] = {
    "reported": "reported, not recorded as a crime yet", "not_recorded": "not recorded as a crime",
    "recorded": "recorded, with no officer named", "investigating": "being investigated",
    "advice": "with the prosecutor", "authorised": "authorised for a charge",
    "stopped": "stopped by the police", "not_charged": "not charged, as the prosecutor decided",
    "before_court": "before the court", "discontinued": "stopped by the prosecutor at court",
    "acquitted": "ended with no conviction", "convicted": "ended in a conviction, not sentenced yet",
    "sentenced": "sentenced",
}  # fmt: skip
BAIL_SAID: Mapping[Bail, str] = {
    "none": "", "police": "on bail from the police", "inquiry": "released with no bail while the investigation goes on",
    "court": "on bail from a court", "custody": "in custody",
}  # fmt: skip
OPEN_SAID: Mapping[Open, str] = {
    "none": "", "review": "a review of the decision is asked for", "appeal": "an appeal is open",
}  # fmt: skip
STOPS: frozenset[Stage] = frozenset({"not_recorded", "stopped", "not_charged", "discontinued"})
"""Stages in which somebody decided not to go on: each has its reason, and a review can be asked for."""
LIVE: frozenset[Stage] = frozenset({"recorded", "investigating", "advice", "authorised"})
"""Stages in which it is recorded and nobody is charged yet."""
REOPENED: frozenset[Stage] = frozenset({"stopped", "not_charged"})
"""Stages that the police or the prosecutor ended, and from which it can be opened again."""
AT_COURT: frozenset[Stage] = frozenset({"before_court", "convicted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Fact):
    """A row of the table: an event, from which stages it can come, and what it changes. Empty: unchanged, or any."""

    event: str
    label: str
    stages: str
    bail: str = ""
    """How somebody must be held or on bail: any of these."""
    open: Literal["", "none", "review", "appeal"] = ""
    """What must be open."""
    to_stage: str = ""
    to_bail: Literal["", "none", "police", "inquiry", "court", "custody"] = ""
    to_open: Literal["", "none", "review", "appeal"] = ""
    asks: str = ""
    """Facts it asks for, beside its day and words."""
    right: str = ""
    """What of the Victims' Code it sets going: a code of the tracker's events."""
    tell_first: bool
    """Whether the victim is told by safe contact before it, or a reason is recorded why not."""
    beside: bool
    """Whether it happens beside the crime's life and may be written down after later steps."""
    guard: str = ""
    records: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """Where a crime stands."""

    stage: Stage = "reported"
    bail: Bail = "none"
    open: Open = "none"


START = Life()


def steps() -> Mapping[str, Step]:
    """Every row of the table."""
    return table("crime_life", Step)


@cache
def events() -> Mapping[str, str]:
    """Every event with its name for people, in the order of the table."""
    return MappingProxyType({one.event: one.label for one in steps().values()})


@cache
def _from(stage: Stage, event: str) -> tuple[Step, ...]:
    return tuple(one for one in steps().values() if one.event == event and stage in one.stages.split())


def step_of(life: Life, event: str) -> Step | None:
    """The row by which an event happens to a life, or None where the table forbids it."""
    return next((one for one in _from(life.stage, event) if _fits(one, life)), None)


def _fits(one: Step, life: Life) -> bool:
    if one.bail and life.bail not in one.bail.split():
        return False
    return not one.open or one.open == life.open


def after(life: Life, event: str) -> Life | Words:
    """The life after an event, or the sentence that refuses it. It answers for every life and every event."""
    one = step_of(life, event)
    if one is None:
        return refusal(life, event)
    stage = next((name for name in STAGES if name == one.to_stage), life.stage)
    return Life(stage, one.to_bail or life.bail, one.to_open or life.open)


@cache
def can_follow(life: Life) -> tuple[str, ...]:
    """The events that the table allows from here, in its order."""
    return tuple(event for event in events() if step_of(life, event))


def refusal(life: Life, event: str) -> Words:
    """Why an event cannot happen to a life, and what can."""
    label = events().get(event)
    if label is None:
        return words("no_such_step", "There is no step “{event}”. Choose one of the list.", event=event)
    nexts = "; ".join(events()[code] for code in can_follow(life))
    return words(
        "crime_step_forbidden", "“{label}” cannot follow now: {reason}. What can follow: {nexts}.",
        label=label, reason=_reason(life, event), nexts=nexts or "nothing",
    )  # fmt: skip


def _reason(life: Life, event: str) -> str:
    there = _from(life.stage, event)
    if not there:
        return f"it is {SAID[life.stage]}"
    if all(one.open and one.open != life.open for one in there):
        return OPEN_SAID[life.open] or "no review or appeal is open"
    return f"the person reported is {BAIL_SAID[life.bail]}" if life.bail != "none" else "nobody is held or on bail"


def every_life() -> Iterator[Life]:
    """Every combination of the three sides, whether a path leads to it or not."""
    for stage, bail, open_ in product(STAGES, BAILS, OPENS):
        yield Life(stage, bail, open_)


@cache
def reachable() -> frozenset[Life]:
    """Every life that some path of events leads to from a report."""
    seen, waiting = {START}, [START]
    while waiting:
        life = waiting.pop()
        for event in can_follow(life):
            nxt = after(life, event)
            if isinstance(nxt, Life) and nxt not in seen:
                seen.add(nxt)
                waiting.append(nxt)
    return frozenset(seen)
