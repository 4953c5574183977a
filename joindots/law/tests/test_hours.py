"""Open now: across bank holidays of three law systems, clock changes, midnight, and hours that nobody told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from joindots.evidence.rules import feasts
from joindots.kernel.problems import RuleBroken
from joindots.law.clocks import SYSTEMS, System, add_working_days, bank_holidays, is_working_day
from joindots.law.hours import (
    ALWAYS,
    EVERY_DAY,
    WEEKDAYS,
    Exceptional,
    Holidays,
    Hours,
    Open,
    Window,
    after_open_time,
    open_until,
    openings,
    opens_next,
    state,
)  # fmt: skip

LONDON = ZoneInfo("Europe/London")
NINE_TO_FIVE = Window(WEEKDAYS, time(9), time(17))
OFFICE = Hours((NINE_TO_FIVE,), Holidays.CLOSED)
NIGHT = Hours((Window(frozenset({4}), time(20), time(2)),), Holidays.AS_USUAL)
MOMENTS = some.datetimes(datetime(2025, 1, 3), datetime(2027, 9, 1), timezones=some.just(UTC))  # noqa: DTZ001
TIMES = some.times().map(lambda each: each.replace(second=0, microsecond=0))
WINDOWS = some.builds(Window, some.frozensets(some.integers(0, 6), min_size=1), TIMES, TIMES)
HOURS = some.builds(
    Hours, some.lists(WINDOWS, max_size=4).map(tuple), some.sampled_from(Holidays), some.sampled_from(SYSTEMS)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def office(system: System) -> Hours:
    return Hours((NINE_TO_FIVE,), Holidays.CLOSED, system)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        ("2026-01-02", {"scotland"}),
        ("2026-03-17", {"northern_ireland"}),
        ("2026-04-06", {"england_wales", "northern_ireland"}),  # Easter Monday is none in Scotland
        ("2026-06-15", {"scotland"}),
        ("2026-07-13", {"northern_ireland"}),
        ("2026-08-03", {"scotland"}),
        ("2026-08-31", {"england_wales", "northern_ireland"}),
        ("2026-11-30", {"scotland"}),
        ("2026-12-28", set(SYSTEMS)),
    ],
)
def test_a_bank_holiday_closes_in_its_own_law_system_alone(day: str, closed: set[str]):
    told = {system for system in SYSTEMS if state(office(system), at(f"{day}T12:00")) is Open.CLOSED}
    assert told == closed
    assert {system for system in SYSTEMS if not is_working_day(date.fromisoformat(day), system)} == closed


@pytest.mark.parametrize(("system", "number"), [("england_wales", 8), ("scotland", 9), ("northern_ireland", 10)])
def test_each_law_system_has_its_own_number_of_bank_holidays_a_year(system: System, number: int):
    years = [day.year for day in bank_holidays(system)]
    extra = {2026: 1} if system == "scotland" else {}
    assert {year: years.count(year) for year in set(years)} == {
        year: number + extra.get(year, 0) for year in (2025, 2026, 2027)
    }
    assert all(day.weekday() < 5 for day in bank_holidays(system))


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_table_agrees_with_what_is_reckoned_from_the_calendar(system: System):
    reckoned = {day for year in (2025, 2026, 2027) for day in feasts.bank_holidays(year)}
    assert set(bank_holidays(system)) - reckoned <= {date(2026, 6, 15)}  # proclaimed for one year


def test_working_days_are_counted_by_the_law_system_asked_for():
    assert add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert add_working_days(date(2026, 4, 2), 1, "scotland") == date(2026, 4, 6)
    assert add_working_days(date(2026, 7, 10), 1, "northern_ireland") == date(2026, 7, 14)


def test_where_nobody_told_of_bank_holidays_the_answer_on_one_is_not_known():
    untold = Hours((NINE_TO_FIVE,))
    assert state(untold, at("2026-12-25T12:00")) is Open.NOT_KNOWN
    assert state(untold, at("2026-12-25T20:00")) is Open.CLOSED
    assert state(untold, at("2026-12-24T12:00")) is Open.OPEN
    assert opens_next(untold, at("2026-12-24T18:00")) == at("2026-12-29T09:00")


def test_a_year_without_published_bank_holidays_is_not_known_on_weekdays_and_never_breaks():
    assert state(OFFICE, at("2031-03-04T12:00")) is Open.NOT_KNOWN
    assert state(Hours((NINE_TO_FIVE,), Holidays.AS_USUAL), at("2031-03-04T12:00")) is Open.OPEN
    saturday = Hours((Window(frozenset({5}), time(9), time(12)),), Holidays.CLOSED)
    assert state(saturday, at("2031-03-08T10:00")) is Open.OPEN


def test_no_hours_told_is_not_closed():
    assert state(Hours(), at("2026-03-04T12:00")) is Open.NOT_KNOWN
    assert state(Hours((NINE_TO_FIVE,), Holidays.AS_USUAL, whole=False), at("2026-03-04T20:00")) is Open.NOT_KNOWN


def test_a_window_past_midnight_belongs_to_the_day_it_opened():
    for clock, expected in [("T19:59", Open.CLOSED), ("T20:00", Open.OPEN), ("T23:59", Open.OPEN)]:
        assert state(NIGHT, at(f"2026-03-06{clock}")) is expected
    assert state(NIGHT, at("2026-03-07T01:59")) is Open.OPEN
    assert state(NIGHT, at("2026-03-07T02:00")) is Open.CLOSED
    assert open_until(NIGHT, at("2026-03-06T21:00")) == at("2026-03-07T02:00")
    into = Hours((Window(EVERY_DAY, time(20), time(2)),), Holidays.CLOSED)
    assert state(into, at("2026-12-25T01:00")) is Open.OPEN  # begun on Christmas Eve
    assert state(into, at("2026-12-26T01:00")) is Open.CLOSED


def test_clocks_that_go_forward_and_back():
    small = Hours((Window(EVERY_DAY, time(0), time(1, 30)),), Holidays.AS_USUAL)
    first, second = at("2026-10-25T01:15"), at("2026-10-25T01:15").replace(fold=1)
    assert [state(small, each) for each in (first, second)] == [Open.OPEN, Open.OPEN]
    assert state(small, at("2026-10-25T01:45").replace(fold=1)) is Open.CLOSED
    skipped = Hours((Window(EVERY_DAY, time(1, 30), time(3)),), Holidays.AS_USUAL)
    assert state(skipped, at("2026-03-29T02:00")) is Open.OPEN
    assert state(skipped, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) is Open.CLOSED
    inside = Hours((Window(EVERY_DAY, time(1, 10), time(1, 40)),), Holidays.AS_USUAL)
    assert list(openings(inside, at("2026-03-29T00:30"), days=1)) == []


def test_an_exception_goes_before_bank_holidays_and_the_week():
    closing = Exceptional(date(2026, 3, 2), date(2026, 3, 4))
    short = Exceptional(date(2026, 12, 25), date(2026, 12, 25), ((time(10), time(12)),))
    hours = Hours((NINE_TO_FIVE,), Holidays.CLOSED, exceptions=(closing, short))
    assert state(hours, at("2026-03-03T12:00")) is Open.CLOSED
    assert state(hours, at("2026-03-05T12:00")) is Open.OPEN
    assert state(hours, at("2026-12-25T11:00")) is Open.OPEN
    assert state(hours, at("2026-12-25T13:00")) is Open.CLOSED


def test_weeks_of_the_month_and_every_other_week():
    monthly = Hours((Window(frozenset({1}), time(18), time(20), frozenset({1, -1})),), Holidays.AS_USUAL)
    opened = [span[0].astimezone(LONDON).day for span in openings(monthly, at("2026-03-01T00:00"), days=31)]
    assert opened == [3, 31]
    fortnight = Hours((Window(frozenset({2}), time(9), time(10), every=2, first=date(2026, 3, 2)),), Holidays.AS_USUAL)
    opened = [span[0].astimezone(LONDON).day for span in openings(fortnight, at("2026-03-01T00:00"), days=30)]
    assert opened == [4, 18]


def test_the_working_hours_clock_stands_still_while_the_service_is_closed():
    assert after_open_time(OFFICE, at("2026-04-02T16:00"), timedelta(hours=2)) == at("2026-04-07T10:00")
    assert after_open_time(OFFICE, at("2026-04-02T10:00"), timedelta(hours=7)) == at("2026-04-02T17:00")
    assert after_open_time(ALWAYS, at("2026-10-24T12:00"), timedelta(hours=24)) == at("2026-10-25T11:00")
    with pytest.raises(RuleBroken, match="Set the opening hours first"):
        after_open_time(Hours(), at("2026-04-02T16:00"), timedelta(minutes=1))


@given(MOMENTS)
def test_day_and_night_is_open_at_every_moment(moment: datetime):
    assert state(ALWAYS, moment) is Open.OPEN
    assert open_until(ALWAYS, moment) is None


@given(HOURS, MOMENTS)
def test_what_is_said_of_the_next_opening_and_closing_is_what_is_so_then(hours: Hours, moment: datetime):
    until, following = open_until(hours, moment), opens_next(hours, moment)
    if until is not None:
        assert state(hours, moment) is Open.OPEN
        assert state(hours, until - timedelta(microseconds=1)) is Open.OPEN
        assert state(hours, until) is not Open.OPEN
    if following is not None:
        assert state(hours, following) is Open.OPEN
    spans = list(openings(hours, moment, days=21))
    assert all(one[1] < other[0] for one, other in pairwise(spans))


@given(HOURS, MOMENTS)
def test_on_days_without_a_change_of_clock_the_answer_is_that_of_the_wall(hours: Hours, moment: datetime):
    local = moment.astimezone(LONDON)
    if any((local.date() - timedelta(days=n)).month in (3, 10) for n in (-1, 0, 1)):
        return
    told = False
    for back in (0, 1):
        day = local.date() - timedelta(days=back)
        shut = hours.holidays is Holidays.CLOSED and day in bank_holidays(hours.system)
        for window in hours.windows if not shut and not hours.doubtful(day) else ():
            if day.weekday() in window.days:
                past = window.closes <= window.opens
                clock = local.time().replace(tzinfo=None)
                if back == 0:
                    told |= window.opens <= clock and (past or clock < window.closes)
                else:
                    told |= past and clock < window.closes
    assert (state(hours, moment) is Open.OPEN) is told


@settings(max_examples=40)
@given(HOURS, MOMENTS, some.integers(1, 600))
def test_the_working_hours_clock_counts_exactly_the_open_time_between(hours: Hours, moment: datetime, minutes: int):
    amount = timedelta(minutes=minutes)
    try:
        end = after_open_time(hours, moment, amount)
    except RuleBroken:
        return
    spans = [(max(a, moment), min(b, end)) for a, b in openings(hours, moment, days=366)]
    assert sum(((b - a) for a, b in spans if a < b), timedelta()) == amount
