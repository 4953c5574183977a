"""Taking a case on: who may know at each step, what stops a clock, and what each refusal says."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership, User
from joindots.casework import actions, answers, queries
from joindots.casework.models import Allocation, Case, Consent, Intake, PoliceReport, Referral, ReferralIn, Share
from joindots.casework.rules.agreeing import Item
from joindots.circles import actions as circles
from joindots.circles.models import Circle, Standing
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from tests.stage import Stage

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def colleague(stage: Stage, name: str, beside: str = "asha", *roles: Role) -> Membership:
    """Somebody more in the agency of another."""
    other = stage.memberships[beside]
    user = User.objects.create(username=name, name=name.capitalize())
    stage.memberships[name] = Membership.objects.create(
        user=user, agency=other.agency, team=other.team, starts=other.starts,
        roles=[role.value for role in roles or (Role.ADVOCATE,)],
    )  # fmt: skip
    return stage.memberships[name]


def queued(stage: Stage, **more: object) -> Ref:
    """A case of Asha's agency that came by a referral, judged high, and waits for a lead."""
    arrived = actions.Arrived("contact", source="Lantern Line", grade="high", **more)  # type: ignore[arg-type]
    case = Ref(actions.open_case(stage.actor("asha"), victim="Rhian Example", relation="neighbour", arrived=arrived))
    stage.close()
    return case


def circle_of(case: Ref) -> Ref:
    return Ref(Case.objects.get(reference=case.key).circle_id)


def due(stage: Stage, who: str) -> list[str]:
    actor = stage.actor(who)
    return [one.kind for one in answers.due(actor, [actor.membership_id], (stage.at + 9 * DAY).date(), 50)]


def test_a_case_that_waits_is_seen_by_the_leads_but_by_nobody_whom_it_keeps_out(stage: Stage) -> None:
    case = queued(stage)
    [line] = queries.queue(stage.actor("ruth"))
    assert (line.reference, line.relation, line.asked) == (case.key, "neighbour", "")
    assert due(stage, "ruth") == ["casework.unallocated"]
    colleague(stage, "gwil", "asha", Role.TEAM_LEAD)
    with pytest.raises(NotFound):
        queries.case(stage.actor("gwil"), case)


def test_excluded_people_never_appear_among_who_could_take_a_case_and_cannot_be_asked(stage: Stage) -> None:
    case, kin = queued(stage), colleague(stage, "kin")
    circles.keep_out_member(stage.actor("ruth"), circle_of(case), membership=kin.pk, reason="kin")
    names = {one.name for one in queries.could_take(stage.actor("ruth"), case).people}
    assert names == {"Asha", "Ruth"}
    with pytest.raises(RuleBroken, match="Choose somebody else"):
        actions.ask_to_take(stage.actor("ruth"), case, membership=kin.pk)


def test_a_colleague_looks_accepts_and_only_then_owns_and_writes(stage: Stage) -> None:
    case, tariq = queued(stage), colleague(stage, "tariq")
    actions.ask_to_take(stage.actor("ruth"), case, membership=tariq.pk)
    stage.close()
    assert due(stage, "tariq") == ["casework.asked"]
    assert "casework.unallocated" not in due(stage, "ruth")
    head = queries.case(stage.actor("tariq"), case)
    with pytest.raises(NotFound):
        actions.change_case(stage.actor("tariq"), case, relation="stranger", own_number="", summary="")
    asked = Allocation.objects.get()
    actions.answer_allocation(stage.actor("tariq"), allocation=asked.pk, accepted=True)
    assert Case.objects.get().owner_id == tariq.pk
    with pytest.raises(OutOfDate):
        actions.close_case(stage.actor("tariq"), Ref(case.key, head.version), reason="planned")
    with pytest.raises(OutOfDate):
        actions.answer_allocation(stage.actor("tariq"), allocation=asked.pk, accepted=True)


