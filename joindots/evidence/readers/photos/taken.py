"""When a picture was taken, by its own clock, with every doubt kept; and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.photos.exif import Value
from joindots.evidence.readers.records import Precision, Question, QuestionName, TimeFlag, ZoneBasis
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.times import LONDON, Span, Zone

QUARTER = timedelta(minutes=15)
FARTHEST_EAST, FARTHEST_WEST = timedelta(hours=14), timedelta(hours=12)
CLOSE = timedelta(seconds=60)
"""How far the satellites' time may lie from the camera's for a whole offset to be believed."""
FIRST_YEAR = 1990
"""Before digital cameras: a clock that was never set."""
_CLOCK = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)|Z")
_HALVES = frozenset((-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765))
"""Offsets in use that are no whole hours, in minutes: from the Marquesas to the Chatham Islands."""


class Taken(NamedTuple):
    """When, in the fields of a communication."""

    earliest: datetime | None = None
    latest: datetime | None = None
    precision: Precision = "none"
    basis: ZoneBasis = "none"
    flags: tuple[TimeFlag, ...] = ()
    open: tuple[QuestionName, ...] = ()


def when(source: Source, answers: Answers, exif: dict[str, Value], extra: dict[str, Any]) -> Taken:
    """The moment of `DateTimeOriginal`; `extra` gets how its zone was settled.

    The zone is that of `OffsetTimeOriginal`; else the one in which the camera's clock and the
    satellites' agree; else the device is taken to have stood in Europe/London, unless answered.
    """
    local = clock(exif.get("taken"))
    if local is None:
        return Taken(flags=("clock_suspect",)) if exif.get("taken") else Taken()
    suspect: tuple[TimeFlag, ...] = ("clock_suspect",) if local.year < FIRST_YEAR else ()
    satellite = gps_time(exif)
    offset = _offset(exif.get("taken_offset"))
    offset = _offset_inside(exif["taken"]) if offset is None else offset
    if offset is not None:
        at = (local - offset).replace(tzinfo=UTC)
        if satellite and (abs(at - satellite) > timedelta(days=1) or _other_zone(local, satellite, offset)):
            suspect = ("clock_suspect",)
        return Taken(at, at, "second", "exif_offset", suspect)
    if satellite and (settled := _whole_offset(local, satellite)) is not None:
        extra["zone_from_gps"] = _offset_shown(settled)
        at = (local - settled).replace(tzinfo=UTC)
        return Taken(at, at, "second", "utc_in_file", suspect)
    if satellite:
        suspect = ("clock_suspect",)
    return _on_device(source, answers, local, suspect)


def _on_device(source: Source, answers: Answers, local: datetime, suspect: tuple[TimeFlag, ...]) -> Taken:
    given = answers.to(source.sha256, source.name, "zone")
    asked = isinstance(given, str) and given != NOT_SURE
    span = Zone(given if asked else LONDON).span(local)
    basis: ZoneBasis = "asked" if asked else "device_assumed"
    open_: tuple[QuestionName, ...] = ()
    if "dst_gap" in span.flags and given is None:
        open_ = ("zone",)
    if "dst_ambiguous" in span.flags:
        answer = answers.to(source.sha256, source.name, "clock_hour", local.date().isoformat())
        if answer in ("first", "second"):
            at = span.earliest if answer == "first" else span.latest
            span = Span(at, at)
        elif answer is None:
            open_ = ("clock_hour",)
    return Taken(span.earliest, span.latest, "second", basis, (*span.flags, *suspect), open_)


def questions(source: Source, taken: Taken, shown: str) -> Iterator[Question]:
    """What stays open about the camera's clock."""
    if "clock_hour" in taken.open:
        local = clock(shown)
        yield Question(
            source.sha256, source.name, "clock_hour",
            "The clocks went back that night, and this hour came twice. Was it the first time round or the second?",
            ("first", "second"), shown, local.date().isoformat() if local else None,
        )  # fmt: skip
    if "zone" in taken.open:
        yield Question(
            source.sha256, source.name, "zone",
            "On that day the clocks in London went forward, and this time did not exist. Where was the camera's clock?",
            (LONDON, "Europe/Dublin", "Europe/Paris", "Europe/Athens"), shown,
        )  # fmt: skip


def clock(value: object) -> datetime | None:
    """A reading such as `2025:08:09 16:52:10`, without a zone; None if it is none."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return datetime(*map(int, match.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001 - the zone comes after
    except ValueError:
        return None


def _offset(value: object) -> timedelta | None:
    match = _OFFSET.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    if match[1] is None:
        return timedelta(0)
    size = timedelta(hours=int(match[2]), minutes=int(match[3]))
    size = -size if match[1] == "-" else size
    return size if -FARTHEST_WEST <= size <= FARTHEST_EAST and int(match[3]) < 60 else None


def _offset_inside(value: object) -> timedelta | None:
    """The offset that some programs write behind the reading itself."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    return _offset(match[7]) if match else None


def gps_time(exif: dict[str, Value]) -> datetime | None:
    """The satellites' date and time, which are UTC."""
    day, time = exif.get("gps_date"), exif.get("gps_time")
    if not isinstance(day, str) or not isinstance(time, tuple) or len(time) != 3 or None in time:
        return None
    hours, minutes, seconds = (part for part in time if part is not None)
    start = clock(f"{day.strip()} 00:00:00")
    if start is None or not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 61):
        return None
    return start.replace(tzinfo=UTC) + timedelta(seconds=int(hours * 3600 + minutes * 60 + seconds))


def _whole_offset(local: datetime, satellite: datetime) -> timedelta | None:
    """The offset between the two clocks, if it is one that some place on Earth keeps.

    The last fix of the satellites may be minutes old: a quarter of an hour is then no zone.
    """
    apart = local.replace(tzinfo=UTC) - satellite
    whole = round(apart / QUARTER) * QUARTER
    minutes = whole // timedelta(minutes=1)
    if abs(apart - whole) > CLOSE or not -FARTHEST_WEST <= whole <= FARTHEST_EAST:
        return None
    return whole if minutes % 60 == 0 or minutes in _HALVES else None


def _other_zone(local: datetime, satellite: datetime, offset: timedelta) -> bool:
    """Whether the satellites name another whole offset. A last fix that is minutes old names none."""
    return _whole_offset(local, satellite) not in (None, offset)


def _offset_shown(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def where(exif: dict[str, Value]) -> dict[str, str] | None:
    """Latitude and longitude in decimal degrees as text, six places; None unless both are whole."""
    lat = _degrees(exif.get("lat"), exif.get("lat_ref"), "NS", 90)
    lon = _degrees(exif.get("lon"), exif.get("lon_ref"), "EW", 180)
    if lat is None or lon is None or not (lat or lon):
        return None
    return {"lat": f"{float(lat):.6f}", "lon": f"{float(lon):.6f}"}


def _degrees(value: object, side: object, sides: str, most: int) -> Fraction | None:
    if not isinstance(value, tuple) or not value or None in value or not isinstance(side, str):
        return None
    parts = [Fraction(part) for part in value[:3]]
    total = sum((part / 60**power for power, part in enumerate(parts)), Fraction(0))
    side = side.strip().upper()[:1]
    if not side or side not in sides or not 0 <= total <= most:
        return None
    return -total if side == sides[1] else total
