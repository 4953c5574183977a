"""What stands above the lanes: episodes, and days that other parts mark by their dots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from joindots.kernel.dots import Dot
from joindots.kernel.when import london_day

MARKED: Final = ("casework.opened", "evidence.blocked", "risk.judgement", "orders.step")
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
    """Dots as marks; one of which no end is known has no place in a picture."""
    for dot in dots:
        start, end = dot.when.earliest, dot.when.latest
        if start is not None and end is not None:
            first, last = london_day(start), london_day(end)
            says = f"{dot.summary}: {dot.when.says()}"
            yield Above(dot.summary, first, last, says, dot.link, first == last)
