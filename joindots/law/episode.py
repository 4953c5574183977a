"""An order's life with its days: what each event must say to be believed, and what it sets (pure).

Source: Stalking Protection Act 2019 s3, s4, s5, s9. The table of `life` says which event can follow; here are the
guards that need a day: no fixed period shorter than two years, no end by a clock without a last day, no discharge
before two years without consent, no authority without a live investigation or the reason why there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Literal

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words
from joindots.law import spo
from joindots.law.clocks import due_on
from joindots.law.counting import day_said
from joindots.law.life import IN_FORCE, START, Life, Stage, Step, after, step_of
from joindots.law.telling import Telling, may_go_on

INTERIM: frozenset[Stage] = frozenset({"interim_made", "interim_served"})
SERVED: frozenset[Stage] = frozenset({"interim_served", "served"})
RUN_OUT = frozenset({"interim_period_ended", "end_date_passed", "other_expired"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event and what was said of it. What an event does not need is left out."""

    event: str
    on: date
    ends: date | None = None
    """The last day of the order; None for a full order until a further order."""
    hearing: date | None = None
    act_on: date | None = None
    """The day of the act that is a breach."""
    consents: bool = False
    """Whether the subject and every chief officer concerned consent to a discharge."""
    sex_offender_duty: bool = False
    """Whether that duty to notify stood when the order was made."""
    investigation: Literal["", "live", "none_with_reason"] = ""
    told: Telling = ""
    """Whether the person protected was told first, it was overridden with a reason, or it was only heard of later."""
    clock: time | None = None
    """The time of day in London at which it happened, where it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One order as it was made: from when it binds, since when its subject was served with it, and its last day."""

    made: date
    made_clock: time | None = None
    served: date | None = None
    served_clock: time | None = None
    last: date | None = None
    """The day on which it was over; None while it goes on, to the end of its episode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One order from the first thought to its end: where it stands, and the days that matter now."""

    life: Life = START
    last: date | None = None
    made: date | None = None
    """When the interim order, or later the full one, was made."""
    ends: date | None = None
    """Its last day; None while there is no order, and for one until a further order."""
    hearing: date | None = None
    notify_by: date | None = None
    replaces_interim: bool = False
    duty_stood: bool = False
    interim_refused: bool = False
    changes: tuple[date, ...] = ()
    """Last days to notify changes of name or address that wait."""
    periods: tuple[tuple[date, date | None], ...] = ()
    """First and last day of each stretch in which an order bound its subject; None: to this day."""
    bindings: tuple[Binding, ...] = ()
    """Each order made in it, interim or full, in turn."""


NOTHING = Episode()


def told(events: Iterable[Happened]) -> Episode:
    """An episode from all its events in their order; `RuleBroken` at the first that cannot be."""
    episode = NOTHING
    for one in events:
        episode = happen(episode, one)
    return episode


def happen(episode: Episode, new: Happened) -> Episode:
    """The episode after one more event; `RuleBroken` with the sentence of `may_happen` where it cannot be."""
    may_happen(episode, new).or_raise()
    step, life = step_of(episode.life, new.event), after(episode.life, new.event)
    if step is None or isinstance(life, Words):  # may_happen has refused both
        raise RuleBroken(Words("no_such_step", "There is no such step."))
    changed = replace(episode, life=life, **_SET.get(step.code, _nothing)(episode, new))
    last = episode.last if step.beside else new.on
    changed = replace(changed, last=last, periods=_periods(episode, changed, new))
    return replace(changed, bindings=_bindings(episode, changed, new))


def may_happen(episode: Episode, new: Happened) -> Decision:
    """Whether an event can be written down, or the sentence that says what is missing."""
    step, life = step_of(episode.life, new.event), after(episode.life, new.event)
    if step is None or isinstance(life, Words):
        return Decision(False, life) if isinstance(life, Words) else no("no_such_step", "There is no such step.")
    for guard in (_in_order, _still_runs, _told_first, _GUARDS.get(step.code, _free)):
        decision = guard(step, episode, new)
        if not decision:
            return decision
    return YES


