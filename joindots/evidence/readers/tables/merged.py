"""Merged cells of a workbook: the one value stands for every row that its cell covers."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from joindots.evidence.readers.tables.rows import CellKind, Piece, Row

_CORNER = re.compile(r"([A-Z]{1,3})(\d{1,7}):")


class _Held(NamedTuple):
    value: str
    kind: CellKind


def filled(pieces: Iterator[Piece], but: Container[int | None] = ()) -> Iterator[Piece]:
    """The rows with the cells they share with a row above, except in the columns `but`: a count is not repeated.

    A row that holds nothing of its own is no row: the reader of workbooks leaves it out.
    """
    held: dict[str, _Held] = {}
    for piece in pieces:
        yield _filled(piece, held, but) if isinstance(piece, Row) and piece.merged else piece


def _filled(row: Row, held: dict[str, _Held], but: Container[int | None]) -> Row:
    number = int((row.place.pointer or "").rpartition("!")[2])
    values, kinds = list(row.values), list(row.kinds)
    for name in row.merged:
        at, first = _corner(name)
        if not 0 <= at < min(len(values), len(kinds)):
            continue
        if number == first:
            held[name] = _Held(values[at], kinds[at])
        elif name in held and not values[at] and at not in but:
            values[at], kinds[at] = held[name]
    return row._replace(values=values, kinds=tuple(kinds))


@lru_cache(maxsize=4096)
def _corner(name: str) -> tuple[int, int]:
    """Column from 0 and row from 1 of the first cell of a range such as A5:A7."""
    found = _CORNER.match(name)
    if not found:
        return -1, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(found[2])
