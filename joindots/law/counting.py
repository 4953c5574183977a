"""Says in sentences how a clock was counted, so that whoever reads the day can count it again (pure).

One sentence for each way of counting in `clocks`: which day is the first, which is the last, what was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from joindots.kernel.when import LOCAL
from joindots.law import clocks
from joindots.law.clocks import System, bank_holidays

SHOWN = 12
"""Days left out that are named one by one; of more than that the number is told."""


def day_said(day: date) -> str:
    """A day with its weekday: "Monday 2 March 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment_said(at: datetime) -> str:
    """A moment on the clock of its own zone, with the day."""
    return f"{at:%H:%M} on {day_said(at.date())}"


def so_many(number: int, what: str) -> str:
    """A number of things: "1 month", "3 months"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def away(number: int, what: str) -> str:
    """How far, and which way: "3 months after", "1 week before"."""
    return f"{so_many(abs(number), what)} {'before' if number < 0 else 'after'}"


def inclusive(start: date, number: int, end: date) -> list[str]:
    """Days of which the start is the first."""
    return [
        f"Day 1 is {day_said(start)} itself; day {number} is {day_said(end)}.",
        "Every day counts: no weekend or holiday is left out.",
    ]


def calendar_days(start: date, number: int, end: date) -> list[str]:
    """Days after the start, or before it."""
    if number < 0:
        return [f"{so_many(-number, 'calendar day')} before {day_said(start)}, which is not counted: {day_said(end)}."]
    return [f"{day_said(start)} is not counted; {so_many(number, 'calendar day')} later is {day_said(end)}."]


def weeks(start: date, number: int, end: date) -> list[str]:
    """The same day of the week, weeks later."""
    return [f"The same day of the week, {away(number, 'week')} {day_said(start)}: {day_said(end)}."]


def months(start: date, number: int, end: date) -> list[str]:
    """The same day of a later month."""
    told = [f"The same day of the month, {away(number, 'month')} {day_said(start)}: {day_said(end)}."]
    if end.day != start.day:
        told.append(f"{end:%B %Y} has no day {start.day}, so its last day counts.")
    return told


def months_next_day(start: date, number: int, end: date) -> list[str]:
    """Months whose first day is the day after the start."""
    first = start + timedelta(days=1)
    return [
        f"Counted from the day after, {day_said(first)}: {so_many(number, 'month')} whose last day is {day_said(end)}."
    ]


def months_first_day(start: date, number: int, end: date) -> list[str]:
    """Months of which the start is the first day."""
    return [f"{day_said(start)} is the first day; the last day of {so_many(number, 'month')} is {day_said(end)}."]


def years_on(start: date, number: int, end: date) -> list[str]:
    """The same day of a later year."""
    told = [f"The same day, {away(number, 'year')} {day_said(start)}: {day_said(end)}."]
    if end.day != start.day:
        told.append(f"{end.year} has no 29 February, so the 28th counts.")
    return told


def years(start: date, number: int, end: date) -> list[str]:
    """Years of which the start is the first day."""
    return [f"{day_said(start)} is the first day; the last day of {so_many(number, 'year')} is {day_said(end)}."]


def working_days(start: date, number: int, end: date, system: System = "england_wales") -> list[str]:
    """Working days after the start, with each day that was left out and why."""
    left = list(_left_out(start, end, system))
    told = [f"{day_said(start)} is not counted; working day {number} after it is {day_said(end)}."]
    return [*told, _left(left)]


def _left_out(start: date, end: date, system: System) -> Iterator[str]:
    holidays = bank_holidays(system)
    for offset in range(1, (end - start).days):
        day = start + timedelta(days=offset)
        if day in holidays:
            yield f"{day_said(day)} ({holidays[day]})"
        elif not clocks.is_working_day(day, system):
            yield day_said(day)


def _left(days: list[str]) -> str:
    if not days:
        return "No day was left out."
    if len(days) > SHOWN:
        return f"{len(days)} days of weekends and bank holidays were left out."
    return f"Left out: {'; '.join(days)}."


def hours(start: datetime, number: int, end: datetime) -> list[str]:
    """Hours that pass, weekend and night alike."""
    way = f"{'passes' if abs(number) == 1 else 'pass'} {'before' if number < 0 else 'after'}"
    passing = f"{so_many(abs(number), 'hour')} that {way} {moment_said(start)}"
    told = [f"{passing}: {moment_said(end)}. Nights and weekends count."]
    if start.utcoffset() != end.utcoffset():
        told.append("The clocks change in between: each hour is counted as it passes.")
    return [*told, *_came_twice(start)]


def _came_twice(start: datetime) -> Iterator[str]:
    """That the clock showed a time twice, and which of the two was counted from."""
    first, second = start.replace(fold=0), start.replace(fold=1)
    if first.tzinfo is LOCAL and first.utcoffset() != second.utcoffset():
        told = "second" if start.fold else "first"
        counted = f"this counts from the {told}. Write +00:00 after a time to mean the second."
        yield f"The clock showed {start:%H:%M} twice that night; {counted}"


def hours_leaving_out(start: datetime, number: int, end: datetime) -> list[str]:
    """Hours of days that are no Sunday, Christmas Day, Good Friday or bank holiday."""
    first = start.astimezone(LOCAL).date()
    holidays = bank_holidays()
    left = [
        f"{day_said(day)}{f' ({holidays[day]})' if day in holidays else ''}"
        for day in (first + timedelta(days=n) for n in range((end.date() - first).days + 1))
        if not clocks.counts_for_hearing(day)
    ]
    passed = (end.astimezone(UTC) - start.astimezone(UTC)) // timedelta(hours=1)
    return [
        f"{number} hours after {moment_said(start.astimezone(LOCAL))}, {passed} by the clock: {moment_said(end)}.",
        f"{_left(left)} Saturdays count.",
        *_came_twice(start),
    ]


SAID: Mapping[Callable[..., object], Callable[..., list[str]]] = {
    clocks.inclusive_days: inclusive, clocks.days_after: calendar_days, clocks.weeks_after: weeks,
    clocks.months_after: months, clocks.months_from_next_day: months_next_day, clocks.years_inclusive: years,
    clocks.months_inclusive: months_first_day, clocks.years_after: years_on,
    clocks.add_working_days: working_days, clocks.hours_after: hours,
    clocks.hours_leaving_out_holidays: hours_leaving_out,
}  # fmt: skip
"""How each way of counting is said; a way without its sentences cannot be asked for (a test holds it)."""