def may_have_condition(episode: Episode, starts: date | None, ends: date | None) -> Decision:
    """Whether a condition can run from one day to another: never after its order's end, never backwards."""
    if episode.made is None or episode.life.stage not in IN_FORCE:
        return no(
            "condition_no_order", "There is no order yet that a condition could stand in. Record the order first."
        )
    first = starts or episode.made
    if first < episode.made:
        return no("condition_too_early", "A condition cannot begin before the order, made on {made}.",
                  made=day_said(episode.made))  # fmt: skip
    if ends is not None and ends < first:
        return no("condition_backwards", "The condition ends before it begins. Look at both days.")
    if episode.ends is not None and first > episode.ends:
        return no("condition_too_late", "The condition would begin after the order ends on {ends}.",
                  ends=day_said(episode.ends))  # fmt: skip
    if episode.ends is not None and ends is not None and ends > episode.ends:
        return no("condition_too_long", "The condition would outlast the order, which ends on {ends}.",
                  ends=day_said(episode.ends))  # fmt: skip
    return YES


def in_force_on(episode: Episode, day: date) -> bool:
    """Whether an order bound its subject on a day, both its first and its last day counted."""
    return any(first <= day and (last is None or day <= last) for first, last in episode.periods)


# -- guards


def _free(step: Step, episode: Episode, new: Happened) -> Decision:
    return YES


def _in_order(step: Step, episode: Episode, new: Happened) -> Decision:
    if step.beside or episode.last is None or new.on >= episode.last:
        return YES
    return no("step_too_early", "The last step was on {last}, and this one would be before it. Look at the day.",
              last=day_said(episode.last))  # fmt: skip


def _still_runs(step: Step, episode: Episode, new: Happened) -> Decision:
    """Nothing keeps alive an order whose last day has passed: what a court decided before then comes first."""
    bound, ends = episode.life.stage in IN_FORCE, episode.ends
    if step.beside or step.code in RUN_OUT or not bound or not spo.has_ended(ends, new.on) or ends is None:
        return YES
    return no("ran_out_first", "The last day of the order was {ends}. Record first that it ended, or what was decided "
              "before then.", ends=day_said(ends))  # fmt: skip


def _told_first(step: Step, episode: Episode, new: Happened) -> Decision:
    return may_go_on(step.tell_first, new.told)


