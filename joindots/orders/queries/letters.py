"""Letters about orders as they would leave: each composed of its order's days, with what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.orders import permissions
from joindots.orders.models import Order
from joindots.orders.rules import letters as rule
from joindots.orders.tasks.keeping import about_of, held_back


@dataclass(frozen=True, slots=True)
class OrderLetter:
    """A letter about an order: its words, or why there is none."""

    order: UUID
    version: int
    case: str
    text: str
    stop: str


@reads_one(permissions.WRITE_LETTERS, Order)
def order_letter(actor: Actor, row: Order, macro: str) -> OrderLetter:
    """The letter of this kind about an order, as it would leave."""
    about = about_of(actor, row)
    may = rule.can_say(macro, about)
    may = held_back(actor, row.circle_id, rule.compose(macro, about)) if may else may
    text = rule.compose(macro, about) if may else ""
    return OrderLetter(row.pk, row.version, about.matter, text, "" if may else str(may.reason))
