"""Reads a table of facts into frozen rows, or refuses it by a sentence that names the line and the cure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from joindots.kernel.problems import Problem
from joindots.kernel.words import Words, words

LawSystem = Literal["england_wales", "scotland", "northern_ireland", "england_wales_scotland", "uk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A row of reference data. `code` is stored elsewhere and never changes its meaning or goes away."""

    code: str
    source: str
    verify: str = ""
    """What of the row no source was found for: it must be checked before anybody relies on it. Empty: nothing."""

    @property
    def mark(self) -> str:
        """What a page shows beside the row; empty where all of it has a source."""
        return f"Verify before relying on it: {self.verify}" if self.verify else ""


def with_mark(says: Words, mark: str) -> Words:
    """A sentence as it is shown, with the word of warning where what it rests on has a mark."""
    return words("verify_this", "{says} Verify this before you rely on it.", says=says) if mark else says


F = TypeVar("F", bound=Fact)


class BadTable(Problem):
    """A table of facts is not in the form expected, so nothing of it is used."""


def bad(name: str, line: int, what: str, cure: str) -> BadTable:
    """The refusal of one line. `cure` is what to do about it."""
    return BadTable(
        words("law_table", "{name}, line {line}: {what}. {cure}.", name=name, line=line, what=what, cure=cure)
    )


@cache
def table(name: str, kind: type[F]) -> Mapping[str, F]:
    """The rows of `data/<name>.csv` by code, in the file's order. Read once a process."""
    data = files("joindots.law").joinpath("data", f"{name}.csv").read_bytes()
    return read_table(f"{name}.csv", data, kind)


def read_table(name: str, data: bytes, kind: type[F]) -> Mapping[str, F]:
    """Rows by code from UTF-8 CSV whose headings are exactly the fields of `kind`; `BadTable` for anything else.

    A cell may be empty only where its field has a default. Yes and no are written so; dates are ISO.
    """
    rows = _lines(name, data)
    number, headings = next(rows, (1, []))
    cells = _cells(kind)
    _check_headings(name, number, headings, list(cells))
    told: dict[str, F] = {}
    for line, row in rows:
        one = _row(name, line, dict(_paired(name, line, headings, row)), kind, cells)
        if one.code in told:
            raise bad(name, line, f"the code {one.code} stands twice", "Give the new row a code of its own")
        told[one.code] = one
    if not told:
        raise bad(name, number, "there is no row", "Put the facts back from the last release")
    return MappingProxyType(told)


def _lines(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise bad(name, line, "it is not in UTF-8", "Save the file as “CSV UTF-8”") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error:
        cure = "Close every quotation mark, and write one inside a cell twice"
        raise bad(name, reader.line_num, "its quotation marks do not match", cure) from None


def _check_headings(name: str, line: int, headings: list[str], wanted: list[str]) -> None:
    missing = [one for one in wanted if one not in headings]
    extra = [one for one in headings if one not in wanted]
    if missing or extra or len(headings) != len(wanted):
        what = f"the headings lack {', '.join(missing)}" if missing else f"the heading {(extra or headings)[0]} is odd"
        raise bad(name, line, what, f"The headings are {', '.join(wanted)}")


def _paired(name: str, line: int, headings: list[str], row: list[str]) -> Iterator[tuple[str, str]]:
    if len(row) != len(headings):
        what = f"it has {len(row)} cells where {len(headings)} are needed"
        raise bad(name, line, what, "Put a comma for each empty cell, and quotation marks round words with a comma")
    yield from zip(headings, row, strict=True)


def _row(name: str, line: int, given: dict[str, str], kind: type[F], cells: Mapping[str, _Cell]) -> F:
    values: dict[str, Any] = {}
    for heading, cell in cells.items():
        text = given[heading]
        if not text:
            if cell.needed:
                cure = "Say where the fact comes from" if heading == "source" else f"Fill in the {heading}"
                raise bad(name, line, f"there is no {heading}", cure)
            continue
        try:
            values[heading] = cell.read(text)
        except ValueError:
            raise bad(name, line, f"the {heading} is “{text}”", f"Write {cell.says}") from None
    return kind(**values)


@dataclass(frozen=True, slots=True)
class _Cell:
    """How the text of one column becomes a value, and how to write it."""

    read: Callable[[str], Any]
    says: str
    needed: bool


def _cells(kind: type[Fact]) -> dict[str, _Cell]:
    hints = get_type_hints(kind)
    return {one.name: _cell(hints[one.name], one) for one in fields(kind)}


def _cell(hint: Any, field: Field[Any]) -> _Cell:
    needed = field.default is MISSING
    kinds = [one for one in get_args(hint) if one is not type(None)] if type(None) in get_args(hint) else [hint]
    if get_origin(kinds[0]) is Literal:
        choices = get_args(kinds[0])
        return _Cell(lambda text: _one_of(text, choices), f"one of {', '.join(choices)}", needed)
    read, says = _READ[kinds[0]]
    return _Cell(read, says, needed)


def _one_of(text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise ValueError
    return text


def _yes(text: str) -> bool:
    return _one_of(text, ("yes", "no")) == "yes"


_READ: Mapping[Any, tuple[Callable[[str], Any], str]] = {
    str: (str, "words"),
    int: (int, "a whole number"),
    bool: (_yes, "yes or no"),
    date: (date.fromisoformat, "a date such as 2025-08-25"),
}
