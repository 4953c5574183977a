"""Clock readings of a chat to intervals in UTC, fast for ordinary days and careful for the two odd ones a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import repeat
from typing import Final, NamedTuple

from joindots.evidence.readers.answers import NOT_SURE
from joindots.evidence.readers.records import QuestionName, TimeFlag, ZoneBasis
from joindots.evidence.readers.times import LONDON, STEPS, Span, Zone
from joindots.evidence.readers.whatsapp.dates import WHATSAPP_BEGAN, Decided, civil, numbers, second_of_day
from joindots.evidence.readers.whatsapp.stamps_seen import DAY
from joindots.evidence.readers.whatsapp.survey import Run

SETTLES: Final = 120
"""Seconds that the clock must step back to be the change of the hour, not lines in one another's place."""
Answered = Callable[[QuestionName, str | None], object]
"""The answer to a question about something, or None while it is open."""


class When(NamedTuple):
    """When one line was written, as far as can be told."""

    earliest: datetime
    latest: datetime
    flags: tuple[TimeFlag, ...] = ()
    open: tuple[QuestionName, ...] = ()
    about: str | None = None
    """The night that the clock's question is about."""


class SinceMidnight(dict[int, timedelta]):
    """Time since midnight by second of the day. Filled at once for a long chat, which needs nearly all."""

    def __missing__(self, second: int) -> timedelta:
        self[second] = since = timedelta(seconds=second)
        return since

    def fill(self) -> None:
        """Every second of a day."""
        self.update(enumerate(map(timedelta, repeat(0), range(DAY))))


class Days(dict[bytes, datetime | None]):
    """Midnight in UTC by date as shown; None for a day that needs care (open order, changing clocks)."""

    def __init__(self, decided: Decided, zone: Zone) -> None:
        self.decided = decided
        self.zone = zone

    def __missing__(self, raw: bytes) -> datetime | None:
        if len(self) > 100_000:
            self.clear()
        self[raw] = found = self._midnight(raw)
        return found

    def _midnight(self, raw: bytes) -> datetime | None:
        possible = {civil(numbers(raw), order) for order in self.decided.open or (self.decided.order,)}
        day = possible.pop()
        if possible or day is None or day.year < WHATSAPP_BEGAN or changes(self.zone, day):
            return None
        return datetime.combine(day, time(), self.zone.info).astimezone(UTC)


def changes(zone: Zone, day: date) -> int:
    """Seconds by which the clocks of a zone go forward (+) or back (-) on a day; 0 on ordinary days."""
    start = datetime.combine(day, time(), zone.info)
    end = datetime.combine(day + timedelta(days=1), time(), zone.info)
    before = start.replace(fold=0).utcoffset() or timedelta(0)
    after = end.replace(fold=1).utcoffset() or timedelta(0)
    return round((after - before).total_seconds())


class Careful:
    """Times on days when something is in doubt."""

    def __init__(
        self, decided: Decided, zone: Zone, precision: str, turns: dict[int, int | None], answered: Answered
    ) -> None:
        self.decided = decided
        self.zone = zone
        self.precision = precision
        self.step = STEPS[precision]
        self.turns = turns
        self.answered = answered

    def when(self, raw_date: bytes, raw_clock: bytes, offset: int) -> When:
        """The interval of a line at a byte offset."""
        second = timedelta(seconds=second_of_day(raw_clock))
        three = numbers(raw_date)
        days = {civil(three, order) for order in self.decided.open or (self.decided.order,)} - {None}
        locals_ = sorted(datetime.combine(day, time()) + second for day in days if day)
        spans = [self.zone.span(local, self.precision) for local in locals_]
        if len(spans) > 1:
            unsure: tuple[QuestionName, ...] = () if self.answered("date_order", None) else ("date_order",)
            return When(min(s.earliest for s in spans), max(s.latest for s in spans), open=unsure)
        span, local = spans[0], locals_[0]
        if local.year < WHATSAPP_BEGAN:
            return When(span.earliest, span.latest, ("clock_suspect",))
        if "dst_gap" in span.flags:
            open_: tuple[QuestionName, ...] = () if self.answered("zone", None) else ("zone",)
            return When(span.earliest, span.latest, span.flags, open_)
        if "dst_ambiguous" in span.flags:
            return self._twice(span, local, offset)
        return When(span.earliest, span.latest)

    def _twice(self, span: Span, local: datetime, offset: int) -> When:
        about = local.date().isoformat()
        first, second = (span.earliest, span.earliest + self.step), (span.latest - self.step, span.latest)
        answer = self.answered("clock_hour", about)
        if answer in ("first", "second"):
            low, high = first if answer == "first" else second
            return When(low, high)
        turn = self.turns.get(local.toordinal())
        if turn is not None:
            low, high = first if offset < turn else second
            return When(low, high, ("settled_by_order",))
        open_: tuple[QuestionName, ...] = () if answer == NOT_SURE else ("clock_hour",)
        return When(span.earliest, span.latest, ("dst_ambiguous",), open_, about)


def turns(runs: Sequence[Run], zone: Zone) -> dict[int, int | None]:
    """By day: the offset of the first line of the hour's second time round, where one step back shows it.

    None where there are several such steps, so that nothing is settled.
    """
    found: dict[int, int | None] = {}
    for run in runs:
        day = run.level // DAY
        start = run.lines[0]
        if run.level - start.at <= SETTLES or start.at // DAY != day or not is_autumn(zone, day):
            continue
        if not all(_comes_twice(zone, at) for at in (run.level, start.at)):
            continue
        back_again = any(a.at - b.at > SETTLES for a, b in zip(run.lines, run.lines[1:], strict=False))
        found[day] = None if day in found or back_again else start.offset
    return found


def is_autumn(zone: Zone, day: int) -> bool:
    """Whether the clocks go back on a day, given as its ordinal."""
    return 0 < day < date.max.toordinal() and changes(zone, date.fromordinal(day)) < 0


def _comes_twice(zone: Zone, at: int) -> bool:
    local = datetime.combine(date.fromordinal(at // DAY), time()) + timedelta(seconds=at % DAY)
    return "dst_ambiguous" in zone.span(local).flags


def zone_of(answer: object) -> tuple[Zone, ZoneBasis]:
    """The zone that was told, else London's, which is then only assumed."""
    if answer is None or answer == NOT_SURE:
        return Zone(LONDON), "device_assumed"
    return Zone(str(answer)), "asked"
