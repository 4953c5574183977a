"""Staff: nobody sets another's password, and what gives access takes two people of the agency."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.enrolling import MOST_TRIES, enrol
from joindots.agencies.models import Enrolment, Membership, User
from joindots.audit.models import Entry
from joindots.casework import queries as cases
from joindots.circles import actions, queries
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from tests.stage import NOW, Stage

PASSWORD = "amber-lantern-otter-quill"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Ruth administers Stillwater's staff beside leading the team."""
    ruth = stage.memberships["ruth"]
    ruth.roles = [Role.TEAM_LEAD, Role.AGENCY_ADMIN]
    ruth.save()
    return stage


def second(stage: Stage) -> Membership:
    """Another member of Stillwater who may decide."""
    user = User.objects.create(username="bea", name="Bea")
    membership = Membership.objects.create(
        user=user, agency=stage.memberships["ruth"].agency, roles=[Role.TEAM_LEAD], starts=NOW - timedelta(days=9)
    )
    stage.memberships["bea"] = membership
    return membership


def test_a_new_member_sets_their_own_password_once_with_the_code_they_were_handed(stage: Stage) -> None:
    code = actions.add_staff(stage.actor("ruth"), username="new.person", name="New Person", roles=("advocate",))
    assert not enrol("new.person", "WRONG", PASSWORD, NOW)
    assert enrol("new.person", code.code, PASSWORD, NOW)
    assert User.objects.get(username="new.person").check_password(PASSWORD)
    assert not enrol("new.person", code.code, PASSWORD, NOW), "a code works once"


def test_a_code_dies_after_many_wrong_tries_or_a_day_and_every_refusal_reads_the_same(stage: Stage) -> None:
    code = actions.add_staff(stage.actor("ruth"), username="a", name="A", roles=("advocate",)).code
    Enrolment.objects.update(tries=MOST_TRIES - 1)
    refusals = {str(enrol("a", "WRONG", PASSWORD, NOW).reason)}
    refusals.add(str(enrol("a", code, PASSWORD, NOW).reason))
    refusals.add(str(enrol("nobody", code, PASSWORD, NOW).reason))
    late = actions.add_staff(stage.actor("ruth"), username="b", name="B", roles=("advocate",)).code
    refusals.add(str(enrol("b", late, PASSWORD, NOW + timedelta(days=1)).reason))
    assert len(refusals) == 1


@pytest.mark.parametrize(
    "username",
    ["", " ", "a b", "new\0", "a\u200bsha", "\u0430sha", "asha\u202e", "-asha", "asha.", "x" * 81, "ásha", "a/b"],
)
def test_a_username_has_no_signs_that_look_like_others_or_like_nothing(stage: Stage, username: str) -> None:
    with pytest.raises(RuleBroken, match="small letters a to z"):
        actions.add_staff(stage.actor("ruth"), username=username, name="New Person", roles=("advocate",))


def test_a_username_that_differs_from_another_in_capitals_alone_is_taken(stage: Stage) -> None:
    with pytest.raises(RuleBroken, match="taken"):
        actions.add_staff(stage.actor("ruth"), username="ASHA", name="Another Asha", roles=("advocate",))
    made = actions.add_staff(stage.actor("ruth"), username=" Nia.Rees ", name="Nia Rees", roles=("advocate",))
    assert made.username == "nia.rees"
    assert enrol(" Nia.Rees", made.code, PASSWORD, NOW)


@pytest.mark.parametrize("name", ["", "  ", "Asha\0", "Asha\u202e", "\u200b", "Asha\nLead", "x" * 121])
def test_a_name_is_there_and_can_be_seen(stage: Stage, name: str) -> None:
    with pytest.raises(RuleBroken, match="name"):
        actions.add_staff(stage.actor("ruth"), username="nia", name=name, roles=("advocate",))


def test_nobody_is_found_by_signs_that_no_username_has(stage: Stage) -> None:
    assert not enrol("asha\0", "WRONG", PASSWORD, NOW)
    assert queries.member_named(stage.actor("ruth"), "asha\0") is None
    assert queries.member_named(stage.actor("ruth"), " Asha ") == stage.memberships["asha"].pk


def test_an_administrator_cannot_give_roles_alone_not_even_to_themselves(stage: Stage) -> None:
    me = stage.memberships["ruth"]
    act = actions.ask_roles(stage.actor("ruth"), membership=me.pk, roles=("clinician",))
    with pytest.raises(RuleBroken, match="Somebody else must decide"):
        actions.decide_staff(stage.actor("ruth"), act=act, agreed=True)
    assert "clinician" not in Membership.objects.get(pk=me.pk).roles
    second(stage)
    actions.decide_staff(stage.actor("bea"), act=act, agreed=True)
    assert Membership.objects.get(pk=me.pk).roles == ["clinician"]


