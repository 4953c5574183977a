"""The dates of OFX: `20250614`, `20250614233000.000[-5:EST]`, and what their clocks tell."""

from __future__ import annotations

import re
from datetime import timedelta

from joindots.evidence.readers.stamps import Stamp, stamp

FILLING = frozenset({"", "000000", "120000"})
"""Clocks that a bank writes where it knows the day alone."""
_FORM = re.compile(
    r"(?P<day>\d{8})(?P<clock>\d{4}(?:\d{2})?)?(?:[.,:]\d{1,6})?\s*"
    r"(?:\[\s*(?P<hours>[+-]?\d{1,2})(?:[.:](?P<part>\d{1,2}))?(?::[^\]]*)?\])?"
)
_PARTS = {"5": 30, "50": 30, "30": 30, "25": 15, "15": 15, "75": 45, "45": 45}
"""Of an hour, in minutes: written as a decimal or as minutes. No offset is a half or quarter of anything else."""


def clock_of(shown: str) -> str:
    """The digits of the clock, to six; nothing where there is none."""
    found = _FORM.match(shown)
    return (found["clock"] or "").ljust(6, "0") if found and found["clock"] else ""


def posted(shown: str, *, clocked: bool) -> Stamp | None:
    """The moment, where the file's clocks are the payments' own and this one names its offset; else the day.

    The day is the bank's: one far from Greenwich has its own. A clock without an offset should be
    Greenwich's and often is the bank's, so it tells only the day.
    """
    found = _FORM.match(shown)
    read = stamp(found["day"]) if found else None
    if found is None or read is None or found["hours"] is None:
        return read
    offset = _offset(found["hours"], found["part"] or "")
    if not clocked or clock_of(shown) in FILLING:
        return read._replace(offset=offset) if offset else read
    digits = found["clock"]
    text = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    moment = stamp(f"{found['day'][:4]}-{found['day'][4:6]}-{found['day'][6:]} {text}")
    return moment._replace(offset=offset) if moment else read


def _offset(hours: str, part: str) -> timedelta:
    size = timedelta(hours=abs(int(hours)), minutes=_PARTS.get(part, 0))
    return -size if hours.startswith("-") else size