def test_who_declines_sees_it_no_more_and_it_waits_again(stage: Stage) -> None:
    case, tariq = queued(stage), colleague(stage, "tariq")
    actions.ask_to_take(stage.actor("ruth"), case, membership=tariq.pk)
    asked = Allocation.objects.get().pk
    with pytest.raises(RuleBroken, match="why not"):
        actions.answer_allocation(stage.actor("tariq"), allocation=asked, accepted=False)
    actions.answer_allocation(stage.actor("tariq"), allocation=asked, accepted=False, why="I know the family.")
    with pytest.raises(NotFound):
        queries.case(stage.actor("tariq"), case)
    assert due(stage, "ruth") == ["casework.unallocated"]
    with pytest.raises(NotFound):
        actions.answer_allocation(stage.actor("priya"), allocation=asked, accepted=True)


def test_the_clock_stops_when_the_person_was_reached_and_a_late_stop_says_why(stage: Stage) -> None:
    case = queued(stage, queue=False)
    came = stage.at
    actions.note_try(stage.actor("asha"), case, at=came, how="text", outcome="no_answer")
    later = stage.actor("asha", came + 26 * HOUR)
    with pytest.raises(RuleBroken, match="later than it should be"):
        actions.note_try(later, case, at=came + 25 * HOUR, how="text", outcome="reached")
    actions.note_try(
        later, case, at=came + 25 * HOUR, how="text", outcome="reached", late_why="Unallocated until then."
    )
    told = queries.intake(later, case)
    assert told is not None
    assert (told.late, told.late_why, len(told.tries)) == ("60 minutes", "Unallocated until then.", 2)
    with pytest.raises(RuleBroken, match="noted already"):
        actions.note_try(later, case, at=came + 26 * HOUR, how="text", outcome="reached")


def test_sharing_stands_on_a_live_consent_reads_only_and_ends_with_it(stage: Stage) -> None:
    case, priya = stage.case(), stage.memberships["priya"]
    today = stage.at.date()
    sharing = actions.Sharing(priya.agency_id, (priya.pk,), "victim", "the investigation", today + 30 * DAY)
    with pytest.raises(RuleBroken, match="no consent"):
        actions.share_case(stage.actor("asha"), case, what=sharing)
    agreed = actions.agree(
        stage.actor("asha"), case, what=actions.Agreement(Item.SHARE, "spoken", today, agency=priya.agency_id)
    )
    sharing = actions.Sharing(priya.agency_id, (priya.pk,), "victim", "the investigation", today + DAY, consent=agreed)
    actions.share_case(stage.actor("asha"), case, what=sharing)
    stage.close()
    queries.case(stage.actor("priya"), case)
    stage.close()
    [share] = queries.shares(stage.actor("asha"), case)
    assert [(one.name, one.times > 0) for one in share.readers] == [("Priya", True)]
    with pytest.raises(NotFound):
        actions.agree(stage.actor("priya"), case, what=actions.Agreement("contact", "spoken", today))
    with pytest.raises(NotFound):
        queries.case(stage.actor("priya", stage.at + 3 * DAY), case)
    ended = actions.take_back(stage.actor("asha"), Ref(agreed), said_by="client", follows="Priya reads no more.")
    assert ended == 1
    with pytest.raises(NotFound):
        queries.case(stage.actor("priya"), case)
    assert Share.objects.get().ended_why == "taken_back"


def test_nobody_kept_out_is_offered_as_a_reader_and_none_can_be_let_in_by_id(stage: Stage) -> None:
    from joindots.circles import queries as knowing

    case, priya = stage.case(), stage.memberships["priya"]
    assert [one.name for one in knowing.could_read(stage.actor("asha"), circle_of(case), agency=priya.agency_id)] == [
        "Priya"
    ]
    circles.keep_out_member(stage.actor("asha"), circle_of(case), membership=priya.pk, reason="kin")
    assert knowing.could_read(stage.actor("asha"), circle_of(case), agency=priya.agency_id) == ()
    what = actions.Sharing(
        priya.agency_id, (priya.pk,), "victim", "x", stage.at.date(), basis="charity_advocacy",
        why="Somebody may be hurt this evening.", told="later",
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="Choose again"):
        actions.share_case(stage.actor("asha"), case, what=what)


