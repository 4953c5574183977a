"""What somebody tries who may not: it looks like nothing there, people outside their chain hear of it, and one person
with two memberships stays one person."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joindots.access import door
from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Agency, Membership
from joindots.audit.models import Entry
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.circles import actions, queries
from joindots.circles.models import Alert, BreakGlass
from joindots.config.keeping.verifying import chains
from joindots.kernel.problems import NotFound, RuleBroken
from tests.stage import NOW, Stage

REASON = "She may be hurt this hour, and nobody answers."


def kept_out(stage: Stage, who: str = "priya") -> tuple[Ref, Ref]:
    """A case, and its circle, that keeps somebody out."""
    case = stage.case()
    circle = Ref(cases.case(stage.actor("asha"), case).circle)
    actions.keep_out(stage.actor("asha"), circle, user=stage.memberships[who].user_id, reason="relative")
    return case, circle


def second_job(stage: Stage, who: str, at: str, *roles: Role) -> str:
    """The same person in another agency too."""
    name = f"{who} at {at}"
    stage.memberships[name] = Membership.objects.create(
        user=stage.memberships[who].user, agency=Agency.objects.get(name=at), roles=[role.value for role in roles],
        starts=NOW - timedelta(days=30),
    )  # fmt: skip
    return name


@pytest.mark.parametrize("by_team", [False, True])
def test_who_is_kept_out_and_opens_a_case_by_its_reference_is_told_of_to_another_agency_alone(
    stage: Stage, by_team: bool
) -> None:
    case, circle = kept_out(stage, "moira" if by_team else "priya")
    if by_team:
        actions.keep_out(stage.actor("asha"), circle, team=stage.memberships["priya"].team_id, reason="kin")
    stage.close()
    for _ in range(2):
        with pytest.raises(NotFound):
            cases.case(stage.actor("priya"), case)
        stage.close()
    (alert,) = Alert.objects.all()
    assert (alert.to.name, alert.code, alert.about.user.name) == ("Elsewhere", "kept_out_tried", "Priya")
    (line,) = queries.alerts(stage.actor("stranger"))
    assert (line.who, line.agency, line.opening) == ("Priya", "Northshire", None)
    assert list(chains()) == []


def test_a_try_leaves_the_same_entry_whether_there_is_a_case_or_not_and_none_in_the_cases_own_book(
    stage: Stage,
) -> None:
    case, circle = kept_out(stage)
    stage.close()
    before = Entry.objects.filter(book=circle.key).count()
    said = []
    for ref in (case, Ref("2222-2222"), stage.case(by="stranger")):
        stage.close()
        with pytest.raises(NotFound):
            cases.case(stage.actor("priya"), ref)
        last = Entry.objects.filter(book=stage.memberships["priya"].agency_id).count()
        stage.close()
        new = Entry.objects.filter(book=stage.memberships["priya"].agency_id, seq__gt=last).order_by("seq")
        said.append([(one.code, one.content["says"]) for one in new])
    assert said[0] == said[1] == said[2] and len(said[0]) == 1
    assert Entry.objects.filter(book=circle.key).count() == before
    assert Alert.objects.count() == 1


def test_a_case_that_keeps_one_out_and_none_at_all_take_the_same_steps(stage: Stage) -> None:
    case, _ = kept_out(stage)
    stage.close()
    steps = []
    for ref in (Ref("2222-2222"), case, case, Ref("3333-3333")):  # the book is begun by the first, the second is told
        actor = stage.actor("priya")
        with CaptureQueriesContext(connection) as asked:
            with pytest.raises(NotFound):
                cases.case(actor, ref)
            door.close(actor)
        steps.append([one["sql"].partition(" ")[0] for one in asked.captured_queries])
    assert steps[2] == steps[3]
    assert Counter(steps[1]) - Counter(steps[2]) == Counter({"INSERT": 1})


def test_an_emergency_says_the_same_of_a_case_that_keeps_one_out_and_of_none_and_tells_of_the_try(stage: Stage) -> None:
    case, _ = kept_out(stage)
    for reason, fresh, says in ((REASON, True, NotFound), ("short", True, RuleBroken), (REASON, False, RuleBroken)):
        told = set()
        for reference in (str(case.key), "2222-2222"):
            with pytest.raises(says) as refused:
                casework.open_in_emergency(
                    stage.actor("priya", fresh=fresh), reference=reference, reason_code="life", reason=reason
                )
            told.add(str(refused.value))
        assert len(told) == 1
    assert not Alert.objects.exists(), "the tries of this request are told of when it ends"
    stage.close()
    assert [row.code for row in Alert.objects.all()] == ["kept_out_tried"]
    assert not BreakGlass.objects.exists()


def test_one_person_with_two_memberships_has_three_emergencies_a_week_and_never_reviews_their_own(stage: Stage) -> None:
    other = second_job(stage, "priya", "Stillwater", Role.PRIVACY_OFFICER, Role.ADVOCATE)
    opened = []
    for who in ("priya", other, "priya"):
        circle = cases.case(stage.actor("asha"), case := stage.case()).circle
        opened.append(
            actions.break_glass(stage.actor(who, fresh=True), circle=circle, reason_code="life", reason=REASON)
        )
    assert case
    circle = cases.case(stage.actor("asha"), stage.case()).circle
    with pytest.raises(RuleBroken, match="3 cases this way in a week"):
        actions.break_glass(stage.actor(other, fresh=True), circle=circle, reason_code="life", reason=REASON)
    with pytest.raises(RuleBroken, match="Another agency reviews"):
        actions.review_opening(stage.actor(other), opening=opened[0], outcome="right")


def test_nobody_brings_their_own_other_membership_in(stage: Stage) -> None:
    other = second_job(stage, "ruth", "Elsewhere", Role.TEAM_LEAD)
    case = stage.case(by="ruth")
    circle = Ref(cases.case(stage.actor("ruth"), case).circle)
    with pytest.raises(RuleBroken, match="Somebody else must add you"):
        actions.bring_in(
            stage.actor("ruth"), circle, membership=stage.memberships[other].pk, side="both", basis="share", purpose="x"
        )


def test_visits_that_miss_nothing_write_nothing(stage: Stage) -> None:
    actor = stage.actor("priya")
    door.close(actor)
    assert not Entry.objects.filter(code="circles.nothing_there").exists()
