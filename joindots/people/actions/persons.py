"""Adding people to a circle, and their identifiers."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.people import permissions
from joindots.people.models import Identifier, Person, Presence
from joindots.people.rules.finding import compared, marks_of_name
from joindots.vault.blind import blind, generations


@writes(permissions.ADD_PERSON, Circle)
def add_person(
    actor: Actor, circle: Circle, *, name: str, stands_as: str, identifiers: tuple[tuple[str, str], ...] = ()
) -> UUID:
    """Add somebody new to a circle, with hard identifiers (kind, value) already written one way."""
    person = Person(agency_id=circle.agency_id, made_at=actor.at)
    actor.keys.seal(person, name=name)
    person.save()
    Presence.objects.create(person=person, circle=circle, stands_as=stands_as)
    generation = generations()[0]
    for kind, value in (*marks_of_name(name), *identifiers):
        index = blind(kind, compared(kind, value), generation)
        row = Identifier(person=person, kind=kind, index=index, generation=generation)
        actor.keys.seal(row, value=value)
        row.save()
    actor.record(circle.pk, "people.added", person=person.pk, stands_as=stands_as)
    return person.pk
