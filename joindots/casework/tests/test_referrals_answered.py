"""What becomes of a referral is told to whom it concerns: an answer to the sender, a taking back to the receiver."""

from __future__ import annotations

from datetime import timedelta

import pytest

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership
from joindots.casework import actions, answers, queries
from joindots.casework.models import Consent, Intake, Referral, ReferralIn
from joindots.casework.rules.agreeing import Item
from joindots.kernel.problems import RuleBroken
from tests.stage import Stage


def referred(stage: Stage, case: Ref) -> Ref:
    """Asha refers somebody to Priya's agency, with consent; the row as it came there."""
    agency = stage.memberships["priya"].agency_id
    asha = stage.actor("asha")
    agreed = actions.agree(asha, case, what=actions.Agreement(Item.REFER, "spoken", stage.at.date(), agency=agency))
    what = actions.Referring("other", "Rhian", agency=agency, reach="text 07700 900199", consent=agreed,
                             tells={"what": "He shouts."})  # fmt: skip
    actions.refer(asha, case, what=what)
    stage.close()
    return Ref(ReferralIn.objects.get(state="sent").pk)


def due(stage: Stage, who: str, days: int = 0) -> list[str]:
    actor, until = stage.actor(who), stage.at.date() + timedelta(days=days)
    return [str(one.sentence) for one in answers.due(actor, [actor.membership_id], until, 50)]


def test_an_answer_stands_on_the_senders_desk_until_somebody_has_seen_it(stage: Stage) -> None:
    case = stage.case()
    came = referred(stage, case)
    assert due(stage, "asha") == []
    actions.reject_referral(stage.actor("priya"), came, rejected="full", answer="Ask Westmarch.")
    assert due(stage, "asha") == ["Northshire does not take them on: no place free now."]
    row = Referral.objects.get()
    actions.see_answer(stage.actor("asha"), Ref(row.pk, row.version))
    assert due(stage, "asha") == []
    with pytest.raises(RuleBroken, match="seen already"):
        actions.see_answer(stage.actor("asha"), Ref(row.pk))
    actions.accept_referral(stage.actor("priya"), referred(stage, case))
    assert due(stage, "asha") == ["Northshire takes them on."]


def test_who_took_somebody_on_is_told_that_it_was_taken_back_and_rings_nobody_before_that_is_seen(stage: Stage) -> None:
    case = stage.case()
    came = referred(stage, case)
    theirs = actions.accept_referral(stage.actor("priya"), came)
    Intake.objects.filter(circle=ReferralIn.objects.get().circle_id).update(queued=False)
    owned = queries.case(stage.actor("priya"), Ref(theirs))
    actions.revoke_referral(stage.actor("asha"), Ref(Referral.objects.get().pk), why="Not wanted now.")
    assert due(stage, "asha") == []
    sent = queries.referrals(stage.actor("asha"), case)[0]
    assert (sent.state, sent.answered_by, sent.answer) == ("taken back", "Asha", "Not wanted now.")
    told = due(stage, "priya")
    assert told == ["Stillwater took its referral back. Decide what you must keep before anybody gets in touch."], owned
    back = queries.came_from(stage.actor("priya"), Ref(theirs))
    assert back is not None and (back.unseen, back.answer, back.name) == (True, "Not wanted now.", "Rhian")
    actions.see_taken_back(stage.actor("priya"), Ref(back.id, back.version))
    assert due(stage, "priya") == []


def test_a_consent_taken_back_takes_back_the_referral_that_rests_on_it(stage: Stage) -> None:
    case = stage.case()
    referred(stage, case)
    actions.take_back(stage.actor("asha"), Ref(Consent.objects.get().pk), said_by="client", follows="Nothing is sent.")
    came = queries.referrals_in(stage.actor("priya"))[0]
    assert (came.state_code, came.name, came.reach) == ("revoked", "", "")
    assert came.answer == "What the person agreed to was taken back."
    assert queries.referrals(stage.actor("asha"), case)[0].state_code == "revoked"


def test_a_referral_told_outside_waits_on_the_desk_to_be_taken_back_there_by_hand(stage: Stage) -> None:
    case, asha = stage.case(), stage.actor("asha")
    agreed = actions.agree(
        asha, case, what=actions.Agreement(Item.REFER, "spoken", stage.at.date(), whom="Harbour House")
    )
    actions.refer(asha, case, what=actions.Referring("other", "Rhian", whom="Harbour House", consent=agreed))
    actions.take_back(asha, Ref(agreed), said_by="client", follows="Nothing is sent.")
    stage.close()
    assert due(stage, "asha") == ["The consent for a referral was taken back. Tell Harbour House, and take it back."]
    actions.revoke_referral(stage.actor("asha"), Ref(Referral.objects.get().pk), why="Not wanted now.")
    assert due(stage, "asha") == []


def test_nothing_is_referred_to_an_agency_in_which_nobody_could_answer(stage: Stage) -> None:
    case, there = stage.case(), stage.memberships["priya"]
    Membership.objects.filter(pk=there.pk).update(roles=[Role.THERAPIST])
    with pytest.raises(RuleBroken, match="Nobody of this agency can receive it"):
        referred(stage, case)
    assert not Referral.objects.exists() and not ReferralIn.objects.exists()


def test_where_an_agency_has_no_lead_who_may_answer_sees_it_on_the_desk_and_has_the_case(stage: Stage) -> None:
    there = stage.memberships["priya"]
    Membership.objects.filter(pk=there.pk).update(roles=[Role.SAFEGUARDING_LEAD])
    there.refresh_from_db()
    came = referred(stage, stage.case())
    assert due(stage, "priya", 3) == ["Stillwater refers somebody to you."]
    theirs = actions.accept_referral(stage.actor("priya"), came)
    assert queries.case(stage.actor("priya"), Ref(theirs)).owner == "Priya"
    assert due(stage, "priya", 3) == ["Speak with them for the first time."]
