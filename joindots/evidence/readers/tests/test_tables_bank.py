"""Bank statements: the payments that may be contact, to the penny, and nothing of anybody else's."""

from __future__ import annotations

import json
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.reading import claim
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tables.money import pence, pence_of_number
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

STARLING = (
    "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n"
    "14/09/2025,C Pryce,UP,FASTER PAYMENT,0.01,4321.09,PAYMENTS,\n"
    "14/09/2025,C Pryce,LOOK,FASTER PAYMENT,0.01,4321.08,PAYMENTS,\n"
    "13/09/2025,Corner Shop,MILK 999,CARD SUBSCRIPTION,-3.20,4321.07,GROCERIES,\n"
    "12/09/2025,Mum Example,BIRTHDAY XX,FASTER PAYMENT,20.00,4324.27,PAYMENTS,\n"
)
PICKED = Answer("their_payments", ["C Pryce"])


def test_the_payers_are_asked_with_count_sum_and_dates_and_credits_carried_until_answered():
    found = items("statement.csv", STARLING)
    question = questions(found)["their_payments"]
    assert question.candidates == ("C Pryce", "Mum Example")
    first = question.details[0]
    assert (first.count, first.says, first.first, first.last) == (
        2,
        "2 payments, 0.02 in all",
        "2025-09-14",
        "2025-09-14",
    )
    up, look, shop, mum = records(found)
    assert (up.text, up.amount_pence, up.currency, up.sender.shown) == ("UP", 1, "GBP", "C Pryce")
    assert (up.direction, up.kind, up.channel, up.certainty_of_sender) == ("in", "payment", "payment", "claimed")
    assert moment(up) == ("2025-09-13 23:00:00", "2025-09-14 22:59:59", "day")
    assert (up.extra["order"], up.at_shown) == ("bank", "14/09/2025")
    assert [one.seq for one in (up, look, shop, mum)] == [0, 1, 2, 3]
    assert [one.open for one in (up, look, mum)] == [("their_payments",)] * 3
    assert shop.extra == {"kept_back": True}
    assert (shop.text, shop.amount_pence, shop.sender.shown, shop.at_earliest, shop.direction) == (None,) * 4 + ("out",)


def test_once_answered_nothing_of_other_payees_or_of_any_balance_leaves_the_reader():
    found = items("statement.csv", STARLING, PICKED)
    assert "their_payments" not in questions(found)
    assert [record.text for record in records(found)] == ["UP", "LOOK", None, None]
    assert [record.open for record in records(found)] == [()] * 4
    assert [record.extra.get("kept_back", False) for record in records(found)] == [False, False, True, True]
    everything = json.dumps([msgspec.to_builtins(item) for item in found if item is not found[0]], default=str)
    for secret in ("Mum", "BIRTHDAY", "Corner", "MILK", "2000", "320", "4321", "4324"):
        assert secret not in everything.replace("msg", ""), secret
    assert_tiles(found, STARLING.encode())


def test_an_empty_answer_keeps_all_back_and_not_sure_keeps_all_in():
    nobody = records(items("statement.csv", STARLING, Answer("their_payments", [])))
    assert all(record.extra == {"kept_back": True} for record in nobody)
    unsure = records(items("statement.csv", STARLING, Answer("their_payments", "not_sure")))
    assert [record.text for record in unsure] == ["UP", "LOOK", None, "BIRTHDAY XX"]
    assert all(record.open == () for record in unsure)


def test_an_answer_in_the_wrong_form_is_refused_in_a_sentence():
    with pytest.raises(NotReadable, match="must be a list of payers"):
        items("statement.csv", STARLING, Answer("their_payments", {"C Pryce": True}))


def test_the_payer_of_a_receipt_is_taken_from_the_description_and_the_text_left_whole():
    data = (
        "Date,Type,Description,Paid out,Paid in,Balance\n"
        "13/09/2025,FPI,FASTER PAYMENTS RECEIPT REF.LOOK UP FROM C PRYCE,,0.01,10.00\n"
        "12/09/2025,FPI,C PRYCE     I SEE YOU,,0.01,10.00\n"
    )
    first, second = records(found := items("statement.csv", data))
    assert first.text == "FASTER PAYMENTS RECEIPT REF.LOOK UP FROM C PRYCE"
    assert first.sender.shown == "C PRYCE"
    assert (second.text, second.sender.shown) == ("C PRYCE     I SEE YOU", None)
    assert set(questions(found)["their_payments"].candidates) == {"C PRYCE", "C PRYCE     I SEE YOU"}
    picked = records(items("statement.csv", data, Answer("their_payments", "C PRYCE")))
    assert [record.text is not None for record in picked] == [True, False]


