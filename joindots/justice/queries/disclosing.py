"""Requests to be told, on the asker's side alone: how far each is, its clock, and what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.casework.models import Case, owned_by
from joindots.circles.models import Circle, in_known
from joindots.justice import permissions
from joindots.justice.models import ToldRequest, ToldStep
from joindots.justice.rules import disclosing as rules
from joindots.justice.rules.disclosing import Stage
from joindots.justice.tasks.telling import has_safe_line
from joindots.kernel.when import london_day
from joindots.law.schemes import Scheme, can_use, disclosure_schemes
from joindots.people.tasks import only_on_her_side

MOST = 100


@dataclass(frozen=True, slots=True)
class ToldStepView:
    """What happened to a request."""

    event: str
    on: date
    said: str
    told_to: str
    exact: str
    next_on: date | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToldRequestView:
    """A request, its clock, and what can follow."""

    id: UUID
    version: int
    scheme: Scheme
    right: str
    asker: str
    who_asked: str
    about: str
    why: str
    asked_on: date
    limit_on: date | None
    over: bool
    """Whether the day of the scheme has passed and nobody was told or answered."""
    stage: str
    is_open: bool
    next_on: date | None
    by: str
    at: datetime
    steps: tuple[ToldStepView, ...]
    can_follow: tuple[tuple[str, str, str], ...]
    """Event, its words, and what its words are for."""


@dataclass(frozen=True, slots=True)
class Telling:
    """All requests of a case, and which schemes are open for these two people today."""

    rows: tuple[ToldRequestView, ...]
    open: tuple[tuple[Scheme, tuple[str, ...]], ...]
    """Schemes that can be used, each with its rights."""
    shut: tuple[tuple[Scheme, str], ...]
    """The others, each with why not."""
    safe_line: bool


@dataclass(frozen=True, slots=True)
class ToldDue:
    """A request that waits to be seen to."""

    circle: UUID
    case: str
    on: date
    stage: str
    late: bool


@reads_one(permissions.SEE_TOLD, Circle)
def told_requests(actor: Actor, circle: Circle) -> Telling:
    """Requests, newest first. NotFound but for the side of the person being stalked."""
    only_on_her_side(actor, circle.pk)
    today = london_day(actor.at)
    found = ToldRequest.objects.filter(circle=circle).select_related("by__user").order_by("-asked_on", "-id")
    rows = list(found[:MOST])
    steps: defaultdict[UUID, list[ToldStep]] = defaultdict(list)
    for one in ToldStep.objects.filter(request__in=rows).select_related("by__user").order_by("at", "id"):
        steps[one.request_id].append(one)
    relation = Case.objects.get(circle=circle).relation
    usable, shut = [], []
    for scheme in disclosure_schemes().values():
        told = {right: can_use(scheme.code, right, relation, today) for right in rules.RIGHTS}
        if rights := tuple(right for right, may in told.items() if may):
            usable.append((scheme, rights))
        else:
            shut.append((scheme, str(told["know"].reason)))
    return Telling(
        tuple(_view(actor, row, steps[row.pk], today) for row in rows), tuple(usable), tuple(shut),
        has_safe_line(actor, circle),
    )  # fmt: skip


@reads(permissions.SEE_TOLD)
def told_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[ToldDue, ...]:
    """Requests to be seen to by a day, in cases of these owners or written down by them; on the victim's side alone."""
    rows = ToldRequest.objects.filter(
        in_known(actor, picked=True), due_on__lte=until, circle__state="open", circle__case__state="open"
    )
    parts = (rows.filter(by__in=list(whose)), rows.filter(owned_by(whose)))  # each by one index
    by_key = {one.pk: one for part in parts for one in part.select_related("circle__case").order_by("due_on")[:most]}
    found = sorted(by_key.values(), key=lambda one: (one.due_on or until, one.pk))[:most]
    actor.keys.prepare({row.circle_id for row in found})
    mine = [row for row in found if actor.keys.side(row.circle_id) == "victim"]
    actor.visit.shows({row.circle_id for row in mine})
    today = london_day(actor.at)
    return tuple(
        ToldDue(row.circle_id, row.circle.case.reference, row.due_on, rules.STAGE_WORDS[Stage(row.stage)],
                _is_over(row, today))
        for row in mine if row.due_on
    )  # fmt: skip


def _is_over(row: ToldRequest, today: date) -> bool:
    return row.limit_on is not None and row.limit_on < today and Stage(row.stage) not in rules.OVER


def _view(actor: Actor, row: ToldRequest, steps: list[ToldStep], today: date) -> ToldRequestView:
    show, stage = actor.keys.open, Stage(row.stage)
    return ToldRequestView(
        row.pk, row.version, disclosure_schemes()[row.scheme], rules.RIGHTS[row.right], rules.ASKERS[row.asker],
        show(row.who_asked), show(row.about), show(row.why), row.asked_on, row.limit_on, _is_over(row, today),
        rules.STAGE_WORDS[stage], stage not in (Stage.FOLLOWED, Stage.WITHDRAWN), row.next_on, row.by.user.name,
        row.at,
        tuple(
            ToldStepView(
                rules.EVENTS[one.event], one.on, show(one.said), rules.TOLD_TO.get(one.told_to, ""), show(one.exact),
                one.next_on, one.by.user.name, one.at,
            )
            for one in steps
        ),
        tuple((event, rules.EVENTS[event], rules.SAYS[event]) for event in rules.may_follow(stage, row.right)),
    )  # fmt: skip
