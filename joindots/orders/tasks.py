"""An order as its rows tell it, and what is kept beside it so that a desk finds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.law.alarms import alarms
from joindots.law.episode import Episode, Happened
from joindots.orders import rules
from joindots.orders.models import Order, OrderCondition, OrderStep


def happened(row: OrderStep) -> Happened:
    """A step as the law's rules read it."""
    return Happened(
        event=row.event, on=row.on, ends=row.ends, hearing=row.hearing, act_on=row.act_on, consents=row.consents,
        sex_offender_duty=row.sex_offender_duty, investigation=row.investigation, told=row.told,  # type: ignore[arg-type]  # codes that were checked when they came in
    )  # fmt: skip


def steps_of(orders: Iterable[UUID]) -> dict[UUID, list[OrderStep]]:
    """The steps of these orders in their order, struck ones too."""
    told: dict[UUID, list[OrderStep]] = {one: [] for one in orders}
    rows = OrderStep.objects.filter(order__in=list(told)).select_related("by__user", "struck_by__user")
    for row in rows.order_by("number"):
        told[row.order_id].append(row)
    return told


def episode_of(row: Order, steps: Iterable[OrderStep]) -> Episode:
    """Where an order stands, from its steps that were not struck."""
    return rules.stands(row.considered_on, (happened(one) for one in steps if one.struck_at is None))


def own_ends(row: Order, ends: date | None) -> tuple[date, ...]:
    """Last days of conditions that end before their order."""
    found = OrderCondition.objects.filter(order=row, struck_at=None).exclude(ends=None).values_list("ends", flat=True)
    return tuple(day for day in found if day and (ends is None or day < ends))


def settle(row: Order) -> Episode:
    """Keep beside the order what follows from its steps; the order as it stands."""
    episode = episode_of(row, steps_of([row.pk])[row.pk])
    told = alarms(episode, own_ends(row, episode.ends))
    row.stage, row.due_on = episode.life.stage, told[0].stands_from if told else None
    row.save(update_fields=("stage", "due_on"))
    return episode


def refuse_closed(circle: UUID) -> None:
    """RuleBroken where the circle's case is closed: nothing is added to it."""
    case = Case.objects.filter(circle=circle).first()
    if case is not None:
        casework.can_work(casework.State(case.state)).or_raise()
