"""Opening hours as people type them, as they are kept, and in words (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any

import msgspec

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.law.clocks import SYSTEMS
from joindots.law.hours import EVERY_DAY, Exceptional, Holidays, Hours, Window

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WHOLE_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST = 40
"""Windows and exceptions that one listing holds."""
HOLIDAY_WORDS = {
    Holidays.AS_USUAL: "open on bank holidays too",
    Holidays.CLOSED: "closed on bank holidays",
    Holidays.NOT_TOLD: "bank holidays not told",
}
_WEEKS = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "last": -1}
_SAID = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_WINDOW = re.compile(r"(?P<days>.*?)\s*(?P<opens>\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?)\s*(?:-|–|to)\s*"
                     r"(?P<closes>\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?)", re.IGNORECASE)  # fmt: skip


def typed_hours(week: str, other: str, holidays: str, system: str, *, whole: bool = True) -> Hours:
    """Hours from a form: `Mon-Fri 09:30-16:00; 1st Sat 10:00-12:00`, or `24/7`; other days one a line, as in
    `2026-12-24 closed` or `2026-12-24 to 2026-12-31 10:00-12:00`. RuleBroken with the piece that cannot be read.
    """
    if week.strip().casefold() in ("24/7", "always", "day and night", "24 hours"):
        windows: tuple[Window, ...] = (Window(EVERY_DAY, time(), time()),)
    else:
        windows = tuple(_window(piece) for piece in re.split(r"[;\n]", week) if piece.strip())
    exceptions = tuple(_exception(line) for line in re.split(r"[;\n]", other) if line.strip())
    if len(windows) + len(exceptions) > MOST:
        raise RuleBroken(words("too_many_hours", "Give at most {most} opening times and other days.", most=MOST))
    told = Holidays(holidays) if holidays in set(Holidays) else Holidays.NOT_TOLD
    return Hours(windows, told, system if system in SYSTEMS else "england_wales", exceptions, whole)


def typed_from(hours: Hours) -> tuple[str, str]:
    """The two fields of the form that say these hours: the week, and other days."""
    return "; ".join(map(_typed_window, hours.windows)), "\n".join(map(_typed_exception, hours.exceptions))


def kept(hours: Hours) -> Any:
    """Hours as a column keeps them."""
    return msgspec.to_builtins(hours)


def from_kept(data: Any) -> Hours:
    """Hours from what a column keeps; none where it is empty."""
    return msgspec.convert(data, Hours) if data else Hours()


def hours_say(hours: Hours) -> str:
    """`Mon to Fri 09:30 to 16:00; closed on bank holidays`; empty where nobody told any."""
    if not hours.told:
        return ""
    week = [_said(window) for window in hours.windows]
    other = [_said_exception(one) for one in hours.exceptions]
    always = week == ["every day, day and night"]
    tail = [] if always and hours.holidays is Holidays.AS_USUAL else [HOLIDAY_WORDS[hours.holidays]]
    return "; ".join([*week, *tail, *other])


def clock(text: str) -> time:
    """A time of day as typed: `9`, `09:30`, `9.30am`, `24:00`. ValueError for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    return time() if (hour, minute) == (24, 0) else time(hour, minute)


def days_of(text: str) -> frozenset[int]:
    """Days of the week from `Mon-Fri`, `Mon, Wed and Sat`, `MO,TU` or `daily`. ValueError for anything else."""
    plain = text.strip().casefold()
    if plain in ("daily", "every day", "all week", ""):
        return EVERY_DAY
    if plain in ("weekdays", "working days"):
        return frozenset(range(5))
    found: set[int] = set()
    for piece in re.split(r",|&|\+|\band\b|/", plain):
        ends = [_day(each) for each in re.split(r"-|–|\bto\b", piece) if each.strip()]
        if not 1 <= len(ends) <= 2:
            raise ValueError(text)
        span = (ends[-1] - ends[0]) % 7
        found |= {(ends[0] + n) % 7 for n in range(span + 1)}
    return frozenset(found)


