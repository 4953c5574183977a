"""OFX: what its clocks and offsets tell, payments still on their way, and files that sign nothing."""

from __future__ import annotations

import pytest

from joindots.evidence.readers.tests.table_files import coverage, items, moment, not_understood, questions, records


def ofx(*entries: str, tail: str = "") -> str:
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STMTRS><CURDEF>GBP"
        f"<BANKTRANLIST><DTSTART>20250301<DTEND>20250331{''.join(entries)}</BANKTRANLIST>{tail}</STMTRS></STMTTRNRS>"
        "</BANKMSGSRSV1></OFX>\n"
    )


def entry(posted: str, amount: str = "0.01", kind: str = "CREDIT", name: str = "D SAMPLE") -> str:
    return f"<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{posted}<TRNAMT>{amount}<FITID>1<NAME>{name}<MEMO>HELLO</STMTTRN>\n"


def times(*posted: str):
    return [moment(one) for one in records(items("a.ofx", ofx(*map(entry, posted))))]


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ("20250614230000[-5:EST]", "2025-06-15 04:00:00"),
        ("20250614233000.000[0:GMT]", "2025-06-14 23:30:00"),
        ("20250614233000[+1:BST]", "2025-06-14 22:30:00"),
        ("20250614233000[-3.50:NST]", "2025-06-15 03:00:00"),
        ("20250614233000[+5.30:IST]", "2025-06-14 18:00:00"),
        ("202506142330[-5]", "2025-06-15 04:30:00"),
    ],
)
def test_a_clock_with_its_offset_is_that_moment(posted, expected):
    (first, _) = times(posted, "20250613101112[0:GMT]")
    assert first[0] == expected
    found = items("a.ofx", ofx(entry(posted), entry("20250613101112[0:GMT]")))
    assert "date_only" not in coverage(found).limits


@pytest.mark.parametrize("clock", ["", "000000", "120000", "120000.000[0:GMT]", "000000[0:GMT]", "122017.000[0:GMT]"])
def test_one_clock_on_every_entry_only_fills_it(clock):
    found = times(f"20250614{clock}", f"20250613{clock}")
    assert found[0] == ("2025-06-13 23:00:00", "2025-06-14 22:59:59", "day")


def test_one_clock_on_every_entry_far_away_is_the_day_there():
    assert times("20250614120000[-5:EST]", "20250613120000[-5:EST]")[0] == (
        "2025-06-14 05:00:00", "2025-06-15 04:59:59", "day",
    )  # fmt: skip


def test_a_clock_without_an_offset_tells_the_day_alone():
    assert times("20250614101112", "20250613111213")[0] == ("2025-06-13 23:00:00", "2025-06-14 22:59:59", "day")


def test_a_payment_still_on_its_way_is_read_and_says_so():
    waiting = (
        "<BANKTRANLISTP><DTASOF>20250331<STMTTRNP><TRNTYPE>CREDIT<DTTRAN>20250330<TRNAMT>0.02<NAME>D SAMPLE"
        "<MEMO>SOON</STMTTRNP></BANKTRANLISTP>"
    )
    found = items("a.ofx", ofx(entry("20250313"), tail=waiting))
    assert [(one.text, one.amount_pence) for one in records(found)] == [("HELLO", 1), ("SOON", 2)]
    assert records(found)[1].extra["status"] == "pending" and not not_understood(found)


def test_where_nothing_is_signed_the_type_says_which_way_the_money_went():
    found = items("a.ofx", ofx(entry("20250313", "12.50", "DEBIT", "SHOP"), entry("20250313", "0.01")))
    assert [one.direction for one in records(found)] == ["out", "in"]
    assert questions(found)["their_payments"].candidates == ("D SAMPLE",)


def test_where_sums_are_signed_the_sign_counts_and_not_the_type():
    found = items("a.ofx", ofx(entry("20250313", "5.00", "DEBIT", "GYM"), entry("20250313", "-1.00", "OTHER", "SHOP")))
    assert [one.direction for one in records(found)] == ["in", "out"]


def test_a_balance_inside_a_payment_is_never_kept():
    found = items("a.ofx", ofx(entry("20250313").replace("<NAME>", "<ACCTBAL>123.45<CATEGORY>Other<NAME>")))
    assert records(found)[0].extra["category"] == "Other" and "123.45" not in str(found)