BANKS = {
    "lloyds": (
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n"
        "13/09/2025,FPI,'00-00-00,00000000,C PRYCE,,0.01,99.00\n13/09/2025,DEB,'00-00-00,00000000,SHOP,4.00,,98.99\n"
    ),
    "barclays": (
        "Number,Date,Account,Amount,Subcategory,Memo\n"
        ",13/09/2025,00-00-00 00000000,0.01,Counter Credit,C PRYCE\n"
        ",13/09/2025,00-00-00 00000000,-4.00,Payment,SHOP\n"
    ),
    "natwest": (
        "\nDate, Type, Description, Value, Balance, Account Name, Account Number\n"
        '13/09/2025,BAC,"C PRYCE",0.01,99.00,"\'EXAMPLE M","\'000000-00000000",\n'
        '13/09/2025,POS,"SHOP",-4.00,98.99,"\'EXAMPLE M","\'000000-00000000",\n'
    ),
    "hsbc": (
        "Date,Type,Description,Paid out,Paid in,Balance\n"
        "13 Sep 25,CR,C PRYCE,,0.01,99.00\n13 Sep 25,VIS,SHOP,4.00,,98.99\n"
    ),
    "santander": (
        "Date,,Description,,Money In,Money Out,Balance\n"
        "13/09/2025,,C PRYCE,,£0.01,,£99.00\n13/09/2025,,SHOP,,,£4.00,£98.99\n"
    ),
    "santander signed": (
        "Date,Type,Merchant/Description,Debit/Credit,Balance\n"
        "13/09/2025,FPI,C PRYCE,£0.01,£99.00\n13/09/2025,CARD,SHOP,-£4.00,£98.99\n"
    ),
    "monzo": (
        "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,"
        "Address,Receipt,Description,Category split,Money Out,Money In\n"
        "tx_1,13/09/2025,10:15:22,Faster payment,C PRYCE,,Income,0.01,GBP,0.01,GBP,,,,LOOK UP,,,0.01\n"
        "tx_2,13/09/2025,11:15:22,Card payment,SHOP,,Food,-4.00,GBP,-4.00,GBP,,,,SHOP,,-4.00,\n"
    ),
    "nationwide": (
        '"Account Name:","FlexAccount ****0000"\n"Account Balance:","£98.99"\n"Available Balance: ","£98.99"\n\n'
        '"Date","Transaction type","Description","Paid out","Paid in","Balance"\n'
        '"13 Sep 2025","Bank credit","C PRYCE","","£0.01","£99.00"\n'
        '"13 Sep 2025","Visa purchase","SHOP","£4.00","","£98.99"\n'
    ),
    "with a sign column": (
        "Date,Description,Amount,CR/DR,Balance\n13/09/2025,C PRYCE,0.01,CR,99.00\n13/09/2025,SHOP,4.00,DR,98.99\n"
    ),
    "with debit or credit beside the amount": (
        "Date,Description,Amount,Debit/Credit\n13/09/2025,C PRYCE,0.01,Credit\n13/09/2025,SHOP,4.00,Debit\n"
    ),
    "with brackets": "Date,Details,Amount\n13/09/2025,C PRYCE,0.01\n13/09/2025,SHOP,(4.00)\n",
}


