"""Statements of further banks and cards: their headings, their signs, and whose payments they name."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.tests.table_files import items, not_understood, questions, records

FORMS = {
    "card with a flag": (
        "Transaction Date,Posting Date,Billing Amount,Merchant,Reference Number,Debit/Credit Flag\n"
        "13/03/2025,14/03/2025,12.50,SHOP,1,D\n12/03/2025,13/03/2025,0.01,D SAMPLE,2,C\n"
    ),
    "card with codes": (
        "Transaction Date,Billing Amount,Merchant,Debit or Credit,Status\n13/03/2025,12.50,SHOP,DBIT,BILLED\n"
        "12/03/2025,0.01,D SAMPLE,CRDT,BILLED\n"
    ),
    "card of a building society": (
        '"Account Name:","Card ****12"\n"Account Balance:","-19.00"\n\n"Date","Transactions","Location","Paid out",'
        '"Paid in"\n"13 Mar 2025","SHOP","TOWN","12.50",""\n"12 Mar 2025","D SAMPLE","","","0.01"\n'
    ),
    "card where a plus was spent": (
        "Date,Type,Description,Value,Balance\n14 Mar 2025,Purchase,SHOP,3.50,\n13 Mar 2025,Purchase,SHOP,12.50,\n12 Mar 2025,Payment,D SAMPLE,-0.01,\n"
    ),
    "an app's first export": (
        "id,created,amount,currency,category,emoji,description,notes\n"
        "tx_1,2025-03-13 10:10:00 +0000,-12.50,GBP,general,,SHOP,\n"
        "tx_2,2025-03-12 10:10:00 +0000,0.01,GBP,general,,D SAMPLE,HELLO\n"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_further_forms_are_certain_and_know_which_way_the_money_went(form):
    found = items("statement.csv", FORMS[form])
    assert set(questions(found)) == {"their_payments"}
    assert [(one.direction, one.amount_pence) for one in records(found)][-2:] == [("out", None), ("in", 1)]
    assert not [one for one in records(found)[:-2] if one.direction == "in"]
    assert {one.why for one in not_understood(found)} == {"headings"}


def test_notes_beside_a_payment_are_kept_with_it_and_with_no_other():
    out, came = records(items("statement.csv", FORMS["an app's first export"]))
    assert came.extra["notes"] == "HELLO" and out.extra == {"kept_back": True}


def test_one_payment_sent_back_does_not_turn_every_sign():
    data = (
        "Date,Type,Description,Value,Balance\n13 Mar 2025,D/D,GYM,5.00,9\n12 Mar 2025,POS,SHOP,-12.50,9\n"
        "11 Mar 2025,BAC,D SAMPLE,0.01,9\n"
    )
    assert [one.direction for one in records(items("statement.csv", data))] == ["in", "out", "in"]


def test_many_words_from_one_payer_are_one_choice_where_the_description_names_the_payer():
    data = (
        "Date,Description,Reference,Amount,Balance\n13/03/2025,D SAMPLE,ANSWER,0.01,5\n"
        "13/03/2025,D SAMPLE,ME,0.01,5\n13/03/2025,WORK,PAY,900,905\n"
    )
    asked = questions(items("statement.csv", data))["their_payments"]
    assert asked.candidates == ("D SAMPLE", "WORK")
    picked = records(items("statement.csv", data, Answer("their_payments", ["D SAMPLE"])))
    assert [one.text for one in picked] == ["ANSWER", "ME", None]
    one = records(items("statement.csv", data, Answer("their_payments", ["ME"])))
    assert [each.text for each in one] == [None, "ME", None]


def test_the_words_are_in_the_notes_where_the_bank_describes_nothing():
    data = (
        "Transaction ID,Date,Time,Type,Name,Amount,Currency,Notes and #tags,Address,Receipt,Description\n"
        "tx_1,13/03/2025,09:32:11,Faster payment,D SAMPLE,0.01,GBP,I SEE YOU,,,\n"
        "tx_2,14/03/2025,09:40:11,Faster payment,D SAMPLE,0.01,GBP,ANSWER,,,ANSWER\n"
    )
    first, second = records(items("statement.csv", data))
    assert (first.text, second.text) == ("I SEE YOU", "ANSWER")
    assert "notes" not in first.extra and "notes" not in second.extra


def test_a_memo_beside_a_description_that_is_the_same_for_everybody_names_the_payer():
    data = (
        "Date,Description,Memo,Money out,Money in\n15/03/2025,DIRECT DEBIT,GYM,29.00,\n"
        "16/03/2025,BANK GIRO CREDIT,SALARY,,900.00\n16/03/2025,BANK GIRO CREDIT,D SAMPLE HELLO,,0.01\n"
    )
    found = items("statement.csv", data)
    assert questions(found)["their_payments"].candidates == ("D SAMPLE HELLO", "SALARY")
    assert records(found)[2].extra["description"] == "BANK GIRO CREDIT"