def test_readers_of_another_agency_see_nothing_of_the_work_but_what_concerns_theirs(stage: Stage) -> None:
    case, priya = queued(stage), stage.memberships["priya"]
    today = stage.at.date()
    for agency, whom in ((priya.agency_id, ""), (None, "Meadow Therapy")):
        agreed = actions.agree(
            stage.actor("asha"), case, what=actions.Agreement(Item.REFER, "met", today, agency=agency, whom=whom)
        )
    what = actions.Referring("health", "Rhian", whom="Meadow Therapy", consent=agreed)
    actions.refer(stage.actor("asha"), case, what=what)
    Standing.objects.create(
        circle_id=circle_of(case).key, membership=priya, side="victim", basis="share", purpose="x", starts=stage.at
    )
    told = stage.actor("priya")
    assert [one.whom for one in queries.consents(told, case)] == ["Northshire"]
    assert queries.referrals(told, case) == queries.handovers_of(told, case) == queries.asked_to_take(told, case) == ()
    assert queries.intake(told, case) is None
    with pytest.raises(NotAllowed, match="the agency whose case it is"):
        actions.close_case(stage.actor("priya"), case, reason="planned")
    with pytest.raises(NotAllowed, match="the agency whose case it is"):
        actions.refer(stage.actor("priya"), case, what=what)


def referred(stage: Stage, case: Ref, **tells: str) -> str:
    agency = stage.memberships["priya"].agency_id
    agreed = actions.agree(
        stage.actor("asha"), case, what=actions.Agreement(Item.REFER, "spoken", stage.at.date(), agency=agency)
    )
    what = actions.Referring(
        "other", "Rhian", agency=agency, relation="neighbour", reach="text 07700 900199", tells=tells, consent=agreed
    )
    return actions.refer(stage.actor("asha"), case, what=what)


def test_a_referral_shows_there_only_what_it_says_and_opens_a_case_of_their_own_once_accepted(stage: Stage) -> None:
    case = stage.case(victim="Rhian Example", summary="A secret of the house")
    reference = referred(stage, case, what="He shouts at night.")
    stage.close()
    [came] = queries.referrals_in(stage.actor("priya"))
    assert (came.name, came.reach, came.tells) == (
        "Rhian", "text 07700 900199", (("what has happened", "He shouts at night."),)
    )  # fmt: skip
    with pytest.raises(NotFound):
        queries.case(stage.actor("priya"), case)
    assert queries.cases(stage.actor("priya")).total == 0
    theirs = actions.accept_referral(stage.actor("priya"), Ref(came.id, came.version))
    head = queries.case(stage.actor("priya"), Ref(theirs))
    assert (head.victim, head.relation) == ("Rhian", "neighbour")
    assert "secret" not in head.summary
    with pytest.raises(NotFound):
        queries.case(stage.actor("asha"), Ref(theirs))
    [sent] = queries.referrals(stage.actor("asha"), case)
    assert (sent.reference, sent.state, sent.answered_by) == (reference, "accepted", "Priya")


def test_who_may_not_open_the_safe_way_takes_somebody_on_without_wiping_it(stage: Stage) -> None:
    referred(stage, stage.case(victim="Rhian Example"))
    stage.close()
    came = ReferralIn.objects.get()
    before = came.reach.blob
    Standing.objects.filter(circle=came.circle_id).update(side="both")
    actions.accept_referral(stage.actor("priya"), Ref(came.pk))
    assert ReferralIn.objects.get().reach.blob == before


