"""What may be written down of an order: lengths, which facts an event asks for, and the order made from its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import LOCAL
from joindots.law.alarms import Alarm
from joindots.law.counting import day_said
from joindots.law.episode import Episode, Happened, happen, may_happen
from joindots.law.life import OTHER_START, START
from joindots.law.orders import ProtectiveOrder, condition_kinds, has_begun, powers, protective_orders

SPO = "spo"
"""The kind whose life has the long table; every other kind has the simpler one."""
MOST_LETTERS = 4000
MOST_NAME = 120
MOST_WHY = 500
ENDS = frozenset(
    {"court_makes_interim", "interim_varied_or_renewed", "main_granted", "renewed", "appeal_allowed", "order_made",
     "order_varied", "order_made_none_owed", "decision_appeal_allowed"}
)  # fmt: skip
MAY_LEAVE = frozenset({"order_varied", "decision_appeal_allowed"})
"""Events that ask for a last day only where it changed."""
ASKS: Mapping[str, frozenset[str]] = {
    "ends": ENDS,
    "further": MAY_LEAVE,
    "hearing": frozenset({"hearing_listed"}),
    "act_on": frozenset({"breach_reported"}),
    "consents": frozenset({"discharged"}),
    "sex_offender_duty": frozenset({"served", "served_none_owed"}),
    "investigation": frozenset({"chief_officer_delegate_signs"}),
}
"""Which events ask for which fact, beside their day and words."""
INVESTIGATIONS: Mapping[str, str] = {
    "live": "there is a live investigation, named below",
    "none_with_reason": "there is none, for the reason below",
}
CONSENTED = "The person under the order and every chief officer concerned consented."
DUTY = "A sex offender’s duty to notify was in force when the order was made."
ON_ITS_DAY = frozenset(
    {"notify", "change", "hearing_past", "run_out", "notify_overdue", "notice_hearing", "notice_late"}
)  # fmt: skip
"""Alarms that are about one day; the others ask to be seen to from the day on which they stand."""


NEVER_NOW = frozenset(
    {"never_by_clock", "not_run_out", "no_change_waits", "nothing_refused", "duty_never_stood", "not_past_due",
     "none_owed", "nothing_varied", "in_force_known"}
)  # fmt: skip
"""Refusals that no other day and no other fact would lift today."""


def asked_for(event: str) -> tuple[str, ...]:
    """The facts that an event asks for."""
    return tuple(name for name, events in ASKS.items() if event in events)


def facts(step: Happened) -> tuple[str, ...]:
    """What was said with a step beside its days and words, as sentences."""
    said = INVESTIGATIONS.get(step.investigation, "")
    told = (f"Investigation: {said}." if said else "", CONSENTED if step.consents else "",
            DUTY if step.sex_offender_duty else "")  # fmt: skip
    return tuple(filter(None, told))


def stands(considered_on: date, steps: Iterable[Happened], *, other: bool = False, kind: str = "") -> Episode:
    """The order as its steps tell it; `RuleBroken` where one cannot follow another. `other`: by the simpler life, of
    this kind where its kind has steps of its own.
    """
    episode = Episode(life=replace(OTHER_START, kind=kind) if other else START, last=considered_on)
    for one in steps:
        episode = happen(episode, one)
    return episode


def states(
    considered_on: date, steps: Iterable[Happened], *, other: bool = False, kind: str = ""
) -> Iterator[tuple[date, Episode]]:
    """The order after each of its steps, with the step's day."""
    episode = stands(considered_on, (), other=other, kind=kind)
    for one in steps:
        episode = happen(episode, one)
        yield one.on, episode


def day_for_desk(alarm: Alarm) -> date:
    """The day under which a desk shows an alarm."""
    return alarm.day if alarm.code in ON_ITS_DAY else alarm.stands_from


def can_be_offered(episode: Episode, event: str, today: date) -> bool:
    """Whether an event can be written down at all today: not one that no day and no fact would make possible."""
    if event == "breach_reported" and not episode.periods:
        return False
    tried = Happened(
        event=event, on=max(today, episode.last or today), consents=True, sex_offender_duty=True,
        investigation="live", told="told", clock=time(),
    )  # fmt: skip
    return may_happen(episode, tried).reason.code not in NEVER_NOW


