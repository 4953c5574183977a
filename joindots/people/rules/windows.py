"""When somebody may be reached: days and hours of the clock in London, as a machine obeys them (pure).

A window is read off the wall clock. An hour that comes twice in October is inside both times; one that never comes in
March is not there at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import msgspec

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import LOCAL

DAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
A_DAY: Final = timedelta(days=1)
MOST_WINDOWS: Final = 14
LOOK_AHEAD: Final = 16
"""Days within which a next safe moment is looked for: two weeks, and a bank holiday's weekend more."""


class Window(msgspec.Struct, frozen=True, array_like=True):
    """Days of the week (0 is Monday) and minutes of the day; one that ends at or before its start runs past midnight.

    Whole days are `starts == 0, ends == 1440`.
    """

    days: tuple[int, ...]
    starts: int
    ends: int

    @property
    def words(self) -> str:
        """`Mon to Fri 12:30 to 13:15`."""
        days = days_in_words(self.days)
        return days if (self.starts, self.ends) == (0, 1440) else f"{days} {_clock(self.starts)} to {_clock(self.ends)}"


def can_be(windows: Collection[Window]) -> Decision:
    """Days and hours that there are, and no more of them than one can obey."""
    if len(windows) > MOST_WINDOWS:
        return no("windows_many", "Name at most {most} times.", most=MOST_WINDOWS)
    for one in windows:
        if not one.days or not set(one.days) <= set(range(7)):
            return no("window_days", "Choose at least one day for each time.")
        if not (0 <= one.starts < 1440 and 0 < one.ends <= 1440 and one.starts != one.ends):
            return no("window_hours", "Enter times such as 12:30 and 13:15. They cannot be the same.")
    return YES


def inside(windows: Collection[Window], at: datetime, closed: Collection[date] = ()) -> bool:
    """Whether a moment lies in one of the windows, none of which begins on a closed day."""
    local = at.astimezone(LOCAL)
    minute = local.hour * 60 + local.minute
    today = local.date()
    for one in windows:
        if one.starts < one.ends:
            if _runs_on(one, today, closed) and one.starts <= minute < one.ends:
                return True
        elif (_runs_on(one, today, closed) and minute >= one.starts) or (
            _runs_on(one, today - A_DAY, closed) and minute < one.ends
        ):
            return True
    return False


def next_inside(windows: Collection[Window], at: datetime, closed: Collection[date] = ()) -> datetime | None:
    """The first moment from `at` on that lies in a window; None where none does within `LOOK_AHEAD` days."""
    if inside(windows, at, closed):
        return at
    return min(
        (one for one in _openings(windows, at) if one >= at and inside(windows, one, closed)), default=None
    )  # fmt: skip


def in_words(windows: Collection[Window]) -> str:
    """Every window as people say it: `Mon to Fri 12:30 to 13:15, Sat and Sun 13:30 to 14:30`."""
    return ", ".join(one.words for one in windows)


def minutes(typed: str) -> int | None:
    """Minutes of the day for a clock time as typed (`9`, `9:05`, `12.30`, `24:00`); None if it is none."""
    hour, _, minute = typed.strip().replace(".", ":").partition(":")
    minute = minute or "00"
    if not (hour.isdecimal() and minute.isdecimal() and len(hour) <= 2 and len(minute) == 2):
        return None
    told = int(hour) * 60 + int(minute)
    return told if int(minute) < 60 and told <= 1440 else None


def days_in_words(days: Collection[int]) -> str:
    """`Any day`, `Mon to Fri`, `Sat and Sun`, `Mon, Wed and Fri`."""
    told = sorted(set(days))
    if len(told) == 7:
        return "Any day"
    if len(told) > 2 and told == list(range(told[0], told[-1] + 1)):
        return f"{DAY_NAMES[told[0]]} to {DAY_NAMES[told[-1]]}"
    names = [DAY_NAMES[day] for day in told]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _runs_on(one: Window, day: date, closed: Collection[date]) -> bool:
    return day.weekday() in one.days and day not in closed


def _openings(windows: Collection[Window], at: datetime) -> Iterator[datetime]:
    """Moments at which a window may open: its start by both readings of the clock, 01:00 UTC when clocks change."""
    first = at.astimezone(LOCAL).date() - A_DAY
    for number in range(LOOK_AHEAD + 2):
        day = first + number * A_DAY
        yield datetime.combine(day, time(1), UTC)
        for one in windows:
            for fold in (0, 1):
                start = datetime.combine(day, time(one.starts // 60, one.starts % 60), LOCAL).replace(fold=fold)
                yield start.astimezone(UTC)
