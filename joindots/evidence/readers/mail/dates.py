"""Dates in mail headers: read by the letter of the standard, or not at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

import msgspec

from joindots.evidence.readers.records import Precision, TimeFlag, ZoneBasis
from joindots.evidence.readers.times import Zone

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_DAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SHORT = {name.title(): number for name, number in _MONTHS.items()}
_SHORT_DAYS = {name.title(): number for name, number in _DAYS.items()}
_DAY = r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday|s|rs)?(?:\s*[,.]\s*|\s+))?"
_MONTH = (
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|t|ober|ember)?(?![A-Za-z])"
)
_CLOCK = r"(\d{1,2}):(\d\d?)(?::(\d\d?)(?:\.\d+)?)?(?:\s*([AP]M)(?!\w))?"
_ZONE = r"(?:\s*((?:GMT|UTC)?[+-](?:\d{4}|\d\d:\d\d)|[A-Za-z]{1,5})(?![\w:]))?"
_EXACT = re.compile(
    r"\s*((?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-]\d{4})(?: \(\w+\))?"
)
_USUAL = rf"\s*{_DAY}(\d{{1,2}})[ \t-]+{_MONTH}[ \t.,-]+(\d{{4}}|\d{{2,3}}),?\s+{_CLOCK}{_ZONE}"
_ASCTIME = rf"\s*{_DAY}{_MONTH}\s+(\d{{1,2}})\s+{_CLOCK}{_ZONE}\s+(\d{{4}})(?!\d){_ZONE}"
_MONTH_FIRST = rf"\s*{_DAY}{_MONTH}\s+(\d{{1,2}}),?\s+(\d{{4}})(?:,|\s+at)?\s+{_CLOCK}{_ZONE}"
_ISO = rf"\s*(\d{{4}})([-/])(\d\d)\2(\d\d)[T ]{_CLOCK}{_ZONE}(?!\S)"
_AFTER = re.compile(r"\s*([A-Za-z]{2,5}(?![\w:]))?\s*(?:\([^()]*\)\s*)*(?:\(.*)?\Z", re.DOTALL)
_ASIDE = re.compile(r"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_COLON = re.compile(r"(?<=\d)\s*:\s*(?=\d)")
_LONGEST, _DEEPEST = 1_000, 20
"""Characters of a date with comments in its midst, and comments inside one another, that are read."""

_NAMED = {"gmt": 0, "ut": 0, "utc": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
          "mdt": -360, "pst": -480, "pdt": -420}  # fmt: skip
"""The zone names that RFC 5322 4.3 defines, in minutes; any other (BST!) stands for several offsets."""
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
_FIRST_YEAR = 1971
"""Before mail of this kind; 1970 is a clock that was never set."""
_LAST_YEAR = 9999
"""The last one that can be counted, so that an offset may lead out of it."""


class Moment(msgspec.Struct, frozen=True, gc=False):
    """When, in UTC: both ends inclusive. `local` is the reading where the zone is not told."""

    earliest: datetime
    latest: datetime
    precision: Precision
    basis: ZoneBasis
    flags: tuple[TimeFlag, ...] = ()
    local: datetime | None = None


def read_date(text: str) -> Moment | None:
    """The moment a header date names; None for anything that is not wholly a date.

    Without a zone, or with a zone name that stands for several, every zone on Earth is left open.
    "-0000" is UTC with the sender's zone untold (RFC 5322 3.3). Years of two and three digits follow
    RFC 5322 4.3. A weekday that is not that day's raises `clock_suspect`.
    """
    if (match := _EXACT.fullmatch(text)) and (moment := _exact(match)):
        return moment
    moment = _other(text)
    if moment is None and (plain := _without_asides(text)) != text:
        moment = _other(plain)
    return moment


def _other(text: str) -> Moment | None:
    """Every form but the usual one."""
    noon = None
    if match := _form(_USUAL).match(text):
        day_name, day, month, year, hour, minute, second, noon, zone = match.groups()
    elif match := _form(_ASCTIME).match(text):
        day_name, month, day, hour, minute, second, noon, before, year, zone = match.groups()
        zone = zone or before
    elif match := _form(_MONTH_FIRST).match(text):
        day_name, month, day, year, hour, minute, second, noon, zone = match.groups()
    elif match := _form(_ISO).match(text):
        year, _, month, day, hour, minute, second, noon, zone = match.groups()
        day_name = None
    else:
        return None
    if not _ends_well(text, match.end(), zone) or (len(minute) < 2 and not second):
        return None
    try:
        clock = _hour(int(hour), noon), int(minute), min(int(second or 0), 59)
        local = datetime(_year(year), _MONTHS.get(month.lower()) or int(month), int(day), *clock)  # noqa: DTZ001
        wrong_day = day_name is not None and _DAYS[day_name.lower()] != local.weekday()
        moment = _in_utc(local, zone, second)
    except (ValueError, OverflowError):
        return None
    if local.year < _FIRST_YEAR:
        return None
    return msgspec.structs.replace(moment, flags=("clock_suspect",)) if wrong_day else moment


@cache
def _form(pattern: str) -> re.Pattern[str]:
    """Compiled when it is first met: most mailboxes hold none but the usual form."""
    return re.compile(pattern, re.IGNORECASE)


def _ends_well(text: str, at: int, zone: str | None) -> bool:
    """Whether nothing follows but comments, or the name of a zone whose offset was given before it."""
    after = _AFTER.match(text, at)
    if after is None or not after[1]:
        return after is not None
    if not zone or zone[-1].isalpha():
        return False
    return _NAMED.get(after[1].lower(), _offset(zone)) == _offset(zone)


def _without_asides(text: str) -> str:
    """The date without the comments and spaces that RFC 5322 4.3 lets stand between its parts."""
    text = text[:_LONGEST]
    for _ in range(_DEEPEST):
        bare = _ASIDE.sub(" ", text)
        if bare == text:
            break
        text = bare
    return _COLON.sub(":", text).replace(" ,", ",")


def _hour(hour: int, noon: str | None) -> int:
    if noon is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if noon[0] in "Pp" else 0)


def _exact(match: re.Match[str]) -> Moment | None:
    """The form that nearly every mail has, at a third of the cost; None for whatever is odd about it."""
    day, hour, minute, second, zone = match.groups()
    midnight, offset = _midnight(day), _minutes(zone)
    if midnight is None or offset is None:
        return None
    start = midnight + timedelta(seconds=int(hour) * 3600 + (int(minute) - offset) * 60 + int(second))
    return Moment(start, start, "second", "utc_in_file" if zone == "-0000" else "offset_in_file")


@lru_cache(maxsize=4_096)
def _midnight(day: str) -> datetime | None:
    """When a day such as `Mon, 3 Jan 2022` begins, as if in UTC; None unless it is one, and on that weekday."""
    day_name, comma, date = day.rpartition(", ")
    number, month, year = date.split(" ")
    if not _FIRST_YEAR <= int(year) < _LAST_YEAR or month not in _SHORT:
        return None
    try:
        start = datetime(int(year), _SHORT[month], int(number), tzinfo=UTC)
    except ValueError:
        return None
    return start if not comma or _SHORT_DAYS.get(day_name) == start.weekday() else None


@lru_cache(maxsize=2_048)
def _minutes(zone: str) -> int | None:
    try:
        return _offset(zone)
    except ValueError:
        return None


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(text) == 3 else year


def _in_utc(local: datetime, zone: str | None, second: str | None) -> Moment:
    if second is not None and int(second) > 60:
        raise ValueError(second)
    width = {None: 59, "60": 1}.get(second, 0)
    precision: Precision = "second" if second else "minute"
    offset = _offset(zone)
    start = local.replace(tzinfo=UTC)
    if offset is None:
        return Moment(start - _EAST, start + _WEST + timedelta(seconds=width), "range", "none", (), local)
    if offset:
        start -= timedelta(minutes=offset)
    basis: ZoneBasis = "utc_in_file" if zone == "-0000" else "offset_in_file"
    return Moment(start, start + timedelta(seconds=width) if width else start, precision, basis)


def _offset(zone: str | None) -> int | None:
    """Minutes east of UTC; None where the zone is open; ValueError for an offset no place has."""
    if not zone:
        return None
    zone = zone[3:] if len(zone) > 5 and zone[3] in "+-" else zone
    if zone[0] not in "+-":
        return _NAMED.get(zone.lower())
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError(zone)
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def settled(moment: Moment, zone: Zone) -> Moment:
    """The moment once a person has said in which zone the clock stood."""
    assert moment.local is not None
    minute_only = (moment.latest - moment.earliest) > _WEST + _EAST
    span = zone.span(moment.local, "minute" if minute_only else "second")
    flags = tuple(dict.fromkeys((*moment.flags, *span.flags)))
    return Moment(span.earliest, span.latest, "minute" if minute_only else "second", "asked", flags)
