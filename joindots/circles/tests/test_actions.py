"""Who may know: standings, exclusions, emergencies, acts of two people, erasure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.circles import actions, queries
from joindots.circles.models import Alert, Circle, Side, TwoPersonAct
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.people import actions as people_actions
from joindots.people import queries as people
from joindots.vault.models import OwnerKey
from tests.stage import CANARY, NOW, Stage

REASON = "She has rung 999 and nobody else can be reached"


def circle_of(stage: Stage, case: Ref) -> Ref:
    return Ref(cases.case(stage.actor("asha"), case).circle)


def bring(stage: Stage, circle: Ref, who: str, side: str = Side.VICTIM) -> None:
    lead = stage.memberships["ruth"]
    if not Circle.objects.known_to(lead.pk, NOW).filter(pk=circle.key).exists():
        Circle.objects.get(pk=circle.key).standings.create(
            membership=lead, side=Side.VICTIM, basis="supervision", purpose="lead", starts=NOW - timedelta(days=1)
        )
    actions.bring_in(
        stage.actor("ruth"),
        circle,
        membership=stage.memberships[who].pk,
        side=side,
        basis="referral",
        purpose="case work",
    )


def test_nobody_brings_themselves_in(stage: Stage) -> None:
    circle = circle_of(stage, stage.case())
    bring(stage, circle, "priya")
    with pytest.raises(RuleBroken, match="Somebody else must add you"):
        actions.bring_in(
            stage.actor("ruth"),
            circle,
            membership=stage.memberships["ruth"].pk,
            side="victim",
            basis="team",
            purpose="x",
        )


def test_who_is_brought_in_knows_and_who_is_sent_away_does_not(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    bring(stage, circle, "priya")
    assert CANARY in cases.case(stage.actor("priya"), case).victim
    actions.send_away(stage.actor("ruth"), circle, membership=stage.memberships["priya"].pk)
    with pytest.raises(NotFound):
        cases.case(stage.actor("priya", NOW + timedelta(seconds=1)), case)


def test_an_exclusion_outweighs_every_standing_and_totals_hide_it(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    bring(stage, circle, "priya")
    actions.keep_out(stage.actor("asha"), circle, user=stage.memberships["priya"].user_id, reason="relative")
    with pytest.raises(NotFound):
        cases.case(stage.actor("priya"), case)
    assert cases.cases(stage.actor("priya")).total == 0


def test_a_whole_team_can_be_kept_out(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    bring(stage, circle, "priya")
    actions.keep_out(stage.actor("asha"), circle, team=stage.memberships["priya"].team_id, reason="colleagues")
    with pytest.raises(NotFound):
        cases.case(stage.actor("priya"), case)


def test_a_standing_ends_at_its_moment(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    Circle.objects.get(pk=circle.key).standings.create(
        membership=stage.memberships["priya"],
        side="victim",
        basis="share",
        purpose="x",
        starts=NOW,
        ends=NOW + timedelta(1),
    )
    cases.case(stage.actor("priya", NOW + timedelta(hours=23, minutes=59)), case)
    with pytest.raises(NotFound):
        cases.case(stage.actor("priya", NOW + timedelta(days=1)), case)


def test_the_suspect_side_never_gets_the_contact_tier(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    bring(stage, circle, "priya", Side.SUSPECT)
    victim = people.people_in(stage.actor("asha"), circle)[0]
    people_actions.set_safe_contact(
        stage.actor("asha"), Ref(victim.id), number="07700 900122", times="12:30", address="9 Larch Close"
    )
    assert people.contact_of(stage.actor("asha"), Ref(victim.id)).address == "9 Larch Close"  # type: ignore[union-attr]
    with pytest.raises(Exception, match="not shown to your side"):
        people.contact_of(stage.actor("priya"), Ref(victim.id))


def broken(stage: Stage, circle: Ref, who: str = "priya", **more: object) -> None:
    actions.break_glass(
        stage.actor(who, fresh=True),
        circle=circle.key,
        reason_code="life",
        reason=str(more.get("reason", REASON)),  # type: ignore[arg-type]
    )


def test_an_emergency_opens_one_case_for_sixty_minutes_read_only_and_tells_others_at_once(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    broken(stage, circle)
    cases.case(stage.actor("priya", NOW + timedelta(minutes=59)), case)
    with pytest.raises(NotFound):
        casework.close_case(stage.actor("priya"), case, reason="x")
    offered = casework.close_case.may(stage.actor("priya"), case)
    assert not offered and "for reading only" in str(offered.reason)
    assert casework.close_case.may(stage.actor("asha"), case)
    with pytest.raises(NotFound):
        cases.case(stage.actor("priya", NOW + timedelta(minutes=60)), case)
    assert {row.to.name for row in Alert.objects.all()} == {"Stillwater", "Elsewhere"}


@pytest.mark.parametrize(("reason", "fresh"), [("short", True), (REASON, False)])
def test_an_emergency_needs_a_reason_and_a_fresh_second_factor(stage: Stage, reason: str, fresh: bool) -> None:
    circle = circle_of(stage, stage.case())
    with pytest.raises(RuleBroken):
        actions.break_glass(stage.actor("priya", fresh=fresh), circle=circle.key, reason_code="x", reason=reason)  # type: ignore[arg-type]


def test_a_fourth_emergency_in_a_week_is_refused(stage: Stage) -> None:
    circles = [circle_of(stage, stage.case()) for _ in range(4)]
    for circle in circles[:3]:
        broken(stage, circle)
    with pytest.raises(RuleBroken, match="3 cases this way in a week"):
        broken(stage, circles[3])


def test_an_excluded_person_cannot_break_glass_and_learns_nothing(stage: Stage) -> None:
    circle = circle_of(stage, stage.case())
    actions.keep_out(stage.actor("asha"), circle, user=stage.memberships["priya"].user_id, reason="relative")
    with pytest.raises(NotFound):
        broken(stage, circle)


def test_where_the_suspect_works_in_the_askers_agency_an_emergency_opens_no_address(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    Circle.objects.filter(pk=circle.key).update(restricted_from=stage.memberships["priya"].agency_id)
    victim = people.people_in(stage.actor("asha"), circle)[0]
    people_actions.set_safe_contact(stage.actor("asha"), Ref(victim.id), number="1", times="2")
    broken(stage, circle)
    with pytest.raises(Exception, match="not shown to your side"):
        people.contact_of(stage.actor("priya"), Ref(victim.id))


def test_the_same_person_cannot_be_the_second(stage: Stage) -> None:
    circle = circle_of(stage, stage.case())
    act = actions.ask_second(stage.actor("asha"), circle, act="erase", content_hash="0" * 64)
    with pytest.raises(RuleBroken, match="Somebody else must decide"):
        actions.decide_second(stage.actor("asha"), circle, act=act, agreed=True, kind="erase")


def test_what_is_not_decided_in_time_does_not_happen(stage: Stage) -> None:
    circle = circle_of(stage, stage.case())
    bring(stage, circle, "priya")
    act = actions.ask_second(stage.actor("asha"), circle, act="erase", content_hash="0" * 64)
    with pytest.raises(RuleBroken, match="not decided in time"):
        actions.decide_second(
            stage.actor("priya", NOW + timedelta(hours=72)), circle, act=act, agreed=True, kind="erase"
        )


def test_erasing_takes_two_people_and_takes_the_keys_first(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    bring(stage, circle, "priya")
    act = actions.ask_second(stage.actor("asha"), circle, act="erase", content_hash="0" * 64)
    with pytest.raises(RuleBroken, match="second person"):
        actions.erase(stage.actor("ruth"), circle, agreed_act=act)
    actions.decide_second(stage.actor("priya"), circle, act=act, agreed=True, kind="erase")
    actions.erase(stage.actor("ruth"), circle, agreed_act=act)
    assert not OwnerKey.objects.filter(owner=circle.key).exists()
    assert TwoPersonAct.objects.get(pk=act).decision == "agreed"
    with pytest.raises(NotFound):
        cases.case(stage.actor("asha"), case)


def test_custody_names_who_opened_what(stage: Stage) -> None:
    case = stage.case()
    circle = circle_of(stage, case)
    stage.close()
    steps = queries.custody(stage.actor("asha"), circle)
    assert ("Asha", "read") in {(step.who, step.code) for step in steps}
    assert [step.seq for step in steps] == sorted((step.seq for step in steps), reverse=True)


def test_only_another_agency_reviews_an_emergency_opening_and_only_once(stage: Stage) -> None:
    circle = circle_of(stage, stage.case())
    opening = actions.break_glass(
        stage.actor("priya", fresh=True),
        circle=circle.key,
        reason_code="life",
        reason=REASON,  # type: ignore[arg-type]
    )
    with pytest.raises(NotFound):
        actions.review_opening(stage.actor("moira"), opening=opening, outcome="right")
    actions.review_opening(stage.actor("stranger"), opening=opening, outcome="right")
    with pytest.raises(RuleBroken, match="reviewed already"):
        actions.review_opening(stage.actor("stranger"), opening=opening, outcome="wrong")
