"""Questions of tables are asked exactly where a file leaves something open, with an example in its own words."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.tables.call_words import seconds
from joindots.evidence.readers.tests.table_files import items, questions, records

CALLS = "Date,Time,Number,Type,Duration\n"


def test_times_of_one_day_prove_nothing_about_day_and_month():
    data = CALLS + "".join(
        f"{day},07700900123,Missed,0\n" for day in ("03/04/2025,10:00", "03/04/2025,11:00", "04/03/2025,09:00")
    )
    assert questions(items("calls.csv", data))["date_order"].example == "03/04/2025 10:00"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("calls.csv", CALLS + "26/10/2025,01:30,07700900123,Missed,0\n"),
        ("log.csv", "Date,Time,What happened\n26/10/2025,01:30,rang\n"),
    ],
)
def test_the_hour_that_comes_twice_is_asked_about_in_the_files_own_words(name, data):
    assert questions(items(name, data))["clock_hour"].example == "26/10/2025 01:30"


def test_a_time_that_never_was_is_asked_about_in_the_files_own_words():
    found = items("calls.csv", CALLS + "30/03/2025,01:30,07700900123,Missed,0\n")
    assert questions(found)["zone"].example == "30/03/2025 01:30"


def test_a_call_whose_number_the_phone_marked_as_kept_back_is_withheld():
    data = "number,name,type,date,duration,presentation\n,,3,1741907500000,0,2\n07700900123,,3,1741907600000,0,1\n"
    assert [one.certainty_of_sender for one in records(items("calls.csv", data))] == ["withheld", "account_shown"]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("83.0", 83), ("PT1M23S", 83), ("PT1H0M5S", 3605), ("1'23\"", 83), ("83.5", None), ("PT", None)],
)
def test_further_forms_of_a_duration(shown, expected):
    assert seconds(shown) == expected
