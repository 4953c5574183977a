"""Opening hours from the schedules of Open Referral files, old and new, and back (pure).

What a schedule says that a week cannot hold is left to its words, and then the hours are not whole: what they do not
show as open is "not known".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from joindots.directory.rules.cleaning import day, mappings, one_line, text
from joindots.directory.rules.opening import MOST, clock, days_of
from joindots.law.hours import EVERY_DAY, Exceptional, Holidays, Hours, Window

UNHELD = ("bymonth", "bymonthday", "byweekno", "byyearday", "byhour", "exdate", "count")
"""What a week cannot hold: a schedule that names one is known in its words alone."""
LISTED = ("byday", "weekday", "bysetpos", *UNHELD)
SAYS_TIMES = ("freq", "byday", "weekday", "opens_at", "closes_at", "rrule", "recurrence_rule", "bymonthday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?\d)?\s*([A-Za-z]{2,9})")
_TIME = re.compile(
    r"(\d{1,2})[:.]?(\d{2})?(?:[:.]\d{2}(?:\.\d+)?)?\s*(am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_SHUT = re.compile(r"(closed|not (?:open|available)|except|excluding|no) (?:on )?(?:all )?(?:bank|public) holidays|"
                   r"(?:bank|public) holidays?:? (?:closed|excluded)", re.IGNORECASE)  # fmt: skip


_DOUBTFUL = re.compile(
    r"\bby (?:prior )?(?:appointment|arrangement)|\bappointments? (?:only|needed|required)|\bpre-?book|"
    r"\bterm[ -]?time|\bschool holidays|\b(?:check|ring|call|phone) (?:for|first|before)|"
    r"\b(?:times|days|hours) (?:may |can )?var(?:y|ies)|\bvarious times\b", re.IGNORECASE)  # fmt: skip
"""Words by which a time that is given holds not for everybody, or not always: such a schedule stands in them alone."""


class _NotAWeek(ValueError):
    """A schedule that no window holds."""


def hours_from(schedules: Iterable[Any], closures: Iterable[Any] = ()) -> tuple[Hours, str]:
    """Hours and the words that came with them. Repeated schedules count once."""
    windows: dict[Window, None] = {}
    said: dict[str, None] = {}
    whole = True
    for one in schedules:
        for field in ("description", "notes"):
            said.setdefault(text(one.get(field), 400))
        if not any(one_line(one.get(name)) for name in SAYS_TIMES):
            continue
        try:
            windows.setdefault(_window(one))
        except ValueError:
            whole = False
    words = "; ".join(each for each in said if each)
    if not windows:
        return Hours(whole=whole and not words), words[:1000]
    holidays = Holidays.CLOSED if _SHUT.search(words) else Holidays.NOT_TOLD
    exceptions = tuple(_closures(closures))[:MOST]
    return Hours(tuple(windows)[:MOST], holidays, exceptions=exceptions, whole=whole), words[:1000]


def schedules_of(hours: Hours, words: str) -> list[dict[str, Any]]:
    """Hours as schedules of version 3, without ids; bank holidays and other days in their words."""
    told = [_schedule(window) for window in hours.windows]
    notes = words or {Holidays.CLOSED: "Closed on bank holidays.", Holidays.AS_USUAL: "Open on bank holidays."}.get(
        hours.holidays, ""
    )
    if notes:
        told = [{**one, "description": notes} for one in told] or [{"description": notes}]
    return told


def _plain(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schedule with the parts of its RRULE as fields, and days that were told as a list in one line."""
    told = dict(one)
    rule = one_line(one.get("rrule") or one.get("recurrence_rule"), 300).removeprefix("RRULE:")
    parts = dict(piece.split("=", 1) for piece in rule.split(";") if "=" in piece)
    told.update({name.lower(): value for name, value in parts.items() if not one_line(one.get(name.lower()))})
    for name in LISTED:
        if isinstance(told.get(name), list):
            told[name] = ",".join(one_line(each) for each in told[name])
    return told


