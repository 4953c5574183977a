"""The one type for time: an interval, how exactly it is known, and the words as given.

Uncertainty entered is uncertainty shown: nothing here ever narrows an interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/London")


class Precision(StrEnum):
    """How exactly a time is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    PART_OF_DAY = "part_of_day"
    MONTH = "month"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class When:
    """Earliest and latest moment, both inclusive and aware, or None where nothing is known.

    `zone_basis` says how the zone was settled (`utc_in_file`, `device_assumed`, `asked` …).
    `flags` name what is doubtful, such as `dst_ambiguous`. `given` holds the words as given.
    """

    earliest: datetime | None
    latest: datetime | None
    precision: Precision = Precision.UNKNOWN
    zone_basis: str = "none"
    flags: tuple[str, ...] = ()
    given: str = ""

    def __post_init__(self) -> None:
        for moment in (self.earliest, self.latest):
            if moment is not None and moment.tzinfo is None:
                raise ValueError("A When takes moments with a zone.")
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise ValueError("A When cannot end before it begins.")

    @property
    def exact(self) -> bool:
        """Known to the minute or second, and only one reading is open."""
        return self.precision in (Precision.SECOND, Precision.MINUTE) and not self.flags

    @property
    def sort_key(self) -> tuple[bool, datetime | None]:
        """Unknown times sort last."""
        moment = self.earliest or self.latest
        return (moment is None, moment)

    def certainly_after(self, moment: datetime) -> bool:
        """Whether every reading lies after `moment`."""
        return self.earliest is not None and self.earliest > moment

    def certainly_before(self, moment: datetime) -> bool:
        """Whether every reading lies before `moment`."""
        return self.latest is not None and self.latest < moment

    def says(self) -> str:
        """The time in words, in London time, never more exact than it is known."""
        return says(self)


def london_day(moment: datetime) -> date:
    """The day in London on which a moment falls."""
    return moment.astimezone(LOCAL).date()


def midnight(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime.combine(day, time(), LOCAL)


def day_says(moment: datetime) -> str:
    """`Tue 10 Jun 2025`, in London time."""
    local = moment.astimezone(LOCAL)
    return f"{local:%a} {local.day} {local:%b %Y}"


def _clock(moment: datetime, precision: Precision) -> str:
    return (
        f"{moment.astimezone(LOCAL):%H:%M:%S}" if precision is Precision.SECOND else f"{moment.astimezone(LOCAL):%H:%M}"
    )


def says(when: When) -> str:
    """The words for `When.says`."""
    start, end = when.earliest, when.latest
    if start is None and end is None:
        return f"Time not known ({when.given})" if when.given else "Time not known"
    if start is None or end is None:
        return f"Before {day_says(end)}" if end else f"After {day_says(start)}" if start else ""
    if "dst_ambiguous" in when.flags and end - start < timedelta(hours=3):
        return f"{day_says(start)}, {_clock(start, when.precision)}, clocks went back: either of two"
    same_day = london_day(start) == london_day(end)
    if when.precision in (Precision.SECOND, Precision.MINUTE):
        if end - start < timedelta(minutes=1):
            return f"{day_says(start)}, {_clock(start, when.precision)}"
        return f"{_ends(start, when.precision)} or {_ends(end, when.precision)}"
    if when.precision is Precision.DAY and same_day:
        return day_says(start)
    if when.precision is Precision.MONTH and start.astimezone(LOCAL).month == end.astimezone(LOCAL).month:
        return f"{start.astimezone(LOCAL):%B %Y}"
    if when.precision is Precision.DAY:
        return f"{day_says(start)} or {day_says(end)}"
    return _span_says(start, end)


def _span_says(start: datetime, end: datetime) -> str:
    """`Sat 15 Mar 2025, between 20:30 and 21:30`; whole days without their clock."""
    first, last = start.astimezone(LOCAL), end.astimezone(LOCAL)
    whole = (first.hour, first.minute) == (0, 0) and (last.hour, last.minute) == (23, 59)
    if first.date() == last.date():
        return day_says(start) if whole else f"{day_says(start)}, between {first:%H:%M} and {last:%H:%M}"
    if whole:
        return f"Between {day_says(start)} and {day_says(end)}"
    return f"Between {_ends(start, Precision.MINUTE)} and {_ends(end, Precision.MINUTE)}"


def _ends(moment: datetime, precision: Precision) -> str:
    return f"{day_says(moment)}, {_clock(moment, precision)}"
