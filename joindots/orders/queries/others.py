"""Other orders that bind at the same time in one case, and conditions of one kind in both: people look for a clash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.law.life import IN_FORCE
from joindots.law.orders import condition_kinds
from joindots.orders import permissions, tasks
from joindots.orders.models import Order, OrderCondition
from joindots.orders.queries.life import OrderLine


@dataclass(frozen=True, slots=True)
class Pair:
    """A condition of each of two orders that are of one kind."""

    here: int
    here_text: str
    there: int
    there_text: str


@dataclass(frozen=True, slots=True)
class OtherOrder:
    """Another order in force in the same case."""

    line: OrderLine
    conditions: int
    pairs: tuple[Pair, ...]


@reads_one(permissions.SEE_ORDERS, Order)
def others_in_force(actor: Actor, row: Order) -> tuple[OtherOrder, ...]:
    """The other orders of the case that bind now, each with conditions that are of the kind of one here.

    New conditions must not be incompatible with an earlier order's (Stalking Protection Act 2019 s2(6) and (7)).
    Whether two are is for people: what is of one kind stands side by side.
    """
    rows = list(Order.objects.filter(circle=row.circle_id, stage__in=IN_FORCE).exclude(pk=row.pk).order_by("at", "id"))
    steps = tasks.steps_of(one.pk for one in rows)
    mine = _standing(row)
    told = []
    for one in rows:
        theirs = _standing(one)
        line = OrderLine.of(actor, one, tasks.episode_of(one, steps[one.pk]))
        told.append(OtherOrder(line, len(theirs), tuple(_pairs(actor, mine, theirs))))
    return tuple(told)


def _standing(row: Order) -> list[OrderCondition]:
    return list(row.conditions.filter(struck_at=None, lifted_on=None).order_by("number"))


def _pairs(actor: Actor, mine: list[OrderCondition], theirs: list[OrderCondition]) -> Iterator[Pair]:
    kinds, show = condition_kinds(), actor.keys.open
    for here in mine:
        for there in theirs:
            if kinds[here.library].category == kinds[there.library].category != "own_words":
                yield Pair(here.number, show(here.text), there.number, show(there.text))
