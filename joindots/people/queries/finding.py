"""People found by what somebody typed: a name, number, mail address, handle or plate, looked up by blind index.

No more is found than a list of cases would show: who is not known of is not counted either. A number, handle or place
of the person being stalked, or of who is close to them, is found on their side alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.circles.models import Side, in_known
from joindots.people import permissions
from joindots.people.models import Identifier, Presence
from joindots.people.rules.finding import ALSO, ALSO_WORD, NAME, WORD, readings
from joindots.vault.blind import blind_all, generations

MOST: Final = 50
"""People shown; who types a common name types more of it."""
NEAR: Final = 2_000
"""People known of, up to whom a search looks at them alone."""
NAMES: Final = frozenset({NAME, WORD})
OTHER_NAMES: Final = frozenset({*ALSO, ALSO_WORD})
ANOTHER: Final = "also"
"""Found by another name, which is no part of any list: a mark like a number."""
Bearers = dict[tuple[str, str], dict[UUID, None]]


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody found in one circle, and by what: a name or one of their marks."""

    circle: UUID
    name: str
    stands_as: str
    stands_as_words: str
    by: str


@reads(permissions.SEE_PEOPLE)
def people_found(actor: Actor, typed: str) -> tuple[Met, ...]:
    """Whoever bears what was typed, in each circle the actor may know of: at most fifty, newest people first."""
    by = _bearing(actor, typed)
    here = Presence.objects.filter(in_known(actor, picked=True), person__in=list(by)[:MOST], circle__state="open")
    met = list(here.select_related("person"))
    actor.keys.prepare(row.circle_id for row in met)
    rows = [row for row in met if _may_meet(actor, row, by[row.person_id])]
    actor.visit.shows(row.circle_id for row in rows)
    actor.keys.prepare(row.person_id for row in rows)
    return tuple(
        Met(row.circle_id, actor.keys.open(row.person.name), row.stands_as, row.get_stands_as_display(),
            by[row.person_id])
        for row in sorted(rows, key=lambda row: (row.person_id, row.circle_id), reverse=True)
    )  # fmt: skip


def _bearing(actor: Actor, typed: str) -> dict[UUID, str]:
    """Who of those the actor may know of bears all marks of a reading, newest first, and what kind the first was.

    Who knows of few is answered from those few, so that a common name takes no longer the more there are elsewhere; who
    knows of many is answered from the bearers.
    """
    meant = readings(typed)
    every = list(dict.fromkeys(mark for marks in meant for mark in marks))
    by_index = {index: mark for one in generations() for index, mark in zip(blind_all(every, one), every, strict=True)}
    near = list(Presence.objects.filter(in_known(actor)).values_list("person", flat=True)[: NEAR + 1])
    stands = Presence.objects.filter(in_known(actor, picked=True), person=OuterRef("person"))
    known = Q(person__in=near) if len(near) <= NEAR else Q(Exists(stands))
    rows = Identifier.objects.filter(known, index__in=list(by_index)).order_by("-person")
    own: Bearers = {mark: {} for mark in every}
    anyhow: Bearers = {mark: {} for mark in every}
    for index, person, kind in rows.values_list("index", "person_id", "kind"):
        mark = by_index[bytes(index)]
        anyhow[mark][person] = None
        if kind not in OTHER_NAMES:
            own[mark][person] = None
    return _all_of(meant, anyhow, ANOTHER) | _all_of(meant, own)


def _all_of(meant: Iterable[tuple[tuple[str, str], ...]], bearers: Bearers, by: str = "") -> dict[UUID, str]:
    """Who bears all marks of a reading, and what kind the first was, or `by`."""
    found: dict[UUID, str] = {}
    for marks in meant:
        first, *others = (bearers[mark] for mark in marks)
        found |= {one: by or marks[0][0] for one in first if one not in found and all(one in of for of in others)}
    return found


def _may_meet(actor: Actor, row: Presence, by: str) -> bool:
    """Names stand in every list of the circle; other marks are the reported person's, or shown on the victim's side."""
    return by in NAMES or row.stands_as == Presence.As.SUSPECT or actor.keys.side(row.circle_id) == Side.VICTIM
