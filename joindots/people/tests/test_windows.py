"""Safe days and hours are those of the clock in London, on the days when clocks change too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.people.rules.windows import Window, can_be, in_words, inside, minutes, next_inside, read

WEEKDAYS = Window((0, 1, 2, 3, 4), 12 * 60 + 30, 13 * 60 + 15)
WEEKENDS = Window((5, 6), 13 * 60 + 30, 14 * 60 + 30)
MINUTE = timedelta(minutes=1)

windows = st.builds(
    Window,
    st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True).map(lambda days: tuple(sorted(days))),
    st.integers(0, 95).map(lambda quarter: quarter * 15),
    st.integers(1, 96).map(lambda quarter: quarter * 15),
).filter(lambda one: bool(can_be((one,))))
NEAR_CHANGES = st.sampled_from([datetime(2025, 10, 25, 18, tzinfo=UTC), datetime(2026, 3, 28, 18, tzinfo=UTC)])


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("at", "safe"),
    [
        ("2025-11-03 12:29", False), ("2025-11-03 12:30", True), ("2025-11-03 13:14", True), ("2025-11-03 13:15", False),
        ("2025-11-08 12:40", False), ("2025-11-08 13:30", True), ("2026-06-11 12:30", True),
    ],
)  # fmt: skip
def test_mayas_times_by_the_clock_in_winter_and_summer(at: str, safe: bool) -> None:
    assert inside((WEEKDAYS, WEEKENDS), london(at)) is safe


def test_a_window_past_midnight_belongs_to_the_day_it_began() -> None:
    late = (Window((4,), 22 * 60, 2 * 60),)
    assert inside(late, london("2025-11-07 23:00")) and inside(late, london("2025-11-08 01:59"))
    assert not inside(late, london("2025-11-07 01:00")) and not inside(late, london("2025-11-08 02:00"))
    assert not inside(late, london("2025-11-08 01:00"), closed={date(2025, 11, 7)})


def test_the_hour_that_comes_twice_is_inside_twice_and_the_one_that_never_comes_is_skipped() -> None:
    small = (Window((6,), 60 + 15, 60 + 45),)
    assert inside(small, datetime(2025, 10, 26, 0, 20, tzinfo=UTC)) and inside(
        small, datetime(2025, 10, 26, 1, 20, tzinfo=UTC)
    )
    # 29 March 2026: 01:15 to 01:45 is not there; the next such time is a week later, in summer time.
    assert next_inside(small, datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(2026, 4, 5, 0, 15, tzinfo=UTC)


def test_christmas_is_passed_over_where_the_person_wants_no_bank_holidays() -> None:
    closed = {date(2025, 12, 25), date(2025, 12, 26)}
    assert next_inside((WEEKDAYS,), london("2025-12-24 14:00"), closed) == london("2025-12-29 12:30").astimezone(UTC)


@settings(max_examples=40, deadline=None)
@given(st.lists(windows, min_size=1, max_size=3), NEAR_CHANGES, st.integers(0, 60 * 30))
def test_the_next_safe_moment_is_the_first_that_a_look_at_each_minute_finds(
    told: list[Window], start: datetime, after: int
) -> None:
    at = start + after * MINUTE
    found = next_inside(told, at)
    step, until = at, found if found is not None and found < at + timedelta(days=1) else at + timedelta(days=1)
    while step < until:
        assert not inside(told, step), "an earlier minute was safe"
        step += MINUTE
    assert found is None or inside(told, found)


@settings(max_examples=40, deadline=None)
@given(st.lists(windows, min_size=1, max_size=3), NEAR_CHANGES)
def test_whole_weeks_never_pass_without_the_window_that_was_told(told: list[Window], at: datetime) -> None:
    found = next_inside(told, at)
    assert found is not None and found - at <= timedelta(days=15)


def test_words_and_clock_times_as_people_write_them() -> None:
    assert in_words((WEEKDAYS, WEEKENDS)) == "Mon to Fri 12:30 to 13:15, Sat and Sun 13:30 to 14:30"
    assert in_words((Window(tuple(range(7)), 0, 1440),)) == "Any day"
    assert (minutes("12.30"), minutes("9"), minutes("24:00")) == (750, 540, 1440)
    assert [minutes(typed) for typed in ("", "noon", "25:00", "12:3", "9:75", "-1", "24:01", "²:00")] == [None] * 8


def test_times_that_cannot_be_are_refused_with_the_cure() -> None:
    assert (
        not can_be((Window((), 60, 120),)) and not can_be((Window((0,), 60, 60),)) and not can_be((Window((9,), 1, 2),))
    )
    assert not can_be((Window((0,), 60, 120),) * 15)


@settings(max_examples=60)
@given(st.lists(windows, min_size=1, max_size=4))
def test_times_are_read_back_as_they_were_said(told: list[Window]) -> None:
    assert read(in_words(told)) == tuple(told)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mon-fri 9-15", "Mon to Fri 09:00 to 15:00"), ("Weekdays from 12.30 until 13.15", "Mon to Fri 12:30 to 13:15"),
        ("Saturday & Sunday 10:00-11:00; Wednesday", "Sat and Sun 10:00 to 11:00; Wed"),
        ("fri to mon 22:00 to 02:00", "Mon, Fri, Sat and Sun 22:00 to 02:00"), ("", ""),
    ],
)  # fmt: skip
def test_times_as_people_type_them(typed: str, said: str) -> None:
    assert in_words(read(typed)) == said


@pytest.mark.parametrize(
    "typed", ["9 to 3", "mon 9 to 3", "noon", "mon 25:00 to 26:00", "after school", "mon to fri 9am"]
)
def test_times_that_are_not_plain_are_refused_and_not_guessed(typed: str) -> None:
    with pytest.raises(RuleBroken):
        read(typed)