@pytest.mark.parametrize("bank", BANKS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_the_headings_of_the_usual_banks_are_certain(bank, encoding):
    data = BANKS[bank].encode(encoding)
    assert claim(Source.from_bytes("statement.csv", data)).name == "bank"
    found = items("statement.csv", data)
    assert set(questions(found)) == {"their_payments"}
    came, went = records(found)
    assert (came.amount_pence, came.direction, came.currency) == (1, "in", "GBP")
    day = ("2025-09-12 23:00:00", "2025-09-13 22:59:59", "day")
    assert moment(came) == (("2025-09-13 09:15:22",) * 2 + ("second",) if bank == "monzo" else day)
    assert went.extra == {"kept_back": True}
    assert_tiles(found, data)
    assert "98.99" not in json.dumps([msgspec.to_builtins(item) for item in found], default=str)


def test_a_workbook_of_a_bank_is_read_as_the_statement_it_is():
    data = workbook(
        ["Date", "Description", "Money in", "Money out", "Balance"], ["13/09/2025", "C PRYCE", 0.01, None, 12.0],
        ["13/09/2025", "SHOP", None, 4.1, 12.01],
    )  # fmt: skip
    came, went = records(items("statement.xlsx", data))
    assert (came.amount_pence, came.place.pointer) == (1, "Sheet1!2")
    assert went.extra == {"kept_back": True}


def test_totals_balance_lines_and_rows_with_two_sums_are_not_read_and_not_shown():
    data = (
        "Date,Description,Paid out,Paid in,Balance\n,BALANCE BROUGHT FORWARD,,,1234.56\n13/09/2025,X,1.00,2.00,7.77\n"
        "13/09/2025,Y,,1.234,7.77\n13/09/2025,Z,,0.01,7.77\nTotal,,99.00,0.01,\n"
    )
    found = items("statement.csv", data)
    assert [record.text for record in records(found)] == ["Z"]
    assert [item.why for item in not_understood(found)] == [
        "headings", "headings", "unknown_line", "unknown_line", "headings",
    ]  # fmt: skip
    assert [item.excerpt for item in not_understood(found)][1:] == [""] * 4
    assert_tiles(found, data.encode())


def test_day_and_month_are_asked_where_the_statement_does_not_prove_them():
    data = "Date,Description,Amount\n12/09/2025,X,0.01\n11/09/2025,Y,0.01\n"
    found = items("statement.csv", data)
    assert questions(found)["date_order"].candidates == ("dmy", "mdy")
    first = records(found)[0]
    assert set(first.open) == {"date_order", "their_payments"}
    assert moment(first) == ("2025-09-11 23:00:00", "2025-12-09 23:59:59", "day")
    answered = records(items("statement.csv", data, Answer("date_order", "mdy")))[0]
    assert moment(answered) == ("2025-12-09 00:00:00", "2025-12-09 23:59:59", "day")
    unsure = items("statement.csv", data, Answer("date_order", "not_sure"))
    assert "date_order" not in questions(unsure) and moment(records(unsure)[0]) == moment(first)


@pytest.mark.parametrize(
    ("dates", "proven"),
    [
        (["12/09/2025", "13/09/2025"], True),
        (["09/12/2025", "09/13/2025"], True),
        (["05/09/2025", "02/09/2025", "10/08/2025"], True),
        (["05/09/2025", "04/09/2025", "03/09/2025"], False),
        (["12/09/2025", "11/09/2025"], False),
        (["13/09/2025", "09/13/2025", "05/06/2025"], False),
        (["05/05/2025", "06/06/2025"], True),
    ],
)
def test_the_order_is_proven_by_a_number_over_12_or_by_running_one_way_only(dates, proven):
    data = "Date,Description,Amount\n" + "".join(f"{day},X,0.01\n" for day in dates)
    assert ("date_order" not in questions(items("statement.csv", data))) is proven


def test_a_heading_that_states_the_order_settles_it():
    data = "Date (DD/MM/YYYY),Description,Amount\n05/06/2025,X,0.01\n"
    assert "date_order" not in questions(items("statement.csv", data))


def test_columns_that_fit_twice_are_asked_and_nothing_is_guessed_until_then():
    data = "Date,Description,Narrative,Credit,Money in,Balance\n13/09/2025,a,b,0.01,,77.77\n"
    found = items("statement.csv", data)
    question = questions(found)["columns"]
    assert question.candidates == ("Date", "Description", "Narrative", "Credit", "Money in", "Balance")
    (row,) = records(found)
    assert (row.kind, row.open, row.at_earliest) == ("unknown", ("columns",), None)
    assert row.extra == {"Date": "13/09/2025", "Description": "a", "Narrative": "b", "Credit": "0.01"}
    answer = Answer("columns", {"date": "Date", "description": "Narrative", "paid_in": "Credit"})
    (row,) = records(items("statement.csv", data, answer))
    assert (row.kind, row.text, row.amount_pence) == ("payment", "b", 1)
    unsure = items("statement.csv", data, Answer("columns", "not_sure"))
    assert not questions(unsure) and records(unsure)[0].open == ()


def test_a_statement_without_headings_asks_for_its_columns_by_number():
    data = "13/09/2025,C PRYCE,0.01\n12/09/2025,SHOP,-4.00\n"
    found = items("statement.csv", data)
    assert questions(found)["columns"].candidates == ("Column 1", "Column 2", "Column 3")
    answer = Answer("columns", {"date": "Column 1", "description": "Column 2", "amount": "Column 3"})
    came, went = records(items("statement.csv", data, answer))
    assert (came.text, came.amount_pence, went.extra) == ("C PRYCE", 1, {"kept_back": True})


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("Date", "must name a heading for each meaning"), ({"when": "Date"}, "is not known"),
        ({"date": "Day"}, "is not in statement.csv"), ({"date": "Date"}, "leaves out a column"),
    ],
)  # fmt: skip
def test_an_answer_to_columns_that_does_not_fit_is_refused_with_the_cure(value, says):
    data = "Date,Description,Narrative,Amount\n13/09/2025,a,b,0.01\n"
    with pytest.raises(NotReadable, match=says):
        items("statement.csv", data, Answer("columns", value))