def test_a_referral_that_is_taken_back_or_not_taken_on_leaves_no_words_there(stage: Stage) -> None:
    case = stage.case()
    referred(stage, case, what="He shouts.")
    row = Referral.objects.get()
    actions.chase_referral(stage.actor("asha"), Ref(row.pk, row.version))
    assert queries.referrals_in(stage.actor("priya"))[0].chased_at is not None
    actions.revoke_referral(stage.actor("asha"), Ref(row.pk), why="She does not want it now.")
    [came] = queries.referrals_in(stage.actor("priya"))
    assert (came.name, came.reach, came.tells, came.answer) == ("", "", (), "She does not want it now.")
    with pytest.raises(RuleBroken):
        actions.accept_referral(stage.actor("priya"), Ref(came.id))
    referred(stage, case)
    waiting = ReferralIn.objects.get(state="sent")
    actions.reject_referral(stage.actor("priya"), Ref(waiting.pk), rejected="area", answer="Ask Westmarch.")
    last = queries.referrals(stage.actor("asha"), case)[0]
    assert (last.state, last.rejected, last.answer) == ("not taken on", "outside our area", "Ask Westmarch.")


def test_whom_the_case_keeps_out_is_kept_out_of_the_referral_from_its_first_moment(stage: Stage) -> None:
    case = stage.case()
    colleague(stage, "tom", "priya", Role.POLICE_SPOC)
    circles.keep_out_member(
        stage.actor("asha"), circle_of(case), membership=stage.memberships["priya"].pk, reason="kin"
    )
    referred(stage, case)
    assert queries.referrals_in(stage.actor("priya")) == ()
    with pytest.raises(NotFound):
        queries.referral_in(stage.actor("priya"), Ref(ReferralIn.objects.get().pk))
    assert len(queries.referrals_in(stage.actor("tom"))) == 1


def test_nothing_is_referred_to_the_agency_in_which_the_person_reported_works(stage: Stage) -> None:
    case = stage.case()
    Circle.objects.filter(pk=circle_of(case).key).update(restricted_from=stage.memberships["priya"].agency_id)
    with pytest.raises(RuleBroken, match="works there"):
        referred(stage, case, what="He shouts.")
    assert not ReferralIn.objects.exists() and not Referral.objects.exists()


def test_the_missed_offer_stays_on_top_until_it_is_answered(stage: Stage) -> None:
    case = stage.case()
    day = stage.at.date() - 9 * DAY
    report = actions.note_report(
        stage.actor("asha"), case, force="cleveland", reported_on=day, stage="recorded_other", crime_reference="NS/25/1"
    )
    assert due(stage, "asha") == ["casework.no_offer"]
    told = queries.signposting(stage.actor("asha"))
    assert (told.reports, told.offered, [one.late for one in told.missing]) == (1, 0, [True])
    offer = actions.Offer("yes", day + DAY, "us", "Stillwater", "no", "not_wanted")
    actions.tell_offer(stage.actor("asha"), Ref(report), offer=offer)
    assert due(stage, "asha") == []
    assert PoliceReport.objects.get().missing is False
    with pytest.raises(RuleBroken, match="before the report"):
        actions.tell_offer(stage.actor("asha"), Ref(report), offer=actions.Offer("yes", day - DAY, "us", "", "yes"))


def test_a_handover_not_accepted_in_time_stays_with_the_giver_and_the_lead_hears(stage: Stage) -> None:
    case, tariq = stage.case(), colleague(stage, "tariq")
    actions.hand_over(stage.actor("asha"), cases=[str(case.key)], receiver=tariq.pk, why="leave", note="Rings at ten.")
    stage.close()
    [mine] = queries.handovers(stage.actor("tariq"))
    assert (mine.to_me, mine.note) == (True, "Rings at ten.")
    assert "casework.handover" in due(stage, "tariq")
    stage.at += 25 * HOUR
    assert queries.handovers(stage.actor("tariq")) == ()
    with pytest.raises(NotFound):
        actions.answer_handover(stage.actor("tariq"), handover=mine.id, accepted=True)
    assert Case.objects.get().owner_id == stage.memberships["asha"].pk
    assert "casework.handover_late" in due(stage, "ruth")
    assert "casework.handover_late" in due(stage, "asha")


