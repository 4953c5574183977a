"""Rows of any spreadsheet, read in a child behind walls: what they hold, where they stand, and what is refused."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import openpyxl
import pytest

from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.sandbox import sheets
from joindots.evidence.readers.sandbox.cells import Cells, Headings, Piece, Unread
from joindots.evidence.readers.sandbox.sheets import rows_in_child


def read(data: bytes, name: str) -> list[Piece]:
    return list(rows_in_child(lambda: io.BytesIO(data), name, hashlib.sha256(data).hexdigest()))


def workbook(rows: list[list[object]], second: list[list[object]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if second:
        other = book.create_sheet("Second")
        for row in second:
            other.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_rows_are_numbered_as_a_spreadsheet_program_shows_them() -> None:
    data = b'Client,Date opened,Notes\nMaya Test,10/06/2021,"two\nlines"\n\nBen Test,11/06/2021,\n'
    assert read(data, "cases.csv") == [
        Headings(None, ("Client", "Date opened", "Notes"), True),
        Cells(2, ("Maya Test", "10/06/2021", "two\nlines")),
        Cells(5, ("Ben Test", "11/06/2021", "")),
    ]


def test_every_sheet_comes_with_its_name_and_a_formula_without_a_value_is_said() -> None:
    data = workbook(
        [["Client", "Opened"], ["Maya Test", date(2021, 6, 10)], ["Ben Test", "=NOW()"]], [["x", "y"], ["1", "2"]]
    )
    found = read(data, "cases.xlsx")
    assert [piece.sheet for piece in found if isinstance(piece, Headings)] == ["Sheet", "Second"]
    assert Cells(2, ("Maya Test", "2021-06-10")) in found
    assert Unread(3, "formula", "=NOW()") in found


def test_what_is_no_table_is_refused_in_words() -> None:
    with pytest.raises(NotReadable, match=r"cases\.xlsx"):
        read(b"PK\x03\x04 nothing", "cases.xlsx")


def test_more_rows_than_are_taken_at_one_time_are_refused_by_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    with pytest.raises(NotReadable, match="more than 3 rows"):
        read(b"Client,Opened\n" + b"Maya Test,10/06/2021\n" * 4, "cases.csv")
