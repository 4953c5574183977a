"""Who was found to be the primary victim and by whom, what that lets be written down, and what a second person sees."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.agencies.models import Agency
from joindots.casework.models import owned_by
from joindots.circles.models import Circle, Side, Standing, TwoPersonAct, in_known
from joindots.circles.rules import BUDDY, SMALL_AGENCY
from joindots.circles.tasks import may_release, staff_of
from joindots.justice import permissions
from joindots.justice.models import PrimaryReview, RoleChange
from joindots.justice.rules import opposed as rules
from joindots.justice.tasks import opposed as tasks
from joindots.kernel.when import london_day, midnight
from joindots.people.tasks import only_on_her_side


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One decision, with both people's words."""

    id: UUID
    version: int
    number: int
    finding: str
    covers: tuple[str, ...]
    looked: tuple[str, ...]
    why: str
    by: str
    at: datetime
    review_on: date
    stands: str
    stands_words: str
    expires: datetime
    second: str
    second_at: datetime | None
    second_why: str
    mine: bool
    with_buddy: bool


@dataclass(frozen=True, slots=True)
class RoleChangeView:
    """That somebody stands as something else."""

    name: str
    was: str
    now: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Opposed:
    """How a case stands: whether anybody reported in it is recorded as a victim, and what two people decided."""

    second_needed: bool
    """Whether somebody reported here is recorded as a victim, as far as the reader may know."""
    lets: tuple[str, ...]
    """What the decision that stands covers, in words."""
    stops: tuple[str, ...]
    """What nothing may be written down of until two people decided, in words."""
    reviews: tuple[ReviewView, ...]
    changes: tuple[RoleChangeView, ...]
    small: bool
    """Whether the agency is so small that its buddy agency may be the second."""


@dataclass(frozen=True, slots=True)
class SecondAsked:
    """What a buddy agency's second person sees: codes in words, numbers and times; nobody's name, no case, no word."""

    act: UUID
    agency: str
    asked_at: datetime
    expires: datetime
    finding: str
    covers: tuple[str, ...]
    looked: tuple[str, ...]
    review_on: date


@dataclass(frozen=True, slots=True)
class Waits:
    """A decision that waits: for a second person until a moment, or to be looked at again on a day."""

    circle: UUID
    case: str
    on: date
    asked: bool
    mine: bool
    """Whether one of them asked; otherwise one of them is asked."""


@reads_one(permissions.SEE_OPPOSED, Circle)
def primary_victim(actor: Actor, circle: Circle) -> Opposed:
    """Who was found to be the primary victim, and what that lets be written down. On the victim's side alone."""
    only_on_her_side(actor, circle.pk)
    rows = list(
        PrimaryReview.objects.filter(circle=circle).order_by("-number")
        .select_related("by__user", "act__asked_by", "act__decided_by__user")
    )  # fmt: skip
    newest = next((row.number for row in rows if row.state == "agreed"), 0)
    known = tasks.victims(actor, circle, tasks.reported(circle), known=True)
    since = tasks.reported_since(circle)
    may = {act: tasks.may_act(actor, circle, act, known, since=since) for act in rules.Act}
    needed = bool(known)
    changes = RoleChange.objects.filter(circle=circle).select_related("by__user", "person").order_by("-at", "-id")
    agency = Agency.objects.get(pk=actor.agency_id)
    return Opposed(
        needed,
        tuple(rules.ACT_WORDS[act] for act, let in may.items() if needed and let),
        tuple(rules.ACT_WORDS[act] for act, let in may.items() if not let),
        tuple(_view(actor, row, newest) for row in rows),
        tuple(
            RoleChangeView(
                actor.keys.open(row.person.name), rules.ROLES.get(row.was, row.was), rules.ROLES.get(row.now, row.now),
                actor.keys.open(row.why), row.by.user.name, row.at,
            )
            for row in changes
        ),
        agency.buddy_id is not None and staff_of(agency.pk, actor.at) < SMALL_AGENCY,
    )  # fmt: skip


