"""The return: what became of the applications of a period, equal to a recount, and nothing small in what is published."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.access.door import Ref
from joindots.access.roles import Role
from joindots.agencies.models import Membership
from joindots.casework.models import Case
from joindots.kernel.problems import NotAllowed, RuleBroken
from joindots.kernel.small_numbers import ended_quarters
from joindots.kernel.when import london_day
from joindots.law.orders import reporting_fields
from joindots.orders import actions, queries
from joindots.orders.models import OrderStep
from joindots.orders.rules import returns as rule
from joindots.orders.tests.test_actions import begun
from joindots.web.orders import sheets
from tests.stage import NOW, Stage

TODAY = london_day(NOW)
ROOT = Path(__file__).parents[3]
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
DAYS = st.dates(date(2025, 11, 1), date(2026, 6, 1))


@st.composite
def lines(draw: st.DrawFn) -> rule.Line:
    """An order with a plausible row of steps, lodged or not."""
    day = draw(DAYS)
    steps = [rule.Happened("decide_yes", day)]
    if draw(st.booleans()) or draw(st.booleans()):
        steps.append(rule.Happened("complaint_lodged", day))
        if draw(st.booleans()):
            steps.append(rule.Happened("court_makes_interim", day, ends=day + timedelta(days=40)))
        end = draw(st.sampled_from(["main_granted", "main_refused", "police_withdraw", ""]))
        ends = draw(st.none() | st.just(day + timedelta(days=800)))
        if end:
            steps.append(rule.Happened(end, day + timedelta(days=draw(st.integers(0, 90))), ends=ends))
        if end == "main_granted" and draw(st.booleans()):
            steps.append(rule.Happened("breach_reported", day + timedelta(days=100)))
    facts = rule.Facts(application_contested=draw(st.sampled_from(["", "yes", "no"])))
    return rule.Line(uuid4(), "2345-6789", "former partner", facts, tuple(steps))


@settings(max_examples=25)
@given(st.lists(lines(), max_size=30))
def test_every_figure_equals_a_recount(told: list[rule.Line]) -> None:
    found = {one.code: one for one in rule.figures(told, FIRST, LAST)}
    cohort = [
        one for one in told for step in one.steps if step.event == "complaint_lodged" and FIRST <= step.on <= LAST
    ]

    def having(event: str) -> set[UUID]:
        return {one.order for one in cohort if event in {step.event for step in one.steps}}

    recount = {"applied": {one.order for one in cohort}, "granted": having("main_granted"),
               "refused": having("main_refused"), "withdrawn": having("police_withdraw"),
               "interim": having("court_makes_interim"), "breached": having("breach_reported"),
               "contested": {one.order for one in cohort if one.facts.application_contested == "yes"}}  # fmt: skip
    for code, orders in recount.items():
        assert (found[code].count, set(found[code].orders), found[code].of) == (len(orders), orders, len(cohort))
    assert sum(found[code].count for code in rule.PARTS) == found["applied"].count
    assert all(set(rule.fields_of(one)) in (set(), set(reporting_fields())) for one in told)


@settings(max_examples=25)
@given(st.lists(lines(), max_size=40))
def test_what_is_published_holds_no_small_number_nor_gives_one_away(told: list[rule.Line]) -> None:
    figures = rule.figures(told, FIRST, LAST)
    made = rule.open_return("Northshire", FIRST, LAST, TODAY, figures, ())
    shown: dict[str, int | None] = {one["code"]: one["count"] for one in made["figures"]}
    exact = {one.code: one.count for one in figures}
    assert all(told is None or told == exact[code] for code, told in shown.items())
    assert not any(told in (1, 2, 3, 4) for told in shown.values())
    if shown["applied"] is not None:
        assert sum(shown[one] is None for one in rule.PARTS) != 1
        for code in ("interim", "contested", "supported", "breached"):
            assert shown[code] is None or shown["applied"] - shown[code] not in (1, 2, 3, 4)  # type: ignore[operator]
    for code in rule.OF_GRANTED:
        both = (shown["granted"], shown[code])
        assert None in both or both[0] - both[1] not in (1, 2, 3, 4)  # type: ignore[operator]


@pytest.mark.parametrize(("made", "ends", "says"), [
    (date(2024, 12, 31), date(2026, 1, 1), "1 year and 2 days"), (date(2025, 3, 1), date(2027, 2, 28), "2 years"),
    (date(2028, 2, 29), date(2030, 2, 28), "2 years"), (date(2026, 1, 22), date(2029, 1, 21), "3 years"),
    (date(2026, 1, 22), None, "until further order"),
])  # fmt: skip
def test_a_length_is_counted_from_its_days(made: date, ends: date | None, says: str) -> None:
    assert rule.length_of(made, ends) == says


@pytest.mark.parametrize(
    "typed", ["Maya Ellwood 12", "12 Fell View", "07700900555", "07700-900-555", "MAYA", "=1+1", "x" * 41]
)
def test_a_force_reference_that_goes_into_letters_is_no_name_place_or_number(typed: str) -> None:
    assert not rule.can_keep(rule.Facts(force_record_reference=typed))
    for good in ("", "09/123456/25", "NS-2025.4417", "NICHE12345678"):
        assert rule.can_keep(rule.Facts(force_record_reference=good))


def test_the_return_tells_of_orders_the_reader_may_know_of_with_their_facts(stage: Stage) -> None:
    case = stage.case("priya")
    key = begun(stage, Case.objects.get(reference=case.key).circle_id)
    facts: dict[str, Any] = {"court": "Harrowby Magistrates' Court", "application_contested": "yes"}
    with pytest.raises(RuleBroken, match="whole years"):
        actions.keep_facts(stage.actor("priya"), Ref(key), facts=rule.Facts(perpetrator_age=400))
    reference = rule.Facts(division_or_district="=1+1", perpetrator_age=34, **facts)
    actions.keep_facts(stage.actor("priya"), Ref(key), facts=reference)
    told = queries.return_of(stage.actor("priya"), TODAY - timedelta(days=40), TODAY)
    said = rule.fields_of(told.lines[0])
    assert (said["perpetrator_age"], said["full_order"], said["victim_postcode"]) == ("34", "not decided yet", "")
    assert said["next_hearing_date_if_contested"] == (TODAY + timedelta(days=12)).isoformat()
    assert [one.orders for one in told.figures if one.code == "interim"] == [(key,)]
    sheet = sheets.as_csv(("a",), sheets.rows_of(told, list(reporting_fields()))).decode("utf-8-sig")
    assert "'=1+1" in sheet and "Harrowby" not in sheet
    assert [court for court, _ in queries.hearings(stage.actor("priya"), TODAY, TODAY + timedelta(days=30))] == [
        "Harrowby Magistrates' Court"
    ]
    assert queries.return_of(stage.actor("priya"), TODAY, TODAY).lines == ()
    with pytest.raises(NotAllowed):
        queries.return_of(stage.actor("asha"), TODAY, TODAY)
    stage.close()


def test_the_open_return_is_as_its_schema_says() -> None:
    schema = json.loads((ROOT / "docs/guide/spo-return.schema.json").read_text())
    made = rule.open_return("Northshire", FIRST, LAST, TODAY, rule.figures([], FIRST, LAST), [3, 4])
    assert list(made) == schema["required"] == list(schema["properties"])
    assert schema["properties"]["format"] == {"const": rule.FORMAT}
    figure = schema["properties"]["figures"]["items"]
    assert figure["properties"]["code"]["enum"] == [one["code"] for one in made["figures"]] == list(rule.FIGURES)
    assert all(list(one) == figure["required"] for one in made["figures"])
    assert made["median_days_to_decision"] is None


def test_an_interim_order_made_on_appeal_is_counted_and_one_quashed_stays_counted() -> None:
    day = date(2026, 1, 5)
    lodged, won = rule.Happened("complaint_lodged", day), rule.Happened("appeal_allowed", day + timedelta(days=9))
    on_appeal = rule.course_of([lodged, won])
    assert on_appeal is not None and (on_appeal.interim, on_appeal.outcome) == (won.on, "open")
    quashed = rule.course_of([lodged, rule.Happened("court_makes_interim", day), won])
    assert quashed is not None and (quashed.interim, quashed.outcome) == (day, "open")


def test_whoever_publishes_a_quarter_it_counts_the_same_and_no_row_tells_words_of_a_note(stage: Stage) -> None:
    case = stage.case("priya")
    order = begun(stage, Case.objects.get(reference=case.key).circle_id)
    step = OrderStep.objects.filter(order=order, event="complaint_lodged").get()
    first, last = next(one for one in ended_quarters(TODAY, 1))
    OrderStep.objects.filter(pk=step.pk).update(on=first)
    priya = stage.actor("priya")
    refused = OrderStep(order_id=order, circle_id=step.circle_id, number=90, event="main_refused", on=last,
                        by=stage.memberships["priya"], at=NOW)  # fmt: skip
    priya.keys.seal(refused, note="The judge named 9 Larch Close", why_not_told="", struck_why="")
    refused.save()
    (line,) = queries.return_of(priya, first, last).lines
    assert rule.fields_of(line)["reason_for_withdrawal_or_refusal"] == rule.WRITTEN
    other = stage.memberships["ruth"]
    agency = stage.memberships["priya"].agency
    Membership.objects.filter(pk=other.pk).update(agency=agency, team=None, roles=[Role.SPO_ADMINISTRATOR.value])
    other.refresh_from_db()
    assert queries.return_of(stage.actor("ruth"), first, last).lines == ()
    assert queries.published(stage.actor("ruth"), first, last) == queries.published(priya, first, last)
    assert queries.published(priya, first, last)["figures"][0]["shown"] == "fewer than 5"  # type: ignore[index]  # as published
    stage.close()


def test_a_figure_that_cannot_be_counted_whole_is_not_shown() -> None:
    steps = (rule.Happened("complaint_lodged", FIRST),)
    told = [rule.Line(uuid4(), "", "", rule.Facts(application_contested="yes"), steps) for _ in range(9)]
    made = rule.open_return("N", FIRST, LAST, TODAY, rule.figures(told, FIRST, LAST), [], rule.BY_FACTS)
    shown = {one["code"]: one["shown"] for one in made["figures"]}
    assert (shown["applied"], shown["contested"], shown["supported"]) == ("9", "not shown", "not shown")
