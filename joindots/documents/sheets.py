"""Rows as a table for people (`records.csv`) and as JSON for machines: the same rows in both."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from joindots.documents.bag import HashingWriter
from joindots.documents.contents import Cell
from joindots.documents.typeset.signs import visible

BATCH = 500
_SIGNS = frozenset("=+-@")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(cell: Cell) -> Cell:
    """The cell for a spreadsheet: text that a spreadsheet would run as a formula gets a quote before it.

    Signs that no table can hold (control signs, lone surrogates) are written as `[U+0000]`; the JSON
    has them exactly.
    """
    if type(cell) is not str:
        return cell
    if cell.isprintable():
        return cell if cell[:1] not in _SIGNS else f"'{cell}"
    return f"'{visible(cell)}" if cell.startswith(_FORMULA) else visible(cell)


class Sheets:
    """Writes both files at once, so that the rows are read only once."""

    def __init__(
        self, columns: tuple[str, ...], table: HashingWriter, data: HashingWriter, values: Mapping[str, object]
    ) -> None:
        self._columns = columns
        self._table, self._json = table, data
        self._text = io.StringIO()
        self._csv = csv.writer(self._text, lineterminator="\r\n")
        # The byte order mark makes the common spreadsheets read it as UTF-8.
        table.write("\ufeff".encode())
        self._csv.writerow(columns)
        head = _json(dict(values))
        data.write(b"{\n" + (head[1:-1] + b",\n" if values else b"") + b'"records": [')
        self._first = True

    def write(self, rows: Iterable[Mapping[str, Cell]]) -> int:
        """Write every row; how many there were."""
        count = 0
        for batch in _batches(rows):
            count += len(batch)
            cells = [[row.get(column) for column in self._columns] for row in batch]
            self._csv.writerows([guarded(cell) if type(cell) is str else cell for cell in row] for row in cells)
            self._table.write(self._text.getvalue().encode())
            self._text.seek(0)
            self._text.truncate()
            lines = b",\n".join(_json(dict(zip(self._columns, row, strict=True))) for row in cells)
            self._json.write((b"\n" if self._first else b",\n") + lines)
            self._first = False
        return count

    def close(self) -> None:
        """Write the last table rows and the end of the JSON."""
        self._table.write(self._text.getvalue().encode())
        self._json.write(b"\n]\n}\n")


def _json(value: object) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        # A lone surrogate: only an escape can hold it.
        return json.dumps(value, ensure_ascii=True).encode()


def _batches(rows: Iterable[Mapping[str, Cell]]) -> Iterator[list[Mapping[str, Cell]]]:
    batch: list[Mapping[str, Cell]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
