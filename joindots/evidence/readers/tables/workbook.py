"""The sheets of an Excel workbook (.xlsx) as tables, streamed; formulas give the value Excel last showed."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.reader import excel
from openpyxl.utils import cell as cells
from openpyxl.utils import datetime as excel_dates
from openpyxl.xml import DEFUSEDXML

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import NotUnderstood, Place
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tables.around import EXCERPT, excerpt
from joindots.evidence.readers.tables.rows import CellKind, Piece, Row, Table, is_above, is_headings, not_below
from joindots.evidence.readers.tables.sheet_marks import SheetMarks, marks_of
from joindots.evidence.readers.tables.sniffing import SAMPLE_ROWS, Layout, layout_of

LAST_ROW = 1 << 20
"""Excel's own limit; a row that says it lies beyond is damage."""
MAX_PART = 32 << 20
"""Bytes unpacked of any part but the sheets themselves: the shared texts are held in memory."""
SMALL = 1_000_000
"""Characters of a sheet that is held in memory between its two readings."""
SERIALS = (20_000.0, 80_000.0)
"""Numbers taken for dates where a date is due: 1954 to 2119."""

# openpyxl has no types of its own.
_load: Callable[..., Any] = excel.load_workbook
_from_excel: Callable[..., Any] = excel_dates.from_excel
_letter: Callable[[int], str] = cells.get_column_letter

Shown = tuple[str, CellKind]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet, open: its cells with the values of formulas, and, where there are any, with the formulas."""

    source: Source
    title: str
    marks: SheetMarks
    values: Any
    formulas: Any


def sheets(source: Source) -> Iterator[Table]:
    """Each worksheet that holds anything, hidden ones too, in the workbook's order."""
    if not DEFUSEDXML:
        raise not_readable(
            "workbook_guard",
            "{name} was not opened, because the guard against harmful spreadsheets is missing. Ask whoever "
            "looks after this system to install it again.",
            name=source.name,
        )
    _refuse_large_parts(source)
    book = _open(source)
    epoch = book.epoch
    written: Any = None
    for number, values in enumerate(book.worksheets):
        marks = marks_of(source, values._worksheet_path)
        if marks.formulas and written is None:
            written = _open(source, data_only=False)
        sheet = _Sheet(source, values.title, marks, values, written.worksheets[number] if marks.formulas else None)
        sample = _sample(sheet)
        layout = layout_of(sample)
        if any(any(row) for row in sample) or marks.cells:
            yield Table(
                sheet.title, sheet.title, layout, _reader(sheet, layout), lambda serial: from_serial(serial, epoch)
            )


def _sample(sheet: _Sheet) -> list[list[str]]:
    try:
        first = itertools.islice(_shown_rows(sheet.values), SAMPLE_ROWS)
        return [[text.strip() for text, _ in row] for row in first]
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - see _open
        raise _damaged(sheet.source, error) from None


def _reader(sheet: _Sheet, layout: Layout) -> Callable[[], Iterator[Piece]]:
    """Reads the sheet from its start each time; a small one is unpacked only once."""
    kept: list[Piece] = []
    whole = False

    def pieces() -> Iterator[Piece]:
        nonlocal whole
        if whole:
            yield from kept
            return
        kept.clear()
        size = 0
        for piece in _pieces(sheet, layout):
            size += 1 + sum(map(len, piece.values)) if isinstance(piece, Row) else 1
            if size <= SMALL:
                kept.append(piece)
            yield piece
        whole = size <= SMALL

    return pieces


def from_serial(serial: float, epoch: datetime) -> datetime | None:
    """The date of a serial number by the workbook's own calendar (1900 or 1904)."""
    if not SERIALS[0] <= serial <= SERIALS[1]:
        return None
    found = _from_excel(serial, epoch)
    return _to_second(found) if isinstance(found, datetime) else None


def _refuse_large_parts(source: Source) -> None:
    for member in source.members:
        sheet = member.name.startswith("xl/worksheets/") and member.name.endswith(".xml")
        if not sheet and member.name.endswith((".xml", ".rels")) and member.size > MAX_PART:
            raise not_readable(
                "workbook_large",
                "{name} holds more text than can be opened safely. Save it as CSV (or split it by year) "
                "and bring that in.",
                name=source.name,
            )


