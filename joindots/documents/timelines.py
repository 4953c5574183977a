"""Sets a timeline as it was looked at: its words, its pictures in black and white, its tables."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joindots.documents.typeset.printing import Printing
from joindots.documents.typeset.signs import for_page, visible

NAME = "timeline"
LONGEST = 4_000
"""Signs of one cell or line."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture: an SVG that holds all it needs and no address, what it shows in words, and its key.

    `part` is how much of the sheet's width it takes, from 0 to 1.
    """

    title: str
    svg: str
    says: str
    key: tuple[str, ...] = ()
    part: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `widths` are shares of the width left over; 0 is as wide as its words."""

    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineSheet:
    """All that a printed timeline says. `foot` stands on each sheet, before its number."""

    title: str
    finding: str
    notes: tuple[str, ...]
    pictures: tuple[Drawn, ...]
    tables: tuple[Table, ...]
    closing: tuple[str, ...]
    foot: str


def timeline_pdf(sheet: TimelineSheet, at: datetime, scratch: Path) -> bytes:
    """The timeline as a tagged PDF: the same sheet and moment make the same bytes. `scratch` is a folder in memory."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        printing = Printing(Path(folder) / "press", at.astimezone(UTC))
        try:
            printing.start(NAME, "timeline.typ", _data(sheet))
            printing.finish()
        finally:
            printing.stop()
        return printing.pressed(NAME).read_bytes()


def _data(sheet: TimelineSheet) -> dict[str, Any]:
    """What `timeline.typ` reads."""
    return {
        "plain": False, "plain_title": visible(sheet.title), "title": sheet.title, "foot": for_page(sheet.foot),
        "finding": for_page(sheet.finding, LONGEST), "notes": _lines(sheet.notes), "closing": _lines(sheet.closing),
        "pictures": [
            {
                "title": for_page(one.title), "svg": one.svg, "alt": visible(one.says), "key": _lines(one.key),
                "part": one.part,
            }
            for one in sheet.pictures
        ],
        "tables": [
            {
                "title": for_page(one.title), "notes": _lines(one.notes), "head": list(one.head),
                "widths": list(one.widths), "rows": [_lines(row) for row in one.rows],
            }
            for one in sheet.tables
        ],
    }  # fmt: skip


def _lines(texts: tuple[str, ...]) -> list[Any]:
    return [for_page(one, LONGEST) for one in texts]
