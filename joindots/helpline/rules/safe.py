"""Reads times as people say them into windows that a machine obeys, or not at all (pure).

`Mon-Fri 12:30-13:15, Sat and Sun 13:30 to 14:30`, `weekdays 12:30 to 13:15`, `any time`. What cannot be read for
certain is not guessed: "9-3" could be day or night, and so could an end before its start, but for an evening that runs
past midnight (`22:00 to 01:00`).

Who names working days alone is not reached on a bank holiday: whoever they avoid may be at home then.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from joindots.kernel.decisions import YES, Decision, no
from joindots.people.rules import windows
from joindots.people.rules.windows import Window

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMED = {
    "weekdays": range(5), "weekday": range(5), "weekends": range(5, 7), "weekend": range(5, 7), "daily": range(7),
    "every day": range(7), "any day": range(7),
}  # fmt: skip
EVENING, NOON = 18 * 60, 12 * 60
ANY_TIME = (Window(tuple(range(7)), 0, 1440),)
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_DAYS = rf"(?:{'|'.join(NAMED)}|{_DAY}(?:\s*(?:-|–|to|,|and|&)\s*{_DAY})*)"
_CLOCK = r"([0-2]?[0-9][:.][0-5][0-9])"
_PART = re.compile(rf"({_DAYS})?\s*:?\s*{_CLOCK}\s*(?:-|–|to|until)\s*{_CLOCK}")
_BETWEEN = re.compile(r"[\s,;.]*(?:and)?[\s,;.]*")


def read(typed: str) -> tuple[Window, ...] | None:
    """The windows that the words name; None where any part of them cannot be read for certain."""
    text = " ".join(typed.casefold().split())
    if text.strip(" .") in ("any time", "anytime", "at any time"):
        return ANY_TIME
    found, place, days = [], 0, tuple(range(7))
    for match in _PART.finditer(text):
        if not _BETWEEN.fullmatch(text[place : match.start()]):
            return None
        days = _days(match[1]) if match[1] else days
        starts, ends = windows.minutes(match[2]), windows.minutes(match[3])
        if starts is None or ends is None or not (starts < ends or (starts >= EVENING and ends <= NOON)):
            return None
        found.append(Window(days, starts % 1440, ends or 1440))
        place = match.end()
    whole = tuple(found)
    return whole if whole and _BETWEEN.fullmatch(text[place:]) and windows.can_be(whole) else None


def _days(text: str) -> tuple[int, ...]:
    if text in NAMED:
        return tuple(NAMED[text])
    told: set[int] = set()
    for first, through, last in re.findall(rf"({_DAY})(?:\s*(-|–|to)\s*({_DAY}))?", text):
        begin = DAYS.index(first[:3])
        end = DAYS.index(last[:3]) if through else begin
        told.update((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    return tuple(sorted(told))


def says(told: Sequence[Window]) -> str:
    """The windows in words: `Mon to Fri 12:30 to 13:15, not on bank holidays`, `any time`."""
    if tuple(told) == ANY_TIME:
        return "any time"
    return windows.in_words(told) + (", not on bank holidays" if working_days_alone(told) else "")


def working_days_alone(told: Sequence[Window]) -> bool:
    """Whether no time begins on a Saturday or Sunday."""
    return bool(told) and all(set(one.days) <= set(range(5)) for one in told)


def _shut(told: Sequence[Window], holidays: Collection[date]) -> Collection[date]:
    return holidays if working_days_alone(told) else ()


def line(said: Mapping[str, str]) -> str:
    """How a caller may be reached, as one line, from what they said; empty where that was not asked."""
    way = said.get("cut_off", "")
    if not way:
        return ""
    if way == "nothing":
        parts = ["Do not ring back and do not text."]
    else:
        first = "Do not ring back. Text only" if way == "text" else "May be rung"
        parts = [f"{first}, {said['times']}." if "times" in said else f"{first}; times not asked."]
        if "number" not in said:  # one that is kept out of sight stands there empty
            parts.append("Number not asked.")
    if "voicemail" in said:
        parts.append("Voicemail is safe." if said["voicemail"] == "yes" else "No voicemail.")
    if "say" in said:
        parts.append(f"Say “{said['say']}”.")
    return " ".join(parts)


def can_reach(told: Sequence[Window], at: datetime, holidays: Collection[date]) -> Decision:
    """Whether somebody may be rung or written to at this moment; when the next safe one begins if not."""
    if windows.inside(told, at, _shut(told, holidays)):
        return YES
    return no("not_safe_now", "Not now: they said {times}. Nothing is shown and nothing is sent before then.",
              times=says(told))  # fmt: skip


def stretch(
    told: Sequence[Window], after: datetime, holidays: Collection[date], minutes: int = 24 * 60
) -> tuple[datetime, datetime] | None:
    """The next safe stretch from a moment on, to the end of its window or so many minutes; None where there is none."""
    shut = _shut(told, holidays)
    begins = windows.next_inside(told, after, shut)
    if begins is None:
        return None
    step, ends = timedelta(minutes=1), begins
    while windows.inside(told, ends, shut) and ends - begins < timedelta(minutes=minutes):
        ends += step
    return begins, ends
