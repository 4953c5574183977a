"""How tables are written, and that every byte of a separated-values file has its place."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from joindots.evidence.readers.answers import NO_ANSWERS
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.reading import claim
from joindots.evidence.readers.records import Communication, NotUnderstood
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tables import rows
from joindots.evidence.readers.tables.lines import MAX_LINE, Dialect
from joindots.evidence.readers.tables.lines import rows as raw_rows
from joindots.evidence.readers.tables.reading import kind_of, read_tables
from joindots.evidence.readers.tables.sniffing import dialect_of
from joindots.evidence.readers.tests.samples import SAMPLES
from joindots.evidence.readers.tests.table_files import (
    assert_tiles,
    items,
    not_understood,
    questions,
    records,
    workbook,
)

LOG = "Date,Time,What happened\n9 Aug 2025,16:52,Caf\u00e9 \u2013 \u00a35\n10 Aug 2025,,again\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_gives_the_same_rows(encoding, newline):
    data = LOG.replace("\n", newline).encode(encoding)
    found = items("log.csv", data)
    assert [record.text for record in records(found)] == ["Caf\u00e9 \u2013 \u00a35", "again"]
    assert_tiles(found, data)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_even_where_the_text_is_full_of_others(delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["Date", "What happened", "Where"], ["9 Aug 2025", "a, b; c | d, e; f", "Hall, door"]])
    (record,) = records(items("log.csv", out.getvalue()))
    assert (record.text, record.extra["where"]) == ("a, b; c | d, e; f", "Hall, door")


def test_a_line_that_names_the_delimiter_is_heeded():
    found = items("log.csv", "sep=;\r\nDate;What happened\r\n9 Aug 2025;a,b\r\n")
    assert [record.text for record in records(found)] == ["a,b"]
    assert [item.why for item in not_understood(found)] == ["headings", "headings"]


def test_a_quoted_line_end_belongs_to_its_row():
    data = b'Date,What happened\r\n9 Aug 2025,"first\r\nsecond ""quoted"""\r\n10 Aug 2025,next\r\n'
    found = items("log.csv", data)
    first, second = records(found)
    assert first.text == 'first\r\nsecond "quoted"'
    assert (first.place.line, second.place.line) == (2, 4)
    start = first.place.byte
    assert data[start : start + first.place.length] == b'9 Aug 2025,"first\r\nsecond ""quoted"""\r\n'
    assert_tiles(found, data)


def test_a_quotation_that_never_closes_swallows_no_other_row():
    data = b'Date,What happened\n9 Aug 2025,"he said\n' + b"".join(b"%d Aug 2025,x\n" % day for day in range(10, 30))
    found = items("log.csv", data)
    assert len(records(found)) == 20
    assert [item.why for item in not_understood(found)] == ["headings", "broken"]
    assert_tiles(found, data)


def test_stray_quotation_marks_inside_a_cell_are_only_marks():
    (record,) = records(items("log.csv", 'Date,What happened\n9 Aug 2025,a 5" nail in the "tyre"\n'))
    assert record.text == 'a 5" nail in the "tyre"'


def test_rows_too_wide_are_unknown_lines_and_titles_totals_and_blank_lines_are_understood():
    data = b"Log of M\n\nDate,What happened\n9 Aug 2025,x\n,,\n10 Aug 2025,x,too,wide\nTotal,\n"
    found = items("log.csv", data)
    assert [(item.place.line, item.why) for item in not_understood(found)] == [
        (1, "around"), (2, "headings"), (3, "headings"), (5, "headings"), (6, "unknown_line"), (7, "headings"),
    ]  # fmt: skip
    assert_tiles(found, data)


def test_a_stray_byte_turns_only_its_own_line_to_windows_1252():
    head = "Date,What happened\n9 Aug 2025,na\u00efve\n".encode()
    data = head + b"10 Aug 2025,na\xefve\n"
    assert [record.text for record in records(items("log.csv", data))] == ["na\u00efve", "na\u00efve"]


