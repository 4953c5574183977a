"""Calendars as RFC 5545 has them: how many things wait on a day, and no name, place or word of what they are (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from joindots.kernel.when import london_day

QUARTER = timedelta(minutes=15)


def of_work(days: Iterable[tuple[date, datetime | None]], at: datetime, salt: str) -> bytes:
    """A feed of what waits: one entry a day that says how many, and one of a quarter of an hour at each set time.

    What is over its day waits today.
    `salt` is the feed's own, so that no entry of one feed is known again in another.
    """
    today = london_day(at)
    found = [(max(day, today), moment if moment and moment >= at else None) for day, moment in days]
    book = _book()
    for day, number in sorted(Counter(day for day, _ in found).items()):
        entry = _entry(f"{salt}|{day}", f"Work: {number} due", at)
        entry.add("dtstart", day)
        entry.add("dtend", day + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
        book.add_component(entry)
    for moment, number in sorted(Counter(moment for _, moment in found if moment).items()):
        entry = _entry(f"{salt}|{moment.isoformat()}", "Work" if number == 1 else f"Work: {number}", at)
        entry.add("dtstart", moment.astimezone(UTC))
        entry.add("dtend", (moment + QUARTER).astimezone(UTC))
        book.add_component(entry)
    return bytes(book.to_ical())


def of_appointment(starts: datetime, title: str, at: datetime, salt: str) -> bytes:
    """One entry for somebody who asked for it: a neutral title, a quarter of an hour, nothing else."""
    book = _book()
    entry = _entry(f"{salt}|{starts.isoformat()}", title, at)
    entry.add("dtstart", starts.astimezone(UTC))
    entry.add("dtend", (starts + QUARTER).astimezone(UTC))
    entry.add("class", "PRIVATE")
    book.add_component(entry)
    return bytes(book.to_ical())


def _book() -> Calendar:
    book = Calendar()
    book.add("prodid", "-//Calendar//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", "Work")
    return book


def _entry(key: str, title: str, at: datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{sha256(key.encode()).hexdigest()[:32]}@calendar.invalid")
    entry.add("dtstamp", at.astimezone(UTC))
    entry.add("summary", title)
    return entry