def _day(text: str) -> int:
    """One day: `Mo`, `mon`, `Tues.`, `Mondays`. Two days without a sign between them are no day."""
    said = text.strip().rstrip(".").casefold().removesuffix("s") or "-"
    whole = [name.casefold() for name in WHOLE_DAYS]
    matches = [number for number, name in enumerate(whole) if name.startswith(said)]
    if len(said) < 2 or len(matches) != 1:
        raise ValueError(text)
    return matches[0]


def _window(piece: str) -> Window:
    found = _WINDOW.fullmatch(piece.strip().rstrip("."))
    try:
        if found is None:
            raise ValueError(piece)
        first, _, rest = found["days"].partition(" ")
        weeks = _WEEKS.get(first.casefold())
        days = days_of(rest if weeks else found["days"])
        return Window(days, clock(found["opens"]), clock(found["closes"]), frozenset({weeks} if weeks else ()))
    except ValueError:
        raise RuleBroken(
            words(
                "hours_unreadable", "“{piece}” cannot be read as opening hours. Write days and times such as "
                "Mon-Fri 09:30-16:00, with a semicolon between.", piece=piece.strip()[:60],
            )
        ) from None  # fmt: skip


def _exception(line: str) -> Exceptional:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|-|–)\s*(\d{4}-\d\d-\d\d))?[:,]?\s+(.+)", line.strip())
    try:
        if found is None:
            raise ValueError(line)
        first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2] or found[1])
        if last < first:
            raise ValueError(line)
        if found[3].strip().casefold() == "closed":
            return Exceptional(first, last)
        windows = [_window(piece) for piece in found[3].split(",")]
        return Exceptional(first, last, tuple((one.opens, one.closes) for one in windows))
    except (ValueError, RuleBroken):
        raise RuleBroken(
            words(
                "other_day_unreadable", "“{line}” cannot be read as another day. Write 2026-12-24 closed, or "
                "2026-12-24 to 2026-12-31 10:00-12:00.", line=line.strip()[:60],
            )
        ) from None  # fmt: skip


def _typed_window(window: Window) -> str:
    weeks = "".join(f"{_SAID[week]} " for week in sorted(window.weeks_of_month)[:1])
    return f"{weeks}{_typed_days(window.days)} {window.opens:%H:%M}-{window.closes:%H:%M}"


def _typed_days(days: Iterable[int]) -> str:
    return "daily" if set(days) == set(EVERY_DAY) else ",".join(DAYS[day] for day in sorted(days))


def _typed_exception(one: Exceptional) -> str:
    span = one.first.isoformat() if one.first == one.last else f"{one.first} to {one.last}"
    return f"{span} " + (", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in one.windows) or "closed")


def _said(window: Window) -> str:
    whole = window.opens == window.closes
    days = _said_days(window.days)
    weeks = " and ".join(_SAID.get(week, str(week)) for week in sorted(window.weeks_of_month, key=lambda w: (w < 0, w)))
    every = f", every {window.every} weeks" if window.every > 1 else ""
    time_of_day = "day and night" if whole else f"{window.opens:%H:%M} to {window.closes:%H:%M}"
    night = " the next day" if not whole and window.closes < window.opens else ""
    place = f"{weeks} {days} of the month" if weeks else days
    return f"{place}{',' if whole else ''} {time_of_day}{night}{every}"


def _said_days(days: Iterable[int]) -> str:
    told = sorted(days)
    if len(told) == 7:
        return "every day"
    if len(told) > 2 and told[-1] - told[0] == len(told) - 1:
        return f"{DAYS[told[0]]} to {DAYS[told[-1]]}"
    return ", ".join(DAYS[day] for day in told)


def _said_exception(one: Exceptional) -> str:
    first, last = (f"{day.day} {day:%b %Y}" for day in (one.first, one.last))
    span = first if first == last else f"{first} to {last}"
    return f"{span}: " + (", ".join(f"{opens:%H:%M} to {closes:%H:%M}" for opens, closes in one.windows) or "closed")
