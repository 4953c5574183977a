"""The orders' desk: what is due by date over every order its reader may know of, hearings, and who looks after what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import REPORTED
from joindots.agencies.models import Membership
from joindots.casework import queries as casework
from joindots.circles.models import Standing
from joindots.kernel.when import london_day
from joindots.kernel.words import Words
from joindots.law.life import all_events
from joindots.law.orders import protective_orders
from joindots.orders import permissions, tasks
from joindots.orders.models import Order, OrderDuty, OrderKeeping, OrderStep
from joindots.orders.rules import desk as rule
from joindots.orders.tasks import keeping as keeping_tasks

PAGE = 50
MOST_DIGITS = 18
"""Of an id that a database can hold."""
LIVE = Q(stage__in=("interim_made", "interim_served", "made", "served"))
"""An order is made and has not ended."""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One thing to see to: whose order, what, how far its day is, and who looks after it."""

    order: UUID
    case: str
    victim: str
    kind: str
    kind_says: Words
    says: Words
    day: date
    about: date
    over: bool
    keeper: str
    stage: str
    order_kind: str
    """Its name, such as a stalking protection order."""


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the desk."""

    lines: tuple[DutyLine, ...]
    after: str
    """Where the next page begins; empty where this is the last."""
    counts: Mapping[str, int]
    """How many things of each kind there are in this time, over every page; empty where no time was set."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """A step of which the person protected was not told first, nor since."""

    number: int
    label: str
    on: date


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can look after an order."""

    membership: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who looks after an order, who could, and what is still to be told."""

    keeper: str
    given_by: str
    colleagues: tuple[Colleague, ...]
    untold: tuple[Unheard, ...]


@reads(permissions.SEE_ORDERS)
def on_desk(
    actor: Actor, *, ahead: int | None = rule.SOON, kind: str = "", mine: bool = False, after: str = ""
) -> DeskPage:
    """What is to be seen to by a day, soonest first, of every order the reader may know of; one page."""
    today = london_day(actor.at)
    within = _known(actor, mine).filter(day__lte=rule.until(today, ahead))
    counts = dict(within.order_by().values_list("kind").annotate(n=Count("pk"))) if ahead else {}
    rows = within.filter(kind=kind) if kind in rule.KINDS else within
    start = _place(after)
    if start:
        rows = rows.filter(Q(day__gt=start[0]) | Q(day=start[0], pk__gt=start[1]))
    found = list(_whole(rows)[: PAGE + 1])
    more = f"{found[PAGE - 1].day.isoformat()}.{found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return DeskPage(_lines(actor, found[:PAGE], today), more, counts)


@reads(permissions.SEE_ORDERS)
def hearings(actor: Actor, first: date, last: date) -> tuple[tuple[str, DutyLine], ...]:
    """Hearings of a stretch of days by day and court, for a list to take there; at most 200. A court that nobody wrote
    down is empty.
    """
    rows = list(_whole(_known(actor, False).filter(kind="hearing", day__range=(first, last)))[:200])
    told = _lines(actor, rows, london_day(actor.at))
    kept = (getattr(one.order, "keeping", None) for one in rows)
    courts = [keeping_tasks.facts_kept(actor, one).court if one else "" for one in kept]
    return tuple(sorted(zip(courts, told, strict=True), key=lambda one: (one[1].day, one[0].casefold(), one[1].case)))


@reads(permissions.SEE_ORDERS)
def load(actor: Actor) -> tuple[rule.Load, ...]:
    """Who of the actor's agency looks after how many orders that are in force, and what of them is due in 14 days.

    By name. For care and for handing over, never a ranking.
    """
    until = london_day(actor.at) + timedelta(days=14)
    here = Order.objects.visible_to(actor).exclude(circle__in=_shut(actor))
    known = here.annotate(who=_keeper()).filter(who__isnull=False)
    orders = Counter(dict(known.filter(LIVE).order_by().values_list("who").annotate(n=Count("pk"))))
    soon = _known(actor, False).filter(day__lte=until).annotate(who=_keeper("order__"))
    due = Counter(dict(soon.order_by().values_list("who").annotate(n=Count("pk"))))
    people = Membership.objects.filter(pk__in={*orders, *due}, agency=actor.agency_id).select_related("user")
    told = [rule.Load(one.user.name, orders[one.pk], due[one.pk]) for one in people]
    return tuple(sorted(told, key=lambda one: one.name.casefold()))


@reads_one(permissions.SEE_ORDERS, Order)
def keeping(actor: Actor, row: Order) -> Keeping:
    """Who looks after an order, the colleagues who could, and steps that the person protected was never told."""
    kept = OrderKeeping.objects.filter(order=row).select_related("keeper__user", "given_by__user").first()
    keeper = kept.keeper if kept and kept.keeper else row.by
    untold = OrderStep.objects.filter(order=row, struck_at=None, told="overridden", told_since=None).order_by("number")
    others = keeping_tasks.colleagues(actor, row.circle_id)
    return Keeping(
        keeper.user.name, kept.given_by.user.name if kept and kept.given_by else "",
        tuple(Colleague(one.pk, one.user.name) for one in others if one.pk != keeper.pk),
        tuple(Unheard(one.number, all_events().get(one.event, one.event), one.on) for one in untold),
    )  # fmt: skip


def _keeper(path: str = "") -> Coalesce:
    return Coalesce(F(f"{path}keeping__keeper"), F(f"{path}by"))


def _known(actor: Actor, mine: bool) -> QuerySet[OrderDuty]:
    """Duties that the actor may know of, none of a circle where the actor stands on the reported side.

    Each is asked for itself: few are due within some weeks, however many circles the reader stands in (measured with
    5,000 orders in 20,000 circles: the list of all known circles took 280 ms, and twice a page).
    """
    rows = OrderDuty.objects.visible_to(actor, picked=True).filter(circle__state="open")
    rows = rows.exclude(circle__in=_shut(actor))
    if mine:
        rows = rows.filter(Q(order__keeping__keeper=actor.membership_id) | (
            Q(order__by=actor.membership_id) & (Q(order__keeping=None) | Q(order__keeping__keeper=None))))  # fmt: skip
    return rows


def _shut(actor: Actor) -> QuerySet[Standing, Any]:
    """The circles where the actor stands on the reported side: of their orders not even a number is told."""
    return Standing.objects.begun(actor.at).filter(membership=actor.membership_id, side=REPORTED).values("circle")


def _whole(rows: QuerySet[OrderDuty]) -> QuerySet[OrderDuty]:
    return rows.select_related("order__by__user", "order__keeping__keeper__user").order_by("day", "pk")


def _place(after: str) -> tuple[date, int] | None:
    day, _, key = after.partition(".")
    if not key.isdecimal() or len(key) > MOST_DIGITS:
        return None
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None


def _lines(actor: Actor, rows: Iterable[OrderDuty], today: date) -> tuple[DutyLine, ...]:
    found = list(rows)
    cases = casework.lines_of(actor, {one.circle_id for one in found})
    actor.visit.shows(one.circle_id for one in found)
    return tuple(_line(one, cases.get(one.circle_id), today) for one in found)


def _line(one: OrderDuty, case: casework.CaseLine | None, today: date) -> DutyLine:
    kept = getattr(one.order, "keeping", None)
    keeper = kept.keeper if kept and kept.keeper else one.order.by
    return DutyLine(
        one.order_id, case.reference if case else "", case.victim if case else "", one.kind, rule.KINDS[one.kind],
        rule.says(one.kind, one.code, one.about, today), one.day, one.about,
        rule.is_over(one.code, one.day, one.about, today), keeper.user.name, tasks.stands_so(one.order),
        protective_orders()[one.order.kind].label,
    )  # fmt: skip
