"""Lines around a table: titles and letterhead above it, forms of dates below its headings, totals, last lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from joindots.evidence.readers.stamps import stamp

EXCERPT = 200
LABEL_AND_VALUE = 2
Above = Literal["headings", "around", "unknown_line"]

_OF_ACCOUNTS = re.compile(r"\b(?:balance|account|credit|overdraft|sort code|iban)\b", re.IGNORECASE)
_FORM = re.compile(
    r"[\[(][^\[\]()]*[\])]|(?:e\.?g\.?|for example)\b.*|[dmyhs24]{1,4}(?:[\s:./-]+[dmyhs]{1,4})+", re.IGNORECASE
)
_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall)[ -]?)?totals?(?: (?:number|no\.?|count|of|all|acts?|calls?|texts?|messages?|incidents?|"
    r"e-?mails?|visits?|entries|duration|cost|charges?|time|minutes|amount|due|usage)){0,4}",
    re.IGNORECASE,
)
_LAST_LINE = re.compile(
    r"(?:\W*(?:end of (?:the )?(?:log|diary|report|statement|list|table|record|document|file|incidents?)|"
    r"page \d+(?: ?(?:of|/) ?\d+)?)\W*|(?:signed|signature|print(?:ed)? name|printed|produced|generated|exported|"
    r"downloaded|prepared|last updated)\b(?: (?:by|on|at|from)\b|\W).{0,120}|(?:notes?|n\.?b\.?|key):.{0,400})",
    re.IGNORECASE,
)


def above(kind: str | None, cells: Sequence[str], *, next_to_headings: bool) -> tuple[Above, str]:
    """Why a row above the headings is no record, and what of it is shown.

    Over a statement or a bill, a label and its value are letterhead. A statement's may be a balance or an
    account's number: nothing of it is shown. Over anything else they are words around the table, kept and
    shown; but a row that begins with a date may be an entry that stands in the wrong place.
    """
    filled = [cell for cell in cells if cell]
    shown = "" if kind == "bank" else excerpt(cells)
    if kind in ("bank", "calls"):
        return ("headings" if len(filled) <= LABEL_AND_VALUE else "unknown_line"), shown
    if any(_OF_ACCOUNTS.search(cell) for cell in filled) and kind is None:
        shown = ""
    labelled = len(filled) <= LABEL_AND_VALUE or filled[0].endswith(":")
    names = next_to_headings and not any(map(_like_data, filled))
    return ("around" if (labelled or names) and not stamp(filled[0]) else "unknown_line"), shown


def excerpt(cells: Sequence[str]) -> str:
    """The cells that hold something, as one short text."""
    return " ".join(cell for cell in cells if cell)[:EXCERPT]


def are_forms(cells: Sequence[str]) -> bool:
    """Whether a row below the headings only says how to fill them in, such as "(dd/mm/yy)" or "HH:MM"."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_FORM.fullmatch(cell) for cell in filled)


def is_total(cell: str) -> bool:
    """Whether a cell says that its row is a sum of the others."""
    return bool(_TOTAL.fullmatch(cell.strip(" :=-")))


def is_last_line(cells: Sequence[str]) -> bool:
    """Whether a row only closes the table: who signed it, when it was printed, which page it was."""
    filled = [cell for cell in cells if cell]
    return 0 < len(filled) <= LABEL_AND_VALUE and bool(_LAST_LINE.fullmatch(" ".join(filled)))


def _like_data(cell: str) -> bool:
    return stamp(cell) is not None or cell.strip("£$€+- ").replace(",", "").replace(".", "").isdigit()
