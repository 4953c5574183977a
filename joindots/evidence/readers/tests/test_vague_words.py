"""The short forms people and spreadsheets write for days and times: am and pm, Weds, w/e, 12-May-25, 10am approx."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.stamps import stamp
from joindots.evidence.readers.tests.table_files import items, moment, records
from joindots.evidence.readers.times import Zone
from joindots.evidence.readers.vague import read_when

LONDON = Zone()
SAID = {
    # the half of a day alone
    "9 Jan 2025 am": ("2025-01-09 00:00:00", "2025-01-09 11:59:59", "part_of_day"),
    "9 Jan 2025, PM": ("2025-01-09 12:00:00", "2025-01-09 23:59:59", "part_of_day"),
    "Thurs pm 9 Jan 2025": ("2025-01-09 12:00:00", "2025-01-09 23:59:59", "part_of_day"),
    "2025-01-09 pm": ("2025-01-09 12:00:00", "2025-01-09 23:59:59", "part_of_day"),
    "13-01-25 am": ("2025-01-13 00:00:00", "2025-01-13 11:59:59", "part_of_day"),
    "9 Jan 2025 9-10pm": ("2025-01-09 21:00:00", "2025-01-09 22:00:59", "range"),
    "9 Jan 2025 mid-morning": ("2025-01-09 09:00:00", "2025-01-09 11:59:59", "part_of_day"),
    "9 Jan 2025 night-time": ("2025-01-09 19:00:00", "2025-01-10 05:59:59", "part_of_day"),
    # just after midnight, as people write it
    "9 Jan 2025 0:30am": ("2025-01-09 00:30:00", "2025-01-09 00:30:59", "minute"),
    "9 Jan 2025 00.30am": ("2025-01-09 00:30:00", "2025-01-09 00:30:59", "minute"),
    # about, said first or last
    "9 Jan 2025 ~4pm": ("2025-01-09 15:30:00", "2025-01-09 16:30:59", "range"),
    "9 Jan 2025 4.00pm approx": ("2025-01-09 15:30:00", "2025-01-09 16:30:59", "range"),
    "9 Jan 2025 16:00 or so": ("2025-01-09 15:30:00", "2025-01-09 16:30:59", "range"),
    "9 Jan 2025 4ish pm": ("2025-01-09 15:30:00", "2025-01-09 16:30:59", "range"),
    "9 Jan 2025 approx.": ("2025-01-06 00:00:00", "2025-01-12 23:59:59", "range"),
    # a spreadsheet's own short dates
    "9-Jan-25": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    "09-Jan-2025 4pm": ("2025-01-09 16:00:00", "2025-01-09 16:00:59", "minute"),
    "9/Jan/2025": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    "9Jan2025": ("2025-01-09 00:00:00", "2025-01-09 23:59:59", "day"),
    # weekdays
    "Weds 8 Jan 2025": ("2025-01-08 00:00:00", "2025-01-08 23:59:59", "day"),
    "Wed. 8 Jan 2025": ("2025-01-08 00:00:00", "2025-01-08 23:59:59", "day"),
    "Weds 08/01/2025": ("2025-01-08 00:00:00", "2025-01-08 23:59:59", "day"),
    # weeks
    "wk beg 13/01/2025": ("2025-01-13 00:00:00", "2025-01-19 23:59:59", "range"),
    "wk commencing 13 Jan 2025": ("2025-01-13 00:00:00", "2025-01-19 23:59:59", "range"),
    "week commencing: 13 Jan 2025": ("2025-01-13 00:00:00", "2025-01-19 23:59:59", "range"),
    "w/b 13 Jan 2025": ("2025-01-13 00:00:00", "2025-01-19 23:59:59", "range"),
    "w/e 19 Jan 2025": ("2025-01-13 00:00:00", "2025-01-19 23:59:59", "range"),
    "w/e 17 Jan 2025": ("2025-01-11 00:00:00", "2025-01-19 23:59:59", "range"),
    "week ending 17 Jan 2025": ("2025-01-11 00:00:00", "2025-01-17 23:59:59", "range"),
}


@pytest.mark.parametrize(("words", "expected"), SAID.items())
def test_short_forms_become_the_interval_they_cover(words, expected):
    told = read_when(words, "dmy", LONDON)
    assert told is not None
    low, high = (at.strftime("%Y-%m-%d %H:%M:%S") for at in (told.earliest, told.latest))
    assert (low, high, told.precision) == expected


@pytest.mark.parametrize(
    "words", ["0~\u00b2", "9 Jan 2025 about \u00b2", "May-25", "Jan-24", "13:30am", "9-Jan", "Weds", "am"]
)
def test_short_forms_that_leave_a_year_a_day_or_a_half_open_give_nothing(words):
    assert read_when(words, "dmy", LONDON) is None


def test_half_past_midnight_written_with_am_is_read_in_a_programs_date():
    assert stamp("13/03/2025 00:30 AM") == stamp("13/03/2025 00:30")
    assert stamp("13/03/2025 00:30 PM") is None


@pytest.mark.parametrize("unknown", ["?", "unknown", "N/A", "not sure", "time not known", "TBC", "-", "don't know"])
def test_a_time_nobody_knows_casts_no_doubt_on_the_day_beside_it(unknown):
    (row,) = records(items("log.csv", f"Date,Time,What happened\n13/03/2025,{unknown},rang\n"))
    assert moment(row) == ("2025-03-13 00:00:00", "2025-03-13 23:59:59", "day")
    assert row.at_shown == f"13/03/2025 {unknown}"


def test_a_log_saved_with_a_spreadsheets_short_dates_is_read():
    data = "Date,Time,What happened\n12-May-25,am,rang\n13-May-25,15:30,came\n"
    assert [moment(row) for row in records(items("log.csv", data))] == [
        ("2025-05-11 23:00:00", "2025-05-12 10:59:59", "part_of_day"),
        ("2025-05-13 14:30:00", "2025-05-13 14:30:59", "minute"),
    ]
