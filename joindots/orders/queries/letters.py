"""Letters about orders as they would leave: each composed of its order's days, with what stands in its way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.agencies.models import Agency
from joindots.casework.models import Case
from joindots.kernel.when import london_day
from joindots.orders import permissions, tasks
from joindots.orders.models import Order, OrderKeeping
from joindots.orders.queries.returns import facts_kept
from joindots.orders.rules import letters as rule


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
    text = rule.compose(macro, about) if may else ""
    return OrderLetter(row.pk, row.version, about.matter, text, "" if may else str(may.reason))


def order_letters(actor: Actor, orders: Collection[UUID], macro: str) -> tuple[OrderLetter, ...]:
    """The letters about several orders, each asked for itself."""
    return tuple(order_letter(actor, Ref(one), macro) for one in orders)


def about_of(actor: Actor, row: Order) -> rule.About:
    """An order as a letter may name it."""
    episode = tasks.episode_of(row, tasks.steps_of([row.pk])[row.pk])
    kept = OrderKeeping.objects.filter(order=row).first()
    case = Case.objects.filter(circle=row.circle_id).first()
    return rule.About(
        case.reference if case else "", facts_kept(actor, kept).force_record_reference if kept else "", episode.made,
        episode.ends, episode.hearing, actor.name, Agency.objects.get(pk=actor.agency_id).name, london_day(actor.at),
    )  # fmt: skip