@reads(permissions.AGREE_AS_BUDDY)
def seconds_asked(actor: Actor) -> tuple[SecondAsked, ...]:
    """What another, small agency asks this one to decide as its buddy, oldest first."""
    acts = TwoPersonAct.objects.filter(
        act=rules.AGAINST, decision="asked", expires__gt=actor.at, content=BUDDY,
        asked_by__agency__buddy=actor.agency_id,
    ).select_related("asked_by__agency", "circle").order_by("asked_at")  # fmt: skip
    mine = {act.pk: act for act in acts if may_release(actor, act)}
    rows = PrimaryReview.objects.filter(act__in=list(mine)).order_by("at")
    return tuple(_asked(mine[row.act_id], row) for row in rows)


@reads(permissions.SEE_OPPOSED)
def opposed_waiting(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[Waits, ...]:
    """What waits for these memberships in open cases: a second person's decision that one of them asked for, or could
    make; and decisions to be looked at again, of whoever said them or owns the case.
    """
    works = Standing.objects.in_force(actor.at).filter(membership__in=whose, side=Side.VICTIM, read_only=False)
    could = Q(Exists(works.filter(circle=OuterRef("circle"))), act__asked_by__agency=actor.agency_id)
    lapses = Q(act__expires__gt=actor.at, act__expires__lt=midnight(until + timedelta(days=1)))
    asked, due = Q(lapses, state="asked"), Q(state="agreed", review_on__lte=until)
    rows = PrimaryReview.objects.filter(
        in_known(actor, picked=True), circle__state="open", circle__case__state="open"
    ).select_related("act", "circle__case")
    # Each by one index: joined by "or" every circle would be asked.
    parts = (rows.filter(could, asked), *(rows.filter(one, asked | due) for one in (Q(by__in=whose), owned_by(whose))))
    by_key = {one.pk: one for part in parts for one in part.order_by("review_on")[: most * 2]}
    found = sorted(by_key.values(), key=lambda one: (one.review_on, one.pk))[: most * 2]
    newest = _newest({row.circle_id for row in found})
    actor.keys.prepare(newest)
    told = []
    for row in found:
        if actor.keys.side(row.circle_id) != "victim" or (
            row.state == "agreed" and row.number != newest[row.circle_id]
        ):
            continue
        waits = row.state == "asked"
        on = london_day(row.act.expires) if waits else row.review_on
        mine = row.by_id in whose
        told.append(Waits(row.circle_id, row.circle.case.reference, on, waits, mine))
    actor.visit.shows(one.circle for one in told)
    return tuple(told[:most])


def _newest(circles: Collection[UUID]) -> dict[UUID, int]:
    rows = PrimaryReview.objects.filter(circle__in=circles, state="agreed").order_by("number")
    return {**dict.fromkeys(circles, 0), **dict(rows.values_list("circle", "number"))}


def _view(actor: Actor, row: PrimaryReview, newest: int) -> ReviewView:
    act = row.act
    stands = rules.stands(row.state, newest=row.number == newest, expired=act.expires <= actor.at,
                          over=row.review_on < london_day(actor.at))  # fmt: skip
    return ReviewView(
        row.pk, row.version, row.number, rules.FINDING_WORDS[rules.Finding(row.finding)],
        tuple(rules.ACT_WORDS[rules.Act(one)] for one in row.covers), tuple(rules.LOOKED[one] for one in row.looked),
        actor.keys.open(row.why), row.by.user.name, row.at, row.review_on, stands.value, rules.STANDS_WORDS[stands],
        act.expires, act.decided_by.user.name if act.decided_by else "", act.decided_at,
        actor.keys.open(row.second_why), act.asked_by.user_id == actor.user_id, act.content == BUDDY,
    )  # fmt: skip


def _asked(act: TwoPersonAct, row: PrimaryReview) -> SecondAsked:
    return SecondAsked(
        act.pk, act.asked_by.agency.name, act.asked_at, act.expires, rules.FINDING_WORDS[rules.Finding(row.finding)],
        tuple(rules.ACT_WORDS[rules.Act(one)] for one in row.covers), tuple(rules.LOOKED[one] for one in row.looked),
        row.review_on,
    )  # fmt: skip
