"""Patterns are counts: equal times, both sides by the same measure, runs that part and join as the pack's do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.chronology.rules.pictures.patterns import around, bursts, channels, side_of
from joindots.chronology.rules.pictures.told import DAY, Coverage, Told, Window
from joindots.chronology.tests.test_pictures import covers, days, period, tolds, windows

FIRST = date(2025, 3, 3)
WHOLE = Window(FIRST, FIRST + 99 * DAY)
COVERED = Coverage([period(WHOLE.first, WHOLE.last)])


@given(tolds, windows, covers)
def test_the_sides_of_neighbouring_times_add_up_to_the_whole(told, window, coverage):
    middle = window.first + (len(window) // 2) * DAY
    whole = side_of(told, window, coverage)
    parts = [side_of(told, Window(middle, window.last), coverage)]
    if middle > window.first:
        parts.append(side_of(told, Window(window.first, middle - DAY), coverage))
    for count in ("number", "received", "sent", "days", "covered"):
        assert sum(getattr(part, count) for part in parts) == getattr(whole, count)


@given(tolds, days, st.integers(1, 60), covers)
def test_both_sides_are_counted_with_the_same_tools(told, day, length, coverage):
    swapped = [one._replace(direction={"in": "out", "out": "in"}[one.direction]) for one in told]
    here = around(told, day, length, WHOLE, coverage)
    there = around(swapped, day, length, WHOLE, coverage)
    for one, other in ((here.before, there.before), (here.after, there.after)):
        assert (one.received, one.sent, one.number) == (other.sent, other.received, other.number)
        assert len(one.window) == length


def test_a_time_that_is_not_all_covered_is_compared_with_nothing():
    told = [Told(FIRST + n * DAY, "calls", "in", 1) for n in range(0, 40, 2)]
    found = around(told, FIRST + 20 * DAY, 10, WHOLE, Coverage([period(FIRST, FIRST + 25 * DAY)]))
    assert not found.after.whole
    assert (found.others, found.as_many) == (None, None)


def test_a_time_stands_among_all_times_of_its_length():
    told = [Told(FIRST + 50 * DAY, "calls", "in", 7), Told(FIRST + 80 * DAY, "calls", "in", 7)]
    found = around(told, FIRST + 50 * DAY, 10, WHOLE, COVERED)
    assert (found.before.number, found.after.number) == (0, 7)
    assert found.others == 91
    assert found.as_many == 20, "ten windows hold each of the two days"


@given(tolds, days, st.integers(1, 30))
def test_times_with_as_many_acts_are_counted_one_by_one(told, day, length):
    inside = [one for one in told if one.day is not None and one.day in WHOLE]
    found = around(inside, day, length, WHOLE, COVERED)
    if found.others is None:
        return
    starts = [WHOLE.first + n * DAY for n in range(len(WHOLE) - length + 1)]
    totals = [side_of(inside, Window(start, start + (length - 1) * DAY), COVERED).number for start in starts]
    assert found.others == len(totals)
    assert found.as_many == sum(total >= found.after.number for total in totals)


AT = datetime(2025, 3, 3, 12, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def test_a_run_is_three_or_more_with_pauses_under_ten_minutes():
    found = bursts([("a", at(n)) for n in (0, 9, 18, 28, 29, 60, 61, 62, 63)])
    assert [(run.number, run.minutes) for run in found.longest] == [(4, 3), (3, 18)]
    assert (found.runs, found.inside, found.messages) == (2, 7, 9)


def test_conversations_run_apart():
    found = bursts([(thread, at(n)) for n in range(3) for thread in "ab"])
    assert [run.number for run in found.longest] == [3, 3]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 600)), max_size=60))
def test_every_message_is_in_one_run_at_the_most(rows):
    found = bursts([(thread, at(minutes)) for thread, minutes in sorted(rows, key=lambda row: row[1])])
    assert found.messages == len(rows)
    assert sum(run.number for run in found.longest) <= found.inside <= found.messages


@pytest.mark.parametrize("direction", ["in", "out", "unknown", "among_others"])
def test_channels_stand_by_the_day_on_which_each_is_first_seen(direction):
    found = channels([("sms", FIRST + DAY, direction, 2), ("call", FIRST, "in", 1), ("sms", None, "in", 9)])
    assert [(one.code, one.first, one.days) for one in found] == [("call", FIRST, 1), ("sms", FIRST + DAY, 1)]
    assert found[1].received + found[1].sent + found[1].unknown == 2
