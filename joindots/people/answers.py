"""What people answer to the other parts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.circles import answers as circles
from joindots.people import queries
from joindots.people.models import Person, Presence

RANK = {"victim": 0, "both": 1, "suspect": 2}


def sides(membership: UUID, at: datetime, owners: Collection[UUID]) -> dict[UUID, str]:
    """The side of a membership for each person it may know of, through the circles they stand in.

    Where the circles differ, the narrowest side counts: two standings never add up.
    """
    rows = list(Presence.objects.filter(person__in=owners).values_list("person_id", "circle_id"))
    known = circles.sides(membership, at, {circle for _, circle in rows})
    told: dict[UUID, str] = {}
    for person, circle in rows:
        side = known.get(circle)
        if side and (person not in told or RANK[side] > RANK[told[person]]):
            told[person] = side
    return told


def protected(actor: Actor, circle: UUID) -> dict[str, str]:
    """Everything of a circle that must never leave, with its kind; NotFound for who is not on the victim's side."""
    return queries.protected_words(actor, Ref(circle))


def forget(circle: UUID) -> list[UUID]:
    """People who stand in this circle alone go with it."""
    here = Person.objects.filter(presences__circle=circle)
    return list(here.exclude(presences__circle__in=_others(circle)).values_list("pk", flat=True))


def _others(circle: UUID) -> list[UUID]:
    people = Presence.objects.filter(circle=circle).values("person")
    return list(
        Presence.objects.filter(person__in=people, circle__state="open").exclude(circle=circle)
        .values_list("circle", flat=True)
    )  # fmt: skip
