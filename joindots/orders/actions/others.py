"""Every other order, notice and bail: begun by the police, or written down because somebody told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.justice.rules.opposed import Act
from joindots.justice.tasks.opposed import stop_against
from joindots.kernel.when import london_day
from joindots.law.episode import Happened
from joindots.law.life import step_of
from joindots.orders import permissions, rules, tasks
from joindots.orders.actions import life
from joindots.orders.models import Order


@writes(permissions.CONSIDER, Circle)
def begin_other(actor: Actor, circle: Circle, *, kind: str, on: date, why: str) -> UUID:
    """Begin another order or bail: that it was thought of or given, on a day, and why."""
    tasks.refuse_closed(circle.pk)
    rules.can_be_kind(kind, london_day(actor.at)).or_raise()
    rules.can_be_on(on, london_day(actor.at)).or_raise()
    stop_against(actor, circle, Act.ORDER)
    rules.can_say(why, needed="Write what it is for: the acts, the risk.").or_raise()
    row = Order(circle=circle, kind=kind, by_id=actor.membership_id, at=actor.at, considered_on=on)
    actor.keys.seal(row, why=why.strip())
    row.save(force_insert=True)
    actor.record(circle.pk, "orders.considered", order=row.pk, kind=kind)
    return row.pk


@writes(permissions.KNOW, Circle)
def note_known(
    actor: Actor, circle: Circle, *, kind: str, told_by: str, told_on: date, made: date, ends: date | None, words: str
) -> UUID:
    """Write down an order that somebody told of: who told, when, the day it was made and its last day as told.

    It is kept as told, not as found: nothing here rests on the order itself.
    """
    tasks.refuse_closed(circle.pk)
    today = london_day(actor.at)
    rules.can_be_known(kind, today).or_raise()
    rules.can_be_told(told_by, told_on, today).or_raise()
    rules.can_be_on(made, min(today, told_on)).or_raise()
    rules.can_say(words).or_raise()
    row = Order(circle=circle, kind=kind, by_id=actor.membership_id, at=actor.at, considered_on=made, told_on=told_on)
    actor.keys.seal(row, why=words.strip(), told_by=told_by.strip())
    row.save(force_insert=True)
    life.record.run(actor, row, new=Happened(event="order_made", on=made, ends=ends), note="As told.")
    actor.record(circle.pk, "orders.known", order=row.pk, kind=kind)
    return row.pk


@writes(permissions.KNOW, Order)
def note_step(actor: Actor, row: Order, *, new: Happened, note: str) -> None:
    """Write down what is heard of a known order since."""
    rules.can_note(row.told_on is not None).or_raise()
    step = step_of(tasks.episode_of(row, tasks.steps_of([row.pk])[row.pk]).life, new.event)
    first = step is not None and step.tell_first
    life.record.run(actor, row, new=replace(new, told="known" if first else ""), note=note)


@writes(permissions.KNOW, Order)
def note_strike(actor: Actor, row: Order, *, number: int, why: str) -> None:
    """Strike the last step of a known order, because it was written down wrongly."""
    rules.can_note(row.told_on is not None).or_raise()
    life.strike.run(actor, row, number=number, why=why)


@writes(permissions.KNOW, Order)
def note_condition(
    actor: Actor, row: Order, *, library: str, text: str, place: str, starts: date | None, ends: date | None,
    under: int | None = None,
) -> None:  # fmt: skip
    """Write down a condition of a known order, as it was told."""
    rules.can_note(row.told_on is not None).or_raise()
    life.add_condition.run(
        actor, row, library=library, text=text, place=place, starts=starts, ends=ends, under=under
    )  # fmt: skip


@writes(permissions.KNOW, Order)
def note_protected(actor: Actor, row: Order, *, name: str, person: UUID | None = None) -> None:
    """List somebody whom a known order protects, as it was told."""
    rules.can_note(row.told_on is not None).or_raise()
    life.protect.run(actor, row, name=name, person=person)


@writes(permissions.KNOW, Order)
def note_lifted(actor: Actor, row: Order, *, key: UUID, on: date | None, why: str) -> None:
    """Write down that a condition of a known order was taken off by the court, as it was told."""
    rules.can_note(row.told_on is not None).or_raise()
    life.lift.run(actor, row, key=key, on=on, why=why)


@writes(permissions.KNOW, Order)
def note_taken_off(actor: Actor, row: Order, *, what: str, key: UUID, why: str) -> None:
    """Strike a condition or a person of a known order."""
    rules.can_note(row.told_on is not None).or_raise()
    life.take_off.run(actor, row, what=what, key=key, why=why)
