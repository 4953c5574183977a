"""An entry's time is known no better on any step of its way: form, record, list, chart, paper, table."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from joindots.chronology.rules.document import chronology_of
from joindots.chronology.rules.pictures.calendar import calendar
from joindots.chronology.rules.pictures.told import LANES, Coverage, Told, Window
from joindots.chronology.rules.times import when_of
from joindots.chronology.tests.making import source
from joindots.evidence.rules.entries import Telling, day_of
from joindots.evidence.rules.entry_records import record_of, when_data
from joindots.kernel.when import Precision, When, london_day, midnight

WIDTH = {
    Precision.SECOND: timedelta(0), Precision.MINUTE: timedelta(seconds=59), Precision.PART_OF_DAY: timedelta(hours=6),
}  # fmt: skip
DAYS_LONG = {Precision.DAY: 1, Precision.MONTH: 31}
TURNS = ("2026-10-25T00:30", "2026-10-25T01:30", "2026-03-29T01:00", "2025-12-31T23:59", "2024-02-29T12:00")
MOMENTS = st.one_of(
    st.integers(0, 3 * 365 * 86_400).map(lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)),
    st.sampled_from(TURNS).map(lambda one: datetime.fromisoformat(one).replace(tzinfo=UTC)),
)


@st.composite
def times(draw: st.DrawFn) -> When:
    """Any time that an entry may have, open ends among them."""
    start, known = draw(MOMENTS), draw(st.sampled_from([*WIDTH, *DAYS_LONG, Precision.RANGE, Precision.UNKNOWN]))
    if known is Precision.UNKNOWN:
        return When(None, None, given="when the clocks changed")
    if known in DAYS_LONG:
        first = london_day(start)
        last = midnight(first + timedelta(days=DAYS_LONG[known])) - timedelta(seconds=1)
        return When(midnight(first), last, known, given="as told")
    if known is not Precision.RANGE:
        return When(start, start + WIDTH[known], known, given="as told")
    end = start + timedelta(minutes=draw(st.integers(0, 60_000)))
    open_end = draw(st.sampled_from(("", "first", "last")))
    return When(None if open_end == "first" else start, None if open_end == "last" else end, known, given="as told")


@given(times())
def test_a_time_is_as_wide_in_record_paper_and_table_as_it_was_told(when: When) -> None:
    record = record_of("2345-6789", Telling(when, ("near",), words="by the old mill"), "Asha", datetime.now(UTC))
    assert (when_of(record).earliest, when_of(record).latest) == (when.earliest, when.latest)
    document = chronology_of([source(record, name="log-entries.json")]).document
    (row,) = list(document.rows)
    data = when_data(when)
    assert (row["at_earliest"], row["at_latest"]) == (data["earliest"], data["latest"])
    assert row["precision"].replace("none", "unknown") == data["precision"]
    assert data["says"] == when.says() == when_of(record).says() == row["when"]
    (entry,) = document.entries
    if when.precision in (Precision.DAY, Precision.MONTH, Precision.UNKNOWN):
        assert not re.search(r"\d\d:\d\d", f"{entry.when} {row['when']}")


@given(times())
def test_a_chart_counts_an_entry_on_a_day_only_where_that_day_is_known(when: When) -> None:
    day = day_of(when)
    first, last = when.earliest, when.latest
    if day is not None:
        assert first
        assert last
        assert last - first < timedelta(days=1, hours=2)
    elif first and last:
        assert last - first >= timedelta(hours=22)
    around = Window(london_day(first or last or datetime.now(UTC)), london_day(last or first or datetime.now(UTC)))
    told = (Told(day, LANES[0].code, "unknown", 1),)
    shown = calendar(tuple(one for one in told if one.day in around), around, Coverage(()), frozenset(), frozenset())
    drawn = sum(cell.number for row in shown.rows for week in row for cell in week if cell)
    assert drawn == (day is not None)
