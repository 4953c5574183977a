"""Clock time on a device to an interval in UTC, with every doubt kept.

Where the clocks go back an hour happens twice; where they go forward one does not happen at all.
Nothing here picks one silently.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import TimeFlag

LONDON = "Europe/London"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
_NEAR = 121
"""Minutes beside an end of a stretch in which an hour that does not exist may widen it."""
STEPS = {"second": timedelta(0), "minute": timedelta(seconds=59), "day": timedelta(days=1) - SECOND}
"""How far the last second of the unit lies behind its first."""


class Span(NamedTuple):
    """Earliest and latest moment in UTC, both inclusive, and what is doubtful about them."""

    earliest: datetime
    latest: datetime
    flags: tuple[TimeFlag, ...] = ()


class Zone:
    """A zone's rule for turning local clock readings into UTC."""

    def __init__(self, name: str = LONDON) -> None:
        try:
            self.info = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise not_readable(
                "unknown_zone",
                "{name} is not a time zone known here. Use a name such as Europe/London or Europe/Madrid.",
                name=name,
            ) from None
        self.name = name

    def span(self, local: datetime, precision: str = "second") -> Span:
        """The interval in UTC of a local clock reading to the second, minute or day.

        A reading in the hour that comes twice gives both, flagged `dst_ambiguous`. One in the hour
        that does not exist gives the hour around it, flagged `dst_gap`: the zone is then in doubt.
        """
        end = local + STEPS[precision]
        first, second = self._utc(local, 0), self._utc(local, 1)
        if precision == "day":
            return Span(first, self._utc(end, 0))
        if first == second:
            return Span(first, first + STEPS[precision])
        low, high = min(first, second), max(first, second)
        flag: TimeFlag = "dst_ambiguous" if self._exists(local) else "dst_gap"
        return Span(low, high + STEPS[precision], (flag,))

    def stretch(self, start: datetime, end: datetime) -> Span:
        """The interval in UTC from one local clock reading to another, both inclusive.

        Readings inside it that do not exist may have been on a clock of the old or the new time: both are covered.
        """
        low, high = self.span(start).earliest, self.span(end).latest
        if all(self._utc(end, fold) - self._utc(start, fold) == end - start for fold in (0, 1)):
            return Span(low, high)
        near = [one for step in range(_NEAR) for one in (start + step * MINUTE, end - step * MINUTE)]
        missing = [self.span(one, "minute") for one in near if start <= one <= end and not self._exists(one)]
        return Span(min((low, *(one.earliest for one in missing))), max((high, *(one.latest for one in missing))))

    def _utc(self, local: datetime, fold: int) -> datetime:
        return local.replace(tzinfo=self.info, fold=fold).astimezone(UTC)

    def _exists(self, local: datetime) -> bool:
        back = self._utc(local, 0).astimezone(self.info).replace(tzinfo=None)
        return back == local


def utc_from_ms(milliseconds: int) -> datetime:
    """Milliseconds since 1970 in UTC, cut to the second."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC)
