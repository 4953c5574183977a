"""How an order was served, and the steps with a day beside its life, as their reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.orders import permissions, tasks
from joindots.orders.models import Order, OrderService, OrderTick
from joindots.orders.queries.life import Struck
from joindots.orders.rules.service import HOW, TICKS, Service, Tick, hearsay_by


@dataclass(frozen=True, slots=True)
class TickView:
    """A step beside the life as it was written down."""

    on: date
    clock: time | None
    note: str
    by: str
    at: datetime
    struck: Struck | None


@dataclass(frozen=True, slots=True)
class TickLine:
    """A step beside the life: what it is, how it stands, and what was struck of it."""

    code: str
    tick: Tick
    now: TickView | None
    past: tuple[TickView, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """How an order was served, in words, by the number of its step."""

    told: Service
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BesidePage:
    """What stands beside an order's life."""

    ticks: tuple[TickLine, ...]
    services: dict[int, Served]
    hearsay_by: date | None
    """The last day for a hearsay notice before the hearing that is listed; None where none is."""


@reads_one(permissions.SEE_ORDERS, Order)
def beside(actor: Actor, row: Order) -> BesidePage:
    """The steps with a day beside an order's life, and how it was served each time."""
    rows = list(row.ticks.select_related("by__user", "struck_by__user").order_by("at", "pk"))
    hearing = tasks.episode_of(row, tasks.steps_of([row.pk])[row.pk]).hearing
    services = OrderService.objects.filter(step__order=row).select_related("step")
    return BesidePage(
        tuple(_line(actor, code, [one for one in rows if one.code == code]) for code in TICKS),
        {one.step.number: _served(actor, one) for one in services}, hearsay_by(hearing) if hearing else None,
    )  # fmt: skip


def _line(actor: Actor, code: str, rows: list[OrderTick]) -> TickLine:
    views = [_view(actor, one) for one in rows]
    now = next((one for one in views if one.struck is None), None)
    return TickLine(code, TICKS[code], now, tuple(one for one in views if one is not now))


def _view(actor: Actor, row: OrderTick) -> TickView:
    struck = None
    if row.struck_at is not None and row.struck_by is not None:
        struck = Struck(row.struck_by.user.name, row.struck_at, actor.keys.open(row.struck_why))
    return TickView(row.on, row.clock, actor.keys.open(row.note), row.by.user.name, row.at, struck)


def _served(actor: Actor, row: OrderService) -> Served:
    told = Service(
        actor.keys.open(row.served_by), row.how, actor.keys.open(row.place), actor.keys.open(row.witness),
        row.copy_given, row.explained, actor.keys.open(row.interpreter), actor.keys.open(row.reply),
    )  # fmt: skip
    says = [
        f"By {told.by}, {HOW[told.how]}; {told.place}.", f"Seen by, or video: {told.witness}." if told.witness else "",
        "A copy was given." if told.copy_given else "It is not said that a copy was given.",
        "The conditions were explained." if told.explained else "It is not said that the conditions were explained.",
        f"Interpreter: {told.interpreter}." if told.interpreter else "",
        f"The reply: “{told.reply}”" if told.reply else "",
    ]  # fmt: skip
    return Served(told, tuple(one for one in says if one))
