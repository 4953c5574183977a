"""What casework answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries
from joindots.casework.models import Case, TherapyRoom
from joindots.casework.rules import State
from joindots.circles.models import Side
from joindots.kernel.dots import Dot, Due, Found
from joindots.kernel.words import Words, words

OPENED = "casework.opened"
BY = {
    "reference": "by this reference or number", "number": "by this telephone number",
    "email": "by this mail address", "handle": "by this name online", "vehicle": "by this vehicle",
    "address": "by this place",
}  # fmt: skip


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """When the case was opened: from then on somebody wrote things down."""
    if OPENED in kinds:
        case = queries.of_circle(actor, Ref(circle))
        opened = queries.opened_when(actor, case)
        yield Dot(opened, OPENED, "Case opened", "this service", "exact", "circle", f"/cases/{case.key}/")


def found(actor: Actor, typed: str) -> Iterator[Found]:
    """Cases by their reference or number, and whoever in a case is called so or bears such a mark."""
    if not queries.cases_met.may(actor):
        return
    for met in queries.cases_met(actor, typed):
        case = f"{met.reference}, {met.state} case"
        if met.through and met.through != met.victim:
            case += f" of {met.victim}"
        second = " · ".join(part for part in (met.stands_as, case, BY.get(met.by, "")) if part)
        yield Found("case", met.through or met.victim, second, f"/cases/{met.reference}/")


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """What waits: taking cases on, and the work for the person being stalked, of what the actor may know of."""
    if queries.taking_on.may(actor):
        yield from queries.taking_on(actor, whose, until, most)
    if queries.support_waiting.may(actor):
        yield from queries.support_waiting(actor, whose, until, most)


def leaving(membership: UUID) -> Words | None:
    """A leaver's access ends once each of their open cases has another worker."""
    if not Case.objects.filter(owner=membership, state=State.OPEN).exists():
        return None
    return words(
        "leaver_cases",
        "Some cases still have nobody else. A lead hands them over first, or cut off at once if you must.",
    )


def sides(membership: UUID, at: datetime, owners: Collection[UUID]) -> dict[UUID, str]:
    """A therapist's own rooms: nobody else stands in one, by whatever way they may know of a case."""
    rows = TherapyRoom.objects.filter(pk__in=owners, therapist=membership)
    return dict.fromkeys(rows.values_list("pk", flat=True), Side.VICTIM)
