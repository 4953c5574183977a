"""How many contacts each day has and in which hours of it they begin: what pictures of a million are drawn from.

Hours are one whole number with a place for each, so that those of many rows are added like any numbers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from joindots.evidence.readers.records import Communication
from joindots.evidence.rules import codes
from joindots.evidence.rules.arriving import A_DAY, AN_HOUR, spread
from joindots.kernel.when import LOCAL

DayOf = tuple[date | None, int, int, int]
"""A day, channel, direction and sender."""
HOURS: Final = 24
PLACE: Final = 32
"""Bits of one hour: four thousand million contacts."""
TIMED: Final = frozenset(("second", "minute"))


@dataclass(slots=True)
class Days:
    """Contacts by day, channel, direction and sender; and how many of them begin in each hour of that day."""

    numbers: Counter[DayOf] = field(default_factory=Counter)
    hours: Counter[DayOf] = field(default_factory=Counter)

    def add(self, one: Communication, sender: int) -> None:
        """Count a contact. It has an hour if its time is known to the minute, and a day if it spans no more."""
        local = _began(one, A_DAY)
        channel, direction = codes.CHANNEL_OF[one.channel], codes.DIRECTION_OF[one.direction]
        where = (local.date() if local else None, channel, direction, sender)
        self.numbers[where] += 1
        if local and one.precision in TIMED and spread(one.at_earliest, one.at_latest) < AN_HOUR:
            self.hours[where] += at_hour(local.hour)

    @property
    def total(self) -> int:
        """All contacts."""
        return sum(self.numbers.values())


def at_hour(hour: int, number: int = 1) -> int:
    """So many contacts in this hour."""
    return number << (PLACE * hour)


def packed(hours: int) -> bytes:
    """As a row keeps it: no more bytes than the latest hour needs, and none where there is no contact."""
    return hours.to_bytes((hours.bit_length() + 7) // 8, "little")


def unpacked(kept: bytes | memoryview) -> int:
    """What `packed` kept."""
    return int.from_bytes(kept, "little")


def by_hour(hours: int) -> tuple[int, ...]:
    """The number of each of the 24 hours."""
    return tuple(hours >> (PLACE * hour) & ((1 << PLACE) - 1) for hour in range(HOURS))


def day_of(one: Communication) -> date | None:
    """The day in London on which a record begins; None if that is not known or it spans more than a day."""
    local = _began(one, A_DAY)
    return local.date() if local else None


def _began(one: Communication, most: int) -> datetime | None:
    """When a record began, in London time, if both its ends are known and lie less than so many seconds apart."""
    if one.at_earliest is None or one.at_latest is None or spread(one.at_earliest, one.at_latest) >= most:
        return None
    return one.at_earliest.astimezone(LOCAL)
