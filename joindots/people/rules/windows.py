"""When somebody may be reached: days and hours of the clock in London, as a machine obeys them (pure).

A window is read off the wall clock. An hour that comes twice in October is inside both times; one that never comes in
March is not there at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import msgspec

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words

DAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
A_DAY: Final = timedelta(days=1)
MOST_WINDOWS: Final = 14
LOOK_AHEAD: Final = 16
"""Days within which a next safe moment is looked for: two weeks, and a bank holiday's weekend more."""
UNREAD: Final = "“{typed}” is not clear. Write days, then 24-hour times, such as “Mon to Fri 12:30 to 13:15”."
_DAYS: Final = {name.casefold(): number for number, name in enumerate(DAY_NAMES)}
_MANY: Final = {"any day": range(7), "every day": range(7), "weekdays": range(5), "weekends": (5, 6)}
_TIME: Final = r"\d{1,2}(?:[:.]\d{2})?"
_DAY: Final = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|any day|every day|weekdays|weekends"
_GROUP: Final = re.compile(
    rf"[\s,]*(?:and\s+)?(?P<days>(?:{_DAY})(?:(?:\s*,\s*|\s*&\s*|\s+and\s+|\s*-\s*|\s+to\s+)(?:{_DAY}))*)"
    rf"(?:\s*,?\s*(?:from\s+)?(?P<starts>{_TIME})\s*(?:-|to|until)\s*(?P<ends>{_TIME}))?(?=[\s,]|$)[\s,]*"
)
_WORD: Final = re.compile(r"[a-z]+|-")
_MINUTES: Final = re.compile(r"[:.]")


class Window(msgspec.Struct, frozen=True, array_like=True):
    """Days of the week (0 is Monday) and minutes of the day; one that ends at or before its start runs past midnight.

    Whole days are `starts == 0, ends == 1440`.
    """

    days: tuple[int, ...]
    starts: int
    ends: int

    @property
    def whole_days(self) -> bool:
        """Whether it runs from midnight to midnight."""
        return (self.starts, self.ends) == (0, 1440)

    @property
    def words(self) -> str:
        """`Mon to Fri 12:30 to 13:15`."""
        days = days_in_words(self.days)
        return days if self.whole_days else f"{days} {_clock(self.starts)} to {_clock(self.ends)}"


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
    """Every window as people say it: `Mon to Fri 12:30 to 13:15, Sat and Sun 13:30 to 14:30`; `read` reads it back."""
    return ("; " if any(one.whole_days for one in windows) else ", ").join(one.words for one in windows)


def read(typed: str) -> tuple[Window, ...]:
    """The windows in what somebody typed, in the words of `in_words` or nearly so. RuleBroken where it is not plain.

    Days come first, then their hours by the 24-hour clock; days alone are whole days. A bare `9 to 3` is refused, for
    it would run through the night.
    """
    return tuple(one for piece in typed.split(";") if piece.strip() for one in _read_piece(piece))


def _read_piece(piece: str) -> Iterator[Window]:
    rest = " ".join(piece.casefold().replace("–", "-").split())
    while rest:
        found = _GROUP.match(rest)
        if found is None or not (days := _days(found["days"])):
            raise RuleBroken(words("windows_unread", UNREAD, typed=rest[:60]))
        rest = rest[found.end() :]
        if found["starts"] is None:
            yield Window(days, 0, 1440)
            continue
        starts, ends = minutes(found["starts"]), minutes(found["ends"])
        bare = not (_MINUTES.search(found["starts"]) and _MINUTES.search(found["ends"]))
        if starts is None or ends is None or (bare and ends <= starts):
            raise RuleBroken(words("windows_unread", UNREAD, typed=found[0].strip(" ,")[:60]))
        yield Window(days, starts % 1440, ends or 1440)


def _days(text: str) -> tuple[int, ...]:
    """The days named: `mon to fri`, `sat and sun`, `mon, wed and fri`, `any day`, `weekdays`, `weekends`."""
    told: set[int] = set()
    for word, days in _MANY.items():
        if word in text:
            told |= set(days)
            text = text.replace(word, " ")
    open_at: int | None = None
    last: int | None = None
    for word in _WORD.findall(text):
        if word in {"to", "-"}:
            open_at = last
        elif word[:3] in _DAYS:
            last = _DAYS[word[:3]]
            first = last if open_at is None else open_at
            told |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
            open_at = None
    return tuple(sorted(told))


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
