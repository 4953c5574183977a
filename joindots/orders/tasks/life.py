"""An order as its rows tell it, and what is kept beside it so that a desk finds it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.kernel.words import Words, words
from joindots.law.alarms import alarms
from joindots.law.counting import day_said
from joindots.law.episode import Episode, Happened
from joindots.law.life import IN_FORCE, STAGES, Life, said
from joindots.notices.tasks import take_back_out
from joindots.orders import rules
from joindots.orders.models import (
    AskIn,
    Decided,
    Order,
    OrderAsk,
    OrderCondition,
    OrderDuty,
    OrderSpan,
    OrderStep,
)
from joindots.orders.rules import desk
from joindots.orders.rules.asks import OPEN, AskState
from joindots.orders.rules.watch import Span, spans_of


def happened(row: OrderStep) -> Happened:
    """A step as the law's rules read it."""
    return Happened(
        event=row.event, on=row.on, ends=row.ends, hearing=row.hearing, act_on=row.act_on, consents=row.consents,
        sex_offender_duty=row.sex_offender_duty, investigation=row.investigation, told=row.told,  # type: ignore[arg-type]  # codes that were checked when they came in
        clock=row.clock, further=row.further,
    )  # fmt: skip


def steps_of(orders: Iterable[UUID]) -> dict[UUID, list[OrderStep]]:
    """The steps of these orders in their order, struck ones too."""
    told: dict[UUID, list[OrderStep]] = {one: [] for one in orders}
    rows = OrderStep.objects.filter(order__in=list(told)).select_related("by__user", "struck_by__user")
    for row in rows.order_by("number"):
        told[row.order_id].append(row)
    return told


def is_other(row: Order) -> bool:
    """Whether an order has the simpler life: any other kind, and one that is known from what somebody told."""
    return row.kind != rules.SPO or row.told_on is not None


def own_kind(row: Order) -> str:
    """The kind by which an order's life has steps of its own; none for one that is known from what somebody told."""
    return "" if row.told_on is not None else row.kind


def stands_so(row: Order) -> str:
    """Where an order stands by the stage kept beside it, in words."""
    stage = next(name for name in STAGES if name == row.stage)
    return said(Life(stage, by="order_life" if is_other(row) else "spo_life"))


def episode_of(row: Order, steps: Iterable[OrderStep]) -> Episode:
    """Where an order stands, from its steps that were not struck."""
    standing = (happened(one) for one in steps if one.struck_at is None)
    return rules.stands(row.considered_on, standing, other=is_other(row), kind=own_kind(row))


def own_ends(row: Order, ends: date | None) -> tuple[date, ...]:
    """Last days of conditions that end before their order."""
    rows = OrderCondition.objects.filter(order=row, struck_at=None, lifted_on=None).exclude(ends=None)
    found = rows.values_list("ends", flat=True)
    return tuple(day for day in found if day and (ends is None or day < ends))


def settle(row: Order) -> Episode:
    """Keep beside the order what follows from its steps; the order as it stands."""
    episode = episode_of(row, steps_of([row.pk])[row.pk])
    moved = keep_begins(row, episode)
    told = alarms(episode, own_ends(row, episode.ends))
    row.stage, row.due_on = episode.life.stage, told[0].stands_from if told else None
    row.save(update_fields=("stage", "due_on"))
    keep_spans(row, episode, again=moved)
    keep_duties(row, episode)
    return episode


def keep_begins(row: Order, episode: Episode) -> bool:
    """Keep beside each condition the first day it binds; whether any moved, because a day of a step was mended."""
    moved = False
    for one in OrderCondition.objects.filter(order=row, starts=None):
        since = episode.terms[one.under].on if one.under < len(episode.terms) else one.since
        if since != one.since:
            moved = bool(OrderCondition.objects.filter(pk=one.pk).update(since=since)) or moved
    return moved


