"""Who is in a circle."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.circles.models import Circle
from joindots.people import permissions
from joindots.people.models import Presence


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as shown in one circle."""

    id: UUID
    name: str
    stands_as: str
    stands_as_words: str


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


def _presences(circles: object) -> list[Presence]:
    return list(
        Presence.objects.filter(circle__in=circles).select_related("person").order_by("circle", "stands_as", "id")  # type: ignore[misc]
    )


def _someone(actor: Actor, row: Presence) -> Someone:
    return Someone(row.person_id, actor.keys.open(row.person.name), row.stands_as, row.get_stands_as_display())
