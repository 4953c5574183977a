"""Referrals that left and came, and reports to the police, as their reader may see them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Case, PoliceReport, Referral, ReferralIn
from joindots.casework.rules import RELATION_WORDS, agreeing, versions
from joindots.casework.rules import referring as rule
from joindots.casework.tasks import is_ours
from joindots.circles.models import Standing
from joindots.kernel.when import london_day
from joindots.law.tables import police_forces
from joindots.people import queries as people
from joindots.vault.models import Tier

MOST = 200
UNTOLD = "not shown to your side"


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral that left a case."""

    id: UUID
    version: int
    reference: str
    kind: str
    grade: str
    whom: str
    outside: bool
    """Told elsewhere: the answer is written down by hand."""
    basis: str
    why: str
    tells: tuple[tuple[str, str], ...]
    reach: str
    state: str
    state_code: str
    sent_at: datetime
    sent_by: str
    due_on: date
    late: bool
    chased: int
    chased_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    rejected: str
    answer: str
    unseen: bool
    """It was answered, or rests on a consent that was taken back, and nobody has seen to that yet."""
    posted: bool
    """A notice carries it, or was to: how it stands is told with the letter."""


@dataclass(frozen=True, slots=True)
class ReferralInView:
    """A referral that came: nothing but what it says."""

    id: UUID
    version: int
    kind: str
    grade: str
    source: str
    sender: str
    name: str
    relation: str
    tells: tuple[tuple[str, str], ...]
    reach: str
    state: str
    state_code: str
    came_at: datetime
    due_on: date
    late: bool
    chased_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    rejected: str
    answer: str
    unseen: bool
    """It was taken back after a case was opened, and nobody has seen to that yet."""
    case: str
    """The reference of the case that was opened from it; empty: none."""


@reads_one(permissions.SEE_WORK, Case)
def referrals(actor: Actor, case: Case) -> tuple[ReferralView, ...]:
    """The referrals that left a case, newest first. Another agency sees those to itself."""
    rows = Referral.objects.filter(circle=case.circle_id).select_related("agency", "sent_by__user").order_by("-sent_at")
    if not is_ours(actor, case):
        rows = rows.filter(agency=actor.agency_id)
    today = london_day(actor.at)
    return tuple(_out(actor, row, today) for row in rows)


@reads_one(permissions.SEE_WORK, Case)
def came_from(actor: Actor, case: Case) -> ReferralInView | None:
    """The referral from which a case was opened; None where it was not, and for readers of another agency."""
    if not is_ours(actor, case):
        return None
    rows = ReferralIn.objects.filter(circle=case.circle_id)
    row = rows.select_related("source", "answered_by__user", "circle").first()
    return _in(actor, row, london_day(actor.at)) if row else None


@reads(permissions.ANSWER_REFERRAL)
def referrals_in(actor: Actor) -> tuple[ReferralInView, ...]:
    """Referrals that wait for an answer of the actor's agency, and the last answered: longest waiting first."""
    rows = (
        ReferralIn.objects.visible_to(actor).filter(circle__agency=actor.agency_id)
        .select_related("source", "answered_by__user", "circle__case")
    )  # fmt: skip
    waiting = list(rows.filter(state="sent").order_by("due_on", "came_at")[:MOST])
    found = [*waiting, *rows.exclude(state="sent").order_by("-came_at")[:20]]
    actor.visit.shows(row.circle_id for row in found)
    actor.keys.prepare([row.circle_id for row in found])
    today = london_day(actor.at)
    return tuple(_in(actor, row, today) for row in found)


@reads_one(permissions.ANSWER_REFERRAL, ReferralIn)
def referral_in(actor: Actor, row: ReferralIn) -> ReferralInView:
    """One referral that came."""
    return _in(actor, row, london_day(actor.at))


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report to the police, and the offer of a specialist."""

    id: UUID
    version: int
    case: str
    victim: str
    force: str
    reported_on: date
    crime_reference: str
    stage: str
    stage_code: str
    offered: str
    offered_code: str
    offered_on: date | None
    offered_by: str
    offered_what: str
    taken: str
    why_not: str
    missing: bool
    due_on: date | None
    late: bool
    owner: str
    versions: int
    """How often a force's own system told it otherwise, the first time included."""


@reads_one(permissions.SEE_WORK, Case)
def police_reports(actor: Actor, case: Case) -> tuple[ReportView, ...]:
    """The reports to the police of a case, latest first; those where no specialist was offered before all others."""
    rows = PoliceReport.objects.filter(circle=case.circle_id).order_by("-missing", "-reported_on")
    today = london_day(actor.at)
    return tuple(_report(actor, row, case, "", today) for row in rows)


@reads_one(permissions.SEE_WORK, PoliceReport)
def police_report(actor: Actor, row: PoliceReport) -> ReportView:
    """One report to the police."""
    return _report(actor, row, Case.objects.get(circle=row.circle_id), "", london_day(actor.at))


@dataclass(frozen=True, slots=True)
class VersionTold:
    """One version of a report as a force's own system told it."""

    number: int
    by: str
    agency: str
    at: datetime
    as_of: date | None
    differs: tuple[versions.Differs, ...]


@dataclass(frozen=True, slots=True)
class VersionsTold:
    """Every version of a report, newest first, and what was written down here otherwise than the last one says."""

    report: ReportView
    told: tuple[VersionTold, ...]
    otherwise: tuple[versions.Differs, ...]


