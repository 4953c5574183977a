"""An order is thought of, its steps are written down or struck, and its conditions and protected people are listed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.circles.models import Circle
from joindots.justice.rules.opposed import STARTS_ORDER, Act
from joindots.justice.tasks.opposed import stop_against
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.law.episode import Happened, happen, may_happen, may_have_condition, stays_inside
from joindots.orders import permissions, rules, tasks
from joindots.orders.models import Order, OrderCondition, OrderService, OrderStep, Protected
from joindots.orders.rules.service import SERVES, Service, can_rest, can_serve
from joindots.orders.rules.watch import can_strike_breach
from joindots.people import queries as people

NO_REASON = "Say why in a few words. It stays with it."


@writes(permissions.CONSIDER, Circle)
def consider(actor: Actor, circle: Circle, *, on: date, why: str) -> UUID:
    """Begin an order: that it was thought of, on a day, and why."""
    tasks.refuse_closed(circle.pk)
    rules.can_be_on(on, london_day(actor.at)).or_raise()
    stop_against(actor, circle, Act.ORDER)
    rules.can_say(why, needed="Write why an order is considered: the acts, the risk, why it is necessary.").or_raise()
    row = Order(circle=circle, by_id=actor.membership_id, at=actor.at, considered_on=on)
    actor.keys.seal(row, why=why.strip())
    row.save(force_insert=True)
    actor.record(circle.pk, "orders.considered", order=row.pk)
    return row.pk


@writes(permissions.RECORD, Order)
def record(
    actor: Actor, row: Order, *, new: Happened, note: str, why_not_told: str = "", service: Service | None = None
) -> None:
    """Write down what happened to an order. Refused by a sentence where its life or its days forbid it.

    `service`: how it was served, for a step that serves it.
    """
    tasks.refuse_closed(row.circle_id)
    rules.can_be_on(new.on, london_day(actor.at), new.clock, actor.at).or_raise()
    if new.event in STARTS_ORDER:
        stop_against(actor, row.circle, Act.ORDER)
    steps = tasks.steps_of([row.pk])[row.pk]
    episode = tasks.episode_of(row, steps)
    may_happen(episode, new).or_raise()
    then = happen(episode, new)
    stays_inside(then, tasks.begins(row, then)).or_raise()
    told = service if new.event in SERVES else None
    if told is not None:
        can_serve(told).or_raise()
    rules.can_say(note, needed="" if told else NOTES.get(new.event, "")).or_raise()
    missing = "Write why the person protected could not be told first." if new.told == "overridden" else ""
    rules.can_say(why_not_told, rules.MOST_WHY, needed=missing).or_raise()
    step = OrderStep(
        circle_id=row.circle_id, order=row, number=len(steps) + 1, event=new.event, on=new.on,
        by_id=actor.membership_id, at=actor.at, ends=new.ends, hearing=new.hearing, act_on=new.act_on,
        consents=new.consents, sex_offender_duty=new.sex_offender_duty, investigation=new.investigation, told=new.told,
        clock=new.clock, further=new.further,
    )  # fmt: skip
    actor.keys.seal(step, note=note.strip(), why_not_told=why_not_told.strip())
    step.save(force_insert=True)
    if told is not None:
        _keep_service(actor, step, told)
    tasks.settle(row)
    actor.record(row.circle_id, "orders.step", order=row.pk, event=new.event, told=new.told)


def _keep_service(actor: Actor, step: OrderStep, told: Service) -> None:
    row = OrderService(
        circle_id=step.circle_id, step=step, how=told.how, copy_given=told.copy_given, explained=told.explained
    )
    actor.keys.seal(
        row, served_by=told.by.strip(), place=told.place.strip(), witness=told.witness.strip(),
        interpreter=told.interpreter.strip(), reply=told.reply.strip(),
    )  # fmt: skip
    row.save(force_insert=True)


NOTES = {
    "decide_no": "Write why no order is applied for.",
    "chief_officer_delegate_signs": "Name the investigation, or write why there is none.",
    "served": "Write who served it, how, where and when.",
    "served_none_owed": "Write who served it, how, where and when.",
    "police_withdraw": "Write why the application was withdrawn.",
    "order_made_none_owed": "Write why no notification is owed.",
    "order_in_force_none_owed": "Write why no notification is owed.",
}
"""Steps that say nothing without words, and what the words are for."""


@writes(permissions.RECORD, Order)
def strike(actor: Actor, row: Order, *, number: int, why: str) -> None:
    """Strike the last step that stands, because it was written down wrongly. It is kept, and shown struck."""
    tasks.refuse_closed(row.circle_id)
    rules.can_say(why, rules.MOST_WHY, needed=NO_REASON).or_raise()
    standing = [one for one in tasks.steps_of([row.pk])[row.pk] if one.struck_at is None]
    rules.strikeable(number, standing[-1].number if standing else None).or_raise()
    if standing[-1].breaches.exists():
        can_strike_breach().or_raise()
    before = tasks.episode_of(row, standing[:-1])
    stays_inside(before, tasks.begins(row, before)).or_raise()
    ticks = dict(row.ticks.filter(struck_at=None).values_list("code", "on"))
    can_rest(ticks, before.bindings[0].made if before.bindings else None).or_raise()
    _strike(actor, standing[-1], why)
    tasks.settle(row)
    actor.record(row.circle_id, "orders.step_struck", order=row.pk, event=standing[-1].event)


@writes(permissions.TERMS, Order)
def add_condition(
    actor: Actor, row: Order, *, library: str, text: str, place: str, starts: date | None, ends: date | None,
    under: int | None = None,
) -> None:  # fmt: skip
    """Write down a condition that the court made, with its place and its own days where they differ.

    `under`: which of the times at which the terms were set it came with; without it, the order as it was last made.
    """
    tasks.refuse_closed(row.circle_id)
    rules.can_be_condition(library, text, place).or_raise()
    episode = tasks.episode_of(row, tasks.steps_of([row.pk])[row.pk])
    may_have_condition(episode, starts, ends, under).or_raise()
    came = under if under is not None else max(place for place, one in enumerate(episode.terms) if not one.changed)
    condition = OrderCondition(
        circle_id=row.circle_id, order=row, number=row.conditions.count() + 1, library=library,
        by_id=actor.membership_id, at=actor.at, starts=starts, ends=ends, under=came,
        since=starts or episode.terms[came].on,
    )  # fmt: skip
    actor.keys.seal(condition, text=text.strip(), place=place.strip())
    condition.save(force_insert=True)
    tasks.keep_spans(row, tasks.settle(row), again=True)
    actor.record(row.circle_id, "orders.condition", order=row.pk, number=condition.number)


@writes(permissions.TERMS, Order)
def protect(actor: Actor, row: Order, *, name: str, person: UUID | None = None) -> None:
    """List somebody whom the order protects: the name as it stands on it; who of the case it is, if that is said."""
    tasks.refuse_closed(row.circle_id)
    if person is not None:
        here = {one.id: one.name for one in people.people_in(actor, Ref(row.circle_id))}
        if person not in here:
            raise NotFound
        name = name.strip() or here[person]
    rules.can_say(name, rules.MOST_NAME, needed="Write the name as it stands on the order.").or_raise()
    listed = Protected(circle_id=row.circle_id, order=row, by_id=actor.membership_id, at=actor.at, person_id=person)
    actor.keys.seal(listed, name=name.strip())
    listed.save(force_insert=True)
    actor.record(row.circle_id, "orders.protected", order=row.pk)


@writes(permissions.TERMS, Order)
def lift(actor: Actor, row: Order, *, key: UUID, on: date | None, why: str) -> None:
    """Write down that the court took a condition off on a day: acts before then are still asked of it."""
    tasks.refuse_closed(row.circle_id)
    rules.can_say(why, rules.MOST_WHY, needed="Say which decision took it off.").or_raise()
    found = row.conditions.filter(pk=key, struck_at=None, lifted_on=None).first()
    if found is None:
        raise NotFound
    rules.can_lift(on, found.since, london_day(actor.at)).or_raise()
    found.lifted_on, found.lifted_by_id, found.lifted_at = on, actor.membership_id, actor.at
    actor.keys.seal(found, lifted_why=why.strip())
    found.save()
    tasks.keep_spans(row, tasks.settle(row), again=True)
    actor.record(row.circle_id, "orders.condition_lifted", order=row.pk, number=found.number)


@writes(permissions.TERMS, Order)
def take_off(actor: Actor, row: Order, *, what: str, key: UUID, why: str) -> None:
    """Strike a condition that was written down wrongly, or a protected person, because of that or the court's word."""
    tasks.refuse_closed(row.circle_id)
    rules.can_say(why, rules.MOST_WHY, needed=NO_REASON).or_raise()
    rows: Any = {"condition": row.conditions, "person": row.protected}.get(what)
    found = rows.filter(pk=key, struck_at=None).first() if rows is not None else None
    if found is None:
        raise NotFound
    _strike(actor, found, why)
    tasks.keep_spans(row, tasks.settle(row), again=True)
    actor.record(row.circle_id, "orders.taken_off", order=row.pk, what=what)


def _strike(actor: Actor, row: OrderStep | OrderCondition | Protected, why: str) -> None:
    row.struck_by_id, row.struck_at = actor.membership_id, actor.at
    actor.keys.seal(row, struck_why=why.strip())
    row.save()
