"""Times in Telegram exports: the truth in UTC, or in older files the exporting computer's own clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.records import Precision, Question, QuestionName, TimeFlag, ZoneBasis
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.times import LONDON, Span, Zone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END = 253_402_300_800
"""The first second of the year 10000, which no calendar here can hold."""
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
ZONES = ("Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Paris", "Europe/Warsaw", "Europe/Athens")
"""Offered where London's clock cannot be right; any other zone name is taken as well."""


class Moment(NamedTuple):
    """When a message was sent, in the fields of a communication."""

    earliest: datetime | None
    latest: datetime | None
    precision: Precision
    basis: ZoneBasis
    flags: tuple[TimeFlag, ...] = ()
    open: tuple[QuestionName, ...] = ()


NEVER = Moment(None, None, "none", "none")


@dataclass(slots=True)
class Night:
    """The messages of one chat in the hour that came twice, in file order."""

    last: datetime
    example: str
    fell_at: int | None = None
    """The place of the first message whose clock is earlier than the one before it."""
    falls: int = 0


@dataclass(slots=True)
class Nights:
    """Every hour that came twice or never, found in a first pass over the file."""

    zone: Zone
    twice: dict[tuple[str, str], Night] = field(default_factory=dict)
    never: str | None = None
    """A message in the hour that does not exist."""

    def look(self, chat: str, place: int, message: dict[str, Any]) -> None:
        """Note a message that has no time in UTC, if its clock reading is doubtful."""
        local = local_time(message.get("date"))
        flags = self.zone.span(local).flags if local else ()
        if local is None or not flags:
            return
        example = f"{message.get('date')} {message.get('from') or ''}".strip()
        if "dst_gap" in flags:
            self.never = self.never or example
            return
        night = self.twice.setdefault((chat, str(local.date())), Night(local, example))
        if local < night.last:
            night.falls += 1
            night.fell_at = place
        night.last = local

    def settled(self, chat: str, day: str) -> int | None:
        """The place from which the clock had gone back; None where the order does not tell."""
        night = self.twice.get((chat, day))
        return night.fell_at if night and night.falls == 1 else None

    def unsettled(self) -> Iterator[tuple[str, str]]:
        """Each night that the order leaves open, once, with an example."""
        days: set[str] = set()
        for (_, day), night in self.twice.items():
            if night.falls != 1 and day not in days:
                days.add(day)
                yield day, night.example


class Clock:
    """Reads the times of one file, with the answers given for it."""

    def __init__(self, source: Source, answers: Answers) -> None:
        self._source = source
        self._answers = answers
        given = answers.to(source.sha256, source.name, "zone")
        self.zone_open = given is None
        self.zone = Zone(given if isinstance(given, str) and given != NOT_SURE else LONDON)
        self.basis: ZoneBasis = "asked" if given not in (None, NOT_SURE) else "device_assumed"
        self.nights = Nights(self.zone)

    def moment(self, message: dict[str, Any], chat: str, place: int) -> Moment:
        """`date_unixtime` where the file has it; else `date` on the exporting computer's clock."""
        exact = moment_of(message.get("date_unixtime"))
        if exact is not None:
            return Moment(exact, exact, "second", "utc_in_file")
        local = local_time(message.get("date"))
        if local is None:
            return NEVER
        span = self.zone.span(local)
        if "dst_gap" in span.flags:
            return Moment(*span[:2], "second", self.basis, span.flags, ("zone",) if self.zone_open else ())
        if "dst_ambiguous" in span.flags:
            return self._twice(span, chat, str(local.date()), place)
        return Moment(span.earliest, span.latest, "second", self.basis)

    def edited(self, message: dict[str, Any]) -> datetime | None:
        """When a message was last changed; None where never, or where the clock does not say for sure."""
        exact = moment_of(message.get("edited_unixtime"))
        if exact is not None:
            return exact
        local = local_time(message.get("edited"))
        span = self.zone.span(local) if local else None
        return span.earliest if span and not span.flags else None

    def questions(self) -> Iterator[Question]:
        """The nights and the zone that only a person can settle, and has not."""
        if self.nights.never and self.zone_open:
            yield self._question(
                "zone",
                "A message here has a clock time that did not exist in the United Kingdom. In which time zone "
                "was the computer that made this export?",
                ZONES,
                self.nights.never,
            )
        for day, example in self.nights.unsettled():
            if self._hour(day) is None:
                yield self._question(
                    "clock_hour",
                    "The clocks went back that night, so this hour came twice. Was it the first time round "
                    "(summer time) or the second?",
                    ("first", "second"),
                    example,
                    day,
                )

    def _twice(self, span: Span, chat: str, day: str, place: int) -> Moment:
        fell_at = self.nights.settled(chat, day)
        if fell_at is not None:
            at = span.earliest if place < fell_at else span.latest
            return Moment(at, at, "second", self.basis, ("dst_ambiguous", "settled_by_order"))
        hour = self._hour(day)
        if hour in ("first", "second"):
            at = span.earliest if hour == "first" else span.latest
            return Moment(at, at, "second", "asked", span.flags)
        return Moment(*span[:2], "second", self.basis, span.flags, () if hour == NOT_SURE else ("clock_hour",))

    def _hour(self, day: str) -> Any:
        return self._answers.to(self._source.sha256, self._source.name, "clock_hour", day)

    def _question(
        self, name: QuestionName, words: str, candidates: tuple[str, ...], example: str, about: str | None = None
    ) -> Question:
        return Question(self._source.sha256, self._source.name, name, words, candidates, example, about)


def moment_of(value: object) -> datetime | None:
    """A moment from seconds since 1970, as digits or a number; None for anything that is none.

    An addition to 1970 is three times as fast as the clock library's own way, and the same.
    """
    if type(value) is str and len(value) < 13 and value.isdigit() and value.isascii():
        value = int(value)
    return EPOCH + timedelta(0, value) if type(value) is int and 0 < value < END else None


def local_time(value: object) -> datetime | None:
    """A clock reading without zone; None where there is none. 1970 stands for never in older files."""
    if not isinstance(value, str) or not _LOCAL.fullmatch(value) or not "1971" <= value[:4] <= "9998":
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
