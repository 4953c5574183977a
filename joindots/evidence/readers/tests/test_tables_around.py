"""Titles, forms of dates, calendars, totals and last lines around a table: shown, and neither records nor faults."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.records import NOT_A_FAULT
from joindots.evidence.readers.tests.table_files import (
    assert_tiles,
    items,
    moment,
    not_understood,
    questions,
    records,
    workbook,
)

LOG = "Date,Time,What happened,Evidence\n13/03/2025,23:10,Rang the bell,Doorbell film\n"


@pytest.mark.parametrize(
    "above",
    [
        "Log of incidents - M Sample\n",
        "Log of incidents - M Sample,,,\n,,,\n",
        "Name:,M Sample\nCrime reference:,AB/123\nWrite everything down. Keep this safe.\n\n",
        "Name:,M Sample,Started:,1 March 2025\n",
        "When,,What,\n",
    ],
)
def test_words_above_a_log_are_shown_and_leave_the_file_whole(above):
    data = above + LOG
    found = items("log.csv", data)
    assert [one.text for one in records(found)] == ["Rang the bell"]
    assert not_understood(found)[0].why == "around"
    assert not_understood(found)[0].excerpt == " ".join(filter(None, above.split("\n")[0].split(",")))
    assert {one.why for one in not_understood(found)} <= NOT_A_FAULT
    assert_tiles(found, data.encode())


def test_a_title_in_a_workbook_is_shown_and_leaves_the_file_whole():
    book = workbook(["Log of incidents"], [], ["Date", "What happened"], ["13/03/2025", "rang"])
    found = items("log.xlsx", book)
    assert [(one.why, one.excerpt) for one in not_understood(found)] == [
        ("around", "Log of incidents"), ("headings", "Date What happened"),
    ]  # fmt: skip


def test_an_entry_above_the_headings_is_no_title():
    found = items("log.csv", "12/03/2025,He was outside\n" + LOG)
    assert not_understood(found)[0].why == "unknown_line"


def test_letterhead_over_a_table_not_known_shows_no_balance_and_no_account():
    found = items("card.csv", "Account Balance:,-19.00\nCard:,****12\nDate,Sundry,Paid out\n13/03/2025,SHOP,12.50\n")
    assert [one.excerpt for one in not_understood(found)][:2] == ["", "Card: ****12"]


def test_forms_below_the_headings_settle_the_order_and_are_no_entry():
    data = "Date,Time,What happened,Who saw\n(dd/mm/yy),(24h),,(name)\n03/04/25,23:10,rang,Mrs Example\n"
    found = items("log.csv", data)
    (row,) = records(found)
    assert moment(row)[0] == "2025-04-03 22:10:00"
    assert not questions(found) and {one.why for one in not_understood(found)} == {"headings"}


def test_days_of_a_calendar_left_empty_and_months_over_their_days_are_no_incidents():
    data = (
        "No,Date,Time,What happened\n,March 2025,,\n1,13/03/2025,23:10,rang\n2,14/03/2025,,\n"
        "3,15/03/2025,,\n4,16/03/2025,,rang\n"
    )
    found = items("log.csv", data)
    assert [one.extra["ref"] for one in records(found)] == ["1", "4"]
    assert [one.excerpt for one in not_understood(found)][1:] == ["March 2025", "2 14/03/2025", "3 15/03/2025"]
    assert {one.why for one in not_understood(found)} == {"headings"}


@pytest.mark.parametrize(
    "total", ["Total,,,15", ",,Total,15", "TOTAL CALLS,,,15", "Grand total:,,,15", ",,Total calls,15"]
)
def test_a_total_is_no_incident_however_many_it_counts(total):
    found = items("log.csv", f"Date,Type,What happened,Number of calls\n13/03/2025,calls,Silent,15\n{total}\n")
    assert [one.count for one in records(found)] == [15]
    assert {one.why for one in not_understood(found)} == {"headings"}


def test_words_without_a_day_that_only_begin_like_a_total_stay_an_incident():
    found = items("log.csv", "Date,What happened\n13/03/2025,rang\n,Total nightmare of a night\n")
    assert [one.text for one in records(found)] == ["rang", "Total nightmare of a night"]


@pytest.mark.parametrize(
    "line", ["End of log", "Signed: M Sample", "Page 1 of 2", "Printed on 3 April 2025", "Notes: I write daily"]
)
def test_the_last_lines_of_a_log_are_shown_and_leave_the_file_whole(line):
    found = items("log.csv", LOG + "\n" + line + "\n")
    assert [(one.why, one.excerpt) for one in not_understood(found)][-1] == ("around", line)
    assert len(records(found)) == 1


def test_other_words_below_a_log_are_not_understood():
    found = items("log.csv", LOG + "he came back later and shouted\n")
    assert not_understood(found)[-1].why == "unknown_line"
    assert not_understood(found)[-1].excerpt == "he came back later and shouted"


@pytest.mark.parametrize("total", ["Total,,,,0.10", ",,,Total,0.10", "Total calls,,,,0.10"])
def test_a_bills_total_is_understood(total):
    data = f"Date,Time,Number called,Duration,Cost\n13/03/2025,23:10,07700900123,00:01:23,0.10\n{total}\n"
    found = items("bill.csv", data)
    assert len(records(found)) == 1 and {one.why for one in not_understood(found)} == {"headings"}


def test_an_overdraft_limit_below_a_statement_is_understood_and_not_shown():
    data = (
        "Date,Type,Merchant/Description,Debit/Credit,Balance\n13/03/2025,Bank credit,D SAMPLE,£0.01,£100.00\n\n"
        "Arranged overdraft limit,£500.00\n"
    )
    found = items("statement.csv", data)
    assert {one.why for one in not_understood(found)} == {"headings"}
    assert not any("500" in one.excerpt for one in not_understood(found))