def can_be_on(day: date, today: date, clock: time | None = None, now: datetime | None = None) -> Decision:
    """Whether something can have happened on a day, at a time of day where that is told: not ahead of now."""
    if day > today:
        return no("step_ahead", "That day has not come yet. Write it down once it has happened.")
    if clock is not None and now is not None and datetime.combine(day, clock, LOCAL) > now:
        return no("clock_ahead", "That time has not come yet today. Look at the time.")
    return YES


def can_say(text: str, most: int = MOST_LETTERS, *, needed: str = "") -> Decision:
    """Whether words fit, and are there where `needed` says what they are for."""
    if needed and not text.strip():
        return no("words_missing", "{needed}", needed=needed)
    if len(text) > most:
        return no("words_long", "Shorten it to {most} letters.", most=most)
    return YES


def can_be_condition(library: str, text: str, place: str) -> Decision:
    """Whether a condition says what it must: a kind of the library, and its own words."""
    if library not in condition_kinds():
        return no("condition_kind", "Choose the kind of condition.")
    return can_say(text, needed="Write the condition in the court's own words.") and can_say(place, MOST_WHY)


def can_lift(on: date | None, since: date | None, today: date) -> Decision:
    """Whether a condition can have been taken off on a day: since it began to bind, and not ahead."""
    if on is None:
        return no("lift_needs_day", "Write down the day on which the court took it off.")
    if on > today:
        return no("step_ahead", "That day has not come yet. Write it down once it has happened.")
    if since is not None and on < since:
        return no("lift_early", "The condition began on {day}. It cannot be taken off before.", day=day_said(since))
    return YES


def strikeable(number: int, last: int | None) -> Decision:
    """Only the last step that stands can be struck: those after it rest on it."""
    if number == last:
        return YES
    return no("strike_last", "Only the last step can be struck: strike those after it first.")


NOT_HERE = frozenset({SPO, "ispo", "cpn_pin"})
"""Kinds with a life of their own, or not to be used for stalking. One whose power has not begun is left out by its
date.
"""
NO_FURTHER = frozenset({"dapn", "bail_pre", "bail_post", "licence"})
"""Kinds that go on until a hearing, a charge, a trial or the end of a sentence, never until a further order."""


def other_kinds(day: date) -> Mapping[str, str]:
    """Kinds of order and bail that have the simpler life, by their codes, whose power has begun by a day."""
    return {
        one.code: one.label for one in protective_orders().values() if one.code not in NOT_HERE and _begun(one, day)
    }


def _begun(one: ProtectiveOrder, day: date) -> bool:
    return not one.power or any(has_begun(powers()[code], day) for code in one.power.split())


def can_be_kind(kind: str, day: date) -> Decision:
    """Whether an order can be of that kind here on a day."""
    return YES if kind in other_kinds(day) else no("order_kind", "Choose the kind of order.")


def known_kinds(day: date) -> Mapping[str, str]:
    """Kinds of order that somebody can be told of on a day."""
    return {SPO: protective_orders()[SPO].label, **other_kinds(day)}


def can_be_known(kind: str, day: date) -> Decision:
    """Whether somebody can be told of an order of that kind on a day."""
    return YES if kind in known_kinds(day) else no("order_kind", "Choose the kind of order.")


def can_note(told: bool) -> Decision:
    """Only an order that was told of is written on by whoever is told more."""
    if told:
        return YES
    return no("not_told", "A force looks after this order. What happened to it is written down there.")


def can_be_told(told_by: str, told_on: date, today: date) -> Decision:
    """Whether what somebody told of an order can be kept: who told it, and on which day."""
    if not told_by.strip():
        return no("told_by", "Write who told you: what is known about this order rests on their word.")
    if len(told_by) > MOST_NAME:
        return no("told_by_long", "Shorten who told you to {most} letters.", most=MOST_NAME)
    if told_on > today:
        return no("told_ahead", "That day has not come yet. Write the day on which you were told.")
    return YES
