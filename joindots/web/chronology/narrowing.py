"""What a page is narrowed to, in its address: days from and to, a lane, a direction, whose, without messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from joindots.chronology.rules.pictures.told import BY_CODE, LANE_OF, LANE_OF_KIND, LANES, Lane, Told, Window
from joindots.evidence.queries import DayTold, EntryMark, IncidentView, Only
from joindots.evidence.rules.entries import direction_of

MESSAGES = "messages"
DIRECTIONS = {"in": "received", "out": "sent", "unknown": "not known which way"}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """As asked. `lane` is a code of the fixed order; `direction` as in a record; `quiet` leaves messages out.

    `who` is a code of `whose`, and `senders` who that is in the files (`whose.looked_up`).
    """

    window: Window | None = None
    lane: str = ""
    direction: str = ""
    quiet: bool = False
    who: str = ""
    senders: frozenset[tuple[int, int]] | None = field(default=None, compare=False)

    @property
    def only(self) -> Only:
        """The same for a query of evidence."""
        lanes = [BY_CODE[self.lane]] if self.lane else [lane for lane in LANES if lane.code != MESSAGES]
        if not (self.lane or self.quiet):
            return Only(direction=self.direction, senders=self.senders)
        channels = frozenset(channel for lane in lanes for channel in lane.channels)
        kinds = frozenset(lane.kind for lane in lanes if lane.kind)
        return Only(channels, kinds, self.direction, self.senders)

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return self != Narrowed()

    def address(self, **more: str) -> str:
        """The words after the question mark."""
        said = {"lane": self.lane, "way": self.direction, "quiet": "yes" if self.quiet else "", "who": self.who}
        if self.window:
            said |= {"since": str(self.window.first), "until": str(self.window.last)}
        return urlencode({name: value for name, value in {**said, **more}.items() if value})


def narrowed(given: QueryDict) -> Narrowed:
    """As the address says; a part that makes no sense is passed over."""
    first, last = _day(given.get("since", "")), _day(given.get("until", ""))
    window = Window(first, last) if first and last and first <= last else None
    lane, direction = given.get("lane", ""), given.get("way", "")
    lane = lane if lane in BY_CODE else ""
    direction = direction if direction in DIRECTIONS else ""
    return Narrowed(window, lane, direction, given.get("quiet") == "yes", given.get("who", "")[:36])


def told_of(counts: tuple[DayTold, ...], only: Only) -> tuple[Told, ...]:
    """The counts of evidence in the lanes of the pictures. Photos and files are no acts and have no lane."""
    return tuple(
        Told(one.day, LANE_OF[one.channel].code, one.direction, one.number)
        for one in counts if only.lets(one) and one.channel in LANE_OF
    )  # fmt: skip


def entries_told(entries: Iterable[EntryMark], only: Only) -> tuple[Told, ...]:
    """Entries of the log, each one act of the lane of its first kind; an entry that tells of twelve is still one."""
    return tuple(
        Told(one.day, lane_of(one).code, direction_of(one.doer), 1)
        for one in entries if only.lets_entry(one.kinds, one.doer)
    )  # fmt: skip


def lane_of(entry: EntryMark | IncidentView) -> Lane:
    """Where an entry of the log stands in the pictures."""
    return LANE_OF_KIND.get(entry.kinds[0] if entry.kinds else "other", BY_CODE["other"])


def lane_words(code: str) -> str:
    """The name of a lane."""
    return next(lane.name for lane in LANES if lane.code == code)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
