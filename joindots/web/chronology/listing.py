"""Which days of a chronology one page shows, and where its neighbours begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from joindots.evidence.queries import Day

ACTS_A_PAGE = 200
DAYS_A_PAGE = 14


@dataclass(frozen=True, slots=True)
class Listing:
    """The days of one page, newest first; where the next pages begin; and the day after the last one shown."""

    shown: tuple[Day, ...]
    newer: date | None
    older: date | None
    page: int
    pages: int
    first: date | None
    last: date | None
    undated: Day | None


def listing(days: Sequence[Day], start: date | None) -> Listing:
    """The page that holds `start` (without one: the newest). Days not known stand on the oldest page.

    Pages are cut from the newest day back, so that every day has one page whichever way one came to it.
    """
    dated = [one for one in reversed(days) if one.day is not None]
    undated = next((one for one in days if one.day is None), None)
    pages = _pages(dated) or [[]]
    at = 0
    if start is not None:
        at = next((n for n, page in enumerate(pages) if page and (page[-1].day or start) <= start), len(pages) - 1)
    rest = (undated,) if undated and at == len(pages) - 1 else ()
    return Listing(
        (*pages[at], *rest),
        pages[at - 1][0].day if at else None,
        pages[at + 1][0].day if at + 1 < len(pages) else None,
        at + 1, len(pages),
        dated[-1].day if dated else None, dated[0].day if dated else None, undated,
    )  # fmt: skip


def _pages(dated: Sequence[Day]) -> list[list[Day]]:
    """Days, newest first, cut where a page would hold too many acts or days. A very full day has its own page."""
    pages: list[list[Day]] = []
    acts = 0
    for one in dated:
        if not pages or len(pages[-1]) == DAYS_A_PAGE or acts + one.total > ACTS_A_PAGE:
            pages.append([])
            acts = 0
        pages[-1].append(one)
        acts += one.total
    return pages
