"""The return of a period over the orders its reader may know of: each order's fields, and figures with their orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.agencies.models import Agency
from joindots.casework import queries as casework
from joindots.circles.models import Standing, in_known
from joindots.kernel.problems import RuleBroken
from joindots.kernel.small_numbers import can_publish
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.orders import permissions
from joindots.orders.models import Order, OrderKeeping, OrderStep
from joindots.orders.rules import returns as rule
from joindots.orders.tasks.keeping import facts_kept

MOST = 5000
REASONS = ("police_withdraw", "main_refused")


@dataclass(frozen=True, slots=True)
class Return:
    """A return: its orders, its figures, and days from lodging to decision of those that were decided."""

    first: date
    last: date
    lines: tuple[rule.Line, ...]
    figures: tuple[rule.Figure, ...]
    decided: tuple[int, ...]


@reads(permissions.RETURN)
def return_of(actor: Actor, first: date, last: date) -> Return:
    """What became of the applications lodged in a period, of the orders that the reader may know of."""
    if last < first:
        raise RuleBroken(words("return_backwards", "The last day is before the first. Look at both."))
    shut = Standing.objects.begun(actor.at).filter(membership=actor.membership_id, side=permissions.RETURN.shut)
    lodged = OrderStep.objects.filter(
        in_known(actor), event="complaint_lodged", struck_at=None, on__range=(first, last), circle__state="open",
        order__kind="spo",
    )  # fmt: skip
    orders = list(lodged.exclude(circle__in=shut.values("circle")).values_list("order", "circle").order_by("on")[:MOST])
    actor.visit.shows(circle for _, circle in orders)
    lines = _lines(actor, dict(orders))
    courses = [course for one in lines if (course := rule.course_of(one.steps))]
    decided = tuple((one.decided - one.applied).days for one in courses if one.decided)
    return Return(first, last, lines, rule.figures(lines, first, last), decided)


@reads_one(permissions.SEE_ORDERS, Order)
def facts(actor: Actor, row: Order) -> rule.Facts:
    """What is reported of an order beside its steps."""
    kept = OrderKeeping.objects.filter(order=row).first()
    return facts_kept(actor, kept) if kept else rule.Facts()


def _lines(actor: Actor, orders: Mapping[UUID, UUID]) -> tuple[rule.Line, ...]:
    circles = set(orders.values())
    actor.keys.prepare(circles)
    cases = casework.lines_of(actor, circles)
    steps, reasons = _steps(actor, orders)
    kept = {one.order_id: facts_kept(actor, one) for one in OrderKeeping.objects.filter(order__in=list(orders))}
    return tuple(
        rule.Line(
            order, *((cases[circle].reference, cases[circle].relation) if circle in cases else ("", "")),
            kept.get(order, rule.Facts()), tuple(steps[order]), order in reasons,
        )
        for order, circle in orders.items()
    )  # fmt: skip


def _steps(actor: Actor, orders: Collection[UUID]) -> tuple[dict[UUID, list[rule.Happened]], set[UUID]]:
    """What happened to each order, and of which it was written down why it was refused or withdrawn."""
    steps = _happened(orders)
    ended = OrderStep.objects.filter(order__in=list(orders), struck_at=None, event__in=REASONS)
    reasons = {one.order_id for one in ended if actor.keys.open(one.note).strip()}
    return steps, reasons


def _happened(orders: Collection[UUID]) -> dict[UUID, list[rule.Happened]]:
    """The steps of each order that stand, in their order: days alone."""
    steps: defaultdict[UUID, list[rule.Happened]] = defaultdict(list)
    for one in OrderStep.objects.filter(order__in=list(orders), struck_at=None).order_by("order", "number"):
        steps[one.order_id].append(rule.Happened(one.event, one.on, one.ends, one.hearing))
    return steps


@reads(permissions.RETURN)
def published(actor: Actor, first: date, last: date) -> dict[str, object]:
    """The open return of a whole quarter: counts alone, for everybody, over all orders of the actor's agency.

    Whoever publishes it, it counts the same. What rests on more than days is shown only by somebody who may know of
    every order counted.
    """
    today = london_day(actor.at)
    can_publish(first, last, today).or_raise()
    lodged = OrderStep.objects.filter(
        event="complaint_lodged", struck_at=None, on__range=(first, last), circle__state="open", order__kind="spo",
        order__by__agency=actor.agency_id,
    )  # fmt: skip
    theirs = list(lodged.values_list("order", flat=True)[:MOST])
    known = {one.order: one for one in return_of(actor, first, last).lines}
    steps = _happened(theirs)
    lines = [known.get(one) or rule.Line(one, "", "", rule.Facts(), tuple(steps[one])) for one in theirs]
    courses = [course for one in lines if (course := rule.course_of(one.steps))]
    decided = tuple((one.decided - one.applied).days for one in courses if one.decided)
    force = Agency.objects.get(pk=actor.agency_id).name
    unknown = () if known.keys() >= set(theirs) else rule.BY_FACTS
    return rule.open_return(force, first, last, today, rule.figures(lines, first, last), decided, unknown)
