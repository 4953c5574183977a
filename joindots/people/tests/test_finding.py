"""People are found by a name in any order, a number, handle or plate; by nobody who may not know of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.access import parts
from joindots.access.door import Ref
from joindots.casework import actions as reports
from joindots.casework import queries as casework
from joindots.circles.models import Standing
from joindots.people import actions
from joindots.people.queries import finding
from joindots.people.rules.finding import compared, folded, marks_of_name, readings
from tests.stage import NOW, Stage

MARKS = (("number", "tel:+447700900114"), ("handle", "northshire_tenor_91"), ("vehicle", "ZZ99 ABC"))


@pytest.fixture(autouse=True, params=("among the few known", "among the bearers"))
def sought(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever knows of few people or of many finds the same."""
    if request.param == "among the bearers":
        monkeypatch.setattr(finding, "NEAR", 0)


def found(stage: Stage, who: str, typed: str) -> Collection[str]:
    return [one.title for one in parts.found(stage.actor(who), typed)]


def told(stage: Stage) -> tuple[Ref, Ref]:
    case = stage.case(victim="Zoë O'Maley Harroway")
    circle = Ref(casework.case(stage.actor("asha"), case).circle)
    actions.add_person(stage.actor("asha"), circle, name="Callum Pryce", stands_as="suspect", identifiers=MARKS)
    actions.add_person(
        stage.actor("asha"), circle, name="Dev Ellwood", stands_as="secondary",
        identifiers=(("number", "tel:+447700900133"),),
    )  # fmt: skip
    return case, circle


@pytest.mark.parametrize(
    "typed",
    ["callum pryce", "Pryce, Callum", "PRYCE", "07700 900114", "+44 7700 900 114", "Northshire_Tenor_91",
     "@northshire_tenor_91", "zz99abc"],
)  # fmt: skip
def test_the_person_reported_is_found_by_name_in_any_order_number_handle_and_plate(stage: Stage, typed: str) -> None:
    told(stage)
    assert found(stage, "asha", typed) == ["Callum Pryce"]


def test_a_name_is_found_without_its_accents_and_a_case_by_its_reference_and_the_agencys_number(stage: Stage) -> None:
    case, _ = told(stage)
    assert found(stage, "asha", "zoe o'maley harroway") == ["Zoë O'Maley Harroway"]
    assert found(stage, "asha", str(case.key).lower()) == ["Zoë O'Maley Harroway"]
    assert found(stage, "asha", "sw - zanzibarcanary") == ["Zoë O'Maley Harroway"]


def test_a_case_is_found_by_the_crime_reference_of_a_report(stage: Stage) -> None:
    case, _ = told(stage)
    reports.note_report(
        stage.actor("asha"), case, force="hampshire", reported_on=date(2025, 11, 10), stage="reported",
        crime_reference="44 250 098 765",
    )  # fmt: skip
    assert found(stage, "asha", "44250098765") == ["Zoë O'Maley Harroway"]
    assert found(stage, "stranger", "44250098765") == []


@pytest.mark.parametrize("typed", ["Pryce", "07700 900114", "zz99 abc", "Zoë O'Maley Harroway", "SW-Zanzibarcanary"])
def test_nobody_else_finds_anything(stage: Stage, typed: str) -> None:
    case, _ = told(stage)
    assert found(stage, "stranger", typed) == found(stage, "priya", typed) == []
    assert found(stage, "stranger", str(case.key)) == []


def test_the_other_side_finds_names_but_no_number_of_who_stands_by_the_person(stage: Stage) -> None:
    _, circle = told(stage)
    Standing.objects.create(
        circle_id=circle.key, membership=stage.memberships["priya"], side="suspect", basis="referral",
        purpose="to work with him", starts=NOW,
    )  # fmt: skip
    assert found(stage, "asha", "07700 900133") == ["Dev Ellwood"]
    assert found(stage, "priya", "07700 900133") == []
    assert found(stage, "priya", "Pryce") == ["Callum Pryce"]


def test_one_word_of_two_people_finds_neither_as_one(stage: Stage) -> None:
    told(stage)
    assert found(stage, "asha", "Callum Ellwood") == found(stage, "asha", "") == found(stage, "asha", "a" * 500) == []


@given(st.text(min_size=1, max_size=80))
def test_whatever_a_name_is_made_of_its_own_reading_finds_it(name: str) -> None:
    kept = set(marks_of_name(name))
    if folded(name):
        assert any(set(marks) <= kept for marks in readings(name))


@given(st.sampled_from(["vehicle", "handle", "address", "number"]), st.text(max_size=40))
def test_a_mark_compared_twice_is_the_same(kind: str, value: str) -> None:
    assert compared(kind, compared(kind, value)) == compared(kind, value)