def test_what_the_statement_can_show_is_its_period_and_limits():
    last = coverage(items("statement.csv", STARLING, PICKED))
    assert (last.channel, str(last.earliest), str(last.latest)) == (
        "payment", "2025-09-11 23:00:00+00:00", "2025-09-14 22:59:59+00:00",
    )  # fmt: skip
    assert "balance_never_kept" in last.limits and "order_is_the_banks" in last.limits


def test_money_in_another_currency_is_named():
    data = "Date,Description,Amount,Currency\n13/09/2025,X,0.01,EUR\n13/09/2025,Y,5,JPY\n"
    euro, yen = records(items("statement.csv", data))
    assert (euro.amount_pence, euro.currency) == (1, "EUR")
    assert (yen.amount_pence, yen.currency, yen.extra["amount_shown"]) == (None, "JPY", "5")


def test_cells_that_look_like_formulas_are_only_text():
    data = "Date,Counter Party,Reference,Amount\n13/09/2025,=SUM(A1),+44 @you -now,0.01\n"
    (record,) = records(items("statement.csv", data))
    assert (record.sender.shown, record.text) == ("=SUM(A1)", "+44 @you -now")


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("\u00a30.01", 1), ("-\u00a30.01", -1), ("\u00a3-0.01", -1), ("(0.01)", -1), ("0.01-", -1), ("+0.01", 1),
        ("0.01 CR", 1), ("0.01DR", -1), ("1p", 1), ("\u00a31,234.56", 123456), (".01", 1), ("5", 500), ("0.1", 10),
        ("1.234,56", 123456), ("1,234", 123400), ("0,01", 1), ("\u22123.20", -320), ("GBP 1.00", 100), ("0.010", 1),
        ("1.234", None), ("12,34,56", None), ("--1", None), ("\u00a3", None), ("", None), ("0.005", None),
        ("-(3)", None), ("1-2", None), ("12/09", None), ("1e5", None), ("(5", None),
    ],
)  # fmt: skip
def test_sums_are_read_to_the_penny_or_not_at_all(shown, expected):
    assert pence(shown) == expected


@given(st.integers(-(10**12), 10**12))
def test_any_sum_written_in_the_usual_ways_comes_back_exactly(sum_):
    pounds = Decimal(sum_) / 100
    sign, size = ("-" if sum_ < 0 else ""), abs(pounds)
    for shown in (f"{pounds:.2f}", f"{sign}\u00a3{size:,.2f}", f"\u00a3{sign}{size:,.2f}", f"{size:.2f}{sign}"):
        assert pence(shown) == sum_
    if sum_ < 0:
        assert pence(f"({size:,.2f})") == sum_


@given(st.integers(-(10**10), 10**10))
def test_a_spreadsheets_number_is_exact_to_the_penny(sum_):
    assert pence_of_number(sum_ / 100) == sum_


@pytest.mark.parametrize("value", [0.005, 1e300, float("inf"), float("nan"), 1.001])
def test_a_number_that_is_no_whole_penny_is_left(value):
    assert pence_of_number(value) is None


@given(st.text(max_size=30))
def test_any_text_is_a_sum_or_is_not(shown):
    assert pence(shown) is None or isinstance(pence(shown), int)
