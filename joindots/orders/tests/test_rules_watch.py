"""Where an act lies by an order, told by its dates alone; and the story's order at T3 and T4."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.kernel.when import LOCAL, Precision, When, midnight
from joindots.law.alarms import gaps_that_stood
from joindots.law.episode import Happened
from joindots.orders.rules import stands, states
from joindots.orders.rules.watch import AFTER, BEFORE_SERVED, placed, runs, spans_of

BEGAN = date(2025, 11, 25)
STORY = [
    Happened(event="decide_yes", on=BEGAN),
    Happened(event="chief_officer_delegate_signs", on=date(2025, 11, 28), investigation="live"),
    Happened(event="complaint_lodged", on=date(2025, 12, 1)),
    Happened(event="interim_applied", on=date(2025, 12, 1)),
    Happened(
        event="court_makes_interim", on=date(2025, 12, 4), ends=date(2026, 1, 15), told="told", clock=time(11, 20)
    ),
    Happened(event="hearing_listed", on=date(2025, 12, 4), hearing=date(2026, 1, 15)),
    Happened(event="served", on=date(2025, 12, 5), told="told", clock=time(9, 20)),
    Happened(event="notified", on=date(2025, 12, 7)),
    Happened(event="hearing_listed", on=date(2026, 1, 9), hearing=date(2026, 1, 22)),
    Happened(event="interim_varied_or_renewed", on=date(2026, 1, 14), ends=date(2026, 1, 22), told="told"),
    Happened(event="main_granted", on=date(2026, 1, 22), ends=date(2029, 1, 21), told="told"),
]
SPANS = spans_of(stands(BEGAN, STORY))
MOMENTS = st.integers(0, 1_880_000).map(lambda minutes: midnight(date(2025, 11, 1)) + timedelta(minutes=minutes))


def at(*moment: int) -> When:
    first = datetime(*moment, tzinfo=LOCAL)  # type: ignore[arg-type,misc]  # year to minute
    return When(first, first + timedelta(seconds=59), Precision.MINUTE)


@pytest.mark.parametrize(
    ("when", "label", "vague"),
    [
        (at(2025, 12, 4, 11, 0), None, None),
        (at(2025, 12, 4, 22, 15), BEFORE_SERVED, []),  # D35
        (at(2025, 12, 5, 9, 19), BEFORE_SERVED, []),
        (at(2025, 12, 5, 9, 21), AFTER, []),
        (at(2025, 12, 24, 23, 58), AFTER, []),
        (at(2026, 1, 23, 8, 0), BEFORE_SERVED, []),  # the full order is not served yet
        (at(2029, 1, 21, 23, 0), BEFORE_SERVED, []),
        (at(2029, 1, 22, 0, 0), None, None),
        (When(None, None), None, None),
    ],
)
def test_the_storys_acts_by_its_order(when: When, label: object, vague: list[str] | None):
    found = placed(when, SPANS)
    if vague is None:
        assert found is None
    else:
        assert found is not None
        assert (found.label, [one.code for one in found.vague]) == (label, vague)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_label_holds_for_every_reading_of_a_time(first: datetime, width: timedelta):
    found = placed(When(first, first + width, Precision.RANGE), SPANS)
    readings = [placed(When(one, one, Precision.SECOND), SPANS) for one in (first, first + width)]
    if found is None:
        assert readings == [None, None]
        return
    if found.label is BEFORE_SERVED:
        assert all(one is None or one.label is BEFORE_SERVED for one in readings)
    if found.label is not None:
        assert first >= SPANS[0].made[1], "none is said to be after an order that may be before it"
    if not all(readings):
        assert found.vague, "what may lie outside says so"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3000), st.booleans()), max_size=30))
def test_every_record_is_in_one_run_and_no_run_holds_a_pause(told: list[tuple[str, int, bool]]):
    start = midnight(date(2026, 1, 1))
    given_ = sorted(told, key=lambda one: one[1])
    moments = [(talk, start + timedelta(minutes=minute), joins) for talk, minute, joins in given_]
    found = runs(moments)
    assert sorted(place for run in found for place in run) == list(range(len(moments)))
    for run in found:
        assert len({moments[place][0] for place in run}) == 1
        for one, other in pairwise(run):
            assert moments[other][1] - moments[one][1] < timedelta(minutes=10)


def test_t4_a_gap_is_told_before_it_happens_and_stays_to_be_read_once_it_is_closed():
    now = stands(BEGAN, STORY[:9])
    assert [str(one.says) for one in gaps_that_stood(states(BEGAN, STORY[:9]))] == []
    assert now.ends == date(2026, 1, 15)
    (stood,) = gaps_that_stood(states(BEGAN, STORY))
    assert "no order from Friday 16 January 2026 to Wednesday 21 January 2026" in str(stood.says)
    assert (stood.since, stood.gone) == (date(2026, 1, 9), date(2026, 1, 14))
