"""What of safe contact waits for people of a case: callers to look at, and cards to ask about again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.circles.models import Side, Standing, in_known
from joindots.kernel.when import london_day
from joindots.people import permissions
from joindots.people.models import CallerCheck, Presence, SafeContact


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: in which circle, about whom, since when. No name is opened for it."""

    circle: UUID
    person: UUID
    on: date
    at: datetime | None = None
    outcome: str = ""


@reads(permissions.SEE_CONTACT)
def callers_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Waiting, ...]:
    """Failed checks that nobody has looked at, in circles where one of these memberships is on the case team.

    They are few, so each is asked for whom it is; cards are many, and are looked for in the circles of these.
    """
    known = _theirs(actor, whose, picked=True)
    rows = list(CallerCheck.objects.filter(known, alerts=True, seen_at=None, due_on__lte=until).order_by("at")[:most])
    actor.visit.shows(row.circle_id for row in rows)
    return tuple(Waiting(row.circle_id, row.person_id, row.due_on or until, row.at, row.outcome) for row in rows)


@reads(permissions.SEE_CONTACT)
def cards_to_ask_about(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Waiting, ...]:
    """People being stalked whose safe contact was not confirmed for thirty days, in the circles of these."""
    stand = (
        Presence.objects.filter(
            _theirs(actor, whose), stands_as=Presence.As.VICTIM, circle__state="open",
            person__safe_contacts__current=True, person__safe_contacts__due_on__lte=until,
        )
        .order_by("person__safe_contacts__due_on", "id")
        .values_list("circle_id", "person_id", "person__safe_contacts__due_on")[:most]
    )  # fmt: skip
    rows = list(stand)
    actor.visit.shows(circle for circle, _, _ in rows)
    return tuple(Waiting(circle, person, on or until) for circle, person, on in rows)


@reads(permissions.SEE_CONTACT)
def ways_turned_known(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Waiting, ...]:
    """People on whose card a way turned out to be the person reported's, until the card is set or confirmed anew."""
    stand = Presence.objects.filter(
        _theirs(actor, whose), circle__state="open", person__safe_contacts__current=True,
        person__safe_contacts__change=SafeContact.Change.KNOWN,
    ).exclude(stands_as=Presence.As.SUSPECT)  # fmt: skip
    made = "person__safe_contacts__made_at"
    rows = list(stand.order_by("id").values_list("circle_id", "person_id", made)[:most])
    actor.visit.shows(circle for circle, _, _ in rows)
    told = (Waiting(circle, person, london_day(at), at) for circle, person, at in rows)
    return tuple(one for one in told if one.on <= until)


def _theirs(actor: Actor, whose: Collection[UUID], *, picked: bool = False) -> Q:
    """Rows of circles that the actor may know of on the victim's side, where one of these is on the case team there."""
    known = in_known(actor, write=True, picked=picked, side=Side.VICTIM)
    if set(whose) == {actor.membership_id}:
        return known
    these = Standing.objects.in_force(actor.at).filter(side=Side.VICTIM, read_only=False, membership__in=whose)
    return known & (
        Q(Exists(these.filter(circle=OuterRef("circle")))) if picked else Q(circle__in=these.values("circle"))
    )
