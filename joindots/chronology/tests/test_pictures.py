"""What the pictures are drawn from keeps every act, invents none, and tells "nothing" from "no source"."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.chronology.rules.coverage import Period
from joindots.chronology.rules.pictures.above import marked
from joindots.chronology.rules.pictures.calendar import FEW, calendar, clock_grid, step_ends, step_of
from joindots.chronology.rules.pictures.curve import between, stretches
from joindots.chronology.rules.pictures.lanes import bin_days, rows
from joindots.chronology.rules.pictures.told import (
    DAY,
    LANES,
    Coverage,
    Told,
    Window,
    acts_in,
    span_of,
    within,
)  # fmt: skip
from joindots.kernel.dots import Dot
from joindots.kernel.when import Precision, When, midnight

FIRST = date(2025, 6, 10)
days = st.integers(0, 400).map(lambda n: FIRST + n * DAY)
tolds = st.lists(
    st.builds(
        Told, st.none() | days, st.sampled_from([lane.code for lane in LANES]), st.sampled_from(["in", "out"]),
        st.integers(1, 90),
    ),
    max_size=40,
)  # fmt: skip
windows = st.tuples(days, st.integers(0, 500)).map(lambda given: Window(given[0], given[0] + given[1] * DAY))


def period(first: date, last: date) -> Period:
    return Period(datetime.combine(first, time(9), UTC), datetime.combine(last, time(21), UTC))


covers = st.lists(st.tuples(days, st.integers(0, 60)), max_size=4).map(
    lambda spans: Coverage(_apart(sorted((first, first + n * DAY) for first, n in spans)))
)


def _apart(spans: list[tuple[date, date]]) -> list[Period]:
    """Without those that meet one before, as `merged` gives them."""
    kept: list[tuple[date, date]] = []
    for first, last in spans:
        if not kept or first > kept[-1][1] + DAY:
            kept.append((first, last))
    return [period(*span) for span in kept]


@given(tolds, windows, covers)
def test_calendar_lanes_and_curve_hold_exactly_the_acts_of_the_window(told, window, coverage):
    inside = within(told, window)
    total, logged = acts_in(inside), sum(one.number for one in inside if not one.act)
    cells = calendar(told, window, coverage).cells()
    assert (sum(cell.number for cell in cells), sum(cell.logged for cell in cells)) == (total, logged)
    assert sum(row.number for row in rows(told, window)) == total + logged
    assert sum(one.number for row in rows(told, window) for one in row.bins) == total + logged
    curve = stretches(told, window, coverage)
    assert sum(stretch.number for stretch in curve) == total
    assert all(stretch.number == sum(number for _, number in stretch.families) for stretch in curve)


@given(tolds, windows, covers)
def test_every_day_of_the_window_stands_once_in_each_picture(told, window, coverage):
    wanted = list(window.days())
    assert [cell.day for cell in calendar(told, window, coverage).cells()] == wanted
    assert [day for stretch in stretches(told, window, coverage) for day in stretch.window.days()] == wanted


@given(tolds, windows, covers)
def test_a_day_is_no_blank_where_no_source_covers_it_and_nothing_is_told(told, window, coverage):
    for cell in calendar(told, window, coverage).cells():
        assert cell.covered == (cell.day in coverage or bool(cell.step))
        assert bool(cell.step) == bool(cell.number + cell.logged)


@given(tolds, windows, covers)
def test_holes_are_the_days_that_no_source_covers_and_of_which_nothing_is_told(told, window, coverage):
    known = {one.day for one in told if one.day}
    holes = [day for hole in coverage.holes(window, known) for day in hole.days()]
    assert holes == [day for day in window.days() if day not in coverage and day not in known]


@given(tolds, windows, covers)
def test_silence_inside_coverage_is_never_a_hole(told, window, coverage):
    whole = Coverage([period(window.first, window.last)])
    assert whole.holes(window, ()) == ()
    assert not any(stretch.part for stretch in stretches(told, window, whole))


@given(st.integers(0, 5_000_000))
def test_steps_grow_and_the_most_stands_in_the_last_that_is_needed(most):
    ends = step_ends(most)
    assert len(ends) == len(FEW)
    assert list(ends) == sorted(set(ends))
    assert step_of(0, ends) == 0
    assert [step_of(end, ends) for end in ends] == [1, 2, 3, 4]
    assert step_of(max(most, ends[-1] + 1), ends) == 5


def test_a_quiet_case_has_the_steps_of_the_look():
    assert [step_of(number, step_ends(7)) for number in (1, 2, 3, 4, 5, 6, 7)] == [1, 2, 3, 4, 4, 5, 5]


def test_a_week_begins_on_monday_and_days_outside_the_window_are_none():
    week = calendar([], Window(date(2025, 6, 11), date(2025, 6, 15)), Coverage([])).rows[0][0]
    assert [cell.day.day if cell else None for cell in week] == [None, None, 11, 12, 13, 14, 15]


def test_three_years_stand_in_rows_of_at_most_53_weeks():
    found = calendar([], Window(date(2022, 1, 3), date(2025, 3, 20)), Coverage([])).rows
    assert [len(row) for row in found] == [53, 53, 53, 9]


def test_the_night_is_from_eleven_to_seven():
    numbers = tuple(tuple({(1, 23): 3, (1, 22): 5}.get((day, hour), 0) for hour in range(24)) for day in range(7))
    grid = clock_grid(numbers, left_out=2)
    assert (grid.total, grid.at_night, grid.left_out) == (8, 3, 2)


@pytest.mark.parametrize(("length", "size"), [(1, 1), (70, 1), (71, 7), (420, 7), (421, 28)])
def test_bins_hold_more_days_as_the_window_grows(length, size):
    assert bin_days(Window(FIRST, FIRST + (length - 1) * DAY)) == size


def test_the_last_stretch_is_not_whole_unless_it_has_28_days():
    window = Window(FIRST, FIRST + timedelta(days=40))
    assert [(len(one.window), one.whole) for one in stretches([], window, Coverage([]))] == [(28, True), (13, False)]


def test_days_between_acts_say_where_a_day_in_between_is_covered_by_nothing():
    told = [Told(FIRST + n * DAY, "calls", "in", 1) for n in (0, 3, 10)]
    coverage = Coverage([period(FIRST, FIRST + 5 * DAY)])
    found = between(told, Window(FIRST, FIRST + 20 * DAY), coverage)
    assert [(one.days, one.unknown) for one in found] == [(3, False), (7, True)]


def test_rows_of_a_log_are_no_acts_and_do_not_part_acts():
    told = [Told(FIRST, "calls", "in", 1), Told(FIRST + DAY, "log", "unknown", 4)]
    window = Window(FIRST, FIRST + DAY)
    assert acts_in(told) == 1
    assert between(told, window, Coverage([])) == ()
    assert stretches(told, window, Coverage([]))[0].kinds == 1


@given(tolds, covers)
def test_the_whole_span_holds_every_known_day(told, coverage):
    whole = span_of(told, coverage)
    known = [one.day for one in told if one.day]
    assert not known or (whole and all(day in whole for day in known))


def test_windows_are_cut_to_what_there_is_and_move_by_weeks():
    whole = Window(FIRST, FIRST + 30 * DAY)
    assert Window(FIRST - 9 * DAY, FIRST + 2 * DAY).within(whole) == Window(FIRST, FIRST + 2 * DAY)
    assert Window(FIRST - 9 * DAY, FIRST - 2 * DAY).within(whole) == whole
    part = Window(FIRST, FIRST + 9 * DAY)
    assert part.longer(1, whole).last == FIRST + 16 * DAY
    assert part.longer(-2, whole).last == FIRST
    assert part.longer(9, whole).last == whole.last


@given(st.dates(date(2025, 1, 1), date(2025, 12, 1)), st.integers(0, 60))
def test_a_dot_of_another_part_marks_exactly_its_days_and_an_open_one_none(first: date, more: int) -> None:
    last = first + more * DAY
    when = When(midnight(first), midnight(last + DAY) - timedelta(microseconds=1), Precision.RANGE)
    (found,) = marked([Dot(when, "orders.in_force", "An order", "court", "exact", "circle", "/x/")])
    assert (found.first, found.last, found.day, found.address) == (first, last, more == 0, "/x/")
    assert not list(
        marked([Dot(When(midnight(first), None), "orders.in_force", "An order", "court", "told", "circle")])
    )
