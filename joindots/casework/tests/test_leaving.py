"""Somebody who leaves leaves nothing behind: all of it is named, handed on, and only then the membership ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.roles import Role
from joindots.agencies.models import Membership, User
from joindots.casework import actions
from joindots.casework.models import Chaser, Handover, Task
from joindots.circles import actions as circles
from joindots.circles.models import Circle, Standing
from joindots.kernel.problems import NotFound, RuleBroken
from tests.browsing import SignIn
from tests.stage import Stage


def test_all_that_is_in_hand_is_named_and_passed_on_before_a_membership_ends(stage: Stage, sign_in: SignIn) -> None:
    stage.at = datetime.now(UTC)
    case, ruth = stage.case(), stage.memberships["ruth"]
    admin = stage.memberships["moira"]
    admin.agency_id, admin.roles = ruth.agency_id, [Role.AGENCY_ADMIN.value]
    admin.save()
    Standing.objects.create(
        circle=Circle.objects.get(), membership=ruth, side="victim", basis="team", purpose="x", starts=stage.at
    )
    actions.add_task(stage.actor("asha"), case, what="Ring", owner=ruth.pk)
    actions.ask_agency(stage.actor("ruth"), case, to="Court", ask="x", basis="duty", asked_on=stage.at.date())
    made = circles.make_token(
        stage.actor("moira", fresh=True), membership=ruth.pk, name="Feed", scopes=["directory"], days=9
    )
    named = [str(one) for one in parts.leaving(ruth.pk)]
    assert [one.partition(":")[0] for one in named] == [
        "Keys of systems that act as this member", "Tasks, promises and agencies asked"
    ] and "asked: 2." in named[1]  # fmt: skip
    stage.close()
    client, where = sign_in("moira"), f"/staff/{ruth.pk}/leaving/"
    page = client.get(where).content.decode()
    assert all(one in page for one in named) and client.get(f"/staff/{case.key}/leaving/").status_code == 404
    refused = client.post(where, {"do": "end"})
    assert refused.status_code == 422 and named[0] in refused.content.decode()
    assert client.post(where, {"do": "pass_on"}).status_code == 302
    asha = stage.memberships["asha"].pk
    assert {row.owner_id for model in (Task, Chaser) for row in model.objects.all()} == {asha}
    circles.end_token(stage.actor("moira"), token=made.id)
    stage.close()
    assert "Nothing is with them alone" in client.get(where).content.decode()
    assert client.post(where, {"do": "end"}).status_code == 302
    assert Membership.objects.get(pk=ruth.pk).ends is not None


def test_who_passes_on_what_only_the_leavers_own_cases_hold_is_told_what_comes_first(
    stage: Stage, sign_in: SignIn
) -> None:
    case = stage.case()
    actions.add_task(stage.actor("asha"), case, what="Ring")
    _admin(stage)
    stage.close()
    where = f"/staff/{stage.memberships['asha'].pk}/leaving/"
    told = sign_in("ruth").post(where, {"do": "pass_on"})
    assert told.status_code == 422 and "Hand the cases over first" in told.content.decode()


def test_tasks_of_another_agency_are_passed_on_by_nobody_and_cases_are_counted(stage: Stage) -> None:
    case, asha = stage.case(), stage.memberships["asha"]
    actions.add_task(stage.actor("asha"), case, what="Ring", due_on=date(2025, 11, 20))
    (told,) = parts.leaving(asha.pk)
    assert "nobody else: 1." in str(told) and "asked: 1." in str(told)
    with pytest.raises(RuleBroken, match=r"nobody else: 1\..*asked: 1\."):
        circles.end_membership(_admin(stage), membership=asha.pk)
    assert actions.pass_tasks_on(_admin(stage), giver=asha.pk) == 0, "it is with whoever has the case already"
    with pytest.raises(NotFound):
        actions.pass_tasks_on(stage.actor("ruth"), giver=stage.memberships["priya"].pk)
    stage.at += timedelta(days=1)
    circles.end_membership(_admin(stage), membership=asha.pk, at_once=True)
    assert Task.objects.get().owner_id == asha.pk


def test_a_case_that_a_leaver_offered_is_taken_by_nobody_on_their_behalf_but_offered_anew(stage: Stage) -> None:
    case, asha = stage.case(), stage.memberships["asha"]
    user = User.objects.create(username="tea", name="Tea")
    stage.memberships["tea"] = tea = Membership.objects.create(
        user=user, agency=asha.agency, roles=[Role.ADVOCATE.value], starts=asha.starts
    )
    actions.hand_over(stage.actor("asha"), cases=[case.key], receiver=tea.pk, why="leave")
    stage.at += timedelta(hours=1)
    circles.end_membership(_admin(stage), membership=asha.pk, at_once=True)
    with pytest.raises(RuleBroken, match="has left"):
        actions.answer_handover(stage.actor("tea"), handover=Handover.objects.get().pk, accepted=True)
    actions.hand_over(stage.actor("ruth"), cases=[case.key], receiver=tea.pk, why="leaving")
    anew = Handover.objects.get(state="asked")
    assert actions.answer_handover(stage.actor("tea"), handover=anew.pk, accepted=True) == case.key


def _admin(stage: Stage) -> Actor:
    row = stage.memberships["ruth"]
    row.roles = [Role.AGENCY_ADMIN.value, Role.TEAM_LEAD.value]
    row.save()
    return stage.actor("ruth")