def _window(given: Mapping[str, Any]) -> Window:
    one = _plain(given)
    if any(_DOUBTFUL.search(text(one.get(name), 400)) for name in ("description", "notes")):
        raise _NotAWeek
    frequency = one_line(one.get("freq")).upper() or "WEEKLY"
    unheld = [name for name in UNHELD if one_line(one.get(name))]
    if frequency not in ("WEEKLY", "MONTHLY", "DAILY") or unheld:
        raise _NotAWeek
    days, weeks = _days(one, frequency)
    every = _every(one, frequency)
    first = day(one.get("valid_from")) if every == 1 else day(one.get("dtstart"))
    last = min(filter(None, (day(one.get("valid_to")), day(one.get("until")))), default=None)
    if every > 1 and first is None:
        raise _NotAWeek
    if first is not None and last is not None and last < first:
        raise _NotAWeek
    opens, closes = _clock(one.get("opens_at")), _clock(one.get("closes_at"))
    if (opens, closes) == (time(), time(23, 59)):  # how those write a whole day whose forms know no 24:00
        closes = time()
    return Window(days, opens, closes, weeks, every, first, last)


def _days(one: Mapping[str, Any], frequency: str) -> tuple[frozenset[int], frozenset[int]]:
    given = one_line(one.get("byday")) or one_line(one.get("weekday"))
    if not given:
        if frequency == "DAILY":
            return EVERY_DAY, frozenset()
        raise _NotAWeek
    days: set[int] = set()
    weeks: set[int] = set()
    if all(each.upper() in CODES for each in given.split()):
        given = ",".join(given.split())
    for piece in re.split(r"[,;/]|\band\b", given):
        found = _DAY.fullmatch(piece.strip())
        if found is None:
            days |= days_of(piece)  # a range of days in words
            continue
        days |= days_of(found[2])
        if found[1]:
            weeks.add(int(found[1]))
    place = one_line(one.get("bysetpos"))
    if place:
        if weeks or len(days) != 1 or not re.fullmatch(r"[1-5]|-1", place):
            raise _NotAWeek
        weeks.add(int(place))
    if (frequency == "MONTHLY" and not weeks) or not weeks <= {1, 2, 3, 4, 5, -1} or (weeks and len(days) > 1):
        raise _NotAWeek
    return frozenset(days), frozenset(weeks)


def _every(one: Mapping[str, Any], frequency: str) -> int:
    found = re.match(r"\d+", one_line(one.get("interval")) or "1")
    every = max(1, int(found[0])) if found else 1
    if every > 1 and frequency != "WEEKLY":
        raise _NotAWeek
    return every


def _clock(value: Any) -> Any:
    """A time of day. What is written with a zone is meant as the clock here shows it: so publishers use it."""
    given = re.sub(r"^\d{4}-\d\d-\d\d[T ]|^T(?=\d)", "", one_line(value, 40))
    found = _TIME.fullmatch(given)
    if found is None or not given:
        raise _NotAWeek
    return clock(f"{found[1]}:{found[2] or '00'}{found[3] or ''}")


def _closures(closures: Iterable[Any]) -> Iterable[Exceptional]:
    for one in mappings(list(closures)):
        first = day(one.get("start_date"))
        last = day(one.get("end_date")) or first
        if first is None or last is None or last < first:
            continue
        if one.get("closed") in (True, "true", "True", "1", 1, "yes"):
            yield Exceptional(first, last)
            continue
        try:
            yield Exceptional(first, last, ((_clock(one.get("opens_at")), _clock(one.get("closes_at"))),))
        except ValueError:
            continue


def _schedule(window: Window) -> dict[str, Any]:
    """One window as the standard writes it."""
    weeks = sorted(window.weeks_of_month) or [0]
    codes = [f"{week or ''}{CODES[each]}" for week in weeks for each in sorted(window.days)]
    told: dict[str, Any] = {
        "freq": "MONTHLY" if window.weeks_of_month else "WEEKLY", "interval": window.every, "byday": ",".join(codes),
        "opens_at": f"{window.opens:%H:%M}", "closes_at": f"{window.closes:%H:%M}",
    }  # fmt: skip
    ends: tuple[tuple[str, date | None], ...] = (("valid_from", window.first), ("valid_to", window.last))
    told.update({name: value.isoformat() for name, value in ends if value})
    if window.every > 1 and window.first:
        told["dtstart"] = window.first.isoformat()
    return told
