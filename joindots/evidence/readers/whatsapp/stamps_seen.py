"""What the dates and clock readings of a chat mean in seconds, each spelling worked out once."""

from __future__ import annotations

from typing import Final

from joindots.evidence.readers.whatsapp.dates import Order, civil, numbers, second_of_day

DAY: Final = 86_400
NEVER: Final = -(1 << 60)
"""Stands for a date or clock reading that does not exist."""


class Seconds(dict[bytes, int]):
    """Second of the day by clock reading as shown.

    A clock with seconds shows 86,400 readings, so those in European digits are put together from parts.
    """

    def __init__(self) -> None:
        super().__init__()
        self._hours: dict[bytes, int] = {}
        """Seconds by hour and word, as in `2` and ` PM`."""

    def __missing__(self, raw: bytes) -> int:
        try:
            hour, minute, rest = raw.split(b":")
            second = self._hours[hour + rest[2:]] + _MINUTES[minute] + _SECONDS[rest[:2]]
        except (ValueError, KeyError):
            second = second_of_day(raw)
            second = NEVER if second < 0 else self._learn(raw, second)
        self[raw] = second
        return second

    def _learn(self, raw: bytes, second: int) -> int:
        hour, _, rest = raw.partition(b":")
        if hour.isdigit() and rest[:2] in _MINUTES and rest[2:3] == b":" and rest[3:5] in _SECONDS:
            self._hours[hour + rest[5:]] = second - second % 3600
        return second

    def trim(self) -> None:
        """Forget what would take too much memory: many spellings, as only a made-up file has."""
        if len(self) > 200_000:
            self.clear()


_MINUTES = {b"%02d" % n: 60 * n for n in range(60)}
_SECONDS = {b"%02d" % n: n for n in range(60)}


class Midnights(dict[bytes, int]):
    """Seconds of a date's midnight, counted from day 1 of year 1, by date as shown."""

    def __init__(self, order: Order) -> None:
        self.order = order

    def __missing__(self, raw: bytes) -> int:
        day = civil(numbers(raw), self.order)
        if len(self) > 100_000:
            self.clear()
        self[raw] = second = day.toordinal() * DAY if day else NEVER
        return second
