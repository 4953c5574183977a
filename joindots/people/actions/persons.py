"""Adding people to a circle, and their identifiers."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.kernel.problems import NotFound
from joindots.people import permissions
from joindots.people.models import Person, Presence
from joindots.people.rules.finding import marks_of_name
from joindots.people.rules.marks import rows_of
from joindots.people.rules.roles import can_be_added
from joindots.people.tasks import add_rows, named_in, note_known_ways


@writes(permissions.ADD_PERSON, Circle)
def add_person(
    actor: Actor, circle: Circle, *, name: str, stands_as: str, identifiers: tuple[tuple[str, str], ...] = ()
) -> UUID:
    """Add somebody new to a circle, with hard identifiers (kind, value) already written one way."""
    can_be_added(stands_as, is_victim_here=named_in(circle.pk, name)).or_raise()
    person = Person(agency_id=circle.agency_id, made_at=actor.at)
    actor.keys.seal(person, name=name)
    person.save()
    Presence.objects.create(person=person, circle=circle, stands_as=stands_as)
    marks = (row for kind, value in identifiers for row in rows_of(kind, value))
    add_rows(actor, person, (*marks_of_name(name), *marks))
    note_known_ways(actor, person)
    actor.record(circle.pk, "people.added", person=person.pk, stands_as=stands_as)
    return person.pk


@writes(permissions.ADD_PERSON, Circle)
def stand_as(actor: Actor, circle: Circle, *, person: UUID, stands_as: str) -> str:
    """Let somebody of a circle stand there as something else: as what they stood. Asked by justice, whose rule it is.

    NotFound for somebody who does not stand there.
    """
    row = Presence.objects.select_for_update(of=("self",)).filter(circle=circle, person=person).first()
    if row is None:
        raise NotFound
    was = row.stands_as
    row.stands_as = Presence.As(stands_as)
    row.save(update_fields=("stands_as",))
    actor.record(circle.pk, "people.stands_as", person=person, was=was, now=stands_as)
    return was