def _investigation(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.investigation:
        return YES
    return no("no_investigation", "Name the live investigation, or write down why there is none. An order never "
              "replaces one.")  # fmt: skip


def _interim_end(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.ends is None:
        return no("interim_needs_end", "An interim order has a fixed period. Write down its last day.")
    return _not_backwards(step, episode, new)


def _two_years(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.ends is None or new.ends >= spo.earliest_end(new.on):
        return YES
    return no("period_too_short", "An order for a fixed period made on {made} cannot end before {least}. Look at the "
              "order again.", made=day_said(new.on), least=day_said(spo.earliest_end(new.on)))  # fmt: skip


def _longer(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.ends is None and new.ends is not None:
        return no("renewed_shorter", "The order stands until a further order; a renewal cannot give it an end.")
    if new.ends is None or episode.ends is None or new.ends > episode.ends:
        return YES
    return no("renewed_shorter", "A renewed order ends later than before, after {ends}.", ends=day_said(episode.ends))


def _ran_out(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.ends is None:
        return no("never_by_clock", "This order stands until a further order: it never ends by a clock.")
    if spo.has_ended(episode.ends, new.on):
        return YES
    return no("not_run_out", "The last day of the order is {ends}; it has not passed.", ends=day_said(episode.ends))


def _not_backwards(step: Step, episode: Episode, new: Happened) -> Decision:
    """Another order's end, where it has one: none of them has a shortest period here."""
    if new.ends is None or new.ends >= new.on:
        return YES
    return no("ends_before_made", "The last day is before the day of the step. Look at both days.")


def _discharge(step: Step, episode: Episode, new: Happened) -> Decision:
    return spo.can_be_discharged(episode.made or new.on, new.on, consents=new.consents)


def _notification_owed(step: Step, episode: Episode, new: Happened) -> Decision:
    """A full order that replaces an interim one asks for no first notification (s9(1)(a))."""
    if episode.life.stage == "made" and episode.replaces_interim:
        return no("none_owed", "This order replaces an interim one, so no new first notification is owed. Choose "
                  "“Served, no notification owed”.")  # fmt: skip
    if new.sex_offender_duty:
        return no("none_owed_duty", "While a sex offender's duty to notify stands, none is owed under the order. "
                  "Choose “Served, no notification owed”.")  # fmt: skip
    return YES


def _none_owed(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.sex_offender_duty or (episode.life.stage == "made" and episode.replaces_interim):
        return YES
    return no("one_is_owed", "A first notification is owed: the order replaces no interim one and no sex offender's "
              "duty stands. Choose “Served”.")  # fmt: skip


def _duty_stood(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.duty_stood:
        return YES
    return no("duty_never_stood", "No sex offender's duty stood when the order was made, so this clock does not run.")


def _in_time(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.notify_by is None or new.on <= episode.notify_by:
        return YES
    return no("not_in_time", "The last day to notify was {day}. Record first that it passed.",
              day=day_said(episode.notify_by))  # fmt: skip


def _past_due(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.notify_by is None or new.on > episode.notify_by:
        return YES
    return no("not_past_due", "The last day to notify is {day}; it has not passed.", day=day_said(episode.notify_by))


def _change_waits(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.changes:
        return YES
    return no("no_change_waits", "No change of name or address waits to be notified. Record the change first.")


def _inside(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.act_on is None:
        return no("breach_needs_day", "Write down the day of the act.")
    if in_force_on(episode, new.act_on):
        return YES
    return no("breach_outside", "No order was in force on {day}, so the act cannot be a breach of one. It may be an "
              "incident all the same.", day=day_said(new.act_on))  # fmt: skip


def _hearing_day(step: Step, episode: Episode, new: Happened) -> Decision:
    if new.hearing is not None and new.hearing >= new.on:
        return YES
    return no("hearing_needs_day", "Write down the day of the hearing, today or later.")


def _was_refused(step: Step, episode: Episode, new: Happened) -> Decision:
    if episode.life.stage == "refused" or episode.interim_refused:
        return YES
    return no("nothing_refused", "No interim order was refused, so there is nothing to appeal against.")


Guard = Callable[[Step, Episode, Happened], Decision]
_GUARDS: Mapping[str, Guard] = {
    "chief_officer_delegate_signs": _investigation, "hearing_listed": _hearing_day,
    "court_makes_interim": _interim_end, "interim_made_on_appeal": _interim_end, "interim_varied": _interim_end,
    "interim_period_ended": _ran_out, "main_granted": _two_years, "made_on_appeal": _two_years, "renewed": _longer,
    "end_date_passed": _ran_out, "discharged": _discharge, "interim_served": _notification_owed,
    "served": _notification_owed, "interim_served_none_owed": _none_owed, "served_none_owed": _none_owed,
    "notification_begins": _duty_stood, "notified": _in_time, "due_passed": _past_due,
    "change_notified": _change_waits, "breach_reported": _inside, "police_appeal": _was_refused,
    "other_made": _not_backwards, "other_varied": _not_backwards, "other_expired": _ran_out, "other_breach": _inside,
}  # fmt: skip


# -- what an event sets

Sets = Mapping[str, Any]


def _nothing(episode: Episode, new: Happened) -> Sets:
    return {}


def _interim(episode: Episode, new: Happened) -> Sets:
    return {"made": new.on, "ends": new.ends, "notify_by": None, "changes": ()}


def _full(episode: Episode, new: Happened) -> Sets:
    kept = episode.notify_by if episode.life.notification in ("owed", "overdue") else None
    return {"made": new.on, "ends": new.ends, "hearing": None, "notify_by": kept,
            "replaces_interim": episode.life.stage in INTERIM}  # fmt: skip


def _interim_over(episode: Episode, new: Happened) -> Sets:
    return {"ends": None, "notify_by": None, "changes": ()}


def _served(episode: Episode, new: Happened) -> Sets:
    return {"notify_by": spo.first_notification(new.on)}


def _served_none(episode: Episode, new: Happened) -> Sets:
    return {"duty_stood": new.sex_offender_duty}


def _begins(episode: Episode, new: Happened) -> Sets:
    return {"notify_by": spo.notification_after_sex_offender_duty(new.on, stood_when_made=True), "duty_stood": False}


def _new_end(episode: Episode, new: Happened) -> Sets:
    return {"ends": new.ends}


def _other_made(episode: Episode, new: Happened) -> Sets:
    return {"made": new.on, "ends": new.ends}


def _other_varied(episode: Episode, new: Happened) -> Sets:
    return {"ends": new.ends or episode.ends}


def _listed(episode: Episode, new: Happened) -> Sets:
    return {"hearing": new.hearing}


def _unlisted(episode: Episode, new: Happened) -> Sets:
    return {"hearing": None}


def _refused(episode: Episode, new: Happened) -> Sets:
    return {"interim_refused": True}


def _changed(episode: Episode, new: Happened) -> Sets:
    return {"changes": tuple(sorted((*episode.changes, due_on("spo_notify_address", new.on))))}


def _change_told(episode: Episode, new: Happened) -> Sets:
    return {"changes": episode.changes[1:]}


_SET: Mapping[str, Callable[[Episode, Happened], Sets]] = {
    "court_makes_interim": _interim, "interim_made_on_appeal": _interim, "main_granted": _full,
    "made_on_appeal": _full, "interim_period_ended": _interim_over, "interim_discharged": _interim_over,
    "interim_quashed": _interim_over, "interim_served": _served, "served": _served,
    "interim_served_none_owed": _served_none, "served_none_owed": _served_none, "notification_begins": _begins,
    "interim_varied": _new_end, "renewed": _new_end, "main_refused": _unlisted, "police_withdraw": _unlisted,
    "hearing_listed": _listed, "court_refuses_interim": _refused, "name_or_address_change": _changed,
    "change_notified": _change_told, "other_made": _other_made, "other_varied": _other_varied,
}  # fmt: skip


def _periods(was: Episode, now: Episode, new: Happened) -> tuple[tuple[date, date | None], ...]:
    """The stretches in force: one begins when an order is made, and ends with its last day or the day it is ended."""
    binds, bound = now.life.stage in IN_FORCE, was.life.stage in IN_FORCE
    if binds == bound:
        return was.periods
    if binds:
        return (*was.periods, (new.on, None))
    first = was.periods[-1][0]
    ran_out = was.ends is not None and spo.has_ended(was.ends, new.on)
    return (*was.periods[:-1], (first, was.ends if ran_out else new.on))


def _bindings(was: Episode, now: Episode, new: Happened) -> tuple[Binding, ...]:
    """Each order made: a full one ends the interim it replaces, and what its subject was served with is its own."""
    binds, bound = now.life.stage in IN_FORCE, was.life.stage in IN_FORCE
    if binds and (not bound or (was.life.stage in INTERIM and now.life.stage not in INTERIM)):
        over = tuple(one if one.last else replace(one, last=new.on) for one in was.bindings)
        again = new.on if now.life.stage in SERVED else None  # an order that stands again was served before
        return (*over, Binding(made=new.on, made_clock=new.clock, served=again))
    if bound and not binds:
        ran_out = was.ends is not None and spo.has_ended(was.ends, new.on)
        return (*was.bindings[:-1], replace(was.bindings[-1], last=was.ends if ran_out else new.on))
    if now.life.stage in SERVED and was.life.stage not in SERVED:
        return (*was.bindings[:-1], replace(was.bindings[-1], served=new.on, served_clock=new.clock))
    return was.bindings
