"""The log of proceedings of a case, what they took, and the routes against them as the law's table has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import REPORTED
from joindots.circles.models import Circle, in_known
from joindots.justice import permissions
from joindots.justice.models import Proceeding, ProceedingStep
from joindots.justice.rules import proceedings as rules
from joindots.justice.rules.proceedings import Brought, Cost, Took
from joindots.law.signals import Route, litigation_routes

MOST = 200


@dataclass(frozen=True, slots=True)
class TookView:
    """What happened in a proceeding."""

    kind: str
    took: Took
    by: str


@dataclass(frozen=True, slots=True)
class ProceedingView:
    """A proceeding with its steps."""

    id: UUID
    version: int
    forum: str
    brought: str
    told: Brought
    outcome: str
    ended_on: date | None
    how: str
    by: str
    at: datetime
    steps: tuple[TookView, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """All proceedings of a case, their cost, and routes against them."""

    rows: tuple[ProceedingView, ...]
    cost: Cost
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class ProceedingDue:
    """The next day of a proceeding."""

    circle: UUID
    case: str
    on: date


@reads_one(permissions.SEE_OPPOSED, Circle)
def proceedings(actor: Actor, circle: Circle) -> Log:
    """The log: open ones first, then by the day they began, newest first."""
    rows = list(Proceeding.objects.filter(circle=circle).select_related("by__user").order_by("-at", "-id")[:MOST])
    rows.sort(key=lambda row: (not row.outcome, row.began_on or date.min), reverse=True)
    steps: defaultdict[UUID, list[ProceedingStep]] = defaultdict(list)
    for one in ProceedingStep.objects.filter(proceeding__in=rows).select_related("by__user").order_by("on", "at"):
        steps[one.proceeding_id].append(one)
    views = tuple(_view(actor, row, steps[row.pk]) for row in rows)
    told = ((view.told, row.outcome, [one.took for one in view.steps]) for view, row in zip(views, rows, strict=True))
    return Log(views, rules.cost(told), tuple(litigation_routes().values()))


@reads(permissions.SEE_OPPOSED)
def proceedings_due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[ProceedingDue, ...]:
    """Next days of open proceedings in cases of these owners, or written down by them."""
    theirs = Q(by__in=whose) | Q(circle__case__owner__in=whose)
    rows = Proceeding.objects.filter(
        theirs,
        in_known(actor, picked=True),
        outcome="",
        next_on__lte=until,
        circle__state="open",
        circle__case__state="open",
    )
    found = list(rows.select_related("circle__case").order_by("next_on", "pk")[:most])
    actor.keys.prepare({row.circle_id for row in found})
    found = [row for row in found if actor.keys.side(row.circle_id) != REPORTED]
    actor.visit.shows({row.circle_id for row in found})
    return tuple(ProceedingDue(row.circle_id, row.circle.case.reference, row.next_on) for row in found if row.next_on)


def _view(actor: Actor, row: Proceeding, steps: list[ProceedingStep]) -> ProceedingView:
    show = actor.keys.open
    told = Brought(
        row.forum, row.brought, show(row.body), row.began_on, show(row.reference), show(row.what), row.shown,
        row.next_on,
    )  # fmt: skip
    return ProceedingView(
        row.pk, row.version, rules.FORUMS[row.forum], rules.BROUGHT[row.brought], told,
        rules.OUTCOMES[row.outcome] if row.outcome else "", row.ended_on, show(row.how), row.by.user.name, row.at,
        tuple(
            TookView(rules.STEPS[one.kind], Took(one.kind, one.on, show(one.said), one.minutes, one.pence),
                     one.by.user.name)
            for one in steps
        ),
    )  # fmt: skip
