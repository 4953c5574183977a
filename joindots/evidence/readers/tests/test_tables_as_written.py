"""Statements, bills and logs as real banks, operators and people write them: found wrong once, held right since."""

from __future__ import annotations

from datetime import date, time

import pytest
from openpyxl import Workbook

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.tests.table_files import (
    assert_tiles,
    coverage,
    items,
    moment,
    not_understood,
    questions,
    records,
    saved,
    workbook,
)
from joindots.evidence.readers.vague import count_in

NATIONWIDE = (
    '"Account Name:","FlexAccount ****12345"\r\n"Account Balance:","\u00a31,234.56"\r\n'
    '"Available Balance: ","\u00a31,734.56"\r\n\r\n'
    '"Date","Transaction type","Description","Paid out","Paid in","Balance"\r\n'
    '"12 Mar 2025","Bank credit","D Sample","","\u00a30.01","\u00a31,234.56"\r\n'
    '"12 Mar 2025","Transfer to","Mum","\u00a350.00","","\u00a31,234.55"\r\n'
).encode("cp1252")
NATWEST = (
    b"\r\nDate, Type, Description, Value, Balance, Account Name, Account Number\r\n\r\n"
    b'14/03/2025,BAC,"\'SAMPLE D , WHY WONT YOU",0.01,123.45,"\'EXAMPLE M","\'600000-12345678",\r\n\r\n'
)
THEIRS = Answer("their_payments", ["D SAMPLE HI", "Payment from Dan Sample", "D Sample"])


@pytest.mark.parametrize("data", [NATIONWIDE, NATWEST], ids=["lines above", "blank lines"])
def test_lines_around_a_statement_are_understood_and_carry_nothing(data):
    found = items("statement.csv", data)
    assert {one.why for one in not_understood(found)} == {"headings"}
    assert not any("1,234" in one.excerpt or "****" in one.excerpt for one in not_understood(found))
    assert [one.amount_pence for one in records(found) if one.direction == "in"] == [1]
    assert_tiles(found, data)


def test_lines_around_a_bill_are_understood():
    found = items("bill.csv", "Account number,12345678\n\nDate,Time,Number called,Duration\n3 Mar 2025,14:05,101,5\n")
    assert [one.why for one in not_understood(found)] == ["headings"] * 3


def test_words_above_a_log_are_shown_as_such_and_its_blank_lines_are_not():
    found = items("log.csv", "He lives at number 4\n\nDate,What happened\n13/03/2025,rang\n")
    assert [(one.why, one.excerpt) for one in not_understood(found)][:2] == [
        ("around", "He lives at number 4"), ("headings", ""),
    ]  # fmt: skip


def test_the_line_that_names_the_separator_is_understood():
    found = items("log.csv", "sep=;\nDate;What happened\n13/03/2025;rang\n")
    assert {one.why for one in not_understood(found)} == {"headings"} and len(records(found)) == 1


def test_opening_balances_and_totals_are_lines_around_the_payments():
    found = items(
        "statement.csv",
        "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n,Opening Balance,,,,120.00\n"
        "13/03/2025,Dan Sample,HELLO,FASTER PAYMENT,0.01,120.01\n,Total,,,0.01,\n",
    )
    assert [one.text for one in records(found)] == ["HELLO"]
    assert {one.why for one in not_understood(found)} == {"headings"}
    assert not any("120" in one.excerpt for one in not_understood(found))


def test_a_payment_that_was_not_completed_keeps_its_day_and_says_so():
    found = items(
        "revolut.csv",
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
        "TRANSFER,Current,2025-03-14 21:05:06,2025-03-15 03:05:07,Payment from Dan Sample,0.01,0.00,GBP,COMPLETED,2\n"
        "TRANSFER,Current,2025-03-17 10:00:00,,Payment from Dan Sample,0.02,0.00,GBP,REVERTED,\n",
        THEIRS,
    )
    first, second = records(found)
    assert (moment(first), first.extra["status"]) == (
        ("2025-03-14 21:05:06", "2025-03-15 03:05:07", "range"), "COMPLETED",
    )  # fmt: skip
    assert (moment(second)[0], second.amount_pence) == ("2025-03-17 10:00:00", 2)
    assert second.extra["status"] == "REVERTED" and not [one for one in not_understood(found) if one.why != "headings"]


