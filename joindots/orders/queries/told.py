"""What orders tell the other parts of themselves: found by a search, and names that stay inside."""

from __future__ import annotations

from dataclasses import dataclass

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import REPORTED
from joindots.casework import queries as casework
from joindots.circles.models import Circle, in_known
from joindots.orders import permissions, tasks
from joindots.orders.models import Order, Protected
from joindots.orders.queries.life import OrderLine
from joindots.people import queries as people
from joindots.people.rules.protected import FEWEST_SIGNS, signs


@dataclass(frozen=True, slots=True)
class OrderMet:
    """An order of a case that a search met."""

    line: OrderLine
    victim: str
    reference: str


@reads(permissions.SEE_ORDERS)
def orders_met(actor: Actor, typed: str) -> tuple[OrderMet, ...]:
    """Orders in the cases that bear what was typed, or somebody in them does, of what the actor may know of."""
    met = {one.reference: one for one in casework.cases_met(actor, typed)} if casework.cases_met.may(actor) else {}
    if not met:
        return ()
    rows = Order.objects.filter(in_known(actor, picked=True), circle__case__reference__in=list(met))
    found = list(rows.select_related("circle__case").order_by("-considered_on", "-id"))
    actor.keys.prepare(row.circle_id for row in found)
    found = [row for row in found if actor.keys.side(row.circle_id) != REPORTED]
    steps = tasks.steps_of(row.pk for row in found)
    actor.visit.shows(row.circle_id for row in found)
    return tuple(
        OrderMet(OrderLine.of(actor, row, tasks.episode_of(row, steps[row.pk])), met[row.circle.case.reference].victim,
                 row.circle.case.reference)
        for row in found
    )  # fmt: skip


@reads_one(permissions.SEE_ORDERS, Circle)
def names_protected(actor: Actor, circle: Circle) -> tuple[str, ...]:
    """Names of whom orders here protect besides the person being stalked: whose kin or friends they are gives away."""
    rows = list(Protected.objects.filter(circle=circle, struck_at=None).order_by("at", "id"))
    if not rows:
        return ()
    victims = people.victims_of(actor, [circle.pk]).values() if people.victims_of.may(actor) else ()
    names = {actor.keys.open(row.name) for row in rows} - set(victims)
    return tuple(sorted(name for name in names if signs(name) >= FEWEST_SIGNS))
