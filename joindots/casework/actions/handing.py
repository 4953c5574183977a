"""Handing cases over for leave or for good, and answering; nobody is without a worker in between."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.agencies.models import Membership
from joindots.casework import permissions, rules
from joindots.casework.actions.tasks import hand_tasks_on
from joindots.casework.models import Case, Handover, Intake
from joindots.casework.rules import handing as rule
from joindots.casework.tasks import refuse_left
from joindots.circles import actions as circles
from joindots.kernel.ids import uuid7
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words

MOST = 60
PURPOSE = "case work"


@makes(permissions.HAND_OVER)
def hand_over(
    actor: Actor, *, cases: Collection[str], receiver: UUID, why: str, note: str = "", back_on: date | None = None
) -> UUID:
    """Ask a colleague to take these cases, each for itself; they can look at them for 24 hours. The batch's id.

    One's own cases, or, for who says who takes a case, those of anybody in the agency. Leads come to know of them,
    so that somebody hears if nobody accepts. Until then each case stays with who has it.
    """
    if not cases or len(cases) > MOST:
        raise RuleBroken(words("handover_none", "Choose at least one case, and no more than {n} at once.", n=MOST))
    if why not in rule.WHY_WORDS:
        raise RuleBroken(words("handover_why", "Say why: leave, leaving, or another reason."))
    if back_on is not None and back_on <= london_day(actor.at):
        raise RuleBroken(words("handover_back", "The day you are back lies in the future, or is left open."))
    who = Membership.objects.current(actor.at).filter(pk=receiver, agency=actor.agency_id).first()
    if who is None or not who.role_set & permissions.TAKE_CASE.roles:
        raise RuleBroken(words("cannot_take", "This colleague cannot take this case. Choose somebody else."))
    batch = uuid7()
    for reference in dict.fromkeys(cases):
        _ask(actor, _givable(actor, reference, who), who, batch, why, note, back_on)
    return batch


@makes(permissions.TAKE_CASE)
def answer_handover(actor: Actor, *, handover: UUID, accepted: bool) -> str:
    """Take a case that a colleague hands over, or leave it with them. The case's reference."""
    rows = Handover.objects.visible_to(actor, picked=True).filter(pk=handover, receiver=actor.membership_id)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        actor.visit.misses(Handover, handover)
        raise NotFound
    rule.can_accept(rule.HandoverState(row.state), row.answer_by, actor.at).or_raise()
    if accepted:
        refuse_left(row.asked_by_id, actor.at)
    case = Case.objects.select_for_update(of=("self",)).get(circle=row.circle_id)
    if case.owner_id != row.giver_id:
        raise OutOfDate(words("handed_elsewhere", "Somebody else has this case by now. Nothing was changed."))
    state = rule.HandoverState.ACCEPTED if accepted else rule.HandoverState.DECLINED
    row.state, row.answered_at, row.version = state, actor.at, row.version + 1
    row.save(update_fields=("state", "answered_at", "version"))
    if accepted:
        circles.take_up(actor, circle=row.circle_id, offered_by=row.asked_by_id, purpose=PURPOSE)
        Case.objects.filter(pk=case.pk).update(owner=actor.membership_id, version=F("version") + 1)
        Intake.objects.filter(circle=row.circle_id).update(queued=False)
        actor.record(row.circle_id, "casework.owned", membership=actor.membership_id)
        if hand_tasks_on.may(actor, Ref(case.reference)):
            hand_tasks_on(actor, Ref(case.reference), giver=row.giver_id, receiver=actor.membership_id)
    else:
        circles.stop_looking(actor, circle=row.circle_id)
    actor.record(row.circle_id, "casework.handover_answered", accepted=accepted)
    return str(case.reference)


@writes(permissions.HAND_OVER, Handover)
def take_back_handover(actor: Actor, handover: Handover) -> None:
    """Take a handover back that nobody accepted."""
    if handover.state != rule.HandoverState.ASKED or actor.membership_id not in (
        handover.asked_by_id,
        handover.giver_id,
    ):
        raise RuleBroken(words("handover_done", "This handover was answered already."))
    handover.state, handover.answered_at = rule.HandoverState.TAKEN_BACK, actor.at
    handover.save(update_fields=("state", "answered_at"))
    actor.record(handover.circle_id, "casework.handover_taken_back")


def _givable(actor: Actor, reference: str, who: Membership) -> Case:
    """The case, if it is open, the actor's to give, and not the receiver's already."""
    rows = Case.objects.visible_to(actor, write=True, picked=True).filter(circle__agency=actor.agency_id)
    case = rows.select_for_update(of=("self",)).filter(reference=reference).first()
    if case is None:
        actor.visit.misses(Case, reference)
        raise NotFound
    rules.can_work(rules.State(case.state)).or_raise()
    if case.owner_id != actor.membership_id and not actor.may(permissions.ALLOCATE):
        raise RuleBroken(words("not_yours", "You can hand over your own cases. A lead hands over those of others."))
    if case.owner_id is None or case.owner_id == who.pk:
        raise RuleBroken(words("nothing_to_hand", "{ref} needs no handover to them.", ref=case.reference))
    return case


def _ask(
    actor: Actor, case: Case, who: Membership, batch: UUID, why: str, note: str, back_on: date | None
) -> None:  # fmt: skip
    asked = Handover.objects.filter(circle=case.circle_id, state=rule.HandoverState.ASKED)
    if asked.filter(answer_by__gt=actor.at, asked_by__in=Membership.objects.current(actor.at)).exists():
        raise RuleBroken(words("handed_already", "{ref} waits for somebody to accept already.", ref=case.reference))
    asked.update(state=rule.HandoverState.TAKEN_BACK, answered_at=actor.at)
    assert case.owner_id is not None
    until, circle = rule.answer_until(actor.at), Ref(case.circle_id)
    row = Handover(
        circle_id=case.circle_id, batch=batch, giver_id=case.owner_id, receiver=who, asked_by_id=actor.membership_id,
        why=why, asked_at=actor.at, answer_by=until, back_on=back_on,
    )  # fmt: skip
    actor.keys.seal(row, note=note)
    row.save()
    circles.lead_in(actor, circle, purpose="a handover")
    if who.pk != actor.membership_id:
        circles.let_look(actor, circle, membership=who.pk, purpose="a handover to accept", ends=until)
    actor.record(case.circle_id, "casework.handed_over", to=who.pk, why=why)
