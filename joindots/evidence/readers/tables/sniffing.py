"""How a separated-values file is written, judged by its beginning: encoding, line end, delimiter, headings."""

from __future__ import annotations

import codecs
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from joindots.evidence.readers.source import Source
from joindots.evidence.readers.stamps import stamp
from joindots.evidence.readers.tables.around import are_forms
from joindots.evidence.readers.tables.columns import Columns, classify, match
from joindots.evidence.readers.tables.lines import Dialect, rows
from joindots.evidence.readers.tables.money import pence

SAMPLE_ROWS = 60
HEAD = 1 << 16
LONGEST_HEADING = 80
OWN_ENDINGS = (".csv", ".tsv", ".tab")

_CHAT = re.compile(r"\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[:.]\d{2}[^\]\n]{0,14}(?:\]| - )\s?.{1,60}")
_MAIL = re.compile(
    r"^(?:Received|From|Return-Path|Delivered-To|MIME-Version|Message-ID|Date|Subject|To|X-[\w-]+):[ \t]",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the beginning of a table shows. `heading_row` counts rows from 0; None where there are no headings."""

    headings: tuple[str, ...]
    heading_row: int | None
    columns: Columns | None
    sample: tuple[tuple[str, ...], ...] = ()
    forms: tuple[str, ...] = ()
    """A row below the headings that says how to fill them in, such as "(dd/mm/yy)"; else empty."""


def encoding_of(head: bytes) -> str:
    """utf-16-le, utf-16-be, or else utf-8, of which a line may still turn out to be Windows-1252."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    if len(head) >= 8:
        even, odd = head[0:400:2].count(0), head[1:400:2].count(0)
        half = len(head[0:400:2])
        if odd > half * 0.7 and even < half * 0.1:
            return "utf-16-le"
        if even > half * 0.7 and odd < half * 0.1:
            return "utf-16-be"
    return "utf-8"


def newline_of(head: bytes, encoding: str) -> bytes:
    """The byte or bytes that end a line: a line feed, or a carriage return where there is no line feed."""
    feed, back = ("\n".encode(encoding), "\r".encode(encoding))
    return back if feed not in head and back in head else feed


def dialect_of(head: bytes) -> Dialect:
    """The dialect under which the beginning is most like a table."""
    encoding = encoding_of(head)
    newline = newline_of(head, encoding)
    stated = re.match(r"\ufeff?sep=(.)\s*$", head[:40].decode(encoding, "replace").split("\n")[0])
    if stated:
        return Dialect(encoding, newline, stated[1])
    choices = [Dialect(encoding, newline, delimiter) for delimiter in ",;\t|"]
    return max(choices, key=lambda dialect: _score(sample_of(head, dialect)))


def sample_of(head: bytes, dialect: Dialect) -> list[list[str]]:
    """The cells of the first rows; a last row that the head cuts off is left out."""
    found: list[list[str]] = []
    cut = len(head) >= HEAD
    for row in rows(io.BytesIO(head), dialect):
        if cut and row.byte + row.length >= len(head):
            break
        found.append([cell.strip() for cell in row.cells] if row.why is None else [])
        if len(found) == SAMPLE_ROWS:
            break
    return found


def _score(sample: list[list[str]]) -> tuple[int, float, int]:
    """Known headings, then how many rows have the usual number of cells, then that number."""
    widths = Counter(len(row) for row in sample if any(row))
    wide = [(count, width) for width, count in widths.items() if width > 1]
    if not wide:
        return 0, 0.0, 0
    count, width = max(wide)
    at = find_headings(sample)
    columns = classify(sample[at]) if at is not None else None
    return len(columns.places) if columns else 0, count / sum(widths.values()), width


def find_headings(sample: Sequence[Sequence[str]]) -> int | None:
    """The row that holds the column names, or None where no row certainly does."""
    best, found = 1, None
    for index, row in enumerate(sample[:40]):
        if _like_headings(row) and (known := _known(row)) > best:
            best, found = known, index
    if found is not None:
        return found
    first = next((index for index, row in enumerate(sample) if any(row)), None)
    if first is None or not _like_headings(sample[first]) or sum(map(bool, sample[first])) < 2:
        return None
    below = [row for row in sample[first + 1 :] if any(row)]
    return first if any(_like_data(cell) for row in below for cell in row) else None


def _known(row: Sequence[str]) -> int:
    """How many different meanings of one kind of table the row names."""
    return max(
        len(columns.places) + len(columns.doubtful)
        for columns in (match("bank", row), match("calls", row), match("incidents", row))
    )


def _like_headings(row: Sequence[str]) -> bool:
    named = [cell for cell in row if cell]
    return (
        len(named) > 1
        and all(len(cell) <= LONGEST_HEADING and not _like_data(cell) for cell in named)
        and all(any(c.isalpha() or c == "#" for c in cell) for cell in named)
    )


def _like_data(cell: str) -> bool:
    return bool(cell) and (stamp(cell) is not None or pence(cell) is not None)


def layout_of(sample: Sequence[Sequence[str]]) -> Layout:
    """Headings and columns of a table from its first rows."""
    at = find_headings(sample)
    body = tuple(tuple(row) for row in sample[(at + 1 if at is not None else 0) :])
    if at is None:
        width = max((len(row) for row in sample), default=0)
        return Layout(tuple(f"Column {n}" for n in range(1, width + 1)), None, None, body)
    headings = named_apart(sample[at])
    forms = body[0] if body and are_forms(body[0]) else ()
    rows_ = body[1:] if forms else body
    return Layout(headings, at, classify(headings, rows_), rows_, forms)


def named_apart(row: Sequence[str]) -> tuple[str, ...]:
    """Headings that are all different and never empty: `Column 3`, `Date (2)`."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for number, cell in enumerate(row, start=1):
        name = cell.strip() or f"Column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def is_table(source: Source) -> Layout | None:
    """The layout, if this is a separated-values file; None for a chat, a mail, JSON, XML or anything binary.

    A file whose name does not end as such a file's must also show headings that are all understood.
    """
    head = source.head
    if not head.strip() or _is_something_else(head):
        return None
    layout = layout_of(sample_of(head, dialect_of(head)))
    if source.name.lower().endswith(OWN_ENDINGS):
        return layout
    certain = layout.columns is not None and layout.columns.complete and len(layout.columns.places) > 2
    return layout if certain and layout.heading_row is not None else None


def _is_something_else(head: bytes) -> bool:
    encoding = encoding_of(head)
    text = head[:8192].decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    if "\x00" in text or re.match(r"[{<]|\[\s*[{\[\"\]]|From \S+ |OFXHEADER|%PDF|!Type:", text):
        return True
    return len(_MAIL.findall(text[:2000])) > 1 or bool(_CHAT.match(text))