def _open(source: Source, data_only: bool = True) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _load(source.open(), read_only=True, data_only=data_only, keep_links=False)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever it stumbles over
        raise _damaged(source, error) from None


def _damaged(source: Source, error: Exception) -> Exception:
    return not_readable(
        "workbook_damaged",
        "{name} looks like an Excel workbook but is damaged or was not made by a spreadsheet program ({why}). "
        "Open it there, save it again as .xlsx or CSV, and bring that in.",
        name=source.name, why=type(error).__name__,
    )  # fmt: skip


def _raw_rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet, empty ones included; whatever openpyxl warns of is not for people."""
    sheet.reset_dimensions()
    rows = iter(sheet.iter_rows())
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            row = next(rows, None)
        if row is None:
            return
        yield row


def _shown_rows(sheet: Any) -> Iterator[list[Shown]]:
    for row in _raw_rows(sheet):
        yield [_shown(cell) for cell in row]


def _pieces(sheet: _Sheet, layout: Layout) -> Iterator[Piece]:
    formulas = _raw_rows(sheet.formulas) if sheet.formulas else None
    rows = _shown_rows(sheet.values)
    for number in itertools.count():
        try:
            row = next(rows, None)
            written = next(formulas, ()) if formulas else ()
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # noqa: BLE001 - see _open
            raise _damaged(sheet.source, error) from None
        if row is None:
            return
        if number >= LAST_ROW:
            yield NotUnderstood(Place(pointer=f"{sheet.title}!{number + 1}"), "broken")
            return
        yield from _never_worked_out(sheet.title, number, row, written)
        if piece := _piece(sheet, layout, number, row):
            yield piece


def _piece(sheet: _Sheet, layout: Layout, number: int, row: list[Shown]) -> Piece | None:
    values = [text.strip() for text, _ in row]
    if not any(values):
        return None
    place = Place(pointer=f"{sheet.title}!{number + 1}")
    if is_above(number, layout):
        return not_below(place, number, values, layout)
    if is_headings(number, values, layout):
        return NotUnderstood(place, "headings", excerpt(values))
    headings = layout.headings + tuple(f"Column {n}" for n in range(len(layout.headings) + 1, len(values) + 1))
    return Row(place, headings, values, sheet.title, tuple(kind for _, kind in row), sheet.marks.merged(number + 1))


def _never_worked_out(title: str, number: int, row: list[Shown], written: tuple[Any, ...]) -> Iterator[NotUnderstood]:
    """Formulas for which the file holds no value: nothing is worked out here."""
    for column, cell in enumerate(written):
        if cell.data_type == "f" and not (column < len(row) and row[column][0]):
            place = Place(pointer=f"{title}!{_letter(column + 1)}{number + 1}")
            yield NotUnderstood(place, "unknown_leaf", str(getattr(cell.value, "text", cell.value))[:EXCERPT])


def _shown(cell: Any) -> Shown:
    value = cell.value
    if value is None:
        return "", "text"
    if isinstance(value, str):
        return value, "text"
    if isinstance(value, bool):
        return str(value).upper(), "text"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else repr(value), "number"
    if isinstance(value, datetime):
        return _moment(value, str(cell.number_format).lower()), "date"
    if isinstance(value, date):
        return value.isoformat(), "date"
    if isinstance(value, time):
        return _clock(_to_second(datetime.combine(date(2000, 1, 1), value)), str(cell.number_format).lower()), "time"
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}", "time"
    return str(value), "text"


def _moment(value: datetime, form: str) -> str:
    """A date, with the time where the cell shows one or holds one behind its form."""
    value = _to_second(value)
    if "h" not in form and value.time() == time(0):
        return value.date().isoformat()
    return f"{value.date().isoformat()} {_clock(value, form)}"


def _clock(value: datetime, form: str) -> str:
    return value.strftime("%H:%M:%S" if value.second or "s" in form else "%H:%M")


def _to_second(value: datetime) -> datetime:
    """Excel counts in fractions of a day: the nearest second is what was typed."""
    return (value + timedelta(microseconds=500_000)).replace(microsecond=0)
