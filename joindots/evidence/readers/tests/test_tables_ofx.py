"""OFX in both its forms: the same payments, bounded whatever comes, and no balance or account number."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joindots.evidence.readers.answers import NO_ANSWERS, Answer
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.reading import claim
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tables import ofx
from joindots.evidence.readers.tests.table_files import coverage, items, moment, not_understood, questions, records

ROWS = (
    ("CREDIT", "20250912120000[0:GMT]", "0.01", "C PRYCE", "LOOK UP &amp; SEE"),
    ("DEBIT", "20250911", "-4.00", "SHOP", "MILK"),
    ("CREDIT", "20250910", "20.00", "MUM", "XX"),
)
SGML = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\r\n" + (
    "<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1>"
    "<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP<BANKACCTFROM><BANKID>000000<ACCTID>00001234<ACCTTYPE>CHECKING"
    "</BANKACCTFROM><BANKTRANLIST><DTSTART>20250901<DTEND>20250930\r\n"
    + "".join(
        f"<STMTTRN>\r\n<TRNTYPE>{kind}\r\n<DTPOSTED>{day}\r\n<TRNAMT>{sum_}\r\n<FITID>F{n}\r\n<NAME>{name}\r\n<MEMO>{memo}\r\n</STMTTRN>\r\n"
        for n, (kind, day, sum_, name, memo) in enumerate(ROWS)
    )
    + "</BANKTRANLIST><LEDGERBAL><BALAMT>5432.10<DTASOF>20250930</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
)
XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>'
    "<CURDEF>GBP</CURDEF><BANKACCTFROM><ACCTID>00001234</ACCTID></BANKACCTFROM><BANKTRANLIST>"
    "<DTSTART>20250901</DTSTART><DTEND>20250930</DTEND>"
    + "".join(
        f"<STMTTRN><TRNTYPE>{kind}</TRNTYPE><DTPOSTED>{day}</DTPOSTED><TRNAMT>{sum_}</TRNAMT><FITID>F{n}</FITID>"
        f"<NAME>{name}</NAME><MEMO>{memo}</MEMO></STMTTRN>\n"
        for n, (kind, day, sum_, name, memo) in enumerate(ROWS)
    )
    + "</BANKTRANLIST><LEDGERBAL><BALAMT>5432.10</BALAMT></LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
)


@pytest.mark.parametrize("data", [SGML, XML], ids=["sgml", "xml"])
def test_both_forms_give_the_same_payments(data):
    assert claim(Source.from_bytes("export", data.encode())).name == "ofx"
    found = items("statement.ofx", data)
    assert questions(found)["their_payments"].candidates == ("C PRYCE", "MUM")
    came, went, mum = records(found)
    assert (came.text, came.amount_pence, came.currency, came.sender.shown) == ("LOOK UP & SEE", 1, "GBP", "C PRYCE")
    assert moment(came) == ("2025-09-11 23:00:00", "2025-09-12 22:59:59", "day")
    assert (came.at_shown, came.extra) == ("20250912120000[0:GMT]", {"order": "bank", "type": "CREDIT", "fitid": "F0"})
    assert (went.extra, mum.amount_pence) == ({"kept_back": True}, 2000)
    assert not not_understood(found)
    start, length = came.place.byte, came.place.length
    assert data.encode()[start : start + length].startswith(b"<STMTTRN>")
    assert data.encode()[start : start + length].endswith(b"</STMTTRN>")
    assert came.place.pointer == "/OFX/STMTTRN[1]"


@pytest.mark.parametrize("data", [SGML, XML], ids=["sgml", "xml"])
def test_accounts_balances_and_other_payers_are_never_carried(data):
    found = items("statement.ofx", data, Answer("their_payments", ["C PRYCE"]))
    everything = json.dumps([msgspec.to_builtins(item) for item in found], default=str)
    for secret in ("5432", "00001234", "MUM", "SHOP", "MILK"):
        assert secret not in everything.replace(found[0].id, ""), secret  # type: ignore[union-attr]
    assert [record.text for record in records(found)] == ["LOOK UP & SEE", None, None]


def test_the_period_is_the_banks_own():
    last = coverage(items("statement.ofx", SGML))
    assert (str(last.earliest), str(last.latest)) == ("2025-08-31 23:00:00+00:00", "2025-09-30 22:59:59+00:00")


def test_unknown_leaves_are_listed_by_pointer_and_those_of_a_payment_kept_with_it():
    data = SGML.replace("<CURDEF>GBP", "<CURDEF>GBP<XODD>strange").replace("<FITID>F0", "<FITID>F0<XMORE>more", 1)
    found = items("statement.ofx", data)
    (leaf,) = not_understood(found)
    assert (leaf.place.pointer, leaf.why, leaf.excerpt) == ("/OFX/XODD[1]", "unknown_leaf", "strange")
    assert records(found)[0].extra["xmore"] == "more"


def test_a_payment_without_a_readable_sum_is_listed_as_broken_and_not_shown():
    found = items("statement.ofx", SGML.replace("<TRNAMT>20.00", "<TRNAMT>twenty"))
    (broken,) = not_understood(found)
    assert (broken.why, broken.excerpt, broken.place.pointer) == ("broken", "", "/OFX/STMTTRN[3]")
    assert len(records(found)) == 2


def test_an_unclosed_payment_ends_where_the_next_begins():
    found = items("statement.ofx", SGML.replace("</STMTTRN>\r\n", ""))
    assert [record.amount_pence for record in records(found)] == [1, None, 2000]


def test_entities_of_the_files_own_making_are_never_expanded():
    bomb = '<!DOCTYPE OFX [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>'
    data = XML.replace("<OFX>", bomb + "<OFX>").replace("LOOK UP", "&b; &#76;OOK")
    assert records(items("statement.ofx", data))[0].text == "&b; LOOK & SEE"


def test_windows_letters_and_cdata_are_read():
    data = SGML.encode().replace(b"C PRYCE", "Ren\u00e9e".encode("cp1252"))
    assert records(items("statement.ofx", data))[0].sender.shown == "Ren\u00e9e"
    data = XML.replace("LOOK UP &amp; SEE", "<![CDATA[a & b]]>")
    assert records(items("statement.ofx", data))[0].text == "a & b"


def test_a_value_too_long_to_hold_is_listed():
    data = SGML.replace("LOOK UP", "A" * (ofx.MAX_VALUE * 9))
    found = items("statement.ofx", data)
    (listed,) = not_understood(found)
    assert (listed.why, listed.place.pointer) == ("too_long", "/OFX/STMTTRN[1]/MEMO")
    assert [record.amount_pence for record in records(found)] == [1, None, 2000]


@given(st.integers(0, len(SGML)), st.integers(1, 60))
def test_a_cut_or_a_hole_anywhere_is_survived(at, width):
    for data in (SGML[:at], SGML[:at] + SGML[at + width :]):
        source = Source.from_bytes("s.ofx", data.encode())
        found = list(ofx.read(source, NO_ANSWERS, HashOnly()))
        assert coverage(found).channel == "payment"


def test_chunks_never_change_what_is_read(monkeypatch):
    whole = items("statement.ofx", SGML)
    for size in (1, 7, 64, 1000):
        monkeypatch.setattr(ofx, "CHUNK", size)
        assert items("statement.ofx", SGML) == whole
