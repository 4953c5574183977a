"""The rows of any table, as a child sends them: where each stands, its cells, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from joindots.evidence.readers.records import NotUnderstood
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tables.opened import tables
from joindots.evidence.readers.tables.rows import Row, Table

_ROW_OF_SHEET = re.compile(r"![A-Z]*(\d+)$")


class Headings(msgspec.Struct, frozen=True, tag="headings"):
    """A table begins. `named` is whether the file certainly names its columns; else they are `Column 1` and on."""

    sheet: str | None
    names: tuple[str, ...]
    named: bool


class Cells(msgspec.Struct, frozen=True, tag="cells"):
    """One row. `row` counts as a spreadsheet program shows it: a line of a CSV file, a row of a sheet."""

    row: int
    values: tuple[str, ...]


class Unread(msgspec.Struct, frozen=True, tag="unread"):
    """Something that is no row: why, and what stands there.

    `formula`: in the row of this number, which follows, a cell's formula has no value.
    """

    row: int
    why: str
    excerpt: str


Piece = Headings | Cells | Unread


def cells_of(source: Source) -> Iterator[Piece]:
    """Every table of the file with its rows, in order. Blank rows are left out, headings are said once."""
    for table in tables(source):
        yield Headings(table.sheet, table.layout.headings, table.layout.heading_row is not None)
        yield from _rows(table)


def _rows(table: Table) -> Iterator[Piece]:
    below = table.layout.heading_row is None
    for piece in table.pieces():
        row = _row(piece)
        if isinstance(piece, Row):
            yield Cells(row, tuple(piece.values))
        elif piece.why == "headings":
            below = True
        elif piece.why == "unknown_leaf":
            if (piece.excerpt or "").startswith("="):
                yield Unread(row, "formula", piece.excerpt or "")
        elif below and (piece.excerpt or "").strip():
            yield Unread(row, piece.why, piece.excerpt or "")


def _row(piece: Row | NotUnderstood) -> int:
    if piece.place.line is not None:
        return piece.place.line
    found = _ROW_OF_SHEET.search(piece.place.pointer or "")
    return int(found[1]) if found else 0
