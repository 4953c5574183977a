"""A file as its tables, opened: one of separated values, or each sheet of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from joindots.evidence.readers.records import NotUnderstood, Place
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tables.around import EXCERPT, excerpt
from joindots.evidence.readers.tables.lines import Dialect
from joindots.evidence.readers.tables.lines import rows as raw_rows
from joindots.evidence.readers.tables.rows import Piece, Row, Table, is_above, is_headings, not_below
from joindots.evidence.readers.tables.sniffing import Layout, dialect_of, layout_of, sample_of

_SEPARATOR = re.compile(r"^\ufeff?sep=.?$", re.IGNORECASE)
_WORKBOOK = re.compile(r"^xl/workbook\w*\.xml$")


def is_workbook(source: Source) -> bool:
    """Whether this is an Excel workbook of the newer form (.xlsx, .xlsm)."""
    return any(_WORKBOOK.match(member.name) for member in source.members)


def tables(source: Source) -> Iterator[Table]:
    """The one table of a separated-values file, or each sheet of a workbook that holds anything."""
    if is_workbook(source):
        from joindots.evidence.readers.tables.workbook import sheets  # what opens them takes half a second to load

        yield from sheets(source)
        return
    dialect = dialect_of(source.head)
    layout = layout_of(sample_of(source.head, dialect))
    yield Table(source.name, None, layout, lambda: _pieces(source, dialect, layout))


def rows(source: Source) -> Iterator[Row]:
    """Every row of data of every table in the file, in order; headings, blank and broken rows are left out."""
    for table in tables(source):
        for piece in table.pieces():
            if isinstance(piece, Row):
                yield piece


def _pieces(source: Source, dialect: Dialect, layout: Layout) -> Iterator[Piece]:
    width = len(layout.headings)
    with source.open() as stream:
        for number, raw in enumerate(raw_rows(stream, dialect)):
            place = Place(line=raw.line, byte=raw.byte, length=raw.length)
            cells = [cell.strip() for cell in raw.cells]
            if raw.why is not None:
                yield NotUnderstood(place, raw.why, raw.excerpt[:EXCERPT])
            elif is_headings(number, cells, layout):
                yield NotUnderstood(place, "headings", excerpt(cells))
            elif not any(cells) or (number == 0 and _SEPARATOR.match(raw.cells[0])):
                yield NotUnderstood(place, "headings")
            elif is_above(number, layout):
                yield not_below(place, number, cells, layout)
            elif any(cells[width:]):
                yield NotUnderstood(place, "unknown_line", excerpt(cells))
            else:
                yield Row(place, layout.headings, cells[:width])