def test_recovery_takes_two_and_ends_every_factor_password_and_session(stage: Stage) -> None:
    asha = stage.memberships["asha"]
    Authenticator.objects.create(user=asha.user, type="totp", data={})
    act = actions.ask_recovery(stage.actor("ruth"), membership=asha.pk)
    assert Authenticator.objects.exists()
    second(stage)
    code = actions.decide_staff(stage.actor("bea"), act=act, agreed=True)
    assert code
    user = User.objects.get(pk=asha.user_id)
    assert not Authenticator.objects.exists()
    assert not user.has_usable_password()
    assert user.session_key == "ended"
    assert enrol("asha", code.code, PASSWORD, NOW)


def test_who_is_to_be_recovered_cannot_be_the_second_person(stage: Stage) -> None:
    bea = second(stage)
    act = actions.ask_recovery(stage.actor("ruth"), membership=bea.pk)
    with pytest.raises(RuleBroken, match="Somebody else must decide"):
        actions.decide_staff(stage.actor("bea"), act=act, agreed=True)


def test_another_agencys_staff_do_not_exist_here(stage: Stage) -> None:
    for action in (actions.end_membership, actions.ask_recovery):
        with pytest.raises(NotFound):
            action(stage.actor("ruth"), membership=stage.memberships["priya"].pk)
    assert {line.username for line in queries.staff(stage.actor("ruth"))} == {"asha", "ruth"}


def test_a_leaver_knows_nothing_from_that_moment(stage: Stage) -> None:
    actions.end_membership(stage.actor("ruth"), membership=stage.memberships["asha"].pk)
    with pytest.raises(NotAllowed, match="not in force"):
        cases.cases(stage.actor("asha", NOW + timedelta(seconds=1)))


def test_access_ends_once_each_case_has_somebody_or_at_once_and_the_leads_get_them(stage: Stage) -> None:
    case, asha = stage.case(), stage.memberships["asha"].pk
    kin = Membership.objects.create(
        user=User.objects.create(username="kin", name="Kin"), agency=stage.memberships["ruth"].agency,
        roles=["team_lead"], starts=stage.memberships["ruth"].starts,
    )  # fmt: skip
    stage.memberships["kin"] = kin
    circle = Ref(cases.case(stage.actor("asha"), case).circle)
    actions.keep_out_member(stage.actor("asha"), circle, membership=kin.pk, reason="kin")
    with pytest.raises(RuleBroken, match="nobody else"):
        actions.end_membership(stage.actor("ruth"), membership=asha)
    with pytest.raises(NotFound):
        cases.case(stage.actor("ruth"), case)
    actions.end_membership(stage.actor("ruth"), membership=asha, at_once=True)
    later = NOW + timedelta(seconds=1)
    with pytest.raises(NotAllowed, match="not in force"):
        cases.case(stage.actor("asha", later), case)
    assert [line.reference for line in cases.left_behind(stage.actor("ruth", later))] == [case.key]
    with pytest.raises(NotFound):
        cases.case(stage.actor("kin", later), case)


