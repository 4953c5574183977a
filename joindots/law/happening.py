"""What is said of an event in an order's life, and how the order stands after it (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from joindots.law.life import START, Life, Stage
from joindots.law.telling import Telling

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
    further: bool = False
    """Whether its last day was taken away by a change: it stands until a further order."""
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
    interim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One time at which a court or an officer set an order's terms: when it was made, or changed."""

    on: date
    clock: time | None = None
    changed: bool = False
    """Whether the order was in force already, and its terms were changed."""
    must_serve: bool = False
    """Whether the change is to be served anew (source: s4, as the field's table of steps has it)."""
    served: date | None = None
    served_clock: time | None = None


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
    terms: tuple[Terms, ...] = ()
    """Each time its terms were set, in turn. Conditions belong to one of these."""
    in_force: date | None = None
    """The day it came into force, where that is a step of its own."""
    given_at: datetime | None = None
    """When a notice was given whose hearing is counted in hours from then."""


def in_force_on(episode: Episode, day: date) -> bool:
    """Whether an order bound its subject on a day, both its first and its last day counted."""
    return any(first <= day and (last is None or day <= last) for first, last in episode.periods)


def not_served(episode: Episode) -> tuple[Terms, ...]:
    """The changes of the order as it was last made that are not written down as served."""
    found: list[Terms] = []
    for one in episode.terms:
        found = [*found, one] if one.changed else []
    return tuple(one for one in found if one.served is None)
