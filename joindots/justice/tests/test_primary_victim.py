"""Nothing is written down against somebody recorded as a victim without a second person's reasoned decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.agencies.actors import actor_as
from joindots.agencies.models import Agency, Membership, User
from joindots.audit.models import Entry
from joindots.casework.models import Case
from joindots.circles import actions as circles
from joindots.circles.models import Alert
from joindots.justice import actions, answers, queries
from joindots.justice.models import PrimaryReview
from joindots.justice.rules import opposed as rules
from joindots.justice.rules.opposed import SECOND_NEEDED, Act, Decided, Finding
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import london_day
from joindots.law.episode import Happened
from joindots.orders import actions as orders
from joindots.people import actions as people
from joindots.people.models import Presence
from tests.stage import NOW, Stage

PACKAGE = Path(__file__).resolve().parents[2]
TODAY = london_day(NOW)
WHY = "He starts contact: 3,545 acts to her, 71 from her, the last five all say stop."
MAYA, CAL = "Maya Ellwood", "Callum Pryce"


def circle_of(case: Ref) -> Ref:
    found: UUID = Case.objects.get(reference=case.key).circle_id
    return Ref(found)


def mirrored(stage: Stage) -> tuple[Ref, Ref]:
    """The case of a victim, and the case in which the person reported there complains of that victim."""
    made = []
    for victim, suspect in ((MAYA, CAL), (CAL, MAYA)):
        circle = circle_of(stage.case("priya", victim=victim))
        people.add_person(stage.actor("priya"), circle, name=suspect, stands_as="suspect")
        made.append(circle)
    return made[0], made[1]


def second(stage: Stage, circle: Ref) -> None:
    """A second officer of the same agency, who works on the case too."""
    user = User.objects.create(username="tom", name="Tom")
    first = stage.memberships["priya"]
    stage.memberships["tom"] = Membership.objects.create(
        user=user, agency=first.agency, team=first.team, roles=["police_officer"], starts=first.starts
    )
    circles.bring_in(
        stage.actor("priya"), circle, membership=stage.memberships["tom"].pk, side="victim", basis="team", purpose="x"
    )


def say(stage: Stage, circle: Ref, **more: Any) -> UUID:
    told = {
        "finding": "ours", "covers": ["order", "warning"], "looked": ["starts", "timing", "threads"], "why": WHY,
        "review_on": TODAY + timedelta(days=90), **more,
    }  # fmt: skip
    return actions.say_primary(stage.actor("priya"), circle, **told)


def agree(stage: Stage, key: UUID, who: str = "tom", **more: Any) -> None:
    version = PrimaryReview.objects.get(pk=key).version
    told = {"agreed": True, "why": "I read both threads whole and the custody times. " * 2, **more}
    actions.agree_primary(stage.actor(who), Ref(key, version), **told)


@settings(max_examples=40)
@given(
    act=st.sampled_from(list(Act)), covers=st.sets(st.sampled_from([one.value for one in Act])),
    days=st.integers(-100, 100), is_victim=st.booleans(),
)  # fmt: skip
def test_an_act_against_a_victim_goes_only_under_a_decision_that_names_it_and_still_stands(
    act: Act, covers: set[str], days: int, is_victim: bool
):
    decided = Decided(Finding.OURS, frozenset(covers), TODAY + timedelta(days=days))
    told = rules.may_act_against(act, is_victim=is_victim, decided=decided, today=TODAY)
    assert bool(told) == (not is_victim or (act.value in covers and days >= 0))
    nobody = rules.may_act_against(act, is_victim=is_victim, decided=None, today=TODAY)
    assert bool(nobody) == (not is_victim)
    assert told or str(told.reason) == SECOND_NEEDED


@settings(max_examples=40)
@given(
    st.tuples(st.text(max_size=30), st.sets(st.sampled_from(list(rules.LOOKED))), st.dates(max_value=date(2100, 1, 1))),
    st.tuples(st.text(max_size=30), st.sets(st.sampled_from(list(rules.LOOKED))), st.dates(max_value=date(2100, 1, 1))),
)
def test_two_contents_that_differ_in_anything_have_two_prints(one: tuple[Any, ...], other: tuple[Any, ...]):
    def made(said: tuple[Any, ...]) -> str:
        return rules.print_of("c", 1, "ours", ["order"], said[1], said[0], said[2])

    assert (made(one) == made(other)) == (one == other)


def test_a_role_is_changed_in_one_place_alone_and_asked_for_by_the_rule_alone():
    source = {path: path.read_text() for path in PACKAGE.rglob("*.py") if "tests" not in path.parts}
    setting = [path.relative_to(PACKAGE).as_posix() for path, text in source.items() if ".stands_as = " in text]
    asking = [path.relative_to(PACKAGE).as_posix() for path, text in source.items() if "people.stand_as(" in text]
    assert (setting, asking) == (["people/actions/persons.py"], ["justice/actions/opposed.py"])


def test_a_decision_without_looking_reasons_or_a_near_review_is_refused():
    said: dict[str, Any] = {"finding": "ours", "covers": ["order"], "looked": ["starts", "fears", "timing"],
                            "why": WHY, "review_on": TODAY + timedelta(days=30), "today": TODAY}  # fmt: skip
    assert rules.can_find(**said)
    for wrong in (
        {"finding": "him"}, {"covers": ["anything"]}, {"looked": ["starts"]}, {"looked": ["a", "b", "c"]},
        {"why": " " * 80}, {"why": "x" * 9000}, {"review_on": None}, {"review_on": TODAY},
        {"review_on": TODAY + timedelta(days=93)}, {"finding": "reported"},
    ):  # fmt: skip
        assert not rules.can_find(**{**said, **wrong}), wrong


def test_order_warning_and_role_are_refused_alike_until_two_people_decided_and_the_try_is_noted(stage: Stage):
    case, claim = mirrored(stage)
    for circle in (case, claim):
        with pytest.raises(RuleBroken) as stopped:
            orders.consider(stage.actor("priya"), circle, on=TODAY, why="Six acts")
        assert str(stopped.value) == SECOND_NEEDED
    officer = stage.actor("priya")
    maya = Presence.objects.get(circle=case.key, stands_as="victim").person_id
    with pytest.raises(RuleBroken, match="recorded as a victim"):
        actions.change_role(officer, case, person=maya, to="suspect", why=WHY)
    with pytest.raises(RuleBroken, match="recorded as a victim"):
        people.add_person(officer, case, name="maya ELLWOOD", stands_as="suspect")
    stage.close()
    noted = " ".join(str(row.content) for row in Entry.objects.filter(book=case.key, code="read"))
    assert "justice.stopped.order" in noted
    assert "justice.stopped.role" in noted
    second(stage, case)
    key = say(stage, case)
    with pytest.raises(RuleBroken, match="recorded as a victim"):
        orders.consider(stage.actor("priya"), case, on=TODAY, why="Six acts")
    agree(stage, key)
    made = orders.consider(stage.actor("priya"), case, on=TODAY, why="Six acts")
    with pytest.raises(RuleBroken, match="recorded as a victim"):
        orders.consider(stage.actor("priya"), claim, on=TODAY, why="Nothing was decided there")
    later = stage.actor("priya", NOW + timedelta(days=91))
    (over,) = queries.primary_victim(later, case).reviews
    assert over.stands == "over"
    with pytest.raises(RuleBroken, match="recorded as a victim"):
        orders.record(later, Ref(made, 1), new=Happened(event="decide_yes", on=TODAY), note="")
    stage.close()


def test_nobody_decides_on_their_own_word_and_nothing_else_than_was_asked_is_agreed(stage: Stage):
    case, _ = mirrored(stage)
    second(stage, case)
    key = say(stage, case)
    with pytest.raises(RuleBroken, match="Somebody else must decide"):
        agree(stage, key, "priya")
    with pytest.raises(RuleBroken, match="Write the reasons"):
        agree(stage, key, why="ok")
    with pytest.raises(RuleBroken, match="asked already"):
        say(stage, case)
    with pytest.raises(NotFound):
        agree(stage, key, "asha")
    PrimaryReview.objects.filter(pk=key).update(covers=["order", "role", "warning"])
    with pytest.raises(RuleBroken, match="not what was asked"):
        agree(stage, key)
    PrimaryReview.objects.filter(pk=key).update(covers=["order", "warning"])
    stale = Ref(key, PrimaryReview.objects.get(pk=key).version + 1)
    with pytest.raises(OutOfDate):
        actions.agree_primary(stage.actor("tom"), stale, agreed=True, why=WHY)
    with pytest.raises(RuleBroken, match="not decided in time"):
        actions.agree_primary(
            actor_as(stage.memberships["tom"], NOW + timedelta(hours=73)), Ref(key), agreed=True, why=WHY
        )
    assert not queries.primary_victim(stage.actor("tom"), case).lets
    for who, says in (("tom", "A colleague asks"), ("priya", "has not decided yet")):
        me = stage.actor(who)
        (waits,) = answers.due(me, [me.membership_id], TODAY + timedelta(4), 9)
        assert says in str(waits.sentence)
    agree(stage, key, agreed=False)
    page = queries.primary_victim(stage.actor("tom"), case)
    assert (page.reviews[0].stands, page.lets) == ("refused", ())
    assert queries.primary_victim(stage.actor("priya"), case).stops
    stage.close()


def test_versions_stay_and_what_waits_stands_on_todays_desk(stage: Stage):
    case, _ = mirrored(stage)
    second(stage, case)
    agree(stage, say(stage, case))
    agree(
        stage,
        say(stage, case, finding="unclear", covers=[], why=f"{WHY} New threads came.", review_on=TODAY + timedelta(9)),
    )
    page = queries.primary_victim(stage.actor("tom"), case)
    assert [(one.number, one.stands) for one in page.reviews] == [(2, "agreed"), (1, "earlier")]
    assert page.lets == ()
    me = stage.actor("priya")
    due = [
        one for one in answers.due(me, [me.membership_id], TODAY + timedelta(14), 20) if one.kind == "justice.primary"
    ]
    assert [one.on for one in due] == [TODAY + timedelta(9)]
    stage.close()


def test_a_small_agencys_buddy_decides_on_codes_alone_and_a_big_ones_does_not(stage: Stage):
    case, _ = mirrored(stage)
    with pytest.raises(RuleBroken, match="people of its own"):
        say(stage, case, buddy=True)
    Agency.objects.filter(name="Northshire").update(buddy=Agency.objects.get(name="Trust"))
    key = say(stage, case, buddy=True)
    moira, ruth = stage.actor("moira"), stage.actor("ruth")
    (asked,) = queries.seconds_asked(moira)
    assert asked.agency == "Northshire"
    assert "Ellwood" not in repr(asked)
    assert queries.seconds_asked(ruth) == ()
    (row,) = (one for one in answers.due(moira, [moira.membership_id], TODAY, 20) if one.kind == "justice.second")
    assert (row.link, row.circle) == ("/second-person/", asked.act), "of the case the buddy is told nothing"
    assert "Northshire" in str(row.sentence)
    assert not list(answers.due(ruth, [ruth.membership_id, moira.membership_id], TODAY, 20))
    with pytest.raises(NotFound):
        actions.agree_as_buddy(ruth, act=asked.act, agreed=True, why=WHY)
    actions.agree_as_buddy(moira, act=asked.act, agreed=True, why=WHY)
    assert PrimaryReview.objects.get(pk=key).state == "agreed"
    assert queries.primary_victim(stage.actor("priya"), case).lets
    stage.close()


def test_a_page_tells_nothing_of_a_case_one_may_not_know_and_the_try_is_told_outside_the_chain(stage: Stage):
    case, claim = mirrored(stage)
    second(stage, claim)
    Membership.objects.filter(pk=stage.memberships["tom"].pk).update(roles=["police_officer"])
    circles.keep_out_member(stage.actor("priya"), case, membership=stage.memberships["tom"].pk, reason="kin")
    stage.close()
    assert not queries.primary_victim(stage.actor("tom"), claim).second_needed
    assert queries.primary_victim(stage.actor("priya"), claim).second_needed
    stage.close()
    assert not Alert.objects.exists()
    with pytest.raises(RuleBroken) as stopped:
        orders.consider(stage.actor("tom"), claim, on=TODAY, why="Six acts")
    assert str(stopped.value) == SECOND_NEEDED
    stage.close()
    assert set(Alert.objects.values_list("circle", "code")) == {(case.key, "kept_out_tried")}


def test_both_or_the_suspects_side_see_no_word_and_another_agencys_book_is_not_given_away(stage: Stage):
    case, _ = mirrored(stage)
    for side in ("both", "suspect"):
        circles.bring_in(stage.actor("priya"), case, membership=stage.memberships["ruth"].pk, side=side,
                         basis="share", purpose="x")  # fmt: skip
        with pytest.raises(Exception, match=r"nothing here|not shown to your side"):
            queries.primary_victim(replace(stage.actor("ruth")), case)
        circles.send_away(stage.actor("priya"), case, membership=stage.memberships["ruth"].pk)
    other = circle_of(stage.case("asha", victim="Rosa Lind"))
    people.add_person(stage.actor("asha"), other, name=MAYA, stands_as="suspect")
    assert not queries.primary_victim(stage.actor("asha"), other).second_needed
    stage.close()
