"""Records counted as they pass: by kind and channel, their period, and the bytes they place."""

from __future__ import annotations

from datetime import datetime

import msgspec

from joindots.evidence.readers.records import Communication


class Counts(msgspec.Struct):
    """The counts of the records of one or several files. They add up, so a child may count for its parent."""

    records: int = 0
    kinds: dict[str, int] = {}
    channels: dict[str, int] = {}
    placed: int = 0
    """Bytes placed. Records that follow each other and share their bytes place them once."""
    earliest: datetime | None = None
    latest: datetime | None = None
    last: tuple[str | None, int | None] | None = None

    def add(self, one: Communication) -> None:
        """Count one record."""
        self.records += 1
        kinds, channels, place = self.kinds, self.channels, one.place
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
        channels[one.channel] = channels.get(one.channel, 0) + 1
        if place.length is not None and self.last != (at := (place.member, place.byte)):
            self.last = at
            self.placed += place.length
        if (at_earliest := one.at_earliest) and (self.earliest is None or at_earliest < self.earliest):
            self.earliest = at_earliest
        if (at_latest := one.at_latest) and (self.latest is None or at_latest > self.latest):
            self.latest = at_latest

    def merge(self, other: Counts) -> None:
        """Add the counts of another file."""
        self.records += other.records
        self.placed += other.placed
        for mine, theirs in ((self.kinds, other.kinds), (self.channels, other.channels)):
            for name, count in theirs.items():
                mine[name] = mine.get(name, 0) + count
        self.earliest = min(filter(None, (self.earliest, other.earliest)), default=None)
        self.latest = max(filter(None, (self.latest, other.latest)), default=None)
        self.last = None