def test_a_handover_that_is_accepted_moves_the_case_and_may_be_asked_for_once_at_a_time(stage: Stage) -> None:
    case, tariq = stage.case(), colleague(stage, "tariq")
    ask = {"cases": [str(case.key)], "receiver": tariq.pk, "why": "leaving"}
    actions.hand_over(stage.actor("asha"), **ask)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="waits for somebody"):
        actions.hand_over(stage.actor("asha"), **ask)  # type: ignore[arg-type]
    [mine] = queries.handovers(stage.actor("tariq"))
    actions.answer_handover(stage.actor("tariq"), handover=mine.id, accepted=True)
    assert Case.objects.get().owner_id == tariq.pk
    actions.change_case(stage.actor("tariq"), case, relation="public", own_number="SW-9", summary="Mine now.")
    assert queries.cases_met(stage.actor("tariq"), "sw-9")[0].reference == case.key


def test_nobody_hands_over_a_case_of_another_unless_they_say_who_takes_it(stage: Stage) -> None:
    case, tariq = stage.case(), colleague(stage, "tariq")
    circles.lead_in(stage.actor("asha"), circle_of(case), purpose="x")
    colleague(stage, "mina")
    Standing.objects.create(
        circle_id=circle_of(case).key, membership=stage.memberships["mina"], side="victim", basis="team",
        purpose="x", starts=stage.at,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="your own cases"):
        actions.hand_over(stage.actor("mina"), cases=[str(case.key)], receiver=tariq.pk, why="other")
    actions.hand_over(stage.actor("ruth"), cases=[str(case.key)], receiver=tariq.pk, why="leaving")


def test_words_that_came_too_late_are_kept_for_who_wrote_them(stage: Stage) -> None:
    case = queued(stage)
    kept = actions.set_aside(stage.actor("ruth"), case, form="summary", fields={"summary": "My words."})
    [mine] = queries.my_set_aside(stage.actor("ruth"), case)
    assert mine.fields == {"summary": "My words."}
    assert queries.my_set_aside(stage.actor("asha"), case) == ()
    with pytest.raises(RuleBroken, match="somebody else"):
        actions.drop_set_aside(stage.actor("asha"), Ref(kept))
    actions.drop_set_aside(stage.actor("ruth"), Ref(kept))
    assert queries.my_set_aside(stage.actor("ruth"), case) == ()


def test_a_case_closes_in_the_person_s_own_words_and_opens_again_beside_them(stage: Stage) -> None:
    case = stage.case()
    ended = actions.Ended({"safer": "yes", "charged": ""}, said="I sing again.", if_again="Ring us.", follow_up=True)
    actions.close_case(stage.actor("asha"), case, reason="planned", ended=ended)
    actions.reopen_case(stage.actor("asha"), case, why="A letter came.")
    [told] = queries.closings(stage.actor("asha"), case)
    assert (told.said, told.again_why, len(told.follow_up)) == ("I sing again.", "A letter came.", 2)
    assert dict(told.answers)["Safer than at the beginning, in the person’s own view?"] == "yes"


def test_the_side_of_the_person_reported_sees_nothing_of_the_work(stage: Stage) -> None:
    case = queued(stage)
    row = Standing.objects.create(
        circle_id=circle_of(case).key, membership=stage.memberships["priya"], side="suspect", basis="share",
        purpose="x", starts=stage.at,
    )  # fmt: skip
    for asked in (queries.intake, queries.consents, queries.shares, queries.referrals, queries.police_reports):
        with pytest.raises(NotAllowed):
            asked(stage.actor("priya"), case)
    actions.note_report(stage.actor("asha"), case, force="cleveland", reported_on=stage.at.date(), stage="reported")
    told = queries.signposting(stage.actor("priya"))
    assert (told.reports, told.missing) == (0, ())
    assert due(stage, "priya") == []
    assert isinstance(row.pk, UUID)


def test_what_came_with_a_case_is_there_consent_and_people(stage: Stage) -> None:
    case = queued(
        stage, agreed=(actions.Agreed("contact", "spoken"),), others=(("Dev Example", "secondary"), ("Isla", "child"))
    )
    assert {one.stands_as for one in queries.case(stage.actor("asha"), case).people} == {"victim", "secondary", "child"}
    assert Consent.objects.get().item == "contact"
    assert Intake.objects.get().queued
