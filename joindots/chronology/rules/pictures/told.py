"""Counts of acts by day, in lanes of behaviour, and the window of days that is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from joindots.chronology.rules.coverage import Period
from joindots.kernel.when import london_day

Family = Literal["contact", "presence", "things", "others", "threats", "told"]
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


class Lane(NamedTuple):
    """One kind of behaviour, as the pictures part them."""

    code: str
    name: str
    family: Family
    channels: frozenset[str]
    kind: str
    """The kind of entries of the log that stands here, or none."""
    unit: tuple[str, str]
    """What one of them is called, and several."""


LANES: Final = (
    Lane(
        "messages", "Messages", "contact",
        frozenset(
            ("whatsapp", "sms", "mms", "imessage", "email", "messenger", "instagram", "snapchat", "telegram")
        ),
        "message", ("message", "messages"),
    ),
    Lane("calls", "Calls", "contact", frozenset(("call", "voicemail")), "call", ("call", "calls")),
    Lane("online", "Online", "contact", frozenset(), "online", ("act online", "acts online")),
    Lane("publishing", "Publishing", "contact", frozenset(("post",)), "", ("post", "posts")),
    Lane("approach", "Approach, loitering", "presence", frozenset(), "near", ("approach", "approaches")),
    Lane("property", "Home, car, things", "presence", frozenset(), "home",
         ("act against home, car or things", "acts against home, car or things")),
    Lane("gifts", "Things left or sent", "things", frozenset(("letter",)), "left",
         ("thing left or sent", "things left or sent")),
    Lane("payments", "Payments", "things", frozenset(("payment",)), "money", ("payment", "payments")),
    Lane("others", "Through others", "others", frozenset(), "through",
         ("contact through others", "contacts through others")),
    Lane("threats", "Threats, violence", "threats", frozenset(), "threat", ("threat or hurt", "threats or hurts")),
    Lane("other", "Other", "contact", frozenset(("other",)), "other", ("other act", "other acts")),
    Lane("log", "Rows of a log", "told", frozenset(("log",)), "", ("row of a log", "rows of a log")),
)  # fmt: skip
"""In their fixed order. A row of somebody's own log may tell of several acts, so it is counted apart."""
LANE_OF: Final = {channel: lane for lane in LANES for channel in lane.channels}
LANE_OF_KIND: Final = {lane.kind: lane for lane in LANES if lane.kind}
BY_CODE: Final = {lane.code: lane for lane in LANES}
LOG: Final = "log"


class Told(NamedTuple):
    """So many acts of one lane and direction on one day (None: the day is not known)."""

    day: date | None
    lane: str
    direction: str
    number: int

    @property
    def act(self) -> bool:
        """Whether these are acts; rows of a log are not."""
        return self.lane != LOG


@dataclass(frozen=True, slots=True)
class Window:
    """Days that are looked at, both ends inclusive."""

    first: date
    last: date

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        """Every day of it."""
        return (self.first + n * DAY for n in range(len(self)))

    def within(self, whole: Window) -> Window:
        """As much of it as lies in `whole`; `whole` where nothing does."""
        first, last = max(self.first, whole.first), min(self.last, whole.last)
        return Window(first, last) if first <= last else whole

    def longer(self, weeks: int, whole: Window) -> Window:
        """With so many weeks more (or fewer) at its end, one day at the least."""
        last = max(self.last + weeks * WEEK, self.first)
        return replace(self, last=min(last, whole.last))


class Coverage:
    """Which days at least one source could show."""

    def __init__(self, periods: Sequence[Period]) -> None:
        """`periods` in order of time, as `merged` gives them."""
        self._firsts = [london_day(one.first) for one in periods]
        self._lasts = [london_day(one.last) for one in periods]

    def __contains__(self, day: date) -> bool:
        at = bisect_right(self._firsts, day) - 1
        return at >= 0 and day <= self._lasts[at]

    def whole(self) -> Window | None:
        """From the first day covered to the last."""
        return Window(self._firsts[0], max(self._lasts)) if self._firsts else None

    def holes(self, window: Window, told: Iterable[date]) -> tuple[Window, ...]:
        """The days of the window that no source covers and of which nothing is told, as runs of days."""
        known = set(told)
        found: list[Window] = []
        for day in window.days():
            if day in self or day in known:
                continue
            if found and day - found[-1].last == DAY:
                found[-1] = replace(found[-1], last=day)
            else:
                found.append(Window(day, day))
        return tuple(found)


def span_of(told: Iterable[Told], coverage: Coverage) -> Window | None:
    """All days of which anything is told, or which a source covers."""
    days = [one.day for one in told if one.day is not None]
    covered = coverage.whole()
    firsts = [min(days)] if days else []
    lasts = [max(days)] if days else []
    if covered:
        firsts.append(covered.first)
        lasts.append(covered.last)
    return Window(min(firsts), max(lasts)) if firsts else None


def within(told: Iterable[Told], window: Window) -> tuple[Told, ...]:
    """What is told of the days of a window."""
    return tuple(one for one in told if one.day in window)


def acts_in(told: Iterable[Told]) -> int:
    """How many acts; rows of a log are none."""
    return sum(one.number for one in told if one.act)
