"""From a record's time to `When` and to words. Nothing gains precision on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from joindots.evidence.readers.records import Communication, TimeFlag, ZoneBasis
from joindots.kernel.when import LOCAL, Precision, When, day_says

NO_TIME = "Time not known"
LAST = datetime.max.replace(tzinfo=UTC)
_PRECISION = {
    "second": Precision.SECOND,
    "minute": Precision.MINUTE,
    "day": Precision.DAY,
    "part_of_day": Precision.PART_OF_DAY,
    "month": Precision.MONTH,
    "range": Precision.RANGE,
}
_EXACTLY = {
    Precision.SECOND: "Known to the second",
    Precision.MINUTE: "Known to the minute",
    Precision.DAY: "Known to the day",
    Precision.PART_OF_DAY: "Known to a part of the day",
    Precision.MONTH: "Known to the month",
    Precision.RANGE: "Known as a span of time",
    Precision.UNKNOWN: "Time not known",
}
_FLAGS: dict[TimeFlag, str] = {
    "dst_ambiguous": "the clocks went back, so it may be either of two times",
    "dst_gap": "this clock time did not exist that night, so the time zone is in doubt",
    "settled_by_order": "which of the two hours was settled by the order in the file",
    "out_of_order": "it stands out of order in the file",
    "clock_suspect": "the device's clock is in doubt",
}
_ZONES: dict[ZoneBasis, str] = {
    "utc_in_file": "the file gives the time with its zone (UTC)",
    "offset_in_file": "the file gives the time with its zone",
    "device_assumed": "the device's clock, read as London time",
    "asked": "the zone as answered",
    "exif_offset": "the camera gave its zone",
    "none": "",
}


def when_of(c: Communication) -> When:
    """The record's time. A time of day without a day, or no time at all, is unknown with its wording kept."""
    precision = _PRECISION.get(c.precision, Precision.UNKNOWN)
    given = c.at_shown or ""
    if precision is Precision.UNKNOWN or (c.at_earliest is None and c.at_latest is None):
        return When(None, None, Precision.UNKNOWN, c.zone_basis, tuple(c.time_flags), given)
    return When(c.at_earliest, c.at_latest, precision, c.zone_basis, tuple(c.time_flags), given)


def sort_moment(c: Communication) -> datetime:
    """The moment a record is listed at: its earliest reading; unknown times come last of all."""
    if c.precision not in _PRECISION:
        return LAST
    return c.at_earliest or c.at_latest or LAST


def certainty_of(c: Communication) -> str:
    """How exactly the time is known and why, in words."""
    when = when_of(c)
    says = [_EXACTLY[when.precision]]
    if c.open:
        says.append("a question that touches it is open")
    says += [_FLAGS[flag] for flag in c.time_flags if flag in _FLAGS]
    if when.precision not in (Precision.UNKNOWN, Precision.DAY, Precision.MONTH) and _ZONES.get(c.zone_basis):
        says.append(_ZONES[c.zone_basis])
    return "; ".join(says)


def exact(c: Communication) -> bool:
    """Whether the time has one reading, to the minute or better; an hour settled by order has one."""
    doubts = set(c.time_flags) - {"settled_by_order"}
    width = c.at_latest - c.at_earliest if c.at_earliest and c.at_latest else None
    if doubts or c.open or width is None or c.precision not in ("second", "minute"):
        return False
    return width < timedelta(minutes=1)


def month_of(c: Communication) -> str:
    """The heading a record stands under."""
    moment = sort_moment(c)
    return NO_TIME if moment is LAST else f"{moment.astimezone(LOCAL):%B %Y}"


def span_says(first: When, last: When) -> str:
    """`Tue 10 Jun 2025, 23:10 to 23:58`: from the first time to the last, each as exactly as it is known."""
    start, end = first.says(), last.says()
    if start == end:
        return start
    day, comma, clock = start.rpartition(", ")
    other_day, _, other_clock = end.rpartition(", ")
    if comma and first.exact and last.exact and day == other_day:
        return f"{day}, {clock} to {other_clock}"
    return f"{start} to {end}"


def lasted(first: Communication, last: Communication) -> str:
    """`48 minutes`, `2 hours 5 minutes`, or both ends where readings differ. Empty when it cannot be told."""
    if not (first.at_earliest and first.at_latest and last.at_earliest and last.at_latest):
        return ""
    shorter, longer = sorted((last.at_earliest - first.at_earliest, last.at_latest - first.at_latest))
    if exact(first) and exact(last):
        # Seconds beside minutes: the ends' own widths differ, the starts are what is counted from.
        return length_says(last.at_earliest - first.at_earliest)
    if shorter < timedelta(0):
        return ""
    low, high = length_says(shorter), length_says(longer)
    return low if low == high else f"between {low} and {high}"


def length_says(length: timedelta) -> str:
    """A length of time in whole minutes; below one, `less than a minute`."""
    minutes = round(length.total_seconds() / 60)
    if length < timedelta(minutes=1):
        return "less than a minute"
    hours, rest = divmod(minutes, 60)
    if hours < 2:
        return _many(minutes, "minute")
    minutes_too = f" {_many(rest, 'minute')}" if rest else ""
    return _many(hours, "hour") + minutes_too


def _many(count: int, unit: str) -> str:
    return f"{count:,} {unit}{'' if count == 1 else 's'}"


def period_says(earliest: datetime | None, latest: datetime | None) -> str:
    """`Tue 10 Jun 2025 to Thu 13 Nov 2025`; open ends are said."""
    if earliest is None and latest is None:
        return "Period not known"
    start = day_says(earliest) if earliest else "start not known"
    end = day_says(latest) if latest else "end not known"
    return start if start == end else f"{start} to {end}"
