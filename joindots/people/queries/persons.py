"""Who is in a circle, and how they can be reached safely."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.circles.models import Circle
from joindots.people import permissions
from joindots.people.models import Person, Presence, SafeContact


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as shown in one circle."""

    id: UUID
    name: str
    stands_as: str
    stands_as_words: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The safe-contact line of a person."""

    number: str
    times: str
    say: str
    address: str
    channels: tuple[str, ...]
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """What to know before a person is contacted; neither number nor address, which are opened one at a time."""

    times: str
    say: str
    safe: tuple[str, ...]
    unsafe: tuple[str, ...]
    confirmed_at: datetime
    days: int
    """Whole days since somebody last confirmed it with the person."""


@reads_one(permissions.SEE_PEOPLE, Circle)
def people_in(actor: Actor, circle: Circle) -> tuple[Someone, ...]:
    """Everybody who stands in the circle."""
    rows = _presences([circle.pk])
    actor.keys.prepare([circle.pk, *(row.person_id for row in rows)])
    return tuple(_someone(actor, row) for row in rows)


@reads(permissions.SEE_PEOPLE)
def victims_of(actor: Actor, circles: Collection[UUID]) -> dict[UUID, str]:
    """The name of the person being stalked, for each of many circles the actor may know of."""
    known = Circle.objects.visible_to(actor, picked=True).filter(pk__in=circles)
    rows = [row for row in _presences(known) if row.stands_as == Presence.As.VICTIM]
    actor.keys.prepare(row.person_id for row in rows)
    return {row.circle_id: actor.keys.open(row.person.name) for row in rows}


@reads_one(permissions.SEE_CONTACT, Person)
def contact_of(actor: Actor, person: Person) -> Contact | None:
    """How a person may be reached; None if nothing is recorded. Never shown past the wall."""
    row = SafeContact.objects.filter(person=person).first()
    if row is None:
        return None
    show = actor.keys.open
    return Contact(
        show(row.number), show(row.times), show(row.say), show(row.address),
        _ways(row, safe=True), row.confirmed_at,
    )  # fmt: skip


@reads_one(permissions.SEE_CONTACT, Person)
def reach_of(actor: Actor, person: Person) -> Reach | None:
    """How and when a person may be reached, and as whom; None if nothing is recorded. Never shown past the wall."""
    row = SafeContact.objects.filter(person=person).first()
    if row is None:
        return None
    return Reach(
        actor.keys.open(row.times), actor.keys.open(row.say), _ways(row, safe=True), _ways(row, safe=False),
        row.confirmed_at, (actor.at - row.confirmed_at).days,
    )  # fmt: skip


def _ways(row: SafeContact, *, safe: bool) -> tuple[str, ...]:
    """The ways of contact that were said to be safe, or the others."""
    said = {"text": row.text_ok, "call": row.call_ok, "voicemail": row.voicemail_ok, "post": row.post_ok}
    return tuple(way for way, ok in said.items() if ok == safe)


def _presences(circles: object) -> list[Presence]:
    return list(
        Presence.objects.filter(circle__in=circles).select_related("person").order_by("circle", "stands_as", "id")  # type: ignore[misc]
    )


def _someone(actor: Actor, row: Presence) -> Someone:
    return Someone(row.person_id, actor.keys.open(row.person.name), row.stands_as, row.get_stands_as_display())
