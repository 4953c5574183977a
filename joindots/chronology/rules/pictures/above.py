"""What stands above the lanes: episodes, and days that other parts mark by their dots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from joindots.kernel.dots import Dot
from joindots.kernel.when import london_day

MARKED: Final = ("casework.opened", "evidence.blocked", "risk.judgement", "orders.change", "justice.step")
"""Kinds of dots that mark days in the pictures. A part that has one more names it here: reports, court days."""


class Above(NamedTuple):
    """A name over some days, both inclusive, and where it leads. A `day` is a single marked one."""

    name: str
    first: date
    last: date
    says: str
    address: str
    day: bool = False


def marked(dots: Iterable[Dot]) -> Iterator[Above]:
    """Dots as marks, what is the same on the same days once with its number; one of which no end is known has no place
    in a picture.
    """
    found: dict[tuple[str, date, date], list[Dot]] = {}
    for dot in dots:
        start, end = dot.when.earliest, dot.when.latest
        if start is not None and end is not None:
            found.setdefault((dot.summary, london_day(start), london_day(end)), []).append(dot)
    for (summary, first, last), same in found.items():
        name = f"{summary}, {len(same)} times" if len(same) > 1 else summary
        yield Above(name, first, last, f"{name}: {same[0].when.says()}", same[0].link, first == last)
