"""Any clock can be asked on its own, shows its counting and its source, and refuses what it cannot use in words."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.law import clocks, spo
from joindots.law.asking import Clock, ask
from joindots.law.catalogue import STARTS, catalogue
from joindots.law.counting import SAID, day_said
from joindots.law.tables import deadlines

EVERY = catalogue()
days = st.dates(date(2025, 1, 2), date(2027, 9, 1))
example = {"day": "2026-03-02", "moment": "2026-03-07T10:00", "number": "5"}


def told(clock: Clock) -> dict[str, str]:
    return {one.name: example[one.kind] for one in clock.inputs if one.default is None}


def test_every_deadline_of_the_table_can_be_asked_and_names_its_source_and_mark():
    assert set(deadlines()) <= set(EVERY)
    assert set(STARTS) == set(deadlines())
    for code, row in deadlines().items():
        assert (EVERY[code].source, EVERY[code].mark, EVERY[code].authority) == (row.source, row.mark, row.authority)


@pytest.mark.parametrize("code", EVERY)
def test_every_clock_answers_with_what_it_must_be_told_and_says_how_it_counted(code: str):
    answer = ask(EVERY, code, told(EVERY[code]))
    assert answer.says
    assert answer.source
    assert answer.counting or code in {"spo_gap", "spo_ended", "working_day"}


def test_every_way_of_counting_has_its_sentences():
    assert {*clocks.COUNTED.values(), *clocks.IN_HOURS.values()} <= set(SAID)


@given(code=st.sampled_from([*clocks.COUNTED]), start=days)
def test_a_deadline_asked_for_is_the_day_that_the_rules_count(code: str, start: date):
    answer = ask(EVERY, code, {STARTS[code]: start.isoformat()})
    due = clocks.due_on(code, start)
    assert answer.due == due.isoformat()
    assert any(day_said(due) in one for one in answer.counting)
    assert ask(EVERY, code, {"start": start.isoformat()}) == answer


@given(start=days, number=st.integers(1, 30), system=st.sampled_from(clocks.SYSTEMS))
def test_days_left_out_and_days_counted_are_all_the_days_between(start: date, number: int, system: clocks.System):
    answer = ask(EVERY, "working_days", {"start": start.isoformat(), "number": str(number), "system": system})
    between = (date.fromisoformat(answer.due) - start).days
    left = answer.counting[1].split("; ") if answer.counting[1].startswith("Left out") else []
    if not answer.counting[1][0].isdigit():
        assert len(left) == between - number


@pytest.mark.parametrize(
    ("question", "due", "says"),
    [
        ("spo_notify_initial served=2026-03-03 replaces_interim=yes", "", "No new first notification"),
        ("spo_notify_initial served=2026-03-03 sex_offender_duty=yes", "", "spo_notify_after_rso"),
        ("spo_notify_after_rso ended=2026-05-05", "2026-05-07", "Thursday 7 May 2026"),
        ("spo_notify_after_rso ended=2026-05-05 stood_when_made=no", "", "does not run"),
        ("dapo_notify made=2026-03-02 other_duty=yes", "", "another domestic abuse"),
        ("spo_min_term made=2028-02-29", "2030-02-28", "Thursday 28 February 2030"),
        ("spo_no_discharge_without_consent made=2025-03-01 asked=2026-09-01", "2027-02-28", "cannot be discharged"),
        ("spo_no_discharge_without_consent made=2025-03-01 asked=2026-09-01 consents=yes", "2027-02-28", "available"),
        ("spo_renewal_prompt ends=2027-02-28", "2026-11-30", "Monday 30 November 2026"),
        ("spo_appeal decided=2026-03-02", "2026-03-23", "Monday 23 March 2026"),
        ("spo_appeal decided=2026-03-02 figure=21_days", "2026-03-23", "Monday 23 March 2026"),
        ("spo_appeal decided=2026-04-01 figure=21_days", "2026-04-22", "Wednesday 22 April 2026"),
        ("spo_appeal decided=2026-04-01", "2026-04-24", "Friday 24 April 2026"),
        ("bail_pre_initial arrested=2026-02-28", "2026-05-31", "Sunday 31 May 2026"),
        ("bail_pre_initial arrested=2026-02-28 stage=inspector", "2026-08-31", "Monday 31 August 2026"),
        ("dapn_hearing given=2026-04-02T10:00", "2026-04-07T10:00+01:00", "10:00 on Tuesday 7 April 2026"),
        ("sar_response received=2026-01-31 extended=yes", "2026-04-30", "Thursday 30 April 2026"),
        ("vcop_outcome received=2026-04-02 enhanced=yes", "2026-04-07", "Tuesday 7 April 2026"),
        ("limitation_scotland ceased=2024-02-29", "2027-02-28", "Sunday 28 February 2027"),
        ("limitation_scotland ceased=2026-01-01 disability_days=10", "2029-01-11", "Thursday 11 January 2029"),
        ("spo_gap interim_ends=2026-04-30 hearing=2026-05-07", "2026-05-01", "A gap of protection"),
        ("spo_ended day=2099-01-01", "", "never ends by a clock"),
        ("working_day day=2026-04-03", "2026-04-07", "Good Friday"),
        ("working_days start=2026-08-28 number=1 system=scotland", "2026-08-31", "Monday 31 August 2026"),
        ("hours start=2026-10-24T12:00 number=24", "2026-10-25T11:00+00:00", "11:00 on Sunday 25 October 2026"),
    ],
)
def test_worked_answers(question: str, due: str, says: str):
    code, *pairs = question.split()
    answer = ask(EVERY, code, dict(one.split("=") for one in pairs))
    assert answer.due == due
    assert says in answer.says


def test_an_interim_order_that_ends_before_the_hearing_shows_the_days_without_one():
    answer = ask(EVERY, "spo_interim_review", {"interim_ends": "2026-01-15", "hearing": "2026-01-22"})
    assert "no order from Friday 16 January 2026 to Wednesday 21 January 2026" in answer.counting[0]
    assert spo.gap_of_protection(date(2026, 1, 15), date(2026, 1, 22))


@pytest.mark.parametrize(
    ("code", "given", "says"),
    [
        ("spo_notify", {}, "Did you mean .*spo_notify_"),
        ("zzz", {}, "Ask for the list"),
        ("spo_notify_initial", {}, "must be told “served”"),
        ("spo_notify_initial", {"served": "2 March"}, "Write a day such as"),
        ("spo_notify_initial", {"served": "2026-03-02", "made": "2026-03-02"}, "is not told “made”"),
        ("spo_notify_initial", {"served": "2026-03-02", "replaces_interim": "perhaps"}, "Write yes or no"),
        ("dapn_hearing", {"given": "2026-03-07"}, "Write a time such as"),
        ("hours", {"start": "2026-03-29T01:30", "number": "1"}, "the clocks went forward"),
        ("months", {"start": "2026-03-29", "number": "99999"}, "leaves the calendar"),
        ("vcop_outcome", {"received": "2035-01-01"}, "bank holidays of 2035"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_cure(code: str, given: dict[str, str], says: str):
    with pytest.raises(RuleBroken, match=says):
        ask(EVERY, code, given)


texts = st.one_of(st.text(max_size=12), st.sampled_from(["2026-03-02", "9999-12-31", "0001-01-01", "yes", "-5", "5"]))


@given(code=st.sampled_from([*EVERY]), values=st.lists(texts, max_size=4))
def test_any_words_are_answered_or_refused_plainly(code: str, values: list[str]):
    given = dict(zip((one.name for one in EVERY[code].inputs), values, strict=False))
    with suppress(RuleBroken):
        assert ask(EVERY, code, given).says


@given(day=days, hour=st.integers(2, 23), minute=st.integers(0, 59))
def test_48_hours_of_a_notice_are_never_fewer_hours_of_the_clock(day: date, hour: int, minute: int):
    start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL)
    answer = ask(EVERY, "dapn_hearing", {"given": f"{start:%Y-%m-%dT%H:%M}"})
    assert datetime.fromisoformat(answer.due).astimezone(UTC) - start.astimezone(UTC) >= timedelta(hours=48)


@pytest.mark.parametrize(("code", "number", "says"), [
    ("months", "-1", "1 month before Monday 2 June 2025"), ("weeks", "-2", "2 weeks before"),
    ("years", "-1", "1 year before"), ("months", "2", "2 months after"),
])  # fmt: skip
def test_what_is_counted_backwards_is_said_so(code: str, number: str, says: str):
    answer = ask(EVERY, code, {"start": "2025-06-02", "number": number})
    assert says in answer.counting[0]
    assert "-" not in answer.counting[0]


@pytest.mark.parametrize("code", ["working_days", "inclusive_days", "months_inclusive", "years_inclusive"])
def test_what_only_runs_forwards_refuses_a_number_below_one(code: str):
    with pytest.raises(RuleBroken, match="1 or more"):
        ask(EVERY, code, {"start": "2025-06-02", "number": "-3"})


@pytest.mark.parametrize("start", ["2024-06-03", "2027-12-30"])
def test_a_year_without_bank_holidays_names_those_that_are_known(start: str):
    with pytest.raises(RuleBroken, match="Those of 2025 to 2027 are"):
        ask(EVERY, "working_days", {"start": start, "number": "9"})
