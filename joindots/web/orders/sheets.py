"""The return as files: CSV and a workbook, in which no words of anybody's are taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from importlib import import_module
from io import BytesIO, StringIO
from typing import Any

from joindots.orders.queries import Return
from joindots.orders.rules.returns import fields_of

STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
Cells = Sequence[str | int]


def plain(cell: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula, without signs that no sheet can hold."""
    if isinstance(cell, int):
        return cell
    shown = "".join(sign for sign in cell if sign.isprintable() or sign in "\n\t")
    return f"'{shown}" if shown.startswith(STARTS) else shown


def rows_of(told: Return, fields: Sequence[str]) -> list[list[str]]:
    """One row for each order, a column for each field of the table."""
    return [[said.get(name, "") for name in fields] for said in map(fields_of, told.lines) if said]


def figure_rows(told: Return, links: Sequence[str]) -> list[Cells]:
    """Each figure with what it was counted from, and where exactly those orders stand."""
    return [
        (one.code, str(one.says), one.count, one.of, link) for one, link in zip(told.figures, links, strict=True)
    ]  # fmt: skip


HEADS: Cells = ("figure", "what it is", "orders", "of applications lodged", "exactly these orders")


def as_csv(heads: Cells, rows: Iterable[Cells]) -> bytes:
    """A table as CSV in UTF-8 with a mark, as office programs expect it."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(sheets: Iterable[tuple[str, Cells, Iterable[Cells]]]) -> bytes:
    """Sheets of one workbook, each with its heads and rows; nothing in it is computed when it is opened."""
    book: Any = import_module("openpyxl").Workbook(write_only=True)  # untyped
    for title, heads, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.append(list(heads))
        for row in rows:
            sheet.append([plain(cell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
