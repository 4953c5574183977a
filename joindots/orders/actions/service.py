"""How an order was served, and the steps with a day beside its life."""

from __future__ import annotations

from datetime import date, time

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.orders import permissions, rules, tasks
from joindots.orders.models import Order, OrderTick
from joindots.orders.rules import service as telling


@writes(permissions.RECORD, Order)
def tick(actor: Actor, row: Order, *, code: str, on: date, note: str, clock: time | None = None) -> None:
    """Write down a step with a day beside an order's life: once, and after what it rests on."""
    tasks.refuse_closed(row.circle_id)
    rules.can_be_on(on, london_day(actor.at)).or_raise()
    standing = dict(row.ticks.filter(struck_at=None).values_list("code", "on"))
    episode = tasks.episode_of(row, tasks.steps_of([row.pk])[row.pk])
    first = episode.bindings[0].made if episode.bindings else None
    telling.can_tick(code, on, note, standing=standing, made=first).or_raise()
    made = OrderTick(
        circle_id=row.circle_id, order=row, code=code, on=on, clock=clock, by_id=actor.membership_id, at=actor.at
    )
    actor.keys.seal(made, note=note.strip())
    made.save(force_insert=True)
    actor.record(row.circle_id, "orders.ticked", order=row.pk, code=code)


@writes(permissions.RECORD, Order)
def untick(actor: Actor, row: Order, *, code: str, why: str) -> None:
    """Strike such a step, because it was written down wrongly. It is kept."""
    tasks.refuse_closed(row.circle_id)
    rules.can_say(why, rules.MOST_WHY, needed="Say why in a few words. It stays with it.").or_raise()
    found = row.ticks.filter(code=code, struck_at=None).first()
    if found is None:
        raise NotFound
    telling.can_untick(code, row.ticks.filter(struck_at=None).values_list("code", flat=True)).or_raise()
    found.struck_by_id, found.struck_at = actor.membership_id, actor.at
    actor.keys.seal(found, struck_why=why.strip())
    found.save()
    actor.record(row.circle_id, "orders.unticked", order=row.pk, code=code)