@reads_one(permissions.SEE_WORK, PoliceReport)
def versions_of(actor: Actor, row: PoliceReport) -> VersionsTold:
    """What a force’s system told of a report, by version: who sent it, when, what differs from the one before."""
    stood = versions.each_after(row.told)
    people = Membership.objects.select_related("user", "agency").in_bulk([UUID(one["by"]) for one in row.told])
    told = [
        VersionTold(at + 1, *_sender(people.get(UUID(one["by"]))), datetime.fromisoformat(one["at"]),
                    date.fromisoformat(one["as_of"]) if one.get("as_of") else None,
                    versions.differs(stood[at - 1] if at else versions.NOTHING, stood[at]))
        for at, one in enumerate(row.told)
    ]  # fmt: skip
    now = {"stage": row.stage, "offered": row.offered, "on": str(row.offered_on or ""), "offer_by": row.offered_by,
           "taken": row.taken, "why_not": row.why_not}  # fmt: skip
    return VersionsTold(
        police_report.run(actor, row), tuple(reversed(told)), versions.differs(stood[-1], now) if stood else ()
    )


def _sender(who: Membership | None) -> tuple[str, str]:
    return (who.user.name, who.agency.name) if who else ("", "")


@dataclass(frozen=True, slots=True)
class Promise:
    """The signposting promise over all cases the reader may know of: how many reports, how many with an offer."""

    reports: int
    offered: int
    taken: int
    missing: tuple[ReportView, ...]


@reads(permissions.SEE_WORK)
def signposting(actor: Actor) -> Promise:
    """Reports on which nobody offered a specialist yet, longest over first; and what of all reports was offered."""
    other = Standing.objects.in_force(actor.at).filter(membership=actor.membership_id, side=permissions.SEE_WORK.shut)
    known = PoliceReport.objects.visible_to(actor).exclude(circle__in=other.values("circle"))
    rows = list(
        known.filter(missing=True).select_related("circle__case__owner__user")
        .order_by("due_on", "reported_on")[:MOST]
    )  # fmt: skip
    circles = [row.circle_id for row in rows]
    actor.visit.shows(circles)
    names = people.victims_of(actor, circles)
    today = london_day(actor.at)
    offered = known.filter(offered=rule.Offered.YES)
    return Promise(
        known.count(), offered.count(), offered.filter(taken="yes").count(),
        tuple(_report(actor, row, row.circle.case, names.get(row.circle_id, "Name not recorded"), today)
              for row in rows),
    )  # fmt: skip


def _out(actor: Actor, row: Referral, today: date) -> ReferralView:
    show = actor.keys.open
    told = json.loads(show(row.content))
    return ReferralView(
        row.pk, row.version, row.reference, row.get_kind_display(), row.get_grade_display(),
        row.agency.name if row.agency else show(row.whom), row.agency is None,
        "consent" if row.basis == agreeing.CONSENT else agreeing.bases().get(row.basis, row.basis), show(row.why),
        _tells(told), _reach(actor, row), row.get_state_display(), row.state, row.sent_at, row.sent_by.user.name,
        row.due_on, row.state == "sent" and today > row.due_on, row.chased, row.chased_at, row.answered_at,
        row.answered_by, row.get_rejected_display(), show(row.answer), row.unseen,
        row.notice_id is not None,
    )  # fmt: skip


def _in(actor: Actor, row: ReferralIn, today: date) -> ReferralInView:
    show = actor.keys.open
    text = show(row.content)
    told: dict[str, Any] = json.loads(text) if text else {"name": "", "relation": "", "tells": {}}
    case = Case.objects.visible_to(actor, picked=True).filter(circle=row.circle_id).first()
    return ReferralInView(
        row.pk, row.version, row.get_kind_display(), row.get_grade_display(), row.source.name, row.sender,
        told["name"], RELATION_WORDS.get(told["relation"], ""), _tells(told), _reach(actor, row),
        row.get_state_display(), row.state, row.came_at, row.due_on, row.state == "sent" and today > row.due_on,
        row.chased_at, row.answered_at, row.answered_by.user.name if row.answered_by else "",
        row.get_rejected_display(), show(row.answer), row.unseen, case.reference if case else "",
    )  # fmt: skip


def _tells(told: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((rule.TELLS_WORDS[code], text) for code, text in told["tells"].items() if code in rule.TELLS_WORDS)


def _reach(actor: Actor, row: Referral | ReferralIn) -> str:
    return actor.keys.open(row.reach) if actor.keys.can_open(row.circle_id, Tier.CONTACT) else UNTOLD


def _report(actor: Actor, row: PoliceReport, case: Case, victim: str, today: date) -> ReportView:
    show = actor.keys.open
    force = police_forces().get(row.force)
    return ReportView(
        row.pk, row.version, case.reference, victim, force.name if force else "another force", row.reported_on,
        show(row.crime_reference), row.get_stage_display(), row.stage, row.get_offered_display(), row.offered,
        row.offered_on, rule.BY_WORDS.get(row.offered_by, ""), show(row.offered_what),
        rule.TAKEN_WORDS.get(row.taken, ""), rule.WHY_NOT_WORDS.get(row.why_not, ""), row.missing, row.due_on,
        row.missing and row.due_on is not None and today > row.due_on, case.owner.user.name if case.owner else "",
        len(row.told),
    )  # fmt: skip
