"""Sets the papers of an application for an order: sections, tables and a stamp on each page, as PDF and as Word."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joindots.documents.typeset.printing import Printing
from joindots.documents.typeset.signs import for_page, visible
from joindots.documents.word import docx_of, paragraph

TEMPLATE = "papers.typ"
LONGEST = 30_000
"""Signs of one line, so that nothing is cut."""
PAGE_WIDTH = 9_412
"""Twentieths of a point between the margins of a Word page."""
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head, how wide its columns are as shares, its rows."""

    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its title, its lines as pairs of a short head (or nothing) and words, and a table."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()
    grid: Grid | None = None
    code: str = ""
    """The name of its place in a force's own template."""


@dataclass(frozen=True, slots=True)
class Papers:
    """All that the papers say. `stamp` stands at the head of each page: draft or final; `foot` at its end."""

    title: str
    stamp: str
    foot: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...] = ()
    index: bool = True
    """Whether a first page lists the sections; a short paper has none."""


def papers_pdf(named: Mapping[str, Papers], at: datetime, scratch: Path) -> dict[str, bytes]:
    """Several papers as tagged PDFs, pressed beside each other: the same papers and moment make the same bytes.

    `scratch` is a folder in memory.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        printing = Printing(Path(folder) / "press", at.astimezone(UTC))
        try:
            for name, papers in named.items():
                printing.start(name, TEMPLATE, _data(papers))
            printing.finish()
        finally:
            printing.stop()
        return {name: printing.pressed(name).read_bytes() for name in named}


def _data(papers: Papers) -> dict[str, Any]:
    """What `papers.typ` reads."""
    return {
        "plain": False, "plain_title": visible(papers.title), "title": papers.title, "foot": for_page(papers.foot),
        "stamp": for_page(papers.stamp), "opening": [for_page(one, LONGEST) for one in papers.opening],
        "sections": [
            {
                "title": for_page(one.title),
                "lines": [[for_page(head), for_page(said, LONGEST)] for head, said in one.lines],
                "grid": _grid(one.grid) if one.grid else None,
            }
            for one in papers.sections
        ],
        "closing": [for_page(one, LONGEST) for one in papers.closing],
        "index": papers.index,
    }  # fmt: skip


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "head": list(grid.head), "widths": list(grid.widths),
        "rows": [[for_page(cell, LONGEST) for cell in row] for row in grid.rows],
    }  # fmt: skip


def papers_docx(papers: Papers) -> bytes:
    """The papers as a Word file that can be written on in; the same papers give the same bytes."""
    return docx_of("".join(_body(papers)), head=papers.stamp, foot=papers.foot)


def _body(papers: Papers) -> Iterator[str]:
    yield paragraph(papers.title, bold=True, after=240, level=0)
    yield from (paragraph(one) for one in papers.opening)
    for section in papers.sections:
        yield paragraph(section.title, bold=True, before=360, level=1)
        yield from section_xml(section)
    yield from (paragraph(one, before=240) for one in papers.closing)


def section_xml(section: Section) -> Iterator[str]:
    """The lines and table of a section as paragraphs of a Word file, without its title."""
    for head, said in section.lines:
        pieces = [*said.split("\n")] or [""]
        yield paragraph(f"{head}: {pieces[0]}" if head else pieces[0])
        yield from (paragraph(one) for one in pieces[1:])
    if section.grid and section.grid.rows:
        yield _table(section.grid)
        yield paragraph("")


def _table(grid: Grid) -> str:
    whole = sum(grid.widths)
    widths = [PAGE_WIDTH * one // whole for one in grid.widths]
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="7C8589"/>' for side in SIDES)
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    rows = "".join(_row(row, widths, head=place == 0) for place, row in enumerate((grid.head, *grid.rows)))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(row: tuple[str, ...], widths: list[int], *, head: bool) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(cell, bold=head, after=40)}</w:tc>'
        for cell, width in zip(row, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def words_of(papers: Papers) -> Iterator[str]:
    """Every text of the papers."""
    yield from (papers.title, papers.stamp, papers.foot, *papers.opening, *papers.closing)
    for section in papers.sections:
        yield section.title
        yield from (text for line in section.lines for text in line)
        yield from (cell for row in (section.grid.rows if section.grid else ()) for cell in row)
