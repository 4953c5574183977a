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


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Date,Day,Time,Incident", "13/03/2025,Thursday,23:10,rang"),
        ("Day,Date,Time,Event", "Thursday,13/03/2025,23:10,rang"),
        ("Date and time of incident,Location,Incident", "13/03/2025 23:10,home,rang"),
        ("Timestamp,Incident", "13/03/2025 23:10,rang"),
        ("Date of incident,Time of incident,Type of behaviour,Details of behaviour", "13/03/2025,23:10,call,rang"),
        ("Date (dd/mm/yyyy),Time (24hr),Behaviour,Description", "13/03/2025,23:10,call,rang"),
        ("#,Date,Time,Event Description", "1,13/03/2025,23:10,rang"),
        ("When,Diary entry", "13/03/2025 23:10,rang"),
    ],
)
def test_further_headings_of_logs_are_certain(headings, row):
    found = items("log.csv", f"{headings}\n{row}\n")
    (one,) = records(found)
    assert (moment(one)[0], one.text) == ("2025-03-13 23:10:00", "rang") and not questions(found)


@pytest.mark.parametrize("heading", ["Approx time", "Time (approx)", "Approximate time"])
def test_a_heading_that_says_approximately_widens_its_times(heading):
    data = f"Date,{heading},What happened\n13/03/2025,23:10,rang\n14/03/2025,evening,came\n"
    first, second = records(items("log.csv", data))
    assert moment(first) == ("2025-03-13 22:40:00", "2025-03-13 23:40:59", "range")
    assert moment(second) == ("2025-03-14 17:00:00", "2025-03-14 23:59:59", "part_of_day")


@pytest.mark.parametrize("figures", ["7", "15.3", "7-8", "7/8"])
def test_figures_that_are_no_time_leave_the_day(figures):
    (row,) = records(items("log.csv", f"Date,Time,What happened\n13/03/2025,{figures},rang\n"))
    assert moment(row)[0][:10] == "2025-03-13" and moment(row)[2] in ("day", "range")


def test_sheets_beside_a_log_that_hold_no_dates_are_shown_and_ask_nothing():
    book = workbook(
        ["How to use this log"], ["Write every act down."], title="Help",
        Log=[["Date", "What happened"], ["13/03/2025", "rang"]],
        People=[["Name", "Role", "Phone"], ["PC Example", "officer", "101"]],
    )  # fmt: skip
    found = items("log.xlsx", book)
    assert [one.text for one in records(found)] == ["rang"] and not questions(found)
    assert [(one.place.pointer, one.why, one.excerpt) for one in not_understood(found)] == [
        ("Help!1", "around", "How to use this log"), ("Help!2", "around", "Write every act down."),
        ("Log!1", "headings", "Date What happened"), ("People!1", "headings", "Name Role Phone"),
        ("People!2", "around", "PC Example officer 101"),
    ]  # fmt: skip


def test_a_sheet_beside_a_log_that_holds_dates_under_headings_not_known_is_asked_about():
    book = workbook(["Date", "What happened"], ["13/03/2025", "rang"], More=[["Aa", "Bb"], ["14/03/2025", "came"]])
    assert questions(items("log.xlsx", book))["columns"].about == "More"
    alone = workbook(["Aa", "Bb"], ["x", "y 1"], ["z", "7"])
    assert questions(items("log.xlsx", alone))