def test_where_only_credits_are_marked_the_others_are_money_out():
    found = items(
        "card.csv",
        "Date,Details,Amount,Balance\n31/03/2025,D SAMPLE HI,0.01CR,5.00\n30/03/2025,SHOP,3.00,4.99\n",
        THEIRS,
    )
    assert [(one.amount_pence, one.direction) for one in records(found)] == [(1, "in"), (None, "out")]


def test_where_no_sum_has_a_sign_the_type_says_which_way_the_money_went():
    found = items(
        "unsigned.csv",
        "Date,Type,Description,Amount,Balance\n31/03/2025,Credit,D SAMPLE HI,0.01,5\n30/03/2025,Debit,SHOP,3.00,4\n"
        "29/03/2025,Direct Debit,WATER,3.00,4\n28/03/2025,Mystery,THING,3.00,4\n",
    )
    assert [(one.text, one.direction) for one in records(found)] == [
        ("D SAMPLE HI", "in"),
        (None, "out"),
        (None, "out"),
    ]
    assert [one.why for one in not_understood(found)] == ["headings", "unknown_line"]


def test_a_payment_list_with_names_and_states_is_no_call_list():
    found = items(
        "paypal.csv",
        '\ufeff"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","Note","Balance"\n'
        '"31/03/2025","12:05:06","Europe/London","Dan Sample","General Payment","Completed","GBP","0.01","0.00","0.01",'
        '"you cant hide","5.00"\n',
    )
    (one,) = records(found)
    assert (one.channel, one.sender.shown, one.text, one.amount_pence) == ("payment", "Dan Sample", "you cant hide", 1)


def test_names_and_types_alone_make_no_call_list():
    found = items("list.csv", "Date,Name,Type\n31/03/2025,Dan Sample,Letter\n")
    assert questions(found)["columns"] and records(found)[0].channel == "other"


EE = (
    "Date,Time,Number called,Call type,Duration,Cost (\u00a3)\n03 Mar 2025,14:05:09,07700900456,Mobile,00:01:20,0.000\n"
    "04 Mar 2025,08:10:00,07700900456,Text message,,0.00\n06 Mar 2025,09:00:00,,Mobile internet,12.5MB,0.00\n"
    "07 Mar 2025,09:00:00,07700900456,Received abroad,00:00:05,0.00\n"
)


def test_a_bill_whose_types_are_tariffs_lists_calls_made():
    found = items("ee.csv", EE)
    call, text, data, abroad = records(found)
    assert (call.kind, call.direction, call.duration_s) == ("call_made", "out", 80)
    assert call.recipients[0].key == text.recipients[0].key == "tel:+447700900456"
    assert (text.channel, text.kind, text.direction) == ("sms", "text", "out")
    assert (data.kind, data.text) == ("system", "Mobile internet")
    assert (abroad.kind, abroad.direction, abroad.recipients) == ("unknown", "unknown", ())
    assert coverage(found).limits == ("outgoing_only",)


def test_merged_cells_stand_for_every_row_they_cover_but_counts_do_not():
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Date", "What happened", "Count"], [date(2025, 3, 13), "rang", 5], [None, "knocked", None],
        [date(2025, 3, 14), "wrote", None], [None, None, None],
    ):  # fmt: skip
        sheet.append(row)
    for merged in ("A2:A3", "C2:C3", "B4:B5"):
        sheet.merge_cells(merged)
    found = records(items("log.xlsx", saved(book)))
    assert [(one.text, moment(one)[0], one.count) for one in found] == [
        ("rang", "2025-03-13 00:00:00", 5), ("knocked", "2025-03-13 00:00:00", 1), ("wrote", "2025-03-14 00:00:00", 1),
    ]  # fmt: skip


def test_a_sheets_clock_is_read_to_the_minute_unless_somebody_wrote_seconds():
    rows = [
        ["Date", "Time", "What happened"],
        [date(2025, 3, 13), time(23, 10), "a"],
        [date(2025, 3, 14), 0.5, "b"],
    ]
    first, second = records(items("log.xlsx", workbook(*rows)))
    assert moment(first) == ("2025-03-13 23:10:00", "2025-03-13 23:10:59", "minute")
    assert moment(second) == ("2025-03-14 12:00:00", "2025-03-14 12:00:59", "minute")
    (third,) = records(items("log.xlsx", workbook(rows[0], [date(2025, 3, 13), time(23, 10, 7), "a"])))
    assert moment(third) == ("2025-03-13 23:10:07", "2025-03-13 23:10:07", "second")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12 x silent calls", (12, False)), ("Rang (x 4)", (4, False)), ("rang me x3", (3, False)),
        ("Called 30+ times", (30, True)), ("drove past twice", (2, False)), ("I told him twice", None),
        ("Called me 5 times, then 3 texts", None), ("4 x 4 outside", None), ("parked his X5", None),
        ("rang twice and texted x3", None), ("rang at least twice", (2, True)),
    ],
)  # fmt: skip
def test_counts_as_people_write_them(words, expected):
    assert count_in(words) == expected


