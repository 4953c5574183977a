"""Which number of a date is the day: proven by the form or by the file's own dates, else asked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.whatsapp.clock_words import YEAR_FIRST_WORDS, bare, half
from joindots.evidence.readers.whatsapp.headers import Learned

Order = Literal["dmy", "mdy", "ymd", "ydm"]
ORDERS: Final[tuple[Order, ...]] = ("dmy", "mdy", "ymd", "ydm")
FIRST_YEAR, LAST_YEAR = 1970, 2050
"""Outside these a year belongs to another calendar (Buddhist 2567, Persian 1403, Taiwan's 113)."""
WHATSAPP_BEGAN: Final = 2009
LONG_STEP: Final = 2
"""Days back from one line to the next that late delivery does not explain."""
_ALWAYS_YEAR_FIRST = frozenset("午前 午後 오전 오후".split())
"""Japan and Korea write no date in another order."""
_NUMBERS = re.compile(r"\d+")
_YEAR_FIRST_WORDS = frozenset(word.casefold() for word in YEAR_FIRST_WORDS) | frozenset(map(bare, YEAR_FIRST_WORDS))


def numbers(raw: bytes) -> tuple[int, ...]:
    """The numbers of a date or clock, in any script."""
    return tuple(map(int, _NUMBERS.findall(raw.decode("utf-8", "replace"))))


def civil(three: tuple[int, ...], order: Order) -> date | None:
    """The day that three numbers mean in one order; None where there is no such day."""
    if len(three) != 3:
        return None
    year, month, day = (three[order.index(c)] for c in "ymd")
    if year < 100:
        year += 2000
        if order[0] == "y" and year < WHATSAPP_BEGAN:
            return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def second_of_day(raw: bytes) -> int:
    """Seconds since midnight of a clock reading, with or without a word for the half of the day; -1 if none."""
    found = _CLOCK.match(raw) or _CLOCK.search(raw)
    if found is None:
        text = raw.decode("utf-8", "replace")
        if text.isascii():
            return -1
        return second_of_day("".join(str(int(c)) if c.isdecimal() else c for c in text).encode())
    hour, minute, second = map(int, found.groups(b"0"))
    around = raw[: found.start()] + raw[found.end() :]
    which = _half_of(around) if around else None
    if which is not None and hour <= 12:
        hour = hour if which == _NOON and hour in (10, 11) else hour % 12 + 12 * (which > 0)
    hour = 0 if hour == 24 else hour
    if hour > 23 or minute > 59 or second > 59:
        return -1
    return hour * 3600 + minute * 60 + second


_CLOCK = re.compile(rb"(\d+)[^\d]+(\d+)(?:[^\d]+(\d+))?")
_NOON: Final = 2


@lru_cache(maxsize=256)
def _half_of(around: bytes) -> int | None:
    """0 or 1 for the half of the day that the words round a clock reading name, 2 for noon, None for none."""
    word = around.decode("utf-8", "replace")
    return _NOON if bare(word) == "中午" else half(word)


@dataclass(slots=True)
class Decided:
    """The order, or, where the file cannot tell, every order that is possible."""

    order: Order
    """The order used to follow the file's course; the first of the open ones while the question is open."""
    open: tuple[Order, ...] = ()


@dataclass(slots=True)
class _Course:
    """How the dates run when read in one order."""

    impossible: int = 0
    back: int = 0
    ahead_of: Counter[Order] = field(default_factory=Counter)
    """By another order: steps that run forward in this one and far back in the other."""
    early: int = 0
    """Dates before there was such a chat."""
    last: int = 0


@dataclass(slots=True)
class Course:
    """Watches the dates of a file, one call for each change of date, and decides their order."""

    learned: Learned
    possible: tuple[Order, ...] = ()
    changes: int = 0
    differs: int = 0
    """Changes of date whose readings differ between the possible orders."""
    courses: dict[Order, _Course] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.possible = possible_orders(self.learned)
        self.courses = {order: _Course() for order in self.possible}

    def see(self, raw: bytes) -> None:
        """The next line's date is not the last line's."""
        three = numbers(raw)
        self.changes += 1
        steps: dict[Order, int] = {}
        days = set()
        for order, course in self.courses.items():
            day = civil(three, order)
            if day is None:
                course.impossible += 1
                continue
            ordinal = day.toordinal()
            days.add(ordinal)
            steps[order] = ordinal - course.last
            course.last = ordinal
            course.early += day.year < WHATSAPP_BEGAN
        self.differs += len(days) > 1
        for order in [order for order, step in steps.items() if step < -LONG_STEP]:
            self.courses[order].back += 1
            for other, step in steps.items():
                self.courses[other].ahead_of[order] += step >= 0

    def best(self) -> Order:
        """The order with the fewest impossible dates, then the fewest steps back, then the first."""
        return min(self.possible, key=lambda o: (self.courses[o].impossible, self.courses[o].back))

    def decide(self) -> Decided:
        """Proven, or open between those orders in which every date exists."""
        open_ = self._existing()
        if len(open_) == 1 or not self.differs or not may_be_month_first(self.learned):
            return self._checked(open_[0])
        for first in open_:
            if all(self._runs_better(first, other) for other in open_ if other != first):
                return self._checked(first)
        return Decided(open_[0], tuple(open_))

    def _runs_better(self, one: Order, other: Order) -> bool:
        """Whether the file runs forward in one order where it would leap back in the other, and not the reverse."""
        for_it, against = self.courses[one].ahead_of[other], self.courses[other].ahead_of[one]
        return for_it >= 1 if against == 0 else for_it >= 5 and for_it >= 5 * against

    def _existing(self) -> list[Order]:
        """The orders in which the dates exist. Damaged or quoted lines, unless they are most of them, prove nothing."""
        likely = [o for o in self.possible if o[0] != "y"] or list(self.possible)
        for orders in (list(self.possible) if year_may_come_first(self.learned) else likely, list(self.possible)):
            least = min(self.courses[o].impossible for o in orders)
            if least * 2 <= self.changes:
                return [o for o in orders if self.courses[o].impossible == least]
        raise self._no_calendar()

    def _checked(self, order: Order) -> Decided:
        if self.courses[order].early * 2 > self.changes:
            raise self._no_calendar()
        return Decided(order)

    def _no_calendar(self) -> Exception:
        return not_readable(
            "whatsapp_calendar",
            "The dates of this chat, such as {example}, are not dates of the ordinary (Gregorian) calendar since "
            "WhatsApp began in 2009, so no time was read from them. Set the phone's calendar to Gregorian in its "
            "settings for date and region, and export the chat again.",
            example=self.learned.example.strip(" -[]"),
        )


def possible_orders(learned: Learned) -> tuple[Order, ...]:
    """The orders that the form leaves open, the likeliest first."""
    if learned.form.year_first:
        return ("ymd", "ydm")
    if learned.form.years[1]:
        return ("dmy", "mdy")
    if learned.words & _ALWAYS_YEAR_FIRST:
        return ("ymd", "ydm")
    return ("dmy", "mdy", "ymd", "ydm")


def year_may_come_first(learned: Learned) -> bool:
    """Whether a year of two digits may stand first: written so only beside certain words, or as `24. 3. 12.`."""
    form = learned.form
    if form.years[0] or form.years[1]:
        return form.year_first
    words = bool(learned.words & _YEAR_FIRST_WORDS) and (form.word == "before" or form.between[0].strip() == "-")
    return words or "h" in form.clock[0] or form.between[2].strip() == "."


def may_be_month_first(learned: Learned) -> bool:
    """Whether any phone writes this form with the month before the day.

    Dotted dates (12.03.24) are day first in every locale of the Unicode repository (CLDR) that has them,
    as are dates with U+200F inside, which come from the Arabic pattern `d U+200F / M U+200F / y`; and a
    date that opens with the year is followed by the month everywhere. Slashes and hyphens prove nothing.
    """
    form = learned.form
    if possible_orders(learned)[0] == "ymd":
        return False
    dotted = form.between[0].strip() == "." and form.between[2].strip() != "."
    return not dotted and not learned.right_to_left


def answered(value: object, course: Course) -> Decided:
    """The order a person gave; a plain refusal where dates of the file do not exist in it."""
    if value not in course.courses:
        raise not_readable(
            "whatsapp_date_order",
            "{value} is not a possible order of the dates in this chat, such as {example}. Answer one of {orders}.",
            value=value,
            example=course.learned.example.strip(" -[]"),
            orders=", ".join(course.possible),
        )
    order = next(o for o in ORDERS if o == value)
    least = min(c.impossible for c in course.courses.values())
    if course.courses[order].impossible > least:
        better = next(o for o in course.possible if course.courses[o].impossible == least)
        raise not_readable(
            "whatsapp_date_order",
            "The dates of this chat cannot be read as {order}: {count} of them would have a month above 12 or a "
            "day that does not exist. Change the answer to {better}, or take it out.",
            order=order,
            count=course.courses[order].impossible,
            better=better,
        )
    return Decided(order)
