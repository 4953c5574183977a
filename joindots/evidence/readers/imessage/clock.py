"""The exporting computer's clock to UTC, with the hour that came twice settled by the file's order or asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.records import Candidate, Precision, Question, QuestionName, TimeFlag, ZoneBasis
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.times import LONDON, Zone

EARLIEST = datetime.combine(date(2007, 6, 1), time())
LATEST = datetime.combine(date(2100, 1, 1), time())
"""Before the first iPhone a date is none: the exporter shows a missing one as 1 January 2001."""
ZONES = ("Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Paris", "Europe/Warsaw", "Europe/Athens")


class Moment(NamedTuple):
    """When, in the fields of a communication."""

    earliest: datetime | None
    latest: datetime | None
    precision: Precision
    basis: ZoneBasis
    flags: tuple[TimeFlag, ...] = ()
    open: tuple[QuestionName, ...] = ()


NEVER = Moment(None, None, "none", "none", ("clock_suspect",))


@dataclass(slots=True)
class _Night:
    last: datetime
    example: str
    fell_at: int = 0
    falls: int = 0


class Clock:
    """One file's clock. `look` at every message in order first; then `moment` tells what is known."""

    def __init__(self, source: Source, answers: Answers, member: str | None = None) -> None:
        self._source = source
        self._answers = answers
        self._member = member
        given = answers.to(source.sha256, source.name, "zone")
        self._zone_open = given is None
        known = isinstance(given, str) and given != NOT_SURE
        self.zone = Zone(given if known else LONDON)
        self.basis: ZoneBasis = "asked" if known else "device_assumed"
        self._nights: dict[str, _Night] = {}
        self._never: str | None = None
        self._days: dict[int, timedelta | None] = {}

    def _offset(self, local: datetime) -> timedelta | None:
        """From UTC, on a day on which the clocks do not change; None on a day on which they may."""
        day = local.toordinal()
        if day not in self._days:
            midnight = local.replace(hour=0, minute=0, second=0, tzinfo=self.zone.info)
            offsets = {(midnight + timedelta(hours=hour)).utcoffset() for hour in range(-3, 28)}
            self._days[day] = offsets.pop() if len(offsets) == 1 else None
        return self._days[day]

    def look(self, local: datetime, byte: int, example: str) -> None:
        """Note a message's clock reading where it is doubtful; `byte` is its place, in the file's order."""
        if self._offset(local) is not None or not EARLIEST <= local < LATEST:
            return
        flags = self.zone.span(local).flags
        if "dst_gap" in flags:
            self._never = self._never or example
        elif flags:
            night = self._nights.setdefault(str(local.date()), _Night(local, example))
            if local < night.last:
                night.falls += 1
                night.fell_at = byte
            night.last = local

    def moment(self, local: datetime, byte: int) -> Moment:
        """The interval in UTC, and which questions still touch it."""
        if not EARLIEST <= local < LATEST:
            return NEVER
        offset = self._offset(local)
        if offset is not None:
            at = (local - offset).replace(tzinfo=UTC)
            return Moment(at, at, "second", self.basis)
        span = self.zone.span(local)
        if "dst_gap" in span.flags:
            return Moment(*span[:2], "second", self.basis, span.flags, ("zone",) if self._zone_open else ())
        if not span.flags:
            return Moment(span.earliest, span.latest, "second", self.basis)
        day = str(local.date())
        night = self._nights[day]
        if night.falls == 1:
            at = span.earliest if byte < night.fell_at else span.latest
            return Moment(at, at, "second", self.basis, ("dst_ambiguous", "settled_by_order"))
        hour = self._hour(day)
        if hour in ("first", "second"):
            at = span.earliest if hour == "first" else span.latest
            return Moment(at, at, "second", "asked", span.flags)
        return Moment(*span[:2], "second", self.basis, span.flags, () if hour == NOT_SURE else ("clock_hour",))

    def questions(self) -> Iterator[Question]:
        """What only a person can settle, and has not."""
        if self._never and self._zone_open:
            words = (
                "A message here has a clock time that did not exist in the United Kingdom: the clocks went forward "
                "over it. In which time zone was the computer that made this export?"
            )
            yield self._question("zone", words, ZONES, self._never)
        for day, night in self._nights.items():
            if night.falls != 1 and self._hour(day) is None:
                words = (
                    f"In the night of {day} the clocks went back, so this hour came twice. Was it the first time round "
                    "(summer time) or the second?"
                )
                details = (
                    Candidate("first", "before the clocks went back (summer time)"),
                    Candidate("second", "after the clocks went back (winter time)"),
                )
                yield self._question("clock_hour", words, ("first", "second"), night.example, day, details)

    def _hour(self, day: str) -> Any:
        return self._answers.to(self._source.sha256, self._source.name, "clock_hour", day)

    def _question(
        self,
        name: QuestionName,
        words: str,
        candidates: tuple[str, ...],
        example: str,
        about: str | None = None,
        details: tuple[Candidate, ...] = (),
    ) -> Question:
        source = self._source
        return Question(source.sha256, source.name, name, words, candidates, example, about, details)
