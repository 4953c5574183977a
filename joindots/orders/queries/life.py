"""Orders as their reader may see them: each with its steps, its terms, what can follow and what is to be seen to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import REPORTED
from joindots.casework.models import Case, owned_by
from joindots.casework.rules import State as CaseState
from joindots.circles.models import Circle, in_known
from joindots.kernel.when import london_day
from joindots.law.alarms import Alarm, Stood, gaps_that_stood, standing
from joindots.law.episode import Episode
from joindots.law.life import IN_FORCE, Step, all_events, can_follow, said, step_of
from joindots.law.orders import OrderCondition as LibraryCondition
from joindots.law.orders import ProtectiveOrder, condition_kinds, protective_orders
from joindots.orders import permissions, rules, tasks
from joindots.orders.models import Order, OrderCondition, OrderSpan, OrderStep, Protected
from joindots.orders.rules.life import facts


@dataclass(frozen=True, slots=True)
class Struck:
    """That something was struck: by whom, when and why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it was written down."""

    number: int
    event: str
    label: str
    on: date
    by: str
    at: datetime
    ends: date | None
    hearing: date | None
    act_on: date | None
    told: str
    note: str
    why_not_told: str
    struck: Struck | None
    clock: time | None = None
    facts: tuple[str, ...] = ()
    """What else was said with it, as sentences."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """That the court took a condition off: the day until which it binds, who wrote it down, when and why."""

    on: date
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class TermsView:
    """One time at which the terms of an order were set."""

    place: int
    on: date
    changed: bool
    served: date | None


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition of an order, and from when to when it binds."""

    id: UUID
    number: int
    kind: LibraryCondition
    text: str
    place: str
    starts: date | None
    ends: date | None
    struck: Struck | None
    at: datetime | None = None
    came: TermsView | None = None
    """The change it came with; None for one that stands since the order was made."""
    lifted: Lifted | None = None


