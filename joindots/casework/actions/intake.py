"""Who takes a case: asking a colleague, their answer, the first tries to speak to the person, and workers' cards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.agencies.models import Membership
from joindots.casework import permissions, rules
from joindots.casework.models import Allocation, Case, ContactTry, Intake, WorkerCard
from joindots.casework.rules.handing import ACCEPT_HOURS
from joindots.casework.rules.intake import (
    HOW_WORDS,
    OUTCOME_WORDS,
    QUALIFICATION_WORDS,
    SPOKEN,
    can_try,
    says_late,
)
from joindots.casework.tasks import refuse_left, refuse_others
from joindots.circles import actions as circles
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.words import words

PURPOSE = "case work"
LATE_LETTERS = 10
AN_HOUR = timedelta(hours=1)


def _workable(case: Case) -> Decision:
    return rules.can_work(rules.State(case.state))


@writes(permissions.ALLOCATE, Case, when=_workable)
def ask_to_take(actor: Actor, case: Case, *, membership: UUID) -> None:
    """Ask a colleague of the agency to take a case: they can look at it for 24 hours. Asked of oneself, it is taken.

    Whoever was asked before is asked no more. Somebody the circle keeps out is refused like somebody who is not there.
    """
    refuse_others(actor, case)
    who = Membership.objects.current(actor.at).filter(pk=membership, agency=actor.agency_id).first()
    if who is None or not who.role_set & permissions.TAKE_CASE.roles:
        raise RuleBroken(words("cannot_take", "This colleague cannot take this case. Choose somebody else."))
    Allocation.objects.filter(circle=case.circle_id, state="asked").update(state="changed", answered_at=actor.at)
    until = actor.at + timedelta(hours=ACCEPT_HOURS)
    row = Allocation(
        circle_id=case.circle_id, to=who, by_id=actor.membership_id, asked_at=actor.at, answer_by=until
    )  # fmt: skip
    if membership == actor.membership_id:
        row.state, row.answered_at = "accepted", actor.at
        _owned(actor, case.circle_id, actor.membership_id)
    else:
        circles.let_look(actor, Ref(case.circle_id), membership=membership, purpose="asked to take it", ends=until)
    row.save()
    actor.record(case.circle_id, "casework.asked_to_take", membership=membership)


@makes(permissions.TAKE_CASE)
def answer_allocation(actor: Actor, *, allocation: UUID, accepted: bool, why: str = "") -> str:
    """Take a case that one was asked to take, or say why not. The case's reference."""
    rows = Allocation.objects.visible_to(actor, picked=True).filter(pk=allocation, to=actor.membership_id)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        actor.visit.misses(Allocation, allocation)
        raise NotFound
    if row.state != "asked":
        raise OutOfDate(words("asked_no_more", "You are not asked any more: somebody answered, or another was asked."))
    if not accepted and len(why.strip()) < LATE_LETTERS:
        raise RuleBroken(words("declined_why", "Write in a few words why not, so that the lead can ask somebody else."))
    if accepted:
        refuse_left(row.by_id, actor.at)
    row.state, row.answered_at, row.version = "accepted" if accepted else "declined", actor.at, row.version + 1
    actor.keys.seal(row, why=why)
    row.save()
    reference = str(Case.objects.get(circle=row.circle_id).reference)
    if accepted:
        circles.take_up(actor, circle=row.circle_id, offered_by=row.by_id, purpose=PURPOSE)
        _owned(actor, row.circle_id, actor.membership_id)
    else:
        circles.stop_looking(actor, circle=row.circle_id)
    actor.record(row.circle_id, "casework.answered_asking", accepted=accepted)
    return reference


@writes(permissions.TRY_CONTACT, Case, when=_workable)
def note_try(
    actor: Actor, case: Case, *, at: datetime, how: str, outcome: str, note: str = "", late_why: str = ""
) -> None:
    """Note a try to speak to the person for the first time. The first that reached them stops the clock.

    Where it stops late, a reason in words is needed and is kept.
    """
    refuse_others(actor, case)
    row = Intake.objects.select_for_update(of=("self",)).filter(circle=case.circle_id).first()
    if row is None or row.contact_at is not None:
        raise RuleBroken(words("spoken_already", "The first contact of this case is noted already."))
    if how not in HOW_WORDS or outcome not in OUTCOME_WORDS:
        raise RuleBroken(words("try_unknown", "Choose how you tried, and what came of it."))
    can_try(spoken=row.contact_at, made=row.came_at, at=at, now=actor.at).or_raise()
    tried = ContactTry(
        circle_id=case.circle_id, by_id=actor.membership_id, at=at, how=how, outcome=outcome, written_at=actor.at
    )  # fmt: skip
    actor.keys.seal(tried, note=note)
    tried.save()
    if outcome in SPOKEN:
        if says_late(row.contact_due, at, actor.at) and len(late_why.strip()) < LATE_LETTERS:
            raise RuleBroken(words("late_why", "It is later than it should be. Write in a few words why."))
        row.contact_at, row.version = at, row.version + 1
        actor.keys.seal(row, late_why=late_why)
        row.save()
    actor.record(case.circle_id, "casework.contact_tried", how=how, outcome=outcome)


@dataclass(frozen=True, slots=True)
class Card:
    """A worker's card: qualifications by code, languages and areas apart by commas, the most cases, days away."""

    qualifications: Collection[str] = ()
    languages: str = ""
    areas: str = ""
    most: int = 25
    away_from: date | None = None
    away_until: date | None = None


@makes(permissions.KEEP_CARDS)
def keep_card(actor: Actor, *, membership: UUID, card: Card) -> None:
    """Keep what a colleague of the agency is qualified for, speaks and covers, and when they are away."""
    if not Membership.objects.filter(pk=membership, agency=actor.agency_id).exists():
        raise NotFound
    if not 0 <= card.most <= 200:
        raise RuleBroken(words("most_cases", "Enter the most cases as a number from 0 to 200."))
    if card.away_from and card.away_until and card.away_until < card.away_from:
        raise RuleBroken(words("away_ends", "The last day away lies before the first. Check the two days."))
    row, _ = WorkerCard.objects.get_or_create(membership_id=membership)
    row.qualifications = [one for one in QUALIFICATION_WORDS if one in card.qualifications]
    row.languages, row.areas, row.most = card.languages.strip()[:200], card.areas.strip()[:200], card.most
    row.away_from, row.away_until, row.version = card.away_from, card.away_until, row.version + 1
    row.save()
    actor.record(actor.agency_id, "casework.card_kept", book_kind="agency", membership=membership)


def _owned(actor: Actor, circle: UUID, owner: UUID) -> None:
    """Give a case an owner; a window that showed another is out of date from now on."""
    Case.objects.filter(circle=circle).update(owner=owner, version=F("version") + 1)
    Intake.objects.filter(circle=circle).update(queued=False)
    actor.record(circle, "casework.owned", membership=owner)
