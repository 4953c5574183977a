"""What each step sets of an order: its days, the stretches in which it binds, each time its terms were set (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from joindots.kernel.when import LOCAL
from joindots.law import spo
from joindots.law.clocks import due_on
from joindots.law.guards import NOTICE
from joindots.law.happening import INTERIM, SERVED, Binding, Episode, Happened, Terms
from joindots.law.life import IN_FORCE, Step

Sets = Mapping[str, Any]


def nothing(episode: Episode, new: Happened) -> Sets:
    """For steps that set no day."""
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
    given = episode.life.kind == NOTICE and new.clock is not None
    return {"made": new.on, "ends": new.ends,
            "given_at": datetime.combine(new.on, new.clock, LOCAL) if given and new.clock else None}  # fmt: skip


def _dapo_made(episode: Episode, new: Happened) -> Sets:
    """Its notification counts from the day it is made (Domestic Abuse Act 2021 s41)."""
    return {"made": new.on, "ends": new.ends, "notify_by": due_on("dapo_notify", new.on)}


def _in_force(episode: Episode, new: Happened) -> Sets:
    """Its notification counts from the day it comes into force (Protection from Stalking Act (NI) 2022 s14)."""
    return {"in_force": new.on, "notify_by": due_on("ni_spo_notify", new.on)}


def _in_force_none_owed(episode: Episode, new: Happened) -> Sets:
    return {"in_force": new.on}


def _maybe_new_end(episode: Episode, new: Happened) -> Sets:
    """A last day where one is told; none where it was taken away; else it stays."""
    return {"ends": None if new.further else new.ends or episode.ends}


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


SETS: Mapping[str, Callable[[Episode, Happened], Sets]] = {
    "court_makes_interim": _interim, "interim_made_on_appeal": _interim, "main_granted": _full,
    "made_on_appeal": _full, "interim_period_ended": _interim_over, "interim_discharged": _interim_over,
    "interim_quashed": _interim_over, "interim_served": _served, "served": _served,
    "interim_served_none_owed": _served_none, "served_none_owed": _served_none, "notification_begins": _begins,
    "interim_varied": _new_end, "renewed": _new_end, "main_refused": _unlisted, "police_withdraw": _unlisted,
    "hearing_listed": _listed, "court_refuses_interim": _refused, "name_or_address_change": _changed,
    "change_notified": _change_told, "other_made": _other_made, "other_varied": _maybe_new_end,
    "decision_changed": _maybe_new_end, "dapo_made": _dapo_made, "dapo_made_none_owed": _other_made,
    "ni_in_force": _in_force, "ni_in_force_none_owed": _in_force_none_owed, "notice_heard": _listed,
}  # fmt: skip


MAKES = frozenset(
    {"court_makes_interim", "interim_made_on_appeal", "main_granted", "made_on_appeal", "other_made", "dapo_made",
     "dapo_made_none_owed"}
)  # fmt: skip
"""Steps by which an order is made."""
CHANGES: Mapping[str, bool] = {
    "interim_varied": False, "renewed": False, "decided": True, "decision_changed": True, "other_varied": True,
}  # fmt: skip
"""Steps that change an order's terms, and whether that is to be served anew. A renewal alone need not be; one with new
conditions can be written down as served all the same.
"""
SERVES = frozenset({"served", "served_none_owed", "order_served", "variation_served"})
"""Events by which everything that was set of the order until then is served."""


def terms(was: Episode, step: Step, new: Happened) -> tuple[Terms, ...]:
    """Each time the terms were set, with one more, or with what was served."""
    if step.code in MAKES:
        return (*was.terms, Terms(on=new.on, clock=new.clock))
    if step.code in CHANGES:
        return (*was.terms, Terms(on=new.on, clock=new.clock, changed=True, must_serve=CHANGES[step.code]))
    if step.event not in SERVES or not was.terms:
        return was.terms
    made = max(place for place, one in enumerate(was.terms) if not one.changed)
    return (*was.terms[:made], *(_served_with(one, new) for one in was.terms[made:]))


def _served_with(one: Terms, new: Happened) -> Terms:
    if one.served is not None or one.on > new.on:
        return one
    return replace(one, served=new.on, served_clock=new.clock)


def periods(was: Episode, now: Episode, new: Happened) -> tuple[tuple[date, date | None], ...]:
    """The stretches in force: one begins when an order is made, and ends with its last day or the day it is ended."""
    binds, bound = now.life.stage in IN_FORCE, was.life.stage in IN_FORCE
    if binds == bound:
        return was.periods
    if binds:
        return (*was.periods, (new.on, None))
    first = was.periods[-1][0]
    ran_out = was.ends is not None and spo.has_ended(was.ends, new.on)
    return (*was.periods[:-1], (first, was.ends if ran_out else new.on))


def bindings(was: Episode, now: Episode, new: Happened) -> tuple[Binding, ...]:
    """Each order made: a full one ends the interim it replaces, and what its subject was served with is its own."""
    binds, bound = now.life.stage in IN_FORCE, was.life.stage in IN_FORCE
    if binds and (not bound or (was.life.stage in INTERIM and now.life.stage not in INTERIM)):
        over = tuple(one if one.last else replace(one, last=new.on) for one in was.bindings)
        again = new.on if now.life.stage in SERVED else None  # an order that stands again was served before
        return (*over, Binding(made=new.on, made_clock=new.clock, served=again, interim=now.life.stage in INTERIM))
    if bound and not binds:
        ran_out = was.ends is not None and spo.has_ended(was.ends, new.on)
        return (*was.bindings[:-1], replace(was.bindings[-1], last=was.ends if ran_out else new.on))
    if now.life.stage in SERVED and was.life.stage not in SERVED:
        return (*was.bindings[:-1], replace(was.bindings[-1], served=new.on, served_clock=new.clock))
    return was.bindings
