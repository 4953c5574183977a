"""Which days of a chronology one page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from joindots.evidence.queries import Day

ACTS_A_PAGE = 120
DAYS_A_PAGE = 14


@dataclass(frozen=True, slots=True)
class Listing:
    """The days of one page, newest first, and where the next pages begin."""

    shown: tuple[Day, ...]
    newer: date | None
    older: date | None
    first: date | None
    last: date | None


def listing(days: Sequence[Day], start: date | None, *, only: bool = False) -> Listing:
    """From `start` (or the newest) back, until a page is full. Days not known stand on the oldest page."""
    dated = [one for one in reversed(days) if one.day is not None]
    undated = tuple(one for one in days if one.day is None)
    dates = [one.day for one in dated if one.day]
    begin = next((at for at, day in enumerate(dates) if start is None or day <= start), len(dates))
    end, acts = begin, 0
    while end < len(dated) and (end == begin or (acts < ACTS_A_PAGE and end - begin < DAYS_A_PAGE)):
        acts += dated[end].total
        end += 1
        if only:
            break
    rest = undated if end == len(dated) else ()
    newer = dates[max(0, begin - DAYS_A_PAGE)] if begin else None
    older = dates[end] if end < len(dates) else None
    return Listing((*dated[begin:end], *rest), newer, older, dates[-1] if dates else None, dates[0] if dates else None)
