"""Reading any file of tables: each table goes to the reader of its kind, by its headings or the person's answer."""

from __future__ import annotations

from collections.abc import Iterator

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.records import Item, NotUnderstood
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.stamps import stamp
from joindots.evidence.readers.tables.around import excerpt
from joindots.evidence.readers.tables.bank import read_bank
from joindots.evidence.readers.tables.calls import read_calls
from joindots.evidence.readers.tables.columns import Columns
from joindots.evidence.readers.tables.incidents import read_incidents
from joindots.evidence.readers.tables.opened import is_workbook, tables
from joindots.evidence.readers.tables.rows import Row, Table
from joindots.evidence.readers.tables.session import Session, columns_of, unknown_rows
from joindots.evidence.readers.tables.sniffing import is_table

LONGEST_SERIAL = 7
_READ = {"bank": read_bank, "calls": read_calls, "incidents": read_incidents}


def read_tables(source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """Every row, line, question and file of a table or workbook; what it could show comes last."""
    found = list(tables(source))
    session = Session(source, answers, several=len(found) > 1)
    known = any(table.layout.columns and table.layout.columns.complete for table in found)
    for table in found:
        if known and not _may_be_entries(table):
            yield from _beside(table)
            continue
        columns, question = columns_of(table, session)
        if question:
            yield question
        yield from _read(table, columns, session, asked=question is not None)
    if is_workbook(source):
        from joindots.evidence.readers.tables.sheet_marks import remains

        yield from remains(source, media)
    yield from session.coverage


def _may_be_entries(table: Table) -> bool:
    """Whether a table may hold acts: it has headings that are known, or more than one column and a date somewhere."""
    layout = table.layout
    if layout.columns:
        return True
    cells = [cell for row in layout.sample for cell in row if cell]
    return len(layout.headings) > 1 and any(stamp(cell) or _is_serial(cell, table) for cell in cells)


def _is_serial(cell: str, table: Table) -> bool:
    return cell.isdecimal() and len(cell) < LONGEST_SERIAL and table.from_serial(float(cell)) is not None


def _beside(table: Table) -> Iterator[Item]:
    """The rows of a sheet of words beside a log, such as how to keep it: shown, and nothing is asked about them."""
    for piece in table.pieces():
        yield NotUnderstood(piece.place, "around", excerpt(piece.values)) if isinstance(piece, Row) else piece


def _read(table: Table, columns: Columns | None, session: Session, asked: bool) -> Iterator[Item]:
    if columns is None:
        return unknown_rows(table, session, asked)
    return _READ[columns.kind](table, columns, session)


def kind_of(source: Source) -> str | None:
    """`bank`, `calls` or `incidents` for a separated-values file, by its beginning; None if it is none.

    A table of which nothing is known counts as incidents: its columns are asked for.
    """
    layout = None if is_workbook(source) or source.members else is_table(source)
    if layout is None:
        return None
    return layout.columns.kind if layout.columns else "incidents"
