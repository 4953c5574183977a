"""Cases, as their reader may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads, reads_one
from joindots.casework import permissions, rules
from joindots.casework.models import Case, OwnNumber
from joindots.circles.models import Circle
from joindots.kernel.when import Precision, When
from joindots.people import queries as people
from joindots.vault.blind import blind_all, generations

PAGE = 50
Mark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    reference: str
    victim: str
    relation: str
    state: str
    opened_at: datetime
    opened: str
    """When it was opened in words, never more exact than it is known."""
    owner: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of cases, and how many there are that the reader may know of."""

    lines: tuple[CaseLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class CaseHead:
    """A case as its own page's header shows it."""

    reference: str
    version: int
    circle: UUID
    victim: str
    people: tuple[people.Someone, ...]
    relation: str
    relation_code: str
    state: str
    opened_at: datetime
    opened: str
    owner: str
    own_number: str
    summary: str
    side: str
    agency: str


@reads(permissions.SEE_CASES)
def cases(actor: Actor, state: str = "open", page: int = 1) -> CaseList:
    """The cases the actor may know of, newest first, fifty a page."""
    rows = Case.objects.visible_to(actor).filter(state=state)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    found = list(
        rows.select_related("owner__user").order_by("-opened_at", "-id")[(page - 1) * PAGE : page * PAGE]
    )  # fmt: skip
    return CaseList(tuple(_lines(actor, found).values()), total, page, pages)


@reads(permissions.SEE_CASES)
def open_number(actor: Actor) -> int:
    """How many open cases the actor may know of."""
    return Case.objects.visible_to(actor).filter(state=rules.State.OPEN).count()


@reads(permissions.SEE_CASES)
def lines_of(actor: Actor, circles: Collection[UUID]) -> dict[UUID, CaseLine]:
    """The cases of these circles, of those the actor may know of: what a desk says beside something due."""
    rows = Case.objects.visible_to(actor, picked=True).filter(circle__in=circles)
    return _lines(actor, list(rows.select_related("owner__user")))


def _lines(actor: Actor, rows: Collection[Case]) -> dict[UUID, CaseLine]:
    actor.visit.shows(row.circle_id for row in rows)
    names = people.victims_of(actor, [row.circle_id for row in rows])
    return {
        row.circle_id: CaseLine(
            row.reference, names.get(row.circle_id, "Name not recorded"), row.get_relation_display(), row.state,
            row.opened_at, _opened(row), row.owner.user.name if row.owner else "nobody yet",
        )
        for row in rows
    }  # fmt: skip


@reads_one(permissions.SEE_CASES, Case)
def case(actor: Actor, row: Case) -> CaseHead:
    """One case's header."""
    everyone = people.people_in(actor, Ref(row.circle_id))
    victims = [person.name for person in everyone if person.stands_as == "victim"]
    return CaseHead(
        row.reference, row.version, row.circle_id, victims[0] if victims else "Name not recorded", everyone,
        row.get_relation_display(), row.relation, row.state, row.opened_at, _opened(row),
        row.owner.user.name if row.owner else "nobody yet",
        actor.keys.open(row.own_number), actor.keys.open(row.summary), actor.keys.side(row.circle_id) or "",
        row.circle.agency.name,
    )  # fmt: skip


@reads_one(permissions.SEE_CASES, Circle)
def of_circle(actor: Actor, circle: Circle) -> Ref:
    """The case of a circle."""
    return Ref(Case.objects.get(circle=circle).reference)


@reads_one(permissions.SEE_CASES, Case)
def opened_when(actor: Actor, row: Case) -> When:
    """When a case was opened, exactly as it is known."""
    return When(row.opened_at, row.opened_until or row.opened_at, Precision(row.opened_precision))


@reads(permissions.OPEN_CASE)
def here_already(actor: Actor, marks: Collection[Mark]) -> frozenset[Mark]:
    """Which of these marks (kind, value) a case of the actor's agency bears: its own number, or the print of a row.

    It names no case: the agency's numbers are known to whoever holds its spreadsheet. One query, so a few
    hundred marks at a time.
    """
    wanted = list(dict.fromkeys(marks))
    named = [(OwnNumber(agency_id=actor.agency_id, kind=kind).indexed, value) for kind, value in wanted]
    by_index: dict[bytes, Mark] = {}
    for generation in generations() if wanted else ():
        by_index.update(zip(blind_all(named, generation), wanted, strict=True))
    known = OwnNumber.objects.filter(agency=actor.agency_id, index__in=list(by_index)).values_list("index", flat=True)
    return frozenset(by_index[bytes(index)] for index in known)


def _opened(row: Case) -> str:
    return rules.opened_says(row.opened_at, row.opened_until, Precision(row.opened_precision))
