"""Names near those reported in a case among people recorded as victims, for whoever decides about them. No verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.circles.models import Circle, in_known
from joindots.justice import permissions
from joindots.justice.tasks import opposed as tasks
from joindots.people.models import Identifier, Person, Presence
from joindots.people.rules.finding import WORD
from joindots.people.rules.near import NEAR_WORDS, near, tried
from joindots.people.tasks import only_on_her_side
from joindots.vault.blind import blind_all, generations

MOST: Final = 6
MOST_OPENED: Final = 60


@dataclass(frozen=True, slots=True)
class NearName:
    """Somebody recorded as a victim whose name is near that of somebody reported here."""

    reported: str
    name: str
    case: str
    near: str


@reads_one(permissions.SEE_OPPOSED, Circle)
def near_victims(actor: Actor, circle: Circle) -> tuple[NearName, ...]:
    """Near names in cases that the reader may know of, the nearest first: six at most. On the victim's side alone."""
    only_on_her_side(actor, circle.pk)
    people = list(Person.objects.filter(pk__in=tasks.reported(circle)))
    actor.keys.prepare(one.pk for one in people)
    found: list[tuple[int, NearName]] = []
    order = list(NEAR_WORDS)
    for one in people:
        name = actor.keys.open(one.name)
        for row in _candidates(actor, one.pk, name):
            other = actor.keys.open(row.person.name)
            if (how := near(name, other)) is not None:
                reference = Case.objects.filter(circle=row.circle_id).values_list("reference", flat=True).first() or ""
                found.append((order.index(how), NearName(name, other, reference, NEAR_WORDS[how])))
    return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].name, pair[1].case))[:MOST])


def _candidates(actor: Actor, person: UUID, name: str) -> list[Presence]:
    """Recorded victims, whom the reader may know of, of whose name a word is one of those tried."""
    marks = [(WORD, word) for word in dict.fromkeys(tried(name))]
    indexes = [index for generation in generations() for index in blind_all(marks, generation)]
    bearers = Identifier.objects.filter(kind=WORD, index__in=indexes).exclude(person=person).values("person")
    rows = Presence.objects.filter(
        in_known(actor, picked=True), person__in=bearers, stands_as=Presence.As.VICTIM, circle__state="open"
    ).select_related("person")  # fmt: skip
    found = list(rows.order_by("-person")[:MOST_OPENED])
    actor.keys.prepare(row.circle_id for row in found)
    met = [row for row in found if actor.keys.side(row.circle_id) == "victim"]
    actor.keys.prepare(row.person_id for row in met)
    actor.visit.shows(row.circle_id for row in met)
    return met