def test_a_line_longer_than_can_be_held_is_counted_and_never_held():
    data = b"Date,What happened\n9 Aug 2025,x\n" + b"a" * (8 * MAX_LINE) + b"\n10 Aug 2025,y\n"
    source = Source.from_bytes("log.csv", data)
    tracemalloc.start()
    found = list(read_tables(source, NO_ANSWERS, HashOnly()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [record.text for record in records(found)] == ["x", "y"]
    assert [item.why for item in not_understood(found)] == ["headings", "too_long"]
    assert peak < 4 * MAX_LINE
    assert_tiles(found, data)


def test_one_line_alone_is_bounded_and_asks_nothing():
    data = b"x," * MAX_LINE
    found = items("log.csv", data)
    assert not records(found) and not questions(found)
    assert [item.why for item in not_understood(found)] == ["too_long"]
    assert_tiles(found, data)


OTHERS = sorted(set(SAMPLES) - {"calls.csv", "statement.csv", "statement.ofx", "log.csv", "log.xlsx"})


@pytest.mark.parametrize("name", [*OTHERS, *(f"{name}.csv" for name in OTHERS if not name.startswith("+"))])
def test_no_other_kind_of_file_is_claimed_as_a_table_whatever_its_name(name):
    source = Source.from_bytes(name, SAMPLES[name.removesuffix(".csv")]())
    assert kind_of(source) is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.txt", b"Dear all,\nthis is a letter, with commas, and more.\n"),
        ("data.json.csv", b'[{"a": 1, "b": 2}]'),
        ("page.csv", b"<html><body>a,b</body></html>"),
        ("mail.csv", b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nhello, you\n"),
        ("statement.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("binary.csv", bytes(range(256)) * 8),
        ("empty.csv", b""),
        ("blank.csv", b"\r\n \r\n"),
    ],
)
def test_letters_json_mail_and_binary_files_are_not_claimed(name, data):
    assert kind_of(Source.from_bytes(name, data)) is None


def test_a_table_under_another_name_is_claimed_only_with_headings_that_are_understood():
    statement = b"Date,Description,Amount,Balance\n13/09/2025,X,0.01,5\n"
    assert claim(Source.from_bytes("statement.txt", statement)).name == "bank"
    assert kind_of(Source.from_bytes("statement.txt", b"Alpha,Beta\n1,2\n3,4\n")) is None


def test_the_rows_of_any_table_come_by_heading_for_other_uses():
    csv_rows = list(rows(Source.from_bytes("cases.csv", b"Ref,Name,Name\nA1,Sam,Example\n\nA2,,Jo\n")))
    assert [row.cells for row in csv_rows] == [
        {"Ref": "A1", "Name": "Sam", "Name (2)": "Example"}, {"Ref": "A2", "Name (2)": "Jo"},
    ]  # fmt: skip
    assert [row.place.line for row in csv_rows] == [2, 4]
    book = workbook(["Case reference", "Opened"], ["A1", 3], title="Cases")
    (row,) = rows(Source.from_bytes("cases.xlsx", book))
    assert (row.cells, row.sheet, row.place.pointer) == ({"Case reference": "A1", "Opened": "3"}, "Cases", "Cases!2")


CELLS = st.text(st.sampled_from(list("ab,;\t\"\n\r|'=+-@ 1290/:\u00e9\u00a3")), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8), st.sampled_from(",;\t|"))
def test_what_a_spreadsheet_program_writes_is_read_back_cell_by_cell(table, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    found = [row.cells for row in raw_rows(io.BytesIO(out.getvalue().encode()), Dialect("utf-8", b"\n", delimiter))]
    expected = [
        [cell.lstrip(" ") if not set(cell) & set(delimiter + '"\r\n') else cell for cell in row] for row in table
    ]
    assert found == expected


ANY_CSV = st.one_of(
    st.binary(max_size=300),
    st.text(st.sampled_from(list('ab,;"\n\r\t 12/:-')), max_size=300).map(str.encode),
    st.lists(st.sampled_from(["Date,What happened\n", "9 Aug 2025,x\n", '"', "\r\n", ",", "Total,\n", "\xff", '""\n']), max_size=30)
    .map(lambda parts: "".join(parts).encode("latin-1")),
)  # fmt: skip


@settings(max_examples=250)
@given(
    ANY_CSV, st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"Date,What happened\r\n", b"Number,Type,Date\r\n"])
)
@example(b'"\n' * 40, b"")
@example(b'a,"b""\n' * 40, b"Date,What happened\r\n")
def test_the_places_tile_any_bytes_whatever(data, head):
    whole = head + data
    source = Source.from_bytes("any.csv", whole)
    found = list(read_tables(source, NO_ANSWERS, HashOnly()))
    assert_tiles(found, whole)
    assert [record.seq for record in records(found)] == list(range(len(records(found))))


@given(st.binary(min_size=1, max_size=200))
def test_the_dialect_of_any_bytes_is_decided(head):
    assert dialect_of(head).delimiter


def test_a_file_cut_off_anywhere_is_read_up_to_there():
    data = LOG.encode()
    for end in range(1, len(data)):
        found = list(read_tables(Source.from_bytes("log.csv", data[:end]), NO_ANSWERS, HashOnly()))
        assert_tiles(found, data[:end])
        assert all(isinstance(item, Communication | NotUnderstood) or item for item in found)
