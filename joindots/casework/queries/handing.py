"""Handovers, closings, who looks at a case now, and words set aside, as their reader may see them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Case, Closing, Handover, Looking, SetAside, Task
from joindots.casework.queries.cases import CaseLine, lines_of
from joindots.casework.rules import State
from joindots.casework.rules import handing as rule
from joindots.casework.rules.tasks import TaskState
from joindots.casework.tasks import end_looking, is_ours, note_looking
from joindots.circles.tasks import seen_from, there_now
from joindots.kernel.when import london_day
from joindots.people import queries as people

MOST = 200


@dataclass(frozen=True, slots=True)
class HandoverView:
    """One case that somebody hands over."""

    id: UUID
    version: int
    batch: UUID
    reference: str
    victim: str
    giver: str
    receiver: str
    why: str
    note: str
    asked_at: datetime
    until: datetime
    back_on: date | None
    state: str
    waits: bool
    to_me: bool
    mine: bool
    """Whether the actor may take it back."""


@reads(permissions.TAKE_CASE)
def handovers(actor: Actor) -> tuple[HandoverView, ...]:
    """Handovers to or from the actor, and for leads those of their agency: what waits first, then the newest."""
    rows = Handover.objects.visible_to(actor).filter(circle__agency=actor.agency_id)
    if not actor.may(permissions.ALLOCATE):
        rows = rows.filter(Q(receiver=actor.membership_id) | Q(giver=actor.membership_id))
    found = list(
        rows.select_related("circle__case", "giver__user", "receiver__user").order_by("-asked_at")[:MOST]
    )  # fmt: skip
    circles = [row.circle_id for row in found]
    actor.visit.shows(circles)
    actor.keys.prepare(circles)
    names = people.victims_of(actor, circles)
    views = [_handover(actor, row, names) for row in found]
    return tuple(sorted(views, key=lambda one: not one.waits))


@reads_one(permissions.SEE_WORK, Case)
def handovers_of(actor: Actor, case: Case) -> tuple[HandoverView, ...]:
    """The handovers of a case, newest first; nothing for readers of another agency."""
    if not is_ours(actor, case):
        return ()
    rows = Handover.objects.filter(circle=case.circle_id).select_related(
        "circle__case", "giver__user", "receiver__user"
    )
    return tuple(_handover(actor, row, {}) for row in rows.order_by("-asked_at"))


@dataclass(frozen=True, slots=True)
class ToHand:
    """A case that could be handed over, with what was promised to the person and is still open."""

    line: CaseLine
    promises: tuple[tuple[str, date | None], ...]


@reads(permissions.HAND_OVER)
def cases_of(actor: Actor, membership: UUID) -> tuple[ToHand, ...]:
    """The open cases of a worker of the actor's agency, of those the actor may know of, with their open promises."""
    mine = Case.objects.visible_to(actor).filter(owner=membership, state=State.OPEN, circle__agency=actor.agency_id)
    circles = list(mine.values_list("circle", flat=True)[:MOST])
    promised: dict[UUID, list[tuple[str, date | None]]] = {}
    open_ones = Task.objects.filter(circle__in=circles, promised=True, state=TaskState.OPEN).order_by("due_on")
    actor.keys.prepare(circles)
    for one in open_ones[:MOST]:
        promised.setdefault(one.circle_id, []).append((actor.keys.open(one.what), one.due_on))
    lines = lines_of(actor, circles)
    return tuple(ToHand(lines[one], tuple(promised.get(one, ()))) for one in circles if one in lines)


