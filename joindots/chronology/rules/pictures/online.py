"""How much of what is told was done online, in equal times: so many of so many, and how much a source covers (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from joindots.chronology.rules.pictures.told import LANE_OF, LOG, Coverage, Window

ONLINE: Final = frozenset(
    ("whatsapp", "imessage", "email", "messenger", "instagram", "snapchat", "telegram", "post")
)  # fmt: skip
"""Channels that need the internet. Texts, calls, voicemail, payments and letters do not."""
KIND: Final = "online"
"""The kind of entries of the log that are online."""
LEAST: Final = 10
"""Of fewer acts no share is said: one more or less would turn it over."""


@dataclass(frozen=True, slots=True)
class Share:
    """Of the acts of some days, how many were online; and on how many of these days a source looked."""

    window: Window
    online: int
    number: int
    covered: int

    @property
    def percent(self) -> int | None:
        """Whole per cent; None of too few acts, or where a source does not cover every day."""
        if self.number < LEAST or self.covered < len(self.window):
            return None
        return round(100 * self.online / self.number)


def shares(
    counts: Iterable[tuple[str, date | None, int]], entries: Iterable[tuple[date | None, tuple[str, ...]]],
    parts: Iterable[Window], coverage: Coverage,
) -> tuple[Share, ...]:  # fmt: skip
    """The share of each part. `counts` are channel, day and number of acts; `entries` day and kinds of each entry of
    the log, each one act. Rows of somebody's own log are no acts, and what has no known day stands in no part.
    """
    online: Counter[date] = Counter()
    every: Counter[date] = Counter()
    known: set[date] = set()
    for channel, day, number in counts:
        if day is None or channel not in LANE_OF:
            continue
        known.add(day)
        if LANE_OF[channel].code != LOG:
            every[day] += number
            online[day] += number * (channel in ONLINE)
    for day, kinds in entries:
        if day is not None:
            known.add(day)
            every[day] += 1
            online[day] += KIND in kinds
    return tuple(
        Share(
            part, sum(online[day] for day in part.days()), sum(every[day] for day in part.days()),
            sum(day in known or day in coverage for day in part.days()),
        )
        for part in parts
    )  # fmt: skip
