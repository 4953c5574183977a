"""What a page is narrowed to, in its address: days from and to, a lane, a direction, without messages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from joindots.chronology.rules.pictures.told import BY_CODE, LANE_OF, LANES, Told, Window
from joindots.evidence.queries import DayTold, Only

MESSAGES = "messages"
DIRECTIONS = {"in": "received", "out": "sent", "unknown": "not known which way"}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """As asked. `lane` is a code of the fixed order; `direction` as in a record; `quiet` leaves messages out."""

    window: Window | None = None
    lane: str = ""
    direction: str = ""
    quiet: bool = False

    @property
    def only(self) -> Only:
        """The same for a query of evidence."""
        channels = BY_CODE[self.lane].channels if self.lane else frozenset[str]()
        if self.quiet and not self.lane:
            channels = frozenset(channel for channel, lane in LANE_OF.items() if lane.code != MESSAGES)
        return Only(channels, self.direction)

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return self != Narrowed()

    def address(self, **more: str) -> str:
        """The words after the question mark."""
        said = {"lane": self.lane, "way": self.direction, "quiet": "yes" if self.quiet else ""}
        if self.window:
            said |= {"from": str(self.window.first), "to": str(self.window.last)}
        return urlencode({name: value for name, value in {**said, **more}.items() if value})

    def to(self, window: Window | None = None, **parts: object) -> Narrowed:
        """Narrowed otherwise."""
        return replace(self, window=window or self.window, **parts)  # type: ignore[arg-type]  # names of our own


def narrowed(given: QueryDict) -> Narrowed:
    """As the address says; a part that makes no sense is passed over."""
    first, last = _day(given.get("from", "")), _day(given.get("to", ""))
    window = Window(first, last) if first and last and first <= last else None
    lane, direction = given.get("lane", ""), given.get("way", "")
    if lane not in BY_CODE or not BY_CODE[lane].channels:
        lane = ""
    return Narrowed(window, lane, direction if direction in DIRECTIONS else "", given.get("quiet") == "yes")


def told_of(counts: tuple[DayTold, ...], only: Only) -> tuple[Told, ...]:
    """The counts of evidence in the lanes of the pictures. Photos and files are no acts and have no lane."""
    return tuple(
        Told(one.day, LANE_OF[one.channel].code, one.direction, one.number)
        for one in counts if only.lets(one) and one.channel in LANE_OF
    )  # fmt: skip


def lane_words(code: str) -> str:
    """The name of a lane."""
    return next(lane.name for lane in LANES if lane.code == code)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