def test_a_statement_cut_off_in_a_sum_gives_no_payment():
    whole = (
        "OFXHEADER:100\n\n<OFX><BANKTRANLIST><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20250314<TRNAMT>0.01<NAME>D SAMPLE"
        "<MEMO>HI</STMTTRN><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20250315<TRNAMT>12.34<NAME>D SAMPLE<MEMO>HO</STMTTRN>"
    )
    whole_file = items("s.ofx", whole + "</BANKTRANLIST></OFX>")
    assert [one.amount_pence for one in records(whole_file)] == [1, 1234] and not not_understood(whole_file)
    for cut in ("2.34", "SAMPLE<MEMO>HO", "/STMTTRN>"):
        found = items("s.ofx", whole[: whole.rindex(cut)])
        assert [one.amount_pence for one in records(found)] == [1], cut
        assert [one.why for one in not_understood(found)] == ["broken"]
        assert "damaged" in coverage(found).limits


def test_a_bill_that_calls_its_numbers_numbers_is_no_log():
    found = items(
        "bill.csv",
        "Date and Time,Description,Number,Quantity,Price\n13/03/2025 14:05:01,UK Mobile Call,07700900456,1m 20s,0.00\n"
        "14/03/2025 14:05:01,UK Text,07700900456,1,0.00\n",
    )
    call, text = records(found)
    assert (call.kind, call.duration_s, call.recipients[0].key) == ("call_made", 80, "tel:+447700900456")
    assert (text.kind, text.duration_s) == ("text", None)


def test_what_damage_cost_is_no_bill():
    found = items("log.csv", "Date,Description,Number,Cost\n13/03/2025,smashed my window,12,200.00\n")
    assert [one.kind for one in records(found)] == ["incident"]


def test_a_bill_that_names_whom_it_went_to_lists_calls_made():
    found = items(
        "bill.csv",
        "Date,Type,To,Duration / Volume,Cost\n13/03/2025 14:05,Call,07700900456,00:01:20,\u00a30.00\n"
        "14/03/2025 14:05,Text,07700900456,1,\u00a30.00\n15/03/2025 14:05,Data,,12.4 MB,\u00a30.00\n",
    )
    assert [(one.kind, one.direction, one.duration_s) for one in records(found)] == [
        ("call_made", "out", 80), ("text", "out", None), ("system", "unknown", None),
    ]  # fmt: skip


def test_a_call_list_may_name_the_way_of_its_calls_their_status():
    found = items(
        "calls.csv",
        'Name,Phone Number,Date,Duration,Status\nSam,07700900456,"13 March 2025 at 2:05:06 pm",00:00:00,Missed\n'
        'Sam,07700900456,"Mar 14, 2025, 9:05 AM",00:01:00,Incoming call\n',
    )
    assert [one.kind for one in records(found)] == ["call_missed", "call_answered"]
    answered = items(
        "calls.csv", "Name,Phone Number,Date,Status\nSam,07700900456,13/03/2025 14:05,Answered\nA,101,,Busy\n"
    )
    assert questions(answered)["columns"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("13 Mawrth 2025", ("2025-03-13 00:00:00", "2025-03-13 23:59:59", "day")),
        ("Gorffennaf 2025", ("2025-06-30 23:00:00", "2025-07-31 22:59:59", "month")),
        ("13th/14th March 2025", ("2025-03-13 00:00:00", "2025-03-14 23:59:59", "range")),
        ("13/03/2025 / 14/03/2025", ("2025-03-13 00:00:00", "2025-03-14 23:59:59", "range")),
        ("14.03.25 approx 0900", ("2025-03-14 08:30:00", "2025-03-14 09:30:59", "range")),
        ("14.03.25 about 9", ("2025-03-14 08:30:00", "2025-03-14 21:30:59", "range")),
    ],
)
def test_times_as_people_write_them(words, expected):
    (one,) = records(items("log.csv", f"Date,What happened\n{words},x\n"))
    assert moment(one) == expected
