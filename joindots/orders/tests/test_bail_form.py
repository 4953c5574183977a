"""The form on bail tells the conditions of the order of bail, in its own words, and those of a step only without one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.documents.order_papers import words_of
from joindots.justice import queries as justice
from joindots.justice.tests.test_crimes import REPORTED, add, followed
from joindots.orders import actions
from joindots.orders.models import Order
from joindots.orders.tests.test_watch import TODAY, Watched
from joindots.people import actions as people
from tests.stage import Stage

pytestmark = pytest.mark.both_databases
BAILED = TODAY - timedelta(days=9)
LEFT_TO_HAND = "Conditions that are not in the words of a step"


def said(stage: Stage, crime: UUID) -> str:
    page = justice.file_form(stage.actor("priya"), Ref(crime), "MG4A")
    return " | ".join((*words_of(page.draft.papers), *page.draft.gaps))


def stands(stage: Stage, crime: UUID) -> str:
    return next(
        one.stands for one in justice.case_file(stage.actor("priya"), Ref(crime)).forms if one.form.code == "MG4A"
    )


def test_conditions_come_from_the_order_and_keep_back_what_must_not_leave(stage: Stage) -> None:
    watched = Watched(stage)
    case = Case.objects.get(reference=watched.case.key)
    people.protect(stage.actor("priya"), Ref(case.circle_id), kind="address", word="Clinic Street")
    crime = followed(stage, case)
    checks = {"course": "yes", "stalking": "yes", "partner": "cannot_tell"}
    add(stage, crime, "recorded", REPORTED, offence="pha_s2a", checks=checks, last_act=REPORTED)
    add(stage, crime, "officer_named", REPORTED)
    add(stage, crime, "arrested", BAILED)
    add(stage, crime, "bailed", BAILED, ends=TODAY + timedelta(days=6), note="Words of the step")
    assert "Words of the step" in said(stage, crime) and LEFT_TO_HAND in said(stage, crime)
    assert stands(stage, crime) == "conditions are written with the steps"
    watched.key = actions.begin_other(
        stage.actor("priya"), Ref(watched.circle), kind="bail_pre", on=BAILED, why="Arrested"
    )
    watched.add("order_made", BAILED, ends=TODAY + timedelta(days=6))
    assert "No condition of the bail of" in said(stage, crime) and "Words of the step" in said(stage, crime)
    watched.term("P01", "Not to contact Maya by any means")
    watched.term("P04", "Not to enter Clinic Street", starts=TODAY)
    form = said(stage, crime)
    assert "Condition 1 | Not to contact Maya by any means" in form and "Not to enter [kept back]" in form
    assert not any(words in form for words in ("Words of the step", LEFT_TO_HAND, "A place beside"))
    assert stands(stage, crime) == "2 conditions with the order of bail"
    condition = Order.objects.get(pk=watched.key).conditions.get(number=2)
    actions.take_off(stage.actor("priya"), watched.seen(), what="condition", key=condition.pk, why="Another order's")
    assert "Not to enter" not in said(stage, crime), "what was struck is in no form"
    stage.close()


def test_bail_of_another_day_and_what_was_only_told_of_are_in_no_form_of_this_crime(stage: Stage) -> None:
    watched = Watched(stage)
    crime = followed(stage, Case.objects.get(reference=watched.case.key))
    checks = {"course": "yes", "stalking": "yes", "partner": "cannot_tell"}
    add(stage, crime, "recorded", REPORTED, offence="pha_s2a", checks=checks, last_act=REPORTED)
    add(stage, crime, "officer_named", REPORTED)
    add(stage, crime, "arrested", BAILED)
    add(stage, crime, "bailed", BAILED, ends=TODAY + timedelta(days=6), note="Words of the step")
    watched.key = actions.begin_other(
        stage.actor("priya"), Ref(watched.circle), kind="bail_pre", on=BAILED - timedelta(days=5), why="Another crime"
    )
    watched.add("order_made", BAILED - timedelta(days=5))
    watched.term("P01", "Not to call Rhian")
    assert "Not to call Rhian" not in said(stage, crime) and "Words of the step" in said(stage, crime)
    stage.close()
