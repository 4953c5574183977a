"""How a case came in, the first contact, and who could take it, as their reader may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Allocation, Case, ContactTry, Intake, WorkerCard
from joindots.casework.queries.cases import CaseLine, lines_of
from joindots.casework.rules import State
from joindots.casework.rules.intake import (
    NEED_WORDS,
    QUALIFICATION_WORDS,
    USUAL_LOAD,
    Able,
    in_order,
    is_away,
    minutes_says,
    same_word,
    says_late,
    tried_enough,
)
from joindots.casework.tasks import is_ours
from joindots.circles.models import Exclusion
from joindots.kernel.when import london_day
from joindots.people import queries as people

QUEUE = 200


@dataclass(frozen=True, slots=True)
class TryView:
    """One try to speak to the person."""

    at: datetime
    who: str
    how: str
    outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class AskedView:
    """One who was asked to take the case."""

    id: UUID
    who: str
    by: str
    at: datetime
    until: datetime
    state: str
    why: str
    mine: bool
    late: bool
    """Asked, and not answered in time."""


@dataclass(frozen=True, slots=True)
class IntakeView:
    """How a case came in, and how its first contact stands. Nothing is here of a case that was opened by its worker."""

    origin: str
    source: str
    grade: str
    needs: tuple[str, ...]
    wants: tuple[str, ...]
    area: str
    language: str
    came_at: datetime
    due: datetime
    spoken_at: datetime | None
    late: str
    """By how much it was, or is, late; empty where it is not."""
    late_why: str
    queued: bool
    tries: tuple[TryView, ...]
    enough: bool
    """Whether it was tried often enough, at different times, to go back to who sent it."""


@reads_one(permissions.SEE_WORK, Case)
def intake(actor: Actor, case: Case) -> IntakeView | None:
    """How a case came in; None where its worker opened it, and for readers of another agency."""
    if not is_ours(actor, case):
        return None
    row = Intake.objects.filter(circle=case.circle_id).first()
    if row is None:
        return None
    tries = list(ContactTry.objects.filter(circle=case.circle_id).select_related("by__user").order_by("at"))
    late = says_late(row.contact_due, row.contact_at, actor.at)
    show = actor.keys.open
    tried = tuple(
        TryView(one.at, one.by.user.name, one.get_how_display(), one.get_outcome_display(), show(one.note))
        for one in tries
    )
    return IntakeView(
        row.get_origin_display(), show(row.source), row.get_grade_display(),
        tuple(NEED_WORDS[one] for one in row.needs), tuple(QUALIFICATION_WORDS[one] for one in row.wants),
        show(row.area), show(row.language), row.came_at, row.contact_due, row.contact_at,
        minutes_says(late) if late else "", show(row.late_why), row.queued, tried,
        row.contact_at is None and tried_enough([one.at for one in tries]),
    )  # fmt: skip


@reads_one(permissions.SEE_WORK, Case)
def asked_to_take(actor: Actor, case: Case) -> tuple[AskedView, ...]:
    """Who was asked to take a case, newest first; nothing for readers of another agency."""
    if not is_ours(actor, case):
        return ()
    rows = Allocation.objects.filter(circle=case.circle_id).select_related("to__user", "by__user").order_by("-asked_at")
    return tuple(_asked(actor, row) for row in rows)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A case that waits for somebody to take it."""

    reference: str
    victim: str
    relation: str
    origin: str
    grade: str
    area: str
    came_at: datetime
    due: datetime
    late: str
    asked: str
    """Who was asked, while there is time to answer; empty: nobody."""


@reads(permissions.ALLOCATE)
def queue(actor: Actor) -> tuple[QueueLine, ...]:
    """Cases of the actor's agency that wait for somebody to take them: whose first contact is due soonest first."""
    rows = (
        Intake.objects.visible_to(actor).filter(queued=True, circle__agency=actor.agency_id)
        .select_related("circle__case").order_by("contact_due")[:QUEUE]
    )  # fmt: skip
    found = [row for row in rows if row.circle.case.state == State.OPEN]
    circles = [row.circle_id for row in found]
    actor.visit.shows(circles)
    actor.keys.prepare(circles)
    names = people.victims_of(actor, circles)
    asked = Allocation.objects.filter(circle__in=circles, state="asked", answer_by__gt=actor.at)
    waiting = dict(asked.values_list("circle", "to__user__name"))
    return tuple(_queued(actor, row, names, waiting) for row in found)