def begins(row: Order, episode: Episode) -> tuple[date, ...]:
    """The first day of each condition that stands."""
    rows = OrderCondition.objects.filter(order=row, struck_at=None, lifted_on=None).values_list("starts", "under")
    told = (starts or (episode.terms[under].on if under < len(episode.terms) else None) for starts, under in rows)
    return tuple(day for day in told if day)


def keep_duties(row: Order, episode: Episode) -> None:
    """Keep the days on which something of an order is to be seen to, for a desk over all orders."""
    steps = OrderStep.objects.filter(order=row, struck_at=None, told="overridden", told_since=None)
    found = desk.duties(episode, own_ends(row, episode.ends), steps.values_list("on", flat=True))
    OrderDuty.objects.filter(order=row).delete()
    OrderDuty.objects.bulk_create(
        OrderDuty(order=row, circle_id=row.circle_id, kind=one.kind, code=one.code, day=one.day, about=one.about)
        for one in found
    )


def spans(row: Order, episode: Episode) -> tuple[Span, ...]:
    """When each order of an episode binds, and since when its subject was served with it or knew of it."""
    known = row.ticks.filter(code="known", struck_at=None).values_list("on", "clock").first()
    return spans_of(episode, known)


def keep_spans(row: Order, episode: Episode, *, again: bool = False) -> None:
    """Keep when each order of an episode binds. Where that changed (or is asked `again`), every act in it is looked at
    anew: one that was outside before may be inside now.
    """
    wanted = [(one.made[0], one.over) for one in spans(row, episode)]
    kept = list(OrderSpan.objects.filter(order=row).order_by("starts", "pk").values_list("starts", "ends"))
    if kept == wanted and not again:
        return
    OrderSpan.objects.filter(order=row).delete()
    first = [min(starts for starts, _ in wanted)] if wanted else []
    OrderSpan.objects.bulk_create(
        OrderSpan(order=row, circle_id=row.circle_id, starts=starts, ends=ends, since=since)
        for since in first for starts, ends in wanted
    )  # fmt: skip
    Decided.objects.filter(order=row, whole=True).update(whole=False)


def why_it_stays(circle: UUID) -> Words | None:
    """That an order of a circle is in force as it stands written down, and until when; None where none is."""
    rows = list(Order.objects.filter(circle=circle, stage__in=IN_FORCE))
    steps = steps_of(row.pk for row in rows)
    ends = [episode_of(row, steps[row.pk]).ends for row in rows]
    if not ends:
        return None
    last = None if None in ends else max(day for day in ends if day)
    if last is None:
        return words("order_stands", "It cannot be erased now: an order is in force until a further order.")
    return words("order_in_force", "It cannot be erased now: an order is in force. Its last day is {day}; write down "
                 "that it ended once it has.", day=day_said(last))  # fmt: skip


def refuse_closed(circle: UUID) -> None:
    """RuleBroken where the circle's case is closed: nothing is added to it."""
    case = Case.objects.filter(circle=circle).first()
    if case is not None:
        casework.can_work(casework.State(case.state)).or_raise()


def withdraw_asks(actor: Actor, asks: Collection[UUID], why: str) -> None:
    """Withdraw these asks for an order: the force's copy loses its words, and what waits to leave is withdrawn.

    Why: `consent`, what they rest on was taken back; `by_hand`. One that was answered for good is no longer open, and
    what a court has before it is not called back by this.
    """
    rows = OrderAsk.objects.select_for_update(of=("self",)).filter(pk__in=list(asks), state__in=OPEN)
    for row in rows:
        for came in AskIn.objects.select_for_update(of=("self",)).filter(sent=row):
            came.state, came.version = AskState.WITHDRAWN, came.version + 1
            actor.keys.seal(came, says="")
            came.save()
            actor.record(came.circle_id, "orders.ask_withdrawn")
        if row.notice_id is not None:
            take_back_out(actor, row.circle_id, [row.notice_id])
        row.state, row.withdrawn, row.to_tell, row.version = AskState.WITHDRAWN, why, False, row.version + 1
        row.save()
        actor.record(row.circle_id, "orders.ask_withdrawn", ask=row.pk, why=why)
