"""When a service is open, and a clock that runs only while it is (pure).

Times are those of the clock in London. A window belongs to the day on which it opens, also where it runs past
midnight. No clock is read here: the moment is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words
from joindots.law.clocks import System, bank_holidays, holidays_known

DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
LOOKED_AHEAD = 62
"""Days in which the next opening is looked for: a service that opens once a month is found."""


class Holidays(StrEnum):
    """What a service does on bank holidays."""

    AS_USUAL = "as_usual"
    CLOSED = "closed"
    NOT_TOLD = "not_told"


class Open(StrEnum):
    """Whether a service is open; where nobody told its hours, that is not known, and never "closed"."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Window:
    """Open from one time of day to another, on these days of the week (Monday is 0).

    `closes` at or before `opens` is a time of the next day; equal times are a whole day. `weeks_of_month`: only on
    the first, second … such day of a month, -1 for the last; empty for every one. `every` second, third … week is
    counted from the week of `first`, which it then needs. `first` and `last` bound the days, both inclusive.
    """

    days: frozenset[int]
    opens: time
    closes: time
    weeks_of_month: frozenset[int] = frozenset()
    every: int = 1
    first: date | None = None
    last: date | None = None

    def on(self, day: date) -> bool:
        """Whether it opens on that day."""
        return (
            day.weekday() in self.days
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
            and (not self.weeks_of_month or bool(self.weeks_of_month & _places_in_month(day)))
            and (self.every == 1 or (self.first is not None and _weeks_between(self.first, day) % self.every == 0))
        )

    def span(self, day: date) -> tuple[datetime, datetime]:
        """Its first moment and the moment it ends, opened on that day.

        A time that the clock skips is the moment of the skip. A time that it shows twice opens at the first and
        closes at the second.
        """
        ends = day if self.closes > self.opens else day + DAY
        return _instant(day, self.opens, again=False), _instant(ends, self.closes, again=True)


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days on which other hours hold: closed, or these windows (their days of the week count for nothing)."""

    first: date
    last: date
    windows: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """When a service is open. `whole` is false where some of its hours could not be read: then what is not open by the
    windows is not known. An exception goes before a bank holiday, and a bank holiday before the week.
    """

    windows: tuple[Window, ...] = ()
    holidays: Holidays = Holidays.NOT_TOLD
    system: System = "england_wales"
    exceptions: tuple[Exceptional, ...] = ()
    whole: bool = True

    @property
    def told(self) -> bool:
        """Whether anybody told any hours."""
        return bool(self.windows or self.exceptions)

    def told_for(self, day: date) -> bool:
        """Whether anybody told hours that hold on a day or after: times that have all ended say nothing of today."""
        ends = (*(one.last for one in self.windows), *(one.last for one in self.exceptions))
        return any(last is None or day <= last for last in ends)

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Windows that open on a day, each with first moment and end, in order."""
        for one in self.exceptions:
            if one.first <= day <= one.last:
                return sorted(Window(EVERY_DAY, *each).span(day) for each in one.windows)
        if self.holidays is Holidays.CLOSED and day in bank_holidays(self.system):
            return []
        return sorted(window.span(day) for window in self.windows if window.on(day))

    def doubtful(self, day: date) -> bool:
        """Whether what the windows say of a day may be wrong: a bank holiday of which nobody told, or a year whose bank
        holidays are not published yet where they matter.
        """
        if any(one.first <= day <= one.last for one in self.exceptions) or self.holidays is Holidays.AS_USUAL:
            return False
        if not holidays_known(day.year, self.system):
            return day.weekday() in WEEKDAYS and any(window.on(day) for window in self.windows)
        return self.holidays is Holidays.NOT_TOLD and day in bank_holidays(self.system)


ALWAYS = Hours((Window(EVERY_DAY, time(), time()),), Holidays.AS_USUAL)
"""Day and night, bank holidays too."""


def state(hours: Hours, at: datetime) -> Open:
    """Whether it is open at a moment."""
    today = at.astimezone(LOCAL).date()
    holding = [day for day in (today - DAY, today) if any(first <= at < end for first, end in hours.spans(day))]
    if holding:
        return Open.NOT_KNOWN if all(map(hours.doubtful, holding)) else Open.OPEN
    return Open.CLOSED if hours.whole and hours.told_for(today) else Open.NOT_KNOWN


def openings(hours: Hours, after: datetime, days: int = LOOKED_AHEAD) -> Iterator[tuple[datetime, datetime]]:
    """Spans that have not ended at a moment, in order, from those opened on the day before; touching ones joined.

    Days of which the hours may be wrong are left out: nobody is told to ring then.
    """
    first = after.astimezone(LOCAL).date() - DAY
    held: tuple[datetime, datetime] | None = None
    for day in (first + n * DAY for n in range(days + 1)):
        for opens, closes in [] if hours.doubtful(day) else hours.spans(day):
            if closes <= after or closes <= opens:
                continue
            if held is not None and opens <= held[1]:
                held = (held[0], max(held[1], closes))
                continue
            if held is not None:
                yield held
            held = (opens, closes)
    if held is not None:
        yield held


def open_until(hours: Hours, at: datetime) -> datetime | None:
    """When it closes next, where it is open now; None where it is not, or does not close in the days looked at."""
    now = next(openings(hours, at), None)
    if now is None or now[0] > at or state(hours, at) is not Open.OPEN:
        return None
    return now[1] if now[1] - at < (LOOKED_AHEAD - 2) * DAY else None


def opens_next(hours: Hours, at: datetime) -> datetime | None:
    """When it opens next after a moment at which it is not open; None where no opening is known."""
    return next((opens for opens, _ in openings(hours, at) if opens > at), None)


def after_open_time(hours: Hours, start: datetime, amount: timedelta) -> datetime:
    """The moment at which so much time has passed while the service was open: the working-hours clock of call-backs.

    Days of which the hours are doubtful do not count. Refused where the service is not open long enough in the year
    that follows.
    """
    left = amount
    for opens, closes in openings(hours, start, days=366):
        begins = max(opens, start).astimezone(UTC)
        if left <= closes - begins:
            return (begins + left).astimezone(start.tzinfo)
        left -= closes - begins
    raise RuleBroken(
        words("never_open", "This clock cannot be counted: too few opening hours are set. Set the opening hours first.")
    )


def _places_in_month(day: date) -> set[int]:
    last = (day + 7 * DAY).month != day.month
    return {(day.day - 1) // 7 + 1, *({-1} if last else ())}


def _weeks_between(first: date, day: date) -> int:
    return ((day - day.weekday() * DAY) - (first - first.weekday() * DAY)).days // 7


def _instant(day: date, clock: time, *, again: bool) -> datetime:
    first, second = (datetime.combine(day, clock.replace(fold=fold), LOCAL).astimezone(UTC) for fold in (0, 1))
    if first > second:  # skipped: the clocks of London change at one o'clock universal time
        return datetime.combine(day, time(1), UTC)
    return second if again else first
