"""When an entry of the log happened, as its form asks: each choice becomes plain words, and these become an interval.

There is one way from words to a time, so what somebody chose by a button is known no better than what they said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from joindots.evidence.readers.stamps import stamp
from joindots.evidence.rules.moments import read_words
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import Precision, When, london_day

WAYS: Final = {"now": "Now", "today": "Earlier today", "yesterday": "Yesterday", "another": "Another time"}
OTHER_WAYS: Final = {
    "exact": "On a day I know", "about": "About a day", "part": "A part of a day", "between": "Between two days",
    "before": "Before a day or event", "after": "After a day or event", "unknown": "I can’t say when",
}  # fmt: skip
PARTS: Final = (
    "early hours", "morning", "lunchtime", "afternoon", "teatime", "evening", "night",
)  # fmt: skip
JUST_NOW: Final = timedelta(minutes=15)
LONGEST_FORM: Final = timedelta(hours=8)
"""A form that stood open for longer than a session is not asked when "now" was."""
LONGEST_DAY: Final = timedelta(hours=25)
_PLAIN_CLOCK = re.compile(r"^(?:[01]\d|2[0-3]):[0-5]\d$")
_ABOUT = re.compile(r"^(?:about|around)\b|\bish$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form's fields on time hold, as they were sent; all may be empty."""

    way: str = ""
    other: str = ""
    clock: str = ""
    exact: bool = False
    """Whether the time of day is known to the minute; else it is about that time."""
    day: str = ""
    last_day: str = ""
    part: str = ""
    event: str = ""
    words: str = ""


class NotTold(Exception):
    """What is missing or cannot be read: the field, and a sentence with the cure."""

    def __init__(self, field: str, reason: Decision) -> None:
        super().__init__(str(reason.reason))
        self.field = field
        self.reason = reason.reason


def told(asked: Asked, begun: datetime, at: datetime) -> When:
    """The time that a form tells, which was opened at `begun` and is kept at `at` (aware). NotTold where it tells none.

    Own words stand for themselves where no day is given, and are kept beside whatever is. Words that cannot be read
    are NotTold too, and are kept by `without_time` if the person wants that.
    """
    begun = begun if timedelta(0) <= at - begun <= LONGEST_FORM else at
    words = asked.words.strip()
    if words and asked.way in ("", "another") and not (asked.day.strip() or asked.event.strip()):
        return read_words(words, begun) if asked.other == "unknown" else _read(words, begun, "time_words")
    if words and asked.way in ("today", "yesterday") and not asked.clock.strip():
        both = read_words(f"{asked.way} {words}", begun)
        if both.earliest and both.latest and both.latest - both.earliest <= LONGEST_DAY:
            return both
    when = _by_button(asked, begun, at)
    return replace(when, given=f"{when.given}; {words}") if words else when


def _by_button(asked: Asked, begun: datetime, at: datetime) -> When:
    """The time of what was chosen, whatever words stand beside it."""
    if asked.way == "now":
        return When((begun - JUST_NOW).replace(second=0, microsecond=0), at, Precision.RANGE, given="now")
    if asked.way in ("today", "yesterday"):
        return _read(_with_clock(asked.way, asked, begun, about=not asked.exact), begun, "clock", asked.clock)
    if asked.way == "another" and asked.other:
        return _other(asked, begun)
    raise NotTold("when", no("when_missing", "Choose roughly when. “Last week” in your own words is fine."))


def without_time(words: str) -> When:
    """An entry whose time nobody can tell, with the words that were said."""
    return When(None, None, Precision.UNKNOWN, given=words.strip())


def can_be(when: When, at: datetime) -> Decision:
    """What is written down has happened; a time ahead is asked about."""
    if not when.certainly_after(at):
        return YES
    return no("when_ahead", "{said} is still to come. Change it, or tick that it is right.", said=when.says())


def _other(asked: Asked, begun: datetime) -> When:
    match asked.other:
        case "unknown":
            return without_time(asked.event)
        case "before" | "after" if asked.event.strip() and not asked.day.strip():
            words = f"{asked.other} {asked.event.strip()}"
            when = read_words(words, begun)
            return when if when.precision is not Precision.UNKNOWN else without_time(words)
        case "before" | "after":
            when = _read(f"{asked.other} {_day(asked.day, 'day', begun)}", begun, "day")
            event = asked.event.strip()
            return When(when.earliest, when.latest, when.precision, given=f"{when.given}, {event}") if event else when
        case "between":
            first, last = _day(asked.day, "day", begun), _day(asked.last_day, "last_day", begun)
            return _between(first, last, begun)
        case "part":
            if asked.part not in PARTS:
                raise NotTold("part", no("part_missing", "Choose a part of the day."))
            return _read(f"{asked.part} of {_day(asked.day, 'day', begun)}", begun, "day")
        case "about" if not asked.clock.strip():
            return _read(f"about {_day(asked.day, 'day', begun)}", begun, "day")
        case _:
            day = _day(asked.day, "day", begun)
            return _read(_with_clock(day, asked, begun, about=asked.other == "about"), begun, "clock", asked.clock)


def _between(first: str, last: str, begun: datetime) -> When:
    start, end = read_words(first, begun), read_words(last, begun)
    if start.earliest is None or end.latest is None or end.latest < start.earliest:
        raise NotTold("last_day", no("days_turned", "The second day is before the first. Change one of them."))
    given = f"between {first} and {last}"
    if first == last:
        return When(start.earliest, end.latest, Precision.DAY, given=given)
    return When(start.earliest, end.latest, Precision.RANGE, given=given)


def _with_clock(day: str, asked: Asked, begun: datetime, *, about: bool) -> str:
    """Words for a day with a time of day."""
    clock = " ".join(asked.clock.split())
    if not clock:
        return day
    around = "about " if about and not _ABOUT.search(clock) else ""
    return f"{_spoken(_date(day, begun)) or day} {around}{_clock(clock)}"


def _clock(typed: str) -> str:
    """A browser's own time of day counts to 24; the morning and noon say so, for in words 10:15 is twice a day."""
    if not _PLAIN_CLOCK.match(typed):
        return typed
    hour = int(typed[:2])
    return f"{hour}:{typed[3:]}{'am' if hour < 12 else 'pm'}" if 1 <= hour <= 12 else typed


def _date(day: str, begun: datetime) -> date | None:
    """The one day that is meant by today, yesterday or a date in words."""
    when = read_words(day, begun)
    if when.precision is not Precision.DAY or when.earliest is None or when.latest is None:
        return None
    if when.latest - when.earliest > LONGEST_DAY:
        return None  # "last Tuesday" may be either of two
    return london_day(when.earliest)


def _spoken(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _day(typed: str, field: str, begun: datetime) -> str:
    """A typed day in words; every day that can be read will do, with the day before the month."""
    text = typed.strip()
    if not text:
        raise NotTold(field, no("day_missing", "Enter the day, such as 3 March or last Tuesday."))
    read = stamp(text)
    if read is not None and read.precision == "day" and (days := read.read("dmy")):
        return _spoken(days[0].date())
    if read_words(text, begun).precision is Precision.UNKNOWN:
        raise NotTold(
            field, no("day_unread", "“{said}” could not be read as a day. Enter it such as 3 March.", said=text)
        )
    return text


def _read(words: str, begun: datetime, field: str, said: str = "") -> When:
    when = read_words(words, begun)
    if when.precision is not Precision.UNKNOWN:
        return when
    raise NotTold(
        field,
        no("when_unread", "“{said}” could not be read as a time. Choose roughly when, or keep it without a time.",
           said=said or words),
    )  # fmt: skip
