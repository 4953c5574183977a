"""Moments for invented files: runs of messages or calls, parted so that each run stands alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
APART = timedelta(hours=3)
"""At least so much lies between two runs: every rule of bundling tells them apart."""
NO_PHONE = (date(2025, 10, 10), date(2025, 10, 24))
"""Her phone was broken and no log was kept: from and to, both inclusive. Nothing of the story falls here."""


def local(clock: str) -> datetime:
    """A London time without a zone, as phones write it: `local("2025-06-26 19:02")`."""
    return datetime.fromisoformat(clock)


def days(first: date, last: date, *, without: Collection[date] = ()) -> list[date]:
    """The days from first to last, both inclusive, on which something could be recorded."""
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in every if not NO_PHONE[0] <= day <= NO_PHONE[1] and day not in without]


def run_starts(random: Random, number: int, on: list[date], *, also: Collection[date] = ()) -> list[datetime]:
    """Where that many runs begin, in order, local time without a zone: at most two on a day.

    The first and the last day are used, and the days of `also`.
    """
    sure = {on[0], on[-1], *also}
    free = [day for day in on if day not in sure]
    chosen = sorted([*sure, *random.sample([*free, *free], number - len(sure))])
    starts: list[datetime] = []
    for place, day in enumerate(chosen):
        second = place > 0 and chosen[place - 1] == day
        first_of_two = place + 1 < len(chosen) and chosen[place + 1] == day
        evening = second or (not first_of_two and random.random() < 0.7)
        hour, span = (18, 4) if evening else (7, 5)
        starts.append(datetime.combine(day, time(hour)) + timedelta(minutes=random.randrange(60 * span)))
    return starts


def shares(random: Random, total: int, parts: int, least: int, most: int) -> list[int]:
    """`total` cut into that many sizes between least and most."""
    sizes = [least] * parts
    left = total - least * parts
    while left:
        place = random.randrange(parts)
        more = min(left, random.randint(1, 4), most - sizes[place])
        sizes[place] += more
        left -= more
    return sizes


def clustered(random: Random, start: datetime, size: int, most_pause: int) -> Iterator[datetime]:
    """The moments of one run; pauses of up to `most_pause` seconds, and the whole well under the gap between runs."""
    longest = min(most_pause, int(APART.total_seconds()) // (2 * max(size, 1)))
    for _ in range(size):
        yield start
        start += timedelta(seconds=random.randint(1, longest))


def milliseconds(local: datetime) -> int:
    """A London time as a phone stores it: milliseconds since 1970, UTC."""
    return int(local.replace(tzinfo=LONDON).timestamp() * 1000)
