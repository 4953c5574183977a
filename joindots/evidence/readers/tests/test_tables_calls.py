"""Call lists from apps and itemised bills: who rang whom, how it ended, how long, and what is withheld."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.reading import claim
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tables.call_words import direction_of, is_withheld, seconds
from joindots.evidence.readers.tests.table_files import (
    assert_tiles,
    coverage,
    items,
    moment,
    not_understood,
    questions,
    records,
    workbook,
)

SAM = "tel:+447700900123"


def one(rows: str, *answers: Answer):
    (record,) = records(items("calls.csv", rows, *answers))
    return record


def test_a_call_that_came_names_the_caller_by_number_and_keeps_the_rest():
    data = "Name,Number,Type,Date,Duration,SIM\nSam,07700 900123,Incoming,13/10/2025 10:05:09,0:45,1\n"
    assert claim(Source.from_bytes("calls.csv", data.encode())).name == "calls"
    found = items("calls.csv", data)
    (call,) = records(found)
    assert (call.kind, call.direction, call.channel) == ("call_answered", "in", "call")
    assert (call.sender.shown, call.sender.key, call.thread) == ("Sam", SAM, SAM)
    assert moment(call) == ("2025-10-13 09:05:09", "2025-10-13 09:05:09", "second")
    assert (call.duration_s, call.zone_basis, call.at_shown) == (45, "device_assumed", "13/10/2025 10:05:09")
    assert call.extra == {"SIM": "1", "number": "07700 900123", "direction": "Incoming"}
    assert coverage(found).limits == ("call_list_may_be_cut",)
    assert_tiles(found, data.encode())


def test_a_call_made_names_the_one_who_was_rung():
    call = one("Date,Time,Direction,Phone number,Contact name\n2025-10-13,10:05,Outgoing,07700 900123,Sam\n")
    assert (call.kind, call.direction, call.sender.shown) == ("call_made", "out", None)
    assert [who.key for who in call.recipients] == [SAM]


WITHHELD = [
    "Withheld", "Unknown", "Private", "No caller ID", "Anonymous", "PRIVATE NUMBER", "no caller id", "Restricted", "-2",
    "Unknown caller", "Number withheld", "(withheld)",
]  # fmt: skip


@pytest.mark.parametrize("word", WITHHELD)
@pytest.mark.parametrize("place", ["number", "name"])
def test_a_withheld_number_shows_nobody(word, place):
    name, number = ("", word) if place == "number" else (word, "")
    call = one(f"Name,Number,Type,Date\n{name},{number},Missed,2025-10-13 10:05\n")
    assert (call.kind, call.certainty_of_sender) == ("call_missed", "withheld")
    assert (call.sender.shown, call.sender.key, call.thread) == (None, None, None)


def test_a_number_under_an_unknown_name_is_still_shown():
    call = one("Name,Number,Type,Date\nUnknown,07700900123,Missed,2025-10-13 10:05\n")
    assert (call.sender.shown, call.sender.key, call.certainty_of_sender) == ("07700900123", SAM, "account_shown")


def test_a_name_noted_beside_a_withheld_number_is_a_note_and_no_sender():
    call = one("Name,Number,Type,Date\nSam,Withheld,Missed,2025-10-13 10:05\n")
    assert (call.sender.shown, call.extra["name"], call.certainty_of_sender) == (None, "Sam", "withheld")


def test_no_number_at_all_is_unknown_not_withheld():
    call = one("Name,Number,Type,Date\n,,Missed,2025-10-13 10:05\n")
    assert (call.sender.shown, call.certainty_of_sender) == (None, "unknown")


@pytest.mark.parametrize(
    ("type_", "outcome", "expected"),
    [
        ("Incoming", "", ("call_answered", "in")), ("INCOMING CALL", "", ("call_answered", "in")),
        ("Received", "", ("call_answered", "in")), ("Inbound", "Answered", ("call_answered", "in")),
        ("Missed", "", ("call_missed", "in")), ("Missed call", "", ("call_missed", "in")),
        ("Incoming", "Missed", ("call_missed", "in")), ("Incoming", "Not answered", ("call_missed", "in")),
        ("Incoming - no answer", "", ("call_missed", "in")), ("Rejected", "", ("call_rejected", "in")),
        ("Incoming (declined)", "", ("call_rejected", "in")), ("Blocked", "", ("call_blocked", "in")),
        ("Auto-rejected", "", ("call_blocked", "in")), ("Voicemail", "", ("voicemail", "in")),
        ("Voice mail", "", ("voicemail", "in")), ("Incoming", "Voicemail", ("voicemail", "in")),
        ("Outgoing", "", ("call_made", "out")), ("Dialled", "", ("call_made", "out")),
        ("Outgoing", "Not answered", ("call_made", "out")), ("Outgoing", "Cancelled", ("call_made", "out")),
        ("Out", "", ("call_made", "out")), ("In", "", ("call_answered", "in")),
        ("1", "", ("call_answered", "in")), ("2", "", ("call_made", "out")), ("3", "", ("call_missed", "in")),
        ("4", "", ("voicemail", "in")), ("5", "", ("call_rejected", "in")), ("6", "", ("call_blocked", "in")),
        ("Answered externally", "", ("call_answered", "in")),
        ("Incoming", "Odd", ("unknown", "in")), ("Odd", "", ("unknown", "unknown")), ("", "", ("unknown", "unknown")),
        ("No answer", "", ("unknown", "unknown")), ("Incoming outgoing", "", ("unknown", "unknown")),
        ("8", "", ("unknown", "unknown")), ("Missed and rejected", "", ("unknown", "unknown")),
    ],
)  # fmt: skip
def test_the_words_for_kind_and_way_are_known_or_left_unknown(type_, outcome, expected):
    assert direction_of(type_, outcome) == expected


def test_a_call_of_unknown_way_names_the_other_side_as_neither_sender_nor_receiver():
    call = one("Name,Number,Type,Date\nSam,07700900123,Odd,2025-10-13 10:05\n")
    assert (call.kind, call.direction, call.sender.shown, call.recipients) == ("unknown", "unknown", None, ())
    assert (call.extra["other_side"], call.extra["direction"]) == ("Sam", "Odd")


@pytest.mark.parametrize(
    ("shown", "unit", "expected"),
    [
        ("45", "Duration", 45), ("0", "Duration", 0), ("0:45", "Duration", 45), ("01:20", "Duration", 80),
        ("00:01:20", "Duration", 80), ("1:02:03", "Duration", 3723), ("1m 20s", "", 80), ("1 min 20 sec", "", 80),
        ("2 mins", "", 120), ("1h 2m 3s", "", 3723), ("80 seconds", "", 80), ("90:00", "", 5400),
        ("3", "Duration (minutes)", 180), ("45", "Duration (sec)", 45), ("01:20", "Duration (hh:mm)", 4800),
        ("01:20", "Duration (mm:ss)", 80), ("1.5", "", None), ("", "", None), ("-5", "", None), ("1:75", "", None),
        ("long", "", None), ("1:80:00", "", None),
    ],
)  # fmt: skip
def test_durations_are_read_in_every_usual_form(shown, unit, expected):
    assert seconds(shown, unit) == expected


@given(st.integers(0, 359_999))
def test_a_duration_by_the_clock_comes_back_exactly(length):
    shown = f"{length // 3600}:{length // 60 % 60:02}:{length % 60:02}"
    assert seconds(shown, "Duration") == length == seconds(str(length), "Call duration")


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_words_are_read_or_left(shown, other):
    direction_of(shown, other)
    is_withheld(shown)
    seconds(shown, other)


def test_an_unreadable_duration_is_kept_in_its_words():
    call = one("Number,Type,Date,Duration\n07700900123,Incoming,2025-10-13 10:05,ages\n")
    assert (call.duration_s, call.extra["duration"]) == (None, "ages")


BILL = (
    "Itemised calls for 07700 900101\n"
    "Date,Time,Number called,Destination,Duration,Cost\n"
    "25 Oct 2025,10:05,07700 900123,Mobile,00:00:45,£0.10\n"
    "25 Oct 2025,10:09,07700 900124,SMS,,£0.05\n"
    "Total,,,,00:00:45,£0.15\n"
)


def test_a_bill_shows_only_calls_made_and_says_so():
    found = items("bill.csv", BILL)
    call, text = records(found)
    assert (call.kind, call.direction, call.duration_s) == ("call_made", "out", 45)
    assert [who.key for who in call.recipients] == [SAM]
    assert (text.kind, text.channel, text.direction) == ("text", "sms", "out")
    assert coverage(found).limits == ("outgoing_only",)
    assert [item.why for item in not_understood(found)] == ["headings"] * 3
    assert_tiles(found, BILL.encode())


def test_a_list_that_does_not_say_which_way_the_calls_went_is_asked_for_its_columns():
    data = "Date,Number,Duration\n2025-10-13 10:05,07700900123,45\n"
    found = items("calls.csv", data)
    assert set(questions(found)) == {"columns"}
    (row,) = records(found)
    assert (row.kind, row.open, row.at_earliest) == ("unknown", ("columns",), None)
    answer = Answer("columns", {"date": "Date", "number_called": "Number", "duration": "Duration"})
    assert one(data, answer).kind == "call_made"


def test_callers_and_called_in_two_columns_are_told_apart_by_the_direction():
    data = (
        "Date,Direction,From,To,Duration\n2025-10-13 10:05,Incoming,07700900123,07700900101,5\n"
        "2025-10-13 10:06,Outgoing,07700900101,07700900123,5\n"
    )
    came, went = records(items("calls.csv", data))
    assert (came.sender.key, went.recipients[0].key) == (SAM, SAM)


def test_day_and_month_are_asked_and_both_covered_until_answered():
    data = "Number,Type,Date\n07700900123,Missed,05/06/2025 10:05\n"
    found = items("calls.csv", data)
    assert questions(found)["date_order"].example == "05/06/2025 10:05"
    assert moment(records(found)[0]) == ("2025-05-06 09:05:00", "2025-06-05 09:05:59", "minute")
    assert moment(one(data, Answer("date_order", "dmy"))) == ("2025-06-05 09:05:00", "2025-06-05 09:05:59", "minute")
    assert moment(one(data, Answer("date_order", "mdy"))) == ("2025-05-06 09:05:00", "2025-05-06 09:05:59", "minute")


def test_the_hour_that_comes_twice_is_settled_by_the_order_of_the_file_where_that_is_certain():
    rows = ["25/10/2025 12:00", "26/10/2025 01:10", "26/10/2025 01:50", "26/10/2025 01:20", "27/10/2025 12:00"]
    for order in (rows, rows[::-1]):
        data = "Number,Type,Date\n" + "".join(f"07700900123,Missed,{row}\n" for row in order)
        found = items("calls.csv", data)
        assert not questions(found)
        settled = {record.at_shown: record for record in records(found)}
        assert moment(settled["26/10/2025 01:10"])[0] == "2025-10-26 00:10:00"
        assert moment(settled["26/10/2025 01:50"])[0] == "2025-10-26 00:50:00"
        assert moment(settled["26/10/2025 01:20"])[0] == "2025-10-26 01:20:00"
        assert settled["26/10/2025 01:20"].time_flags == ("settled_by_order",)


def test_the_hour_that_comes_twice_is_else_asked_night_by_night():
    data = "Number,Type,Date\n07700900123,Missed,26/10/2025 01:30\n"
    found = items("calls.csv", data)
    question = questions(found)["clock_hour"]
    assert (question.about, question.candidates) == ("2025-10-26", ("first", "second"))
    (call,) = records(found)
    assert (moment(call)[:2], call.open) == (("2025-10-26 00:30:00", "2025-10-26 01:30:59"), ("clock_hour",))
    for answer, hour in (("first", "00"), ("second", "01")):
        settled = one(data, Answer("clock_hour", answer, about="2025-10-26"))
        assert moment(settled)[:2] == (f"2025-10-26 {hour}:30:00", f"2025-10-26 {hour}:30:59")
        assert (settled.open, settled.zone_basis) == ((), "asked")
    unsure = items("calls.csv", data, Answer("clock_hour", "not_sure"))
    assert not questions(unsure) and moment(records(unsure)[0]) == moment(call) and records(unsure)[0].open == ()


def test_a_time_that_never_was_asks_for_the_zone():
    data = "Number,Type,Date\n07700900123,Missed,30/03/2025 01:30\n"
    found = items("calls.csv", data)
    assert "zone" in questions(found)
    (call,) = records(found)
    assert (call.time_flags, call.open) == (("dst_gap",), ("zone",))
    madrid = one(data, Answer("zone", "Europe/Madrid"))
    assert (moment(madrid)[0], madrid.zone_basis, madrid.open) == ("2025-03-30 00:30:00", "asked", ())


@pytest.mark.parametrize(
    ("shown", "expected", "basis"),
    [
        ("2025-10-13T10:05:09Z", "2025-10-13 10:05:09", "utc_in_file"),
        ("2025-10-13 10:05:09+01:00", "2025-10-13 09:05:09", "offset_in_file"),
        ("1760346309", "2025-10-13 09:05:09", "utc_in_file"),
        ("1760346309000", "2025-10-13 09:05:09", "utc_in_file"),
        ("13 Oct 2025 10:05:09 am", "2025-10-13 09:05:09", "device_assumed"),
        ('"Oct 13, 2025, 10:05:09\u202fAM"', "2025-10-13 09:05:09", "device_assumed"),
        ("Mon 13 October 2025 at 22:05:09", "2025-10-13 21:05:09", "device_assumed"),
    ],
)
def test_dates_in_every_usual_form_are_read_by_their_own_zone(shown, expected, basis):
    call = one(f"Number,Type,Date\n07700900123,Missed,{shown}\n")
    assert (moment(call)[0], call.zone_basis) == (expected, basis)


def test_a_call_whose_date_cannot_be_read_is_kept_without_a_time():
    call = one("Number,Type,Date\n07700900123,Missed,sometime\n")
    assert (call.kind, call.at_earliest, call.precision, call.at_shown) == ("call_missed", None, "none", "sometime")


def test_a_column_of_midnights_is_a_column_of_days():
    data = "Number,Type,Date\n07700900123,Missed,13/10/2025 00:00\n07700900123,Missed,14/10/2025 00:00\n"
    assert [moment(record)[2] for record in records(items("calls.csv", data))] == ["day", "day"]
    mixed = data + "07700900123,Missed,15/10/2025 10:00\n"
    assert [moment(record)[2] for record in records(items("calls.csv", mixed))] == ["minute"] * 3


def test_a_time_column_of_whole_dates_is_the_date():
    call = one("Call time,Number,Call type\n13/10/2025 10:05,07700900123,Missed\n")
    assert moment(call) == ("2025-10-13 09:05:00", "2025-10-13 09:05:59", "minute")


def test_a_workbook_of_calls_is_read_with_its_own_dates_and_numbers():
    data = workbook(
        ["Number", "Type", "Date", "Duration"], [7700900123, "Missed", dt.datetime.fromisoformat("2025-10-13T10:05"), 12],
        ["07700 900124", "Outgoing", 45943.5, "1:05"],
    )  # fmt: skip
    first, second = records(items("calls.xlsx", data))
    assert (first.sender.key, first.duration_s, moment(first)[0]) == (SAM, 12, "2025-10-13 09:05:00")
    assert (second.duration_s, moment(second)[0], second.place.pointer) == (65, "2025-10-13 11:00:00", "Sheet1!3")