@reads(permissions.ALLOCATE)
def left_behind(actor: Actor) -> tuple[CaseLine, ...]:
    """Open cases of the actor's agency whose worker left without handing them over."""
    rows = Case.objects.visible_to(actor).filter(
        owner__ends__lte=actor.at, state=State.OPEN, circle__agency=actor.agency_id
    )  # fmt: skip
    return tuple(lines_of(actor, list(rows.values_list("circle", flat=True)[:QUEUE])).values())


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could take a case, as facts in an order that a rule gives; and what the case asks for."""

    people: tuple[Able, ...]
    wants: tuple[str, ...]
    area: str
    language: str


@reads_one(permissions.ALLOCATE, Case)
def could_take(actor: Actor, case: Case) -> Candidates:
    """Who of the agency could take a case. Whom its circle keeps out is neither shown nor counted.

    A load counts the open cases that the reader may know of.
    """
    intake_row = Intake.objects.filter(circle=case.circle_id).first()
    wants = set(intake_row.wants) if intake_row else set()
    area = actor.keys.open(intake_row.area) if intake_row else ""
    language = actor.keys.open(intake_row.language) if intake_row else ""
    shut = Exclusion.objects.filter(circle=case.circle_id)
    staff = Membership.objects.current(actor.at).filter(agency=actor.agency_id).select_related("user", "card")
    staff = staff.exclude(user__in=shut.exclude(user=None).values("user"))
    staff = staff.exclude(team__in=shut.exclude(team=None).values("team"))
    takers = [one for one in staff if one.role_set & permissions.TAKE_CASE.roles]
    loads = _loads(actor)
    day = london_day(actor.at)
    able = [_able(one, loads, wants, area, language, day) for one in takers if one.pk != case.owner_id]
    return Candidates(
        tuple(in_order(able)), tuple(QUALIFICATION_WORDS[one] for one in QUALIFICATION_WORDS if one in wants), area,
        language,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """A colleague who takes cases, with their card."""

    membership: UUID
    name: str
    roles: str
    load: int
    most: int
    qualifications: tuple[str, ...]
    languages: str
    areas: str
    away_from: date | None
    away_until: date | None


@reads(permissions.KEEP_CARDS)
def workers(actor: Actor) -> tuple[WorkerLine, ...]:
    """Who of the actor's agency takes cases, by name. A load counts the open cases that the reader may know of."""
    staff = Membership.objects.current(actor.at).filter(agency=actor.agency_id).select_related("user", "card")
    takers = [one for one in staff.order_by("user__name") if one.role_set & permissions.TAKE_CASE.roles]
    loads = _loads(actor)
    return tuple(_worker(one, loads) for one in takers)


def _loads(actor: Actor) -> Mapping[UUID, int]:
    rows = Case.objects.visible_to(actor).filter(state=State.OPEN).exclude(owner=None)
    return dict(rows.order_by().values_list("owner").annotate(n=Count("pk")))


def _card(one: Membership) -> WorkerCard:
    return one.card if hasattr(one, "card") else WorkerCard(membership=one, most=USUAL_LOAD)


def _able(
    one: Membership, loads: Mapping[UUID, int], wants: set[str], area: str, language: str, day: date
) -> Able:  # fmt: skip
    card = _card(one)
    return Able(
        str(one.pk), one.user.name, loads.get(one.pk, 0), card.most, wants <= set(card.qualifications),
        same_word(language, card.languages), same_word(area, card.areas), is_away(card.away_from, card.away_until, day),
    )  # fmt: skip


def _worker(one: Membership, loads: Mapping[UUID, int]) -> WorkerLine:
    card = _card(one)
    return WorkerLine(
        one.pk, one.user.name, ", ".join(role.words for role in sorted(one.role_set)), loads.get(one.pk, 0), card.most,
        tuple(card.qualifications), card.languages, card.areas, card.away_from, card.away_until,
    )  # fmt: skip


def _asked(actor: Actor, row: Allocation) -> AskedView:
    late = row.state == "asked" and actor.at >= row.answer_by
    return AskedView(
        row.pk, row.to.user.name, row.by.user.name, row.asked_at, row.answer_by, row.get_state_display(),
        actor.keys.open(row.why), row.to_id == actor.membership_id and row.state == "asked" and not late, late,
    )  # fmt: skip


def _queued(actor: Actor, row: Intake, names: Mapping[UUID, str], waiting: Mapping[UUID, str]) -> QueueLine:
    late = says_late(row.contact_due, row.contact_at, actor.at)
    case = row.circle.case
    return QueueLine(
        case.reference, names.get(row.circle_id, "Name not recorded"), case.get_relation_display(),
        row.get_origin_display(), row.get_grade_display(), actor.keys.open(row.area), row.came_at, row.contact_due,
        minutes_says(late) if late else "", waiting.get(row.circle_id, ""),
    )  # fmt: skip