def test_an_advocate_manages_no_staff(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        actions.add_staff(stage.actor("asha"), username="x", name="X", roles=("advocate",))


def test_who_may_decide_as_a_second_person_is_never_made_by_one_person_alone(stage: Stage) -> None:
    """Else an administrator makes a lead, enrols as that lead with the code, and agrees to what they asked for."""
    code = actions.add_staff(
        stage.actor("ruth"), username="puppet", name="Puppet", roles=("advocate", "team_lead", "privacy_officer")
    )
    assert code.waits == ("privacy_officer", "team_lead")
    made = Membership.objects.get(user__username="puppet")
    assert made.roles == ["advocate"]
    (act,) = queries.staff_acts(stage.actor("ruth"))
    assert act.about == "Puppet" and act.mine
    with pytest.raises(RuleBroken, match="Somebody else must decide"):
        actions.decide_staff(stage.actor("ruth"), act=act.id, agreed=True)
    second(stage)
    actions.decide_staff(stage.actor("bea"), act=act.id, agreed=True)
    made.refresh_from_db()
    assert made.roles == ["advocate", "privacy_officer", "team_lead"]
    assert actions.add_staff(stage.actor("ruth"), username="n", name="N", roles=("advocate",)).waits == ()


def test_an_agency_in_which_nobody_else_may_decide_turns_to_its_buddy_and_to_nobody_else(stage: Stage) -> None:
    act = actions.ask_roles(
        stage.actor("ruth"), membership=stage.memberships["asha"].pk, roles=("advocate", "team_lead")
    )
    for who in ("moira", "stranger"):
        assert queries.staff_acts(stage.actor(who)) == ()
        with pytest.raises(NotFound):
            actions.decide_staff(stage.actor(who), act=act, agreed=True)
    agency = stage.memberships["ruth"].agency
    agency.buddy = stage.memberships["moira"].agency
    agency.save()
    assert [one.about for one in queries.staff_acts(stage.actor("moira"))] == ["Asha"]
    assert {line.username for line in queries.staff(stage.actor("moira"))} == {"moira"}
    second(stage)
    assert queries.staff_acts(stage.actor("moira")) == ()
    Membership.objects.filter(user__username="bea").delete()
    actions.decide_staff(stage.actor("moira"), act=act, agreed=True)
    assert "team_lead" in Membership.objects.get(pk=stage.memberships["asha"].pk).roles


def test_a_leaver_comes_back_under_their_username_as_new_as_any_new_member(stage: Stage) -> None:
    """A new membership and a new way in; nothing they stood in returns, and what keeps them out still does."""
    case, asha = stage.case(), stage.memberships["asha"]
    asha.user.set_password(PASSWORD)
    asha.user.save()
    Authenticator.objects.create(user=asha.user, type="totp", data={})
    actions.end_membership(stage.actor("ruth"), membership=asha.pk, at_once=True)
    later = NOW + timedelta(days=40)
    ruth = stage.actor("ruth", later)
    code = actions.bring_back(ruth, username=" ASHA", roles=("advocate", "team_lead"))
    assert (code.username, code.waits) == ("asha", ("team_lead",))
    back = Membership.objects.get(user=asha.user, ends=None)
    assert back.pk != asha.pk and back.roles == ["advocate"] and back.starts == later
    user = User.objects.get(pk=asha.user_id)
    assert not user.has_usable_password() and user.session_key == "ended" and not Authenticator.objects.exists()
    stage.memberships["asha"] = back
    with pytest.raises(NotFound):
        cases.case(stage.actor("asha", later + timedelta(seconds=1)), case)
    assert enrol("asha", code.code, PASSWORD, later)
    told = Entry.objects.filter(code="staff.brought_back")
    assert [row.membership for row in told] == [ruth.membership_id]
    for old in (actions.ask_recovery, actions.end_membership):
        with pytest.raises(NotFound):
            old(ruth, membership=asha.pk)


def test_only_who_left_this_agency_and_works_nowhere_comes_back_and_every_refusal_reads_the_same(stage: Stage) -> None:
    """A leaver of another agency, somebody at work there or here, and a name of nobody's look alike."""
    asha, priya = stage.memberships["asha"], stage.memberships["priya"]
    Membership.objects.filter(pk=priya.pk).update(ends=NOW)
    actions.end_membership(stage.actor("ruth"), membership=asha.pk)
    Membership.objects.create(user=asha.user, agency=priya.agency, roles=["advocate"], starts=NOW)
    refusals = set()
    for username in ("priya", "asha", "moira", "ruth", "nobody", "nobody\0"):
        with pytest.raises(RuleBroken) as refused:
            actions.bring_back(stage.actor("ruth", NOW + timedelta(days=1)), username=username, roles=("advocate",))
        refusals.add(str(refused.value))
    assert len(refusals) == 1
    taken = set()
    for username in ("priya", "asha", "moira", "ruth"):
        with pytest.raises(RuleBroken) as refused:
            actions.add_staff(
                stage.actor("ruth", NOW + timedelta(days=1)), username=username, name="N", roles=("advocate",)
            )
        taken.add(str(refused.value))
    assert len(taken) == 1
    assert not Enrolment.objects.exists()


def test_what_waited_for_a_second_person_is_over_when_who_asked_or_whom_it_is_about_leaves(stage: Stage) -> None:
    bea, asha = second(stage), stage.memberships["asha"]
    bea.roles = [Role.TEAM_LEAD, Role.AGENCY_ADMIN]
    bea.save()
    third = Membership.objects.create(
        user=User.objects.create(username="cat", name="Cat"), agency=bea.agency, roles=[Role.TEAM_LEAD.value],
        starts=bea.starts,
    )  # fmt: skip
    stage.memberships["cat"] = third
    about_asha = actions.ask_recovery(stage.actor("ruth"), membership=asha.pk)
    by_bea = actions.ask_roles(stage.actor("bea"), membership=third.pk, roles=("advocate", "team_lead"))
    token = actions.make_token(
        stage.actor("bea", fresh=True), membership=stage.memberships["ruth"].pk, name="Feed", scopes=["reports"], days=9
    )
    late = NOW + timedelta(hours=1)
    for leaver in (asha, bea):
        actions.end_membership(stage.actor("ruth", late), membership=leaver.pk)
    later = late + timedelta(minutes=1)
    assert queries.staff_acts(stage.actor("cat", later)) == ()
    for act, who in ((about_asha, "cat"), (by_bea, "ruth")):
        with pytest.raises(RuleBroken, match="nothing happens"):
            actions.decide_staff(stage.actor(who, later), act=act, agreed=True)
    with pytest.raises(RuleBroken, match="ended already"):
        actions.agree_to_token(stage.actor("cat", later), token=token.id)
    assert third.role_set == {Role.TEAM_LEAD} and not Enrolment.objects.filter(user=asha.user).exists()
