"""Days and times of payments: what a bank's clock tells, and what only fills the cell."""

from __future__ import annotations

import datetime as dt

import pytest

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.tests.table_files import coverage, items, moment, records, workbook

HEAD = "Date,Time,Name,Description,Amount\n"


def times(data: str | bytes, *answers: Answer, name: str = "statement.csv"):
    return [moment(one) for one in records(items(name, data, *answers)) if one.direction == "in"]


def test_a_time_beside_the_date_is_read_in_london_and_no_limit_says_there_is_none():
    data = HEAD + "13/06/2025,03:10:00,D SAMPLE,HELLO,0.01\n13/06/2025,03:11:00,D SAMPLE,AGAIN,0.01\n"
    assert times(data) == [
        ("2025-06-13 02:10:00",) * 2 + ("second",), ("2025-06-13 02:11:00",) * 2 + ("second",),
    ]  # fmt: skip
    assert "date_only" not in coverage(items("statement.csv", data)).limits


def test_the_zone_can_be_answered():
    data = HEAD + "13/06/2025,03:10:00,D SAMPLE,HELLO,0.01\n13/06/2025,03:11:00,D SAMPLE,AGAIN,0.01\n"
    assert times(data, Answer("zone", "UTC"))[0][0] == "2025-06-13 03:10:00"


@pytest.mark.parametrize("clock", ["00:00:00", "12:00:00", "09:30:00"])
def test_one_time_on_every_row_only_fills_the_cell(clock):
    data = f"Date,Name,Reference,Amount\n2025-06-13 {clock},D SAMPLE,HELLO,0.01\n2025-06-14 {clock},D SAMPLE,HI,0.01\n"
    assert times(data)[0] == ("2025-06-12 23:00:00", "2025-06-13 22:59:59", "day")
    assert "date_only" in coverage(items("statement.csv", data)).limits


def test_a_time_with_its_own_offset_is_that_moment_and_not_that_day_in_london():
    data = (
        "Date,Name,Reference,Amount\n2025-06-13T23:30:00Z,D SAMPLE,HELLO,0.01\n"
        "2025-06-13T20:30:00-05:00,D SAMPLE,HELLO,0.01\n"
    )
    assert [low for low, _, _ in times(data)] == ["2025-06-13 23:30:00", "2025-06-14 01:30:00"]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/London", "2025-06-13 22:10:11"),
        ("BST", "2025-06-13 22:10:11"),
        ("GMT", "2025-06-13 23:10:11"),
        ("PDT", "2025-06-14 06:10:11"),
        ("America/New_York", "2025-06-14 03:10:11"),
        ("Somewhere", "2025-06-12 23:00:00"),
    ],
)
def test_a_column_for_the_zone_is_heeded_and_one_not_known_leaves_the_day(zone, expected):
    data = (
        '"Date","Time","Time zone","Name","Type","Status","Currency","Gross","Fee","Net","Balance","Subject","Note"\n'
        f'"13/06/2025","23:10:11","{zone}","D SAMPLE","General","Completed","GBP","0.01","0","0.01","1","","HELLO"\n'
        f'"13/06/2025","23:15:00","{zone}","D SAMPLE","General","Completed","GBP","0.01","0","0.01","1","","AGAIN"\n'
    )
    assert times(data)[0][0] == expected


def test_a_moment_beside_the_day_is_preferred():
    data = (
        "TransferWise ID,Date,Date Time,Amount,Currency,Description,Payment Reference,Payer Name\n"
        "T-1,13-01-2025,13-01-2025 23:10:11.123,0.01,GBP,Received,HELLO,D SAMPLE\n"
        "T-2,14-01-2025,,0.01,GBP,Received,AGAIN,D SAMPLE\n"
    )
    assert times(data) == [
        ("2025-01-13 23:10:11",) * 2 + ("second",), ("2025-01-14 00:00:00", "2025-01-14 23:59:59", "day"),
    ]  # fmt: skip


def test_a_workbooks_clock_may_be_a_number():
    data = workbook(
        ["Date", "Time", "Name", "Reference", "Amount"], [dt.date(2025, 1, 13), 0.9653, "D SAMPLE", "HELLO", 0.01],
        [dt.date(2025, 1, 14), 0.5, "D SAMPLE", "AGAIN", 0.01],
    )  # fmt: skip
    assert [low for low, _, _ in times(data, name="statement.xlsx")] == ["2025-01-13 23:10:02", "2025-01-14 00:00:00"]


def test_noon_and_midnight_among_other_times_may_only_fill_the_cell():
    data = HEAD + "13/06/2025,03:10:00,D SAMPLE,HELLO,0.01\n13/06/2025,00:00:00,D SAMPLE,AGAIN,0.01\n"
    assert times(data)[1] == ("2025-06-12 23:00:00", "2025-06-13 22:59:59", "day")
