"""Dates as programs write them: every reading a text allows, and what a column proves about the order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal, NamedTuple

Order = Literal["dmy", "mdy"]
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr", "february feb chwefror", "march mar mawrth", "april apr ebrill", "may mai",
            "june jun mehefin", "july jul gorffennaf", "august aug awst", "september sept sep medi",
            "october oct hydref", "november nov tachwedd", "december dec rhagfyr",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed weds", "thursday thu thur thurs", "friday fri",
         "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip

_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " ", "\u200e": None, "\u200f": None, "\ufeff": None})
_TIME = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?"
)
_ZONE = r"\s*(?P<zone>Z|UTC|GMT|BST|[+-](?:0\d|1[0-4]):?[0-5]\d)?"
_TAIL = rf"(?:(?:\s*,\s*|\s+at\s+|\s+-\s+|T|\s+){_TIME}{_ZONE})?"
_DAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_FORMS = tuple(
    re.compile(rf"^{_DAY}{date}{_TAIL}$", re.IGNORECASE)
    for date in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        r"(?P<first>\d{1,2})(?P<sep>[-/.])(?P<middle>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]*(?P<named>[A-Za-z]{3,10})\.?[\s,-]*(?P<year>\d{4}|(?<![0-9])\d{2})",
        r"(?P<named>[A-Za-z]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_NUMERIC = re.compile(r"(?<![\d/.-])\d{1,2}(?:([-/])\d{1,2}\1(?:\d{4}|\d{2})|\.\d{1,2}\.\d{4})(?![\d/-])")


Readings = tuple[datetime | None, datetime | None]


class Stamp(NamedTuple):
    """A date, and a time if there was one, as `dmy` and as `mdy` read it; equal where the text is plain.

    Clock readings are local unless `offset` is set: then both are what that offset's clock showed.
    """

    dmy: datetime | None
    mdy: datetime | None
    precision: Literal["second", "minute", "day"]
    offset: timedelta | None = None

    @property
    def plain(self) -> bool:
        """Whether only one reading is possible."""
        return self.dmy == self.mdy or self.dmy is None or self.mdy is None

    def read(self, order: Order | None) -> tuple[datetime, ...]:
        """The readings left once the order is known, or while it is not; earliest first."""
        if self.plain:
            return tuple(r for r in (self.dmy or self.mdy,) if r)
        if order:
            return tuple(r for r in ((self.dmy if order == "dmy" else self.mdy),) if r)
        return tuple(sorted(r for r in (self.dmy, self.mdy) if r))


def tidy(text: str) -> str:
    """Ordinary spaces, no direction marks."""
    return " ".join(text.translate(_SPACES).split())


@lru_cache(maxsize=8192)
def stamp(shown: str) -> Stamp | None:
    """Read a whole text as a date with or without a time; None if it is anything else or no such day."""
    text = tidy(shown)
    if not text or len(text) > 60:
        return None
    for form in _FORMS:
        if found := form.match(text):
            return _stamp(found.groupdict())
    return None


def _stamp(part: dict[str, str | None]) -> Stamp | None:
    clock = _clock(part)
    if clock is None:
        return None
    hour, minute, second, precision = clock
    year = int(part["year"] or 0)
    year += 2000 if len(part["year"] or "") == 2 else 0
    if first := part.get("first"):
        days = (int(first), int(part["middle"] or 0))
        readings: Readings = (
            _made(year, days[1], days[0], hour, minute, second),
            _made(year, *days, hour, minute, second),
        )
    else:
        month = MONTHS.get((part.get("named") or "").lower(), 0) or int(part.get("month") or 0)
        reading = _made(year, month, int(part["day"] or 0), hour, minute, second)
        readings = (reading, reading)
    if part.get("weekday"):
        readings = _on_weekday(readings, WEEKDAYS[(part["weekday"] or "").lower()])
    if readings == (None, None):
        return None
    return Stamp(*readings, precision, _offset(part.get("zone")))


def _on_weekday(readings: Readings, weekday: int) -> Readings:
    """The readings that fall on the weekday written beside them; all, if none does."""
    first, second = (r if r and r.weekday() == weekday else None for r in readings)
    return (first, second) if first or second else readings


def _clock(part: dict[str, str | None]) -> tuple[int, int, int, Literal["second", "minute", "day"]] | None:
    """Hour, minute, second and precision; None where there is no such time."""
    shown = part.get("hour")
    if shown is None:
        return 0, 0, 0, "day"
    half = (part.get("half") or "").lower()[:1]
    hour = int(shown)
    if part.get("minute") is None and not half:
        return None
    if half and not (hour == 0 and half == "a"):
        if not 1 <= hour <= 12:
            return None if hour > 23 or hour == 0 else (hour, int(part.get("minute") or 0), 0, "minute")
        hour = hour % 12 + (12 if half == "p" else 0)
    seconds = part.get("second")
    return hour, int(part.get("minute") or 0), int(seconds or 0), "second" if seconds else "minute"


def _made(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime | None:
    try:
        # A clock on a wall: which zone it stood in is for `Clocks` to say.
        return datetime(year, month, day, hour, minute, second) if 1900 <= year < 2200 else None  # noqa: DTZ001
    except ValueError:
        return None


def _offset(shown: str | None) -> timedelta | None:
    if not shown:
        return None
    if shown[0] in "+-":
        size = timedelta(hours=int(shown[1:3]), minutes=int(shown[-2:]))
        return -size if shown[0] == "-" else size
    return timedelta(hours=1) if shown.upper() == "BST" else timedelta(0)


def in_utc(local: datetime, offset: timedelta) -> datetime:
    """A clock reading with its own offset, in UTC."""
    return local.replace(tzinfo=timezone(offset)).astimezone(UTC)


@dataclass(slots=True)
class OrderProof:
    """What the dates of one column prove about day and month, fed in the file's order.

    A number over 12 proves; so does a column of `enough` different days that runs one way only
    when read in one order. `open_example` is a date that both readings allow.
    """

    enough: int = 3
    open_example: str | None = None
    stated: Order | None = None
    """What the heading itself says, such as "Date (DD/MM/YYYY)"."""
    _dmy: int = 0
    _mdy: int = 0
    _different: int = 0
    _last: dict[str, datetime] = field(default_factory=dict)
    _runs: dict[str, set[int]] = field(default_factory=lambda: {"dmy": set(), "mdy": set()})

    def feed(self, shown: str) -> None:
        """Take note of the date in a cell, or of every numeric date among its words."""
        whole = stamp(shown)
        found = [whole] if whole else [stamp(part[0]) for part in _NUMERIC.finditer(tidy(shown))]
        for read in found:
            if read is None:
                continue
            self._dmy += read.mdy is None
            self._mdy += read.dmy is None
            if not read.plain and self.open_example is None:
                self.open_example = shown.strip()
            self._run("dmy", read.dmy or read.mdy)
            self._run("mdy", read.mdy or read.dmy)

    def _run(self, order: str, when: datetime | None) -> None:
        assert when is not None
        last = self._last.get(order)
        if last is not None and last != when:
            self._runs[order].add(1 if when > last else -1)
            self._different += order == "dmy" and when.date() != last.date()
        self._last[order] = when

    @property
    def over_12(self) -> int:
        """How many dates only one order can read, where they all agree; else none."""
        return 0 if self._dmy and self._mdy else self._dmy + self._mdy

    @property
    def order(self) -> Order | None:
        """The proven order, or None."""
        if self.stated:
            return self.stated
        if self._dmy or self._mdy:
            return None if self._dmy and self._mdy else "dmy" if self._dmy else "mdy"
        one_way = [order for order, ways in self._runs.items() if len(ways) <= 1]
        if self._different + 1 < self.enough or len(one_way) != 1:
            return None
        return "dmy" if one_way[0] == "dmy" else "mdy"
