"""Tables as rows of cells by heading, the same for separated values and workbooks, each row with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from joindots.evidence.readers.records import NotUnderstood, Place
from joindots.evidence.readers.stamps import Order
from joindots.evidence.readers.tables.around import above
from joindots.evidence.readers.tables.columns import Columns, order_in
from joindots.evidence.readers.tables.sniffing import Layout, named_apart

DAY_OF_SECONDS = 86_400
CellKind = Literal["text", "number", "date", "time"]


class Row(NamedTuple):
    """One row of data. `values` stand as the headings do and are stripped; `kinds` only in a workbook.

    A workbook's dates and times are written in the form 2025-08-09 16:52. `merged` names the
    cells that were merged with this row's, if any.
    """

    place: Place
    headings: tuple[str, ...]
    values: list[str]
    sheet: str | None = None
    kinds: tuple[CellKind, ...] = ()
    merged: tuple[str, ...] = ()

    @property
    def cells(self) -> dict[str, str]:
        """The cells that hold something, by heading."""
        return {heading: value for heading, value in zip(self.headings, self.values, strict=False) if value}

    def value(self, index: int | None) -> str:
        """The cell in this column, or nothing."""
        return self.values[index] if index is not None and index < len(self.values) else ""

    def clock(self, index: int | None) -> str:
        """The cell as a time of day: a sheet's bare number from 0 to 1 is a part of a day."""
        shown = self.value(index)
        if index is None or not shown or not self.is_number(index) or not 0 <= float(shown) < 1:
            return shown
        at = round(float(shown) * DAY_OF_SECONDS) % DAY_OF_SECONDS
        clock = f"{at // 3600:02}:{at // 60 % 60:02}"
        return f"{clock}:{at % 60:02}" if at % 60 else clock

    def is_number(self, index: int) -> bool:
        """Whether the cell is a workbook's number, not text."""
        return index < len(self.kinds) and self.kinds[index] == "number"


Piece = Row | NotUnderstood


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file. `pieces` reads it from the start, as often as wanted."""

    name: str
    sheet: str | None
    layout: Layout
    pieces: Callable[[], Iterator[Piece]]
    from_serial: Callable[[float], datetime | None] = field(default=lambda serial: None)
    """The date of a number such as 45363 by the workbook's own calendar; None where there is none."""

    def stated_order(self, columns: Columns) -> Order | None:
        """The order of day and month that the heading of the dates states, or the form written below it."""
        at = columns.places.get("date", -1)
        form = self.layout.forms[at] if 0 <= at < len(self.layout.forms) else ""
        return order_in(columns.heading("date")) or order_in(form)


def is_headings(number: int, cells: Sequence[str], layout: Layout) -> bool:
    """Whether a row is the headings, the forms of their cells, or the headings once more."""
    at = layout.heading_row
    return at is not None and (number == at or (bool(layout.forms) and number == at + 1) or _repeats(cells, layout))


def _repeats(cells: Sequence[str], layout: Layout) -> bool:
    """Whether a row is the headings once more, as where pages or exports were put together."""
    if not cells or cells[0] not in (layout.headings[0], ""):
        return False
    return any(cells) and named_apart(cells) == layout.headings


def is_above(number: int, layout: Layout) -> bool:
    """Whether the row stands above the headings."""
    return layout.heading_row is not None and number < layout.heading_row


def not_below(place: Place, number: int, cells: Sequence[str], layout: Layout) -> NotUnderstood:
    """A row above the headings, as what it is."""
    columns = layout.columns
    kind = columns.kind if columns and (columns.complete or columns.kind == "bank") else None
    why, shown = above(kind, cells, next_to_headings=number + 1 == layout.heading_row)
    return NotUnderstood(place, why, shown)
