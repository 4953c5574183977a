"""What a partner's system sends: referrals without a case of the sender's here, and reports that open one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes
from joindots.casework import permissions
from joindots.casework.actions.cases import Known, open_case
from joindots.casework.actions.referring import PURPOSE, Referring, check_referral, content_of
from joindots.casework.actions.reports import Offer, note_report
from joindots.casework.models import ReferralIn
from joindots.casework.rules import referring as rule
from joindots.circles import actions as circles
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words

MOST_REFERENCE: Final = 60


@makes(permissions.SEND_IN)
def send_in(actor: Actor, *, reference: str, what: Referring) -> bool:
    """Take in a referral under the partner's own reference; False if this reference was sent before: nothing changes.

    It goes into a circle of the receiving agency, to that agency's leads, and to nobody else.
    """
    if not 0 < len(reference.strip()) <= MOST_REFERENCE:
        raise RuleBroken(
            words("their_reference", "Send your own reference, in up to {most} signs.", most=MOST_REFERENCE)
        )
    check_referral(what)
    if what.agency is None or what.agency == actor.agency_id:
        raise RuleBroken(words("agency_unknown", "Choose an agency from the list."))
    mark = ReferralIn.marked(actor.agency_id, reference)
    if ReferralIn.objects.filter(source=actor.agency_id, mark=mark).exists():
        actor.record(actor.agency_id, "casework.sent_in_again", book_kind="agency")
        return False
    circle = circles.circle_for(actor, agency=what.agency, like=None, purpose=PURPOSE)
    came = ReferralIn(
        circle=circle, kind=what.kind, grade=what.grade, source_id=actor.agency_id, sender=actor.name[:120], mark=mark,
        came_at=actor.at, due_on=rule.answer_by(london_day(actor.at)),
    )  # fmt: skip
    actor.keys.seal(came, content=json.dumps(content_of(what), ensure_ascii=False), reach=what.reach)
    came.save()
    actor.record(circle.pk, "casework.referral_came", kind=came.kind, grade=came.grade)
    return True


@makes(permissions.SEND_IN)
def take_back_sent_in(actor: Actor, *, reference: str) -> None:
    """Take back a referral that was not answered yet: what it said is cleared at the receiver."""
    rows = ReferralIn.objects.select_for_update(of=("self",))
    came = rows.filter(source=actor.agency_id, mark=ReferralIn.marked(actor.agency_id, reference)).first()
    if came is None:
        raise NotFound
    rule.can_refer_to(rule.ReferralState(came.state), rule.ReferralState.REVOKED).or_raise()
    came.state, came.answered_at = rule.ReferralState.REVOKED, actor.at
    actor.keys.seal(came, content="", reach="")
    came.version = F("version") + 1
    came.save()
    actor.record(came.circle_id, "casework.referral_taken_back")


@dataclass(frozen=True, slots=True)
class Reported:
    """What a force tells of a report: where, when, what became of it, and whether a specialist was offered."""

    force: str
    on: date
    stage: str
    offer: Offer


@makes(permissions.OPEN_CASE)
def open_reported(actor: Actor, *, victim: str, relation: str, own_number: str, known: Known, told: Reported) -> str:
    """Open a case from a report, with the report and the offer written down: all of it or nothing. Its reference."""
    reference = open_case(actor, victim=victim, relation=relation, own_number=own_number, known=known)
    note_report(
        actor, Ref(reference), force=told.force, reported_on=told.on, stage=told.stage, crime_reference=own_number,
        offer=told.offer,
    )  # fmt: skip
    return reference
