"""Care for those who do the work: supervision held and due, what kinds of heavy work they carry, and their leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Case, CourtDay, Supervision, WorkerCard
from joindots.casework.rules import State, caring
from joindots.kernel.when import london_day
from joindots.people.models import Presence

SOON = timedelta(days=14)
MOST = 100


@dataclass(frozen=True, slots=True)
class Carried:
    """What one colleague carries, as counts of the reader's own knowledge; for care, never for a comparison."""

    with_children: int
    court_days: int
    """Within the next fortnight."""
    new_cases: int
    """Within the last fortnight."""


@reads(permissions.SUPERVISE)
def carried(actor: Actor, whose: Collection[UUID]) -> dict[UUID, Carried]:
    """What these colleagues carry, of open cases the actor may know of. Nothing is opened."""
    return _carried(actor, whose)


def _carried(actor: Actor, whose: Collection[UUID]) -> dict[UUID, Carried]:
    day = london_day(actor.at)
    open_cases = Case.objects.visible_to(actor).filter(state=State.OPEN, owner__in=whose)
    days = CourtDay.objects.filter(circle__case__in=open_cases, state="planned", on__gte=day, on__lte=day + SOON)
    children = _by_owner(open_cases.filter(circle__presences__stands_as=Presence.As.CHILD))
    new = _by_owner(open_cases.filter(opened_at__gt=actor.at - SOON))
    court = dict(days.order_by().values_list("circle__case__owner").annotate(n=Count("pk", distinct=True)))
    return {one: Carried(children.get(one, 0), court.get(one, 0), new.get(one, 0)) for one in whose}


@dataclass(frozen=True, slots=True)
class Supervised:
    """When somebody was last supervised and by whom, and the next; `late`: that day is past, or none was."""

    last: date | None
    by: str
    due: date | None
    late: bool


@reads(permissions.SUPERVISE)
def supervised(actor: Actor, whose: Collection[UUID]) -> dict[UUID, Supervised]:
    """The last supervision of each of these colleagues of the actor's agency: its day, and no word of it."""
    here = Membership.objects.filter(agency=actor.agency_id, pk__in=whose)
    return _supervised(Supervision.objects.filter(whose__in=here), whose, london_day(actor.at))


@dataclass(frozen=True, slots=True)
class MyWeek:
    """What the reader carries, their own supervision, and their leave as it stands on their card."""

    carried: Carried
    supervised: Supervised
    away_from: date | None
    away_until: date | None


@reads(permissions.SEE_CASES)
def my_week(actor: Actor) -> MyWeek:
    """The actor's own."""
    mine = actor.membership_id
    held = _supervised(Supervision.objects.filter(whose=mine), (mine,), london_day(actor.at))[mine]
    card = WorkerCard.objects.filter(membership=mine).first()
    return MyWeek(
        _carried(actor, (mine,))[mine], held, card.away_from if card else None, card.away_until if card else None
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SupervisionView:
    """One supervision, for one of the two who spoke."""

    on: date
    whose: str
    by: str
    next_on: date
    notes: str


@reads(permissions.SEE_CASES)
def supervisions(actor: Actor, whose: UUID) -> tuple[SupervisionView, ...]:
    """The supervisions of one colleague at which the actor was one of the two, newest first."""
    rows = Supervision.objects.visible_to(actor).filter(whose=whose).select_related("whose__user", "by__user")
    found = list(rows.order_by("-on", "-pk")[:MOST])
    actor.keys.prepare(row.pk for row in found)
    return tuple(
        SupervisionView(row.on, row.whose.user.name, row.by.user.name, row.next_on, actor.keys.open(row.notes))
        for row in found
    )


def _supervised(rows: QuerySet[Supervision], whose: Collection[UUID], day: date) -> dict[UUID, Supervised]:
    told = rows.order_by("on", "pk").values_list("whose", "on", "next_on", "by__user__name")
    last = {who: (on, next_on, by) for who, on, next_on, by in told}
    found = {}
    for one in whose:
        on, next_on, by = last.get(one, (None, None, ""))
        due = caring.due_on(on, next_on)
        found[one] = Supervised(on, by, due, due is None or due < day)
    return found


def _by_owner(rows: QuerySet[Case]) -> Mapping[UUID, int]:
    return dict(rows.filter(~Q(owner=None)).order_by().values_list("owner").annotate(n=Count("pk", distinct=True)))
