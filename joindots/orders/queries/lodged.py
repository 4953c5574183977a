"""Orders of a force whose application was lodged: an ask that is answered "applied" is tied to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.access.roles import REPORTED
from joindots.casework import queries as casework
from joindots.circles.models import Standing, in_known
from joindots.orders import permissions
from joindots.orders.models import OrderStep

MOST_LODGED = 50


@dataclass(frozen=True, slots=True)
class Lodged:
    """An order of the force whose application was lodged."""

    order: UUID
    on: date
    victim: str
    case: str


@reads(permissions.ANSWER_ASK)
def orders_lodged(actor: Actor) -> tuple[Lodged, ...]:
    """Orders of the actor's agency, of those the actor may know of, whose application was lodged; the newest first."""
    shut = Standing.objects.begun(actor.at).filter(membership=actor.membership_id, side=REPORTED)
    rows = OrderStep.objects.filter(
        in_known(actor, picked=True), event="complaint_lodged", struck_at=None, circle__state="open",
        order__by__agency=actor.agency_id,
    ).exclude(circle__in=shut.values("circle")).order_by("-on", "-id")  # fmt: skip
    found = list(rows[:MOST_LODGED])
    cases = casework.lines_of(actor, {one.circle_id for one in found})
    return tuple(
        Lodged(one.order_id, one.on, cases[one.circle_id].victim, cases[one.circle_id].reference)
        for one in found if one.circle_id in cases
    )  # fmt: skip
