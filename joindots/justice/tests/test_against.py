"""Whatever is put on somebody recorded as a victim asks one rule, by whichever way it comes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework.models import Case
from joindots.circles import actions as circles
from joindots.circles.models import TwoPersonAct
from joindots.justice import actions, queries
from joindots.justice.actions import Said
from joindots.justice.models import Crime, PrimaryReview, ToldRequest
from joindots.justice.rules.disclosing import Happened
from joindots.justice.rules.opposed import AGAINST
from joindots.justice.tests.test_primary_victim import CAL, MAYA, TODAY, WHY, agree, circle_of, mirrored, say, second
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.orders import actions as orders
from joindots.people import actions as people
from tests.stage import NOW, Stage

STOPPED = "recorded as a victim"


def crime_in(stage: Stage, circle: Ref, who: str = "priya", stands_as: str = "victim") -> UUID:
    reference = Case.objects.get(circle=circle.key).reference
    report = casework.note_report(
        stage.actor(who), Ref(reference), force="cumbria", reported_on=TODAY, stage="reported", crime_reference="NS/1"
    )
    key = actions.follow(stage.actor(who), Ref(report), what="Messages", stands_as=stands_as)
    for event in ("recorded", "officer_named"):
        step(stage, key, event, who, offence="mca_s1" if event == "recorded" else "")
    return key


def step(stage: Stage, key: UUID, event: str, who: str = "priya", **said: Any) -> None:
    given: dict[str, Any] = {"on": TODAY, "told": "told", "who": "DC Tom Hale", "note": "As the force says"} | said
    actions.record(stage.actor(who), Ref(key, Crime.objects.get(pk=key).version), said=Said(event=event, **given))


@pytest.mark.parametrize(
    ("act", "event", "said"),
    [
        ("charge", "charged", {"offence": "mca_s1", "outcome": "1"}),
        ("warning", "stopped", {"outcome": "3"}),
        ("bail", "bailed", {"ends": TODAY + timedelta(days=9)}),
    ],
)
def test_no_officer_charges_cautions_or_bails_a_recorded_victim_until_two_people_decided_just_that(
    stage: Stage, act: str, event: str, said: dict[str, Any]
):
    case, claim = mirrored(stage)
    theirs, hers = crime_in(stage, claim), crime_in(stage, case, stands_as="suspect")
    for key in (theirs, hers):
        with pytest.raises(RuleBroken, match=STOPPED):
            step(stage, key, event, **said)
    step(stage, theirs, "arrested")
    second(stage, claim)
    agree(stage, say(stage, claim, covers=[act]))
    step(stage, theirs, event, **said)
    second_there(stage, case)
    agree(stage, say(stage, case, covers=[act]))
    with pytest.raises(RuleBroken, match=STOPPED):
        step(stage, hers, event, **said)
    stage.close()


def second_there(stage: Stage, circle: Ref) -> None:
    circles.bring_in(
        stage.actor("priya"), circle, membership=stage.memberships["tom"].pk, side="victim", basis="team", purpose="x"
    )


def test_an_advocate_writes_down_what_the_police_did_as_told(stage: Stage):
    made = []
    for victim, suspect in ((MAYA, CAL), (CAL, MAYA)):
        made.append(circle_of(stage.case("asha", victim=victim)))
        people.add_person(stage.actor("asha"), made[-1], name=suspect, stands_as="suspect")
    key = crime_in(stage, made[0], "asha")
    step(stage, key, "charged", "asha", offence="mca_s1", outcome="1")
    assert Crime.objects.get(pk=key).stage == "before_court"
    stage.close()


def test_a_recorded_victims_past_is_told_to_nobody_on_one_persons_word(stage: Stage):
    _, claim = mirrored(stage)
    elsewhere = circle_of(stage.case("priya", victim="Rosa Lind"))
    for circle in (claim, elsewhere):
        Case.objects.filter(circle=circle.key).update(relation="ex_partner")
        key = actions.ask_to_be_told(
            stage.actor("priya"), circle, scheme="dvds", right="ask", asker="self", who_asked="", about=MAYA.lower(),
            asked_on=TODAY, why="Afraid",
        )  # fmt: skip

        def happens(event: str, key: UUID = key) -> None:
            new = Happened(event=event, on=TODAY, said="x")
            actions.tell_step(stage.actor("priya"), Ref(key, ToldRequest.objects.get(pk=key).version), new=new)

        happens("checked")
        with pytest.raises(RuleBroken, match=STOPPED):
            happens("to_tell")
        happens("not_to_tell")
    stage.close()


def test_a_decision_covers_nobody_who_is_brought_in_as_reported_after_it(stage: Stage):
    case = circle_of(stage.case("priya", victim="Rosa Lind"))
    stage.case("priya", victim=MAYA)
    people.add_person(stage.actor("priya"), case, name="Somebody Else", stands_as="suspect")
    second(stage, case)
    agree(stage, say(stage, case))
    orders.consider(stage.actor("priya"), case, on=TODAY, why="Six acts")
    later = stage.actor("priya", NOW + timedelta(hours=1))
    people.add_person(later, case, name=MAYA, stands_as="suspect")
    with pytest.raises(RuleBroken, match=STOPPED):
        orders.consider(later, case, on=TODAY, why="Six acts")
    stage.close()


def test_nor_who_is_made_the_person_reported_after_it(stage: Stage):
    case, _ = mirrored(stage)
    witness = people.add_person(stage.actor("priya"), case, name="Nell Ashby", stands_as="witness")
    stage.case("priya", victim="Nell Ashby")
    second(stage, case)
    agree(stage, say(stage, case, covers=["order", "role"]))
    later = stage.actor("priya", NOW + timedelta(hours=1))
    actions.change_role(later, case, person=witness, to="suspect", why=WHY)
    with pytest.raises(RuleBroken, match=STOPPED):
        orders.consider(later, case, on=TODAY, why="Six acts")
    stage.close()


def test_what_is_asked_of_a_second_person_is_decided_as_that_alone(stage: Stage):
    case, _ = mirrored(stage)
    second(stage, case)
    key = say(stage, case)
    act = PrimaryReview.objects.get(pk=key).act_id
    for kind in ("erase", "take_out", ""):
        with pytest.raises(NotFound):
            circles.decide_second(stage.actor("tom"), case, act=act, agreed=True, kind=kind)
    assert TwoPersonAct.objects.get(pk=act, act=AGAINST).decision == "asked"
    stage.close()


def test_names_near_a_recorded_victims_are_shown_to_who_may_know_and_stop_nothing(stage: Stage):
    case = circle_of(stage.case("priya", victim="Rosa Lind"))
    hidden = circle_of(stage.case("asha", victim="Maia Elwood"))
    for name in (MAYA, "Maya Nightingale", "Ellwood Maia", "Tom Hale"):
        stage.case("priya", victim=name)
    people.add_person(stage.actor("priya"), case, name="Maia Elwood", stands_as="suspect")
    near = queries.near_victims(stage.actor("priya"), case)
    assert [(one.name, one.near) for one in near] == [
        (MAYA, "spelt nearly the same"), ("Ellwood Maia", "one word of the name is the same"),
    ]  # fmt: skip
    assert all(one.case for one in near) and hidden
    orders.consider(stage.actor("priya"), case, on=TODAY, why="Six acts")
    stage.close()