@reads(permissions.TAKE_CASE)
def takers(actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Who of the actor's agency takes cases: membership and name, by name."""
    staff = Membership.objects.current(actor.at).filter(agency=actor.agency_id).select_related("user")
    return tuple(
        (one.pk, one.user.name) for one in staff.order_by("user__name") if one.role_set & permissions.TAKE_CASE.roles
    )


@dataclass(frozen=True, slots=True)
class ClosingView:
    """One closing of a case."""

    reason: str
    answers: tuple[tuple[str, str], ...]
    said: str
    if_again: str
    follow_up: tuple[date, ...]
    by: str
    at: datetime
    again_by: str
    again_at: datetime | None
    again_why: str


@reads_one(permissions.SEE_WORK, Case)
def closings(actor: Actor, case: Case) -> tuple[ClosingView, ...]:
    """Every closing of a case, newest first."""
    rows = Closing.objects.filter(circle=case.circle_id).select_related("by__user", "again_by__user").order_by("-at")
    return tuple(_closing(actor, row) for row in rows)


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who has a page of the case open now."""

    name: str
    agency: str
    since: datetime
    here: bool
    """On the page that is asked from."""
    writes: bool


@reads_one(permissions.SEE_CASES, Case)
def looking(actor: Actor, case: Case, at: str = rule.VIEW) -> tuple[Here, ...]:
    """Who else has this case open now, those on the page `at` first. That the actor has is noted, for some minutes.

    Nobody is named who may not know of the case any more, nor whose deeds in it the actor's side does not hear of.
    """
    note_looking(actor, case.circle_id, at)
    rows = Looking.objects.filter(circle=case.circle_id, until__gt=actor.at).exclude(membership__user=actor.user_id)
    rows = seen_from(actor, case.circle, rows.filter(membership__in=there_now(case.circle, actor.at)))
    told: dict[UUID, Here] = {}
    for row in rows.select_related("membership__user", "membership__agency").order_by("since"):
        who, page = row.membership, rule.same_page(row.doing, at)
        one = Here(who.user.name, who.agency.name, row.since, page, rule.writes_at(row.doing))
        told[who.pk] = min(told.get(who.pk, one), one, key=_nearer)
    return tuple(sorted(told.values(), key=lambda one: (*_nearer(one), one.since)))


def _nearer(one: Here) -> tuple[bool, bool]:
    return (not one.here, not one.writes)


@reads(permissions.SEE_CASES)
def left_page(actor: Actor, at: str) -> None:
    """The actor has sent what they wrote on a page, and is not there any more."""
    end_looking(actor, at)


@dataclass(frozen=True, slots=True)
class AsideView:
    """Words that were set aside because another had changed the form meanwhile."""

    id: UUID
    version: int
    form: str
    at: datetime
    fields: Mapping[str, str]


@reads_one(permissions.SEE_WORK, Case)
def my_set_aside(actor: Actor, case: Case) -> tuple[AsideView, ...]:
    """The actor's own words in this case that were set aside and wait to be used or dropped."""
    rows = SetAside.objects.filter(circle=case.circle_id, by=actor.membership_id, done_at=None).order_by("-at")
    return tuple(
        AsideView(row.pk, row.version, row.form, row.at, json.loads(actor.keys.open(row.fields))) for row in rows
    )


def _handover(actor: Actor, row: Handover, names: Mapping[UUID, str]) -> HandoverView:
    state = rule.HandoverState(row.state)
    waits = state is rule.HandoverState.ASKED and actor.at < row.answer_by
    case = row.circle.case
    return HandoverView(
        row.pk, row.version, row.batch, case.reference, names.get(row.circle_id, ""), row.giver.user.name,
        row.receiver.user.name, row.get_why_display(), actor.keys.open(row.note), row.asked_at, row.answer_by,
        row.back_on, rule.says_state(state, row.answer_by, actor.at), waits,
        waits and row.receiver_id == actor.membership_id,
        state is rule.HandoverState.ASKED and actor.membership_id in (row.asked_by_id, row.giver_id),
    )  # fmt: skip


def _closing(actor: Actor, row: Closing) -> ClosingView:
    show = actor.keys.open
    answers = tuple(
        (question, rule.ANSWER_WORDS[row.answers.get(code, "")]) for code, (question, _) in rule.OUTCOMES.items()
    )
    return ClosingView(
        rule.CLOSE_WORDS.get(row.reason, row.reason.replace("_", " ")), answers if row.answers else (), show(row.said),
        show(row.if_again), rule.follow_up_days(london_day(row.at), row.follow_up), row.by.user.name, row.at,
        row.again_by.user.name if row.again_by else "", row.again_at, show(row.again_why),
    )  # fmt: skip
