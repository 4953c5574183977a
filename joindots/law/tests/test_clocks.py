"""The worked dates of the domain notes and of the story, and the calendar they rest on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.kernel.problems import RuleBroken
from joindots.law.clocks import (
    System,
    add_working_days,
    bank_holidays,
    due_on,
    inclusive_days,
    is_working_day,
    months_after,
)

KNOWN = st.dates(date(2025, 1, 1), date(2027, 10, 1))


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian rule."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_each_year_has_its_eight_bank_holidays_on_working_days_of_the_week(year: int):
    days = [day for day in bank_holidays() if day.year == year]
    assert len(days) == 8
    assert all(day.weekday() < 5 for day in days)
    assert easter(year) - timedelta(days=2) in days
    assert easter(year) + timedelta(days=1) in days
    mondays = [day for day in days if day.weekday() == 0]
    assert {day.month for day in mondays} >= {5, 8}
    assert [day.day <= 7 for day in mondays if day.month == 5] == [True, False]


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("spo_notify_initial", date(2026, 3, 2), date(2026, 3, 4)),  # served Mon: by Wed
        ("spo_notify_initial", date(2027, 12, 24), date(2027, 12, 26)),  # no relief at Christmas
        ("spo_notify_initial", date(2025, 12, 5), date(2025, 12, 7)),  # D36
        ("spo_notify_address", date(2026, 2, 9), date(2026, 2, 11)),  # D43
        ("dapo_notify", date(2026, 3, 2), date(2026, 3, 4)),  # made Mon, served Wed: counts from made
        ("ni_spo_notify", date(2026, 3, 2), date(2026, 3, 4)),  # in force Mon, served Thu
        ("s2a_laying_information", date(2025, 8, 31), date(2026, 2, 28)),
        ("vcop_refer_support", date(2025, 9, 22), date(2025, 9, 24)),  # D08: missed
        ("vcop_key_decisions", date(2025, 12, 23), date(2026, 1, 2)),  # Christmas, Boxing Day, New Year's Day
    ],
)
def test_worked_dates(code: str, start: date, due: date):
    assert due_on(code, start) == due


def test_working_days_pass_over_weekends_and_bank_holidays():
    assert add_working_days(date(2025, 11, 10), 5) == date(2025, 11, 17)  # D17: the chaser's answer
    assert add_working_days(date(2025, 11, 13), 1) == date(2025, 11, 14)  # D19: the enhanced right
    assert add_working_days(date(2026, 1, 3), 1) == date(2026, 1, 5)  # D40: charged on a Saturday
    assert add_working_days(date(2025, 8, 22), 1) == date(2025, 8, 26)  # the August bank holiday of D06
    assert add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)  # Boxing Day's substitute is the Monday


def test_a_month_that_is_shorter_ends_on_its_last_day():
    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_after(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert months_after(date(2025, 12, 15), 1) == date(2026, 1, 15)


def test_a_deadline_whose_counting_is_not_settled_is_refused_and_names_its_source():
    with pytest.raises(RuleBroken, match=r"not worked out here.*cleveland\.police\.uk"):
        due_on("spo_interim_review", date(2025, 3, 1))


def test_working_days_of_a_year_without_published_bank_holidays_are_refused():
    with pytest.raises(RuleBroken, match="bank holidays of 2028"):
        add_working_days(date(2027, 12, 31), 1)


@given(KNOWN, st.integers(1, 40))
def test_as_many_working_days_are_counted_as_were_asked_for(start: date, number: int):
    end = add_working_days(start, number)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert is_working_day(end)
    assert sum(map(is_working_day, between)) == number


@given(KNOWN, st.integers(1, 400))
def test_inclusive_days_count_the_first(start: date, number: int):
    assert (inclusive_days(start, number) - start).days == number - 1


@pytest.mark.parametrize(
    ("system", "closed", "usual"),
    [
        ("scotland", ("2025-01-02", "2025-12-01", "2026-01-02", "2026-11-30", "2027-01-04", "2027-11-30", "2026-08-03"),
         ("2025-04-21", "2026-04-06", "2025-11-28", "2026-08-31", "2026-03-17", "2026-07-13")),
        ("northern_ireland", ("2025-03-17", "2026-03-17", "2027-03-17", "2025-07-14", "2026-07-13", "2027-07-12"),
         ("2026-01-02", "2026-11-30", "2025-07-11", "2026-07-14", "2026-08-03")),
        ("england_wales", ("2026-12-28", "2027-12-27", "2027-12-28", "2026-04-06"),
         ("2026-01-02", "2027-01-04", "2026-03-17", "2026-07-13", "2026-11-30")),
    ],
)  # fmt: skip
def test_each_law_system_has_its_own_days_and_their_substitutes(system: System, closed: tuple[str, ...],
                                                                usual: tuple[str, ...]):  # fmt: skip
    for day in map(date.fromisoformat, closed):
        assert day in bank_holidays(system) and not is_working_day(day, system)
    for day in map(date.fromisoformat, usual):
        assert day not in bank_holidays(system) and is_working_day(day, system)
    assert {easter(year) - timedelta(days=2) for year in (2025, 2026, 2027)} <= set(bank_holidays(system))
    assert (easter(2026) + timedelta(days=1) in bank_holidays(system)) is (system != "scotland")


def test_working_days_are_counted_by_the_law_system_that_is_asked():
    eve, starts = date(2026, 12, 31), date(2026, 3, 16)
    assert [add_working_days(eve, 1, one) for one in SYSTEMS_IN_TEST] == [
        date(2027, 1, 4),
        date(2027, 1, 5),
        date(2027, 1, 4),
    ]
    assert [add_working_days(starts, 1, one).day for one in SYSTEMS_IN_TEST] == [17, 17, 18]


SYSTEMS_IN_TEST: tuple[System, ...] = ("england_wales", "scotland", "northern_ireland")
