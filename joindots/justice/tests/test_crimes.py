"""A crime in a case: what is written down and refused, what is owed by each step, what waits, and who may not see it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework import actions as casework
from joindots.casework import queries as casework_queries
from joindots.casework.models import Case, PoliceReport, RightDue
from joindots.justice import actions, answers, queries
from joindots.justice.actions import Said
from joindots.justice.models import Crime
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import london_day
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
REPORTED = TODAY - timedelta(days=40)


@pytest.fixture
def case(stage: Stage) -> Case:
    found: Case = Case.objects.get(reference=stage.case("priya").key)
    return found


def followed(stage: Stage, case: Case, stands_as: str = "victim") -> UUID:
    actor = stage.actor("priya")
    report = casework.note_report(
        actor, Ref(case.reference), force="cumbria", reported_on=REPORTED, stage="reported", crime_reference="NS/1"
    )
    return actions.follow(actor, Ref(report), what="Messages and waiting", stands_as=stands_as)


def add(stage: Stage, key: UUID, event: str, on: date, **said: Any) -> None:
    given: dict[str, Any] = {"told": "told", "who": "DC Tom Hale", "note": "As the force says"} | said
    new = Said(event=event, on=on, **given)
    actions.record(stage.actor("priya"), Ref(key, Crime.objects.get(pk=key).version), said=new)


def test_a_crime_is_followed_and_each_step_that_is_owed_stands_in_the_tracker(stage: Stage, case: Case):
    key = followed(stage, case)
    checks = {"course": "yes", "stalking": "no", "partner": "cannot_tell"}
    add(stage, key, "recorded", REPORTED, offence="mca_s1", checks=checks, last_act=REPORTED)
    add(stage, key, "officer_named", REPORTED)
    add(stage, key, "arrested", TODAY - timedelta(days=9), told="")
    add(stage, key, "bailed", TODAY - timedelta(days=9), ends=TODAY + timedelta(days=6))
    page = queries.crime(stage.actor("priya"), Ref(key))
    assert page.line.says == "being investigated"
    assert page.line.beside == ("on bail from the police",)
    assert page.line.reference == "NS/1"
    assert [one.owed for one in page.steps][2].endswith("over"), "nobody told of the arrest"
    assert page.steps[3].owed == "met in time"
    assert PoliceReport.objects.get().stage == "recorded_other"
    assert dict(RightDue.objects.values_list("event", "state")) == {
        "right_2": "met", "arrested": "open", "released": "met",
    }  # fmt: skip
    me = stage.actor("priya")
    kinds = {one.kind: one for one in answers.due(me, [me.membership_id], TODAY, 60)}
    assert set(kinds) == {"justice.not_stalking", "justice.bail"}
    assert kinds["justice.bail"].link == f"/crimes/{key}/"
    add(stage, key, "charged", TODAY, offence="pha_s4a_sad", outcome="1")
    add(stage, key, "hearing_listed", TODAY, hearing=TODAY + timedelta(days=30))
    coming = {one.kind: one.on for one in answers.due(me, [me.membership_id], TODAY + timedelta(days=60), 60)}
    assert coming["justice.hearing"] == TODAY + timedelta(days=30), "so it stands in their own calendar feed"
    assert "justice.hearing_past" not in coming, "what will be past then is not past yet"
    assert [one.summary for one in answers.dots(me, case.circle_id, kinds=("justice.bail",))] == [
        "Released on bail by the police"
    ]
    stage.close()


def test_a_stop_that_nobody_was_told_of_starts_no_clock_until_somebody_is(stage: Stage, case: Case):
    key = followed(stage, case)
    add(stage, key, "recorded", REPORTED, offence="mca_s1")
    with pytest.raises(RuleBroken, match="First tell"):
        add(stage, key, "stopped", TODAY, outcome="18", told="")
    with pytest.raises(RuleBroken, match="could not be told first"):
        add(stage, key, "stopped", TODAY, outcome="18", told="overridden")
    add(stage, key, "stopped", TODAY, outcome="18", told="overridden", why_not_told="No safe line answered")
    page = queries.crime(stage.actor("priya"), Ref(key))
    assert [one.code for one in page.line.alarms] == ["untold"]
    right = RightDue.objects.get(event="charge_decision")
    actions.tell(stage.actor("priya"), Ref(right.pk), to="met", told_on=TODAY, how="Rung by safe line")
    page = queries.crime(stage.actor("priya"), Ref(key))
    assert [one.code for one in page.line.alarms] == ["review"]
    assert any("Right to Review" in one.says for one in page.facts)
    assert PoliceReport.objects.get().stage == "closed"
    stage.close()


def test_a_review_whose_time_is_over_crowds_out_nothing(stage: Stage, case: Case):
    old, new = followed(stage, case), followed(stage, case)
    add(stage, old, "recorded", REPORTED, offence="mca_s1")
    add(stage, old, "stopped", REPORTED, outcome="16")
    add(stage, new, "recorded", REPORTED + timedelta(days=1), offence="mca_s1")
    later = stage.actor("priya", NOW + timedelta(days=200))
    waiting = queries.crimes_waiting(later, [later.membership_id], london_day(later.at), 1)
    assert [(one.crime, one.alarm.code) for one in waiting] == [(new, "no_officer")]
    stage.close()


def test_only_the_last_step_is_struck_and_what_it_set_going_is_not_owed(stage: Stage, case: Case):
    key = followed(stage, case)
    add(stage, key, "recorded", REPORTED, offence="pha_s2a")
    add(stage, key, "officer_named", REPORTED)
    add(stage, key, "arrested", TODAY, told="")
    with pytest.raises(RuleBroken, match="Only the last step"):
        actions.strike(stage.actor("priya"), Ref(key), number=2, why="Wrong")
    actions.strike(stage.actor("priya"), Ref(key), number=3, why="It was somebody else")
    page = queries.crime(stage.actor("priya"), Ref(key))
    assert page.steps[-1].struck is not None and page.last == 2
    assert RightDue.objects.get(event="arrested").state == "not_wanted"
    add(stage, key, "arrested", TODAY, told="")
    assert queries.crime(stage.actor("priya"), Ref(key)).steps[-1].number == 4
    stage.close()


def test_what_somebody_complained_of_tells_nobody_first_and_owes_nothing(stage: Stage, case: Case):
    key = followed(stage, case, "suspect")
    add(stage, key, "recorded", REPORTED, offence="pha_s2", told="")
    add(stage, key, "stopped", TODAY, outcome="20", told="")
    assert not RightDue.objects.exists()
    assert queries.crime(stage.actor("priya"), Ref(key)).line.alarms == ()
    stage.close()


def test_nobody_outside_the_case_nor_without_the_role_learns_of_a_crime(stage: Stage, case: Case):
    key = followed(stage, case)
    for name in ("asha", "stranger"):
        with pytest.raises((NotFound, NotAllowed)):
            queries.crime(stage.actor(name), Ref(key))
        assert not list(answers.due(stage.actor(name), [stage.actor("priya").membership_id], TODAY, 60))
    with pytest.raises(OutOfDate):
        actions.record(stage.actor("priya"), Ref(key, 99), said=Said(event="not_recorded", on=TODAY, note="x"))
    stage.close()


def test_how_somebody_was_reached_is_sealed_as_how_to_reach_them_is(stage: Stage, case: Case):
    key = followed(stage, case)
    add(stage, key, "recorded", REPORTED, offence="mca_s1")
    add(stage, key, "stopped", TODAY, outcome="18", told="overridden", why_not_told="Rang 07700 900555, no answer")
    right = RightDue.objects.get(event="charge_decision")
    actions.tell(stage.actor("priya"), Ref(right.pk), to="met", told_on=TODAY, how="At 07700 900555")
    case.circle.standings.create(membership=stage.memberships["ruth"], side="both", basis="share", purpose="x",
                                 starts=NOW)  # fmt: skip
    for who, sees in (("priya", True), ("ruth", False)):
        page = queries.crime(stage.actor(who), Ref(key))
        rights = casework_queries.rights_of(stage.actor(who), Ref(case.reference))
        assert ("900555" in repr(page), "900555" in repr(rights)) == (sees, sees)
    stage.close()


def test_the_time_to_tell_of_a_hearing_counts_from_the_day_the_courts_information_came(stage: Stage, case: Case):
    key = followed(stage, case)
    monday = date(2025, 11, 10)
    add(stage, key, "recorded", REPORTED, offence="pha_s4a_sad")
    add(stage, key, "officer_named", REPORTED)
    add(stage, key, "charged", monday - timedelta(days=5), offence="pha_s4a_sad", outcome="1")
    hearing = monday + timedelta(days=60)
    for wrong in (monday - timedelta(days=4), TODAY + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="court’s information came"):
            add(stage, key, "hearing_listed", monday - timedelta(days=3), hearing=hearing, received_on=wrong, told="")
    add(stage, key, "hearing_listed", monday - timedelta(days=3), hearing=hearing, received_on=monday, told="")
    right = RightDue.objects.get(event="court_date")
    assert (right.on, right.due_on) == (monday, monday + timedelta(days=1)), "one working day, with enhanced rights"
    (listed,) = [one for one in queries.crime(stage.actor("priya"), Ref(key)).steps if one.hearing]
    assert listed.received_on == monday
    stage.close()


def test_a_charge_of_the_very_offence_that_was_recorded_is_outcome_1(stage: Stage, case: Case):
    key = followed(stage, case)
    checks = {"course": "yes", "stalking": "yes", "partner": "cannot_tell"}
    add(stage, key, "recorded", REPORTED, offence="pha_s2a", checks=checks, last_act=REPORTED)
    add(stage, key, "officer_named", REPORTED)
    with pytest.raises(RuleBroken, match="the offence that was recorded: outcome 1") as refused:
        add(stage, key, "charged", TODAY, offence="pha_s2a", outcome="1A")
    assert refused.value.reason.code == "outcome_recorded"
    add(stage, key, "charged", TODAY, offence="pha_s4a_sad", outcome="1A")
    add(stage, key, "charged", TODAY, offence="pha_s2a", outcome="1")
    told = [one.outcome.partition(":")[0] for one in queries.crime(stage.actor("priya"), Ref(key)).steps]
    assert told[-2:] == ["1A", "1"]
    stage.close()
