"""Handing an order to the colleague who looks after it, and telling later of what could not be told first."""

from __future__ import annotations

from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.orders import permissions, rules, tasks
from joindots.orders.models import Order, OrderKeeping, OrderStep, OrderTold
from joindots.orders.rules.returns import Facts, can_keep
from joindots.orders.tasks.keeping import colleagues


@writes(permissions.KEEP, Order)
def hand_order(actor: Actor, row: Order, *, to: UUID) -> None:
    """Hand an order to a colleague: from now on it stands on their desk. Only to who may work on it."""
    if to not in {one.pk for one in colleagues(actor, row.circle_id)}:
        raise RuleBroken(words("order_hand", "Choose a colleague who works on this case. Bring them in first."))
    kept, _ = OrderKeeping.objects.get_or_create(order=row, defaults={"circle_id": row.circle_id})
    if (kept.keeper_id or row.by_id) == to:
        raise RuleBroken(words("order_handed", "They look after it already."))
    kept.keeper_id, kept.given_by_id, kept.given_at = to, actor.membership_id, actor.at
    kept.save(update_fields=("keeper", "given_by", "given_at"))
    actor.record(row.circle_id, "orders.handed", order=row.pk, to=to)


@writes(permissions.KEEP, Order)
def keep_facts(actor: Actor, row: Order, *, facts: Facts) -> None:
    """Write down what is reported of an order beside its steps: court, district, ages, whether it is contested."""
    can_keep(facts).or_raise()
    kept, _ = OrderKeeping.objects.get_or_create(order=row, defaults={"circle_id": row.circle_id})
    actor.keys.seal(kept, facts=msgspec.json.encode(facts).decode())
    kept.save(update_fields=("facts",))
    actor.record(row.circle_id, "orders.facts", order=row.pk)


@writes(permissions.RECORD, Order)
def tell_since(actor: Actor, row: Order, *, number: int, how: str) -> None:
    """Write down that the person protected has now been told, by safe contact, of what they were not told first."""
    rules.can_say(how, rules.MOST_WHY, needed="Write how they were told, and by whom.").or_raise()
    waits = OrderStep.objects.filter(order=row, struck_at=None, told="overridden", told_since=None, number=number)
    step = waits.first()
    if step is None:
        raise NotFound
    told = OrderTold(circle_id=row.circle_id, step=step, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(told, how=how.strip())
    told.save(force_insert=True)
    tasks.settle(row)
    actor.record(row.circle_id, "orders.told_since", order=row.pk, event=step.event)