@dataclass(frozen=True, slots=True)
class ProtectedView:
    """Somebody whom an order protects."""

    id: UUID
    name: str
    struck: Struck | None
    person: UUID | None = None
    """Who of the case it is, where somebody said so."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order in the list of a case."""

    id: UUID
    says: str
    considered_on: date
    in_force: bool
    ends: date | None
    until_further_order: bool
    alarms: tuple[Alarm, ...]
    kind: str = rules.SPO
    told_on: date | None = None
    """Where it is known from what somebody told: on which day."""
    told_by: str = ""

    @property
    def label(self) -> str:
        """What it is."""
        return protective_orders()[self.kind].label

    @property
    def gist(self) -> ProtectiveOrder:
        """What the law says of its kind."""
        return protective_orders()[self.kind]

    @classmethod
    def of(cls, actor: Actor, row: Order, episode: Episode) -> OrderLine:
        """The line of an order that stands so."""
        stage, today = episode.life.stage, london_day(actor.at)
        full = stage in ("made", "served")
        return cls(
            row.pk, said(episode.life), row.considered_on, stage in IN_FORCE,
            episode.ends if stage in IN_FORCE else None,
            full and episode.ends is None and row.kind not in rules.NO_FURTHER, _alarms(row, episode, today),
            row.kind, row.told_on, actor.keys.open(row.told_by),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """An event that the table allows now, and what it asks for."""

    event: str
    step: Step

    @property
    def asks(self) -> tuple[str, ...]:
        """The facts it asks for, beside its day and words."""
        return rules.asked_for(self.event)


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order with everything that was written down of it."""

    line: OrderLine
    version: int
    circle: UUID
    case: str
    why: str
    by: str
    made: date | None
    hearing: date | None
    notify_by: date | None
    open: tuple[str, ...]
    """What is being asked of a court meanwhile."""
    steps: tuple[StepView, ...]
    last: int | None
    """The number of the last step that stands."""
    conditions: tuple[ConditionView, ...]
    protected: tuple[ProtectedView, ...]
    offered: tuple[Offered, ...]
    terms: tuple[TermsView, ...]
    """Each time its terms were set: a condition came with one of them."""
    last_made: int
    """Which of them is the order as it was last made."""
    stood: tuple[Stood, ...] = ()
    """Gaps of protection that were known once, and from which day to which."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something of an order that waits to be seen to."""

    circle: UUID
    order: UUID
    alarm: Alarm


@reads_one(permissions.SEE_ORDERS, Circle)
def orders(actor: Actor, circle: Circle) -> tuple[OrderLine, ...]:
    """The orders of a circle, newest first."""
    rows = list(Order.objects.filter(circle=circle).order_by("-considered_on", "-id"))
    steps = tasks.steps_of(row.pk for row in rows)
    return tuple(OrderLine.of(actor, row, tasks.episode_of(row, steps[row.pk])) for row in rows)


@reads_one(permissions.SEE_ORDERS, Order)
def order(actor: Actor, row: Order) -> OrderPage:
    """One order with its steps, conditions, protected people, and what can follow."""
    steps = tasks.steps_of([row.pk])[row.pk]
    episode = tasks.episode_of(row, steps)
    standing_steps = [one for one in steps if one.struck_at is None]
    conditions = row.conditions.select_related("struck_by__user", "lifted_by__user").order_by("number")
    protected = row.protected.select_related("struck_by__user").order_by("at", "id")
    case = Case.objects.filter(circle=row.circle_id).first()
    return OrderPage(
        OrderLine.of(actor, row, episode), row.version, row.circle_id, case.reference if case else "",
        actor.keys.open(row.why), row.by.user.name, episode.made, episode.hearing, episode.notify_by,
        tuple(sorted(one.replace("_", " ") for one in episode.life.open)),
        tuple(_step(actor, one) for one in steps), standing_steps[-1].number if standing_steps else None,
        tuple(_condition(actor, one, episode) for one in conditions),
        tuple(_person(actor, one) for one in protected), tuple(_offered(episode, london_day(actor.at))),
        tuple(_terms(episode)), max((place for place, one in enumerate(episode.terms) if not one.changed), default=0),
        gaps_that_stood(
            rules.states(
                row.considered_on, map(tasks.happened, standing_steps), other=tasks.is_other(row),
                kind=tasks.own_kind(row),
            )
        ),
    )  # fmt: skip


@reads(permissions.SEE_ORDERS)
def orders_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Waiting, ...]:
    """What of orders is to be seen to now (by a day): of those these people wrote down, or in cases they own."""
    known = Q(in_known(actor, picked=True), circle__case__state=CaseState.OPEN, circle__state="open", due_on__lte=until)
    found = [
        *Order.objects.filter(known, by__in=list(whose), keeping__keeper=None).order_by("due_on", "id")[:most],
        *Order.objects.filter(known, keeping__keeper__in=list(whose)).order_by("due_on", "id")[:most],
        *Order.objects.filter(known, owned_by(whose)).order_by("due_on", "id")[:most],
    ]
    rows = list({row.pk: row for row in found}.values())
    actor.keys.prepare(row.circle_id for row in rows)
    rows = [row for row in rows if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows(row.circle_id for row in rows)
    steps = tasks.steps_of(row.pk for row in rows)
    today = min(until, london_day(actor.at))  # what has not come yet is told on its day: its words speak of the past
    waiting = [
        Waiting(row.circle_id, row.pk, alarm)
        for row in rows
        for alarm in _alarms(row, tasks.episode_of(row, steps[row.pk]), today)
    ]
    return tuple(sorted(waiting, key=lambda one: (rules.day_for_desk(one.alarm), one.order))[:most])


@reads(permissions.SEE_ORDERS)
def bound(actor: Actor, circles: Collection[UUID]) -> dict[UUID, tuple[tuple[date, date | None], ...]]:
    """When orders and bail of these circles bind, earliest first: the first day and the last, None where none is told.
    Nothing of a circle that is known from the side of the person reported.
    """
    actor.keys.prepare(circles)
    rows = OrderSpan.objects.filter(in_known(actor, picked=True), circle__in=list(circles)).order_by("starts", "pk")
    found: dict[UUID, list[tuple[date, date | None]]] = {}
    for circle, starts, ends in rows.values_list("circle", "starts", "ends"):
        if actor.keys.side(circle) != REPORTED:
            span = (london_day(starts), london_day(ends - timedelta(microseconds=1)) if ends else None)
            found.setdefault(circle, []).append(span)
    return {circle: tuple(told) for circle, told in found.items()}


def _alarms(row: Order, episode: Episode, today: date) -> tuple[Alarm, ...]:
    return standing(episode, today, tasks.own_ends(row, episode.ends))


def _offered(episode: Episode, today: date) -> Iterable[Offered]:
    for event in can_follow(episode.life):
        step = step_of(episode.life, event)
        if step is not None and rules.can_be_offered(episode, event, today):
            yield Offered(event, step)


def _step(actor: Actor, row: OrderStep) -> StepView:
    return StepView(
        row.number, row.event, all_events().get(row.event, row.event), row.on, row.by.user.name, row.at, row.ends,
        row.hearing, row.act_on, row.told, actor.keys.open(row.note), actor.keys.shown(row.why_not_told),
        _struck(actor, row), row.clock, facts(tasks.happened(row)),
    )  # fmt: skip


def _terms(episode: Episode) -> Iterable[TermsView]:
    for place, one in enumerate(episode.terms):
        yield TermsView(place, one.on, one.changed, one.served)


def _condition(actor: Actor, row: OrderCondition, episode: Episode) -> ConditionView:
    came = next((one for one in _terms(episode) if one.place == row.under and one.changed), None)
    lifted = None
    if row.lifted_on is not None and row.lifted_by is not None and row.lifted_at is not None:
        lifted = Lifted(row.lifted_on, row.lifted_by.user.name, row.lifted_at, actor.keys.open(row.lifted_why))
    return ConditionView(
        row.pk, row.number, condition_kinds()[row.library], actor.keys.open(row.text), actor.keys.open(row.place),
        row.starts, row.ends, _struck(actor, row), row.at, came, lifted,
    )  # fmt: skip


def _person(actor: Actor, row: Protected) -> ProtectedView:
    return ProtectedView(row.pk, actor.keys.open(row.name), _struck(actor, row), row.person_id)


def _struck(actor: Actor, row: OrderStep | OrderCondition | Protected) -> Struck | None:
    if row.struck_at is None or row.struck_by is None:
        return None
    return Struck(row.struck_by.user.name, row.struck_at, actor.keys.open(row.struck_why))
