"""What a workbook holds beside its cells' values: merged cells, formulas, comments, drawings, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from defusedxml.ElementTree import iterparse
from openpyxl.utils import cell as cells

from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.records import Attachment, Item, NotUnderstood, Place
from joindots.evidence.readers.source import Source

_boundaries: Callable[[str], tuple[int | None, int | None, int | None, int | None]] = cells.range_boundaries
WINDOW: Final = 1 << 20
MOST_MERGED: Final = 20_000
SHORT: Final = 64
"""Rows; longer ranges are kept apart, so that one over the whole sheet costs no more than one over two rows."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_WITH_WORDS = re.compile(r"^xl/(?:comments[^/]*|(?:comments|threadedComments|drawings)/[^/]+)\.xml$")
_FILES = re.compile(r"^xl/(?:media|embeddings)/")
_MACROS = re.compile(r"^xl/vbaProject\.bin$")


@dataclass(slots=True)
class SheetMarks:
    """Merged ranges, and whether there are formulas and cells at all."""

    formulas: bool = False
    cells: bool = False
    _count: int = 0
    _short: dict[int, list[str]] = field(default_factory=dict)
    _long: list[tuple[int, int, str]] = field(default_factory=list)

    def merged(self, row: int) -> tuple[str, ...]:
        """The merged ranges that touch this row."""
        over = (name for first, last, name in self._long if first <= row <= last)
        return (*self._short.get(row, ()), *over)

    def add(self, name: str) -> None:
        """Note a merged range such as A5:A7, up to MOST_MERGED of them."""
        _, first, _, last = _boundaries(name)
        if first is None or last is None or self._count >= MOST_MERGED:
            return
        self._count += 1
        if last - first < SHORT:
            for row in range(first, last + 1):
                names = self._short.setdefault(row, [])
                if name not in names:
                    names.append(name)
        elif len(self._long) < SHORT and (first, last, name) not in self._long:
            self._long.append((first, last, name))


def marks_of(source: Source, path: str) -> SheetMarks:
    """Look through a sheet's XML once, as a stream of bytes."""
    marks = SheetMarks()
    for window in _windows(source, path):
        marks.formulas = marks.formulas or bool(_FORMULA.search(window))
        marks.cells = marks.cells or bool(_CELL.search(window))
        for found in _MERGED.finditer(window):
            marks.add(found[1].decode("ascii"))
    return marks


def _windows(source: Source, path: str) -> Iterator[bytes]:
    """Pieces that overlap by less than a tag, so that none is cut in two."""
    with source.open_member(path.lstrip("/")) as stream:
        rest = b""
        while chunk := stream.read(WINDOW):
            yield rest + chunk
            rest = (rest + chunk)[-128:]


def remains(source: Source, media: MediaSink) -> Iterator[Item]:
    """Pictures and embedded files as attachments; the words of comments and drawings, listed one by one."""
    for member in source.members:
        place = Place(member=member.name)
        if _FILES.match(member.name):
            with source.open_member(member.name) as stream:
                sha256, size = media.keep(member.name, stream)
            yield Attachment(member.name, sha256, size, place)
        elif _WITH_WORDS.match(member.name):
            yield from _words(source, member.name)
        elif _MACROS.match(member.name):
            yield NotUnderstood(place, "unknown_leaf", "")


def _words(source: Source, name: str) -> Iterator[NotUnderstood]:
    """Each run of words in a comment or drawing, with the cell it belongs to where the file says so."""
    cell, number = "", 0
    with source.open_member(name) as stream:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag in ("comment", "threadedComment"):
                cell = element.get("ref", "")
            elif event == "end" and tag in ("t", "text") and (element.text or "").strip():
                number += 1
                yield NotUnderstood(
                    Place(member=name, pointer=cell or str(number)), "unknown_leaf", (element.text or "").strip()[:200]
                )
            if event == "end":
                element.clear()
