"""Days as people write them: exact, months, weeks, seasons, ranges, "every Tuesday in July 2025"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from joindots.evidence.readers.stamps import MONTHS, WEEKDAYS, Order, stamp

ABOUT_DAY = timedelta(days=3)
ABOUT_MONTH = timedelta(days=15)
MOST_DAYS = 400

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_YEAR = r"(?:19|20)\d\d"

Shape = Literal["day", "month", "range"]


class Days(NamedTuple):
    """From one day to another, both included. `every` lists the days of "every Tuesday in …"."""

    first: date
    last: date
    shape: Shape
    every: tuple[date, ...] = ()
    recurs: bool = False
    """"Every", "most": many times within, so that a time of day may stand beside it."""
    suspect: bool = False
    """The weekday written beside the date is not that date's."""


FIXED = {
    "new year's day": (1, 1), "new years day": (1, 1), "valentine's day": (2, 14), "valentines day": (2, 14),
    "valentines": (2, 14), "valentine's": (2, 14), "halloween": (10, 31), "bonfire night": (11, 5),
    "guy fawkes night": (11, 5), "christmas eve": (12, 24), "xmas eve": (12, 24), "christmas day": (12, 25),
    "xmas day": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31), "new years eve": (12, 31),
    "st david's day": (3, 1),
}  # fmt: skip
SEASONS = {"spring": ((3, 1), (6, 21)), "summer": ((6, 1), (9, 22)), "autumn": ((9, 1), (12, 21))}
"""From the earlier of the two usual beginnings to the later of the two usual ends."""
_THIRDS = {
    "early": (1, 12), "the beginning of": (1, 12), "beginning of": (1, 12), "start of": (1, 12), "the start of": (1, 12),
    "mid": (9, 22), "middle of": (9, 22), "the middle of": (9, 22), "late": (19, 31), "end of": (19, 31),
    "the end of": (19, 31),
}  # fmt: skip
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}

_THIRD = re.compile(rf"^(?P<third>{'|'.join(_THIRDS)})[ -](?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?$")
_WHOLE_MONTH = re.compile(
    rf"^(?P<month>{_MONTH})(?:[ ,'-]+(?P<year>{_YEAR}))?$|^(?P<number>0?[1-9]|1[0-2])/(?P<of>{_YEAR})$"
)
_NAMED = re.compile(
    rf"^(?:(?P<before>{_WEEKDAY}) )?(?:the )?"
    rf"(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH})|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}}))"
    rf"(?: (?P<year>{_YEAR}|'?\d\d))?(?: (?P<after>{_WEEKDAY}))?$"
)
_FIGURES = re.compile(
    rf"^(?:(?P<before>{_WEEKDAY}) )?(?P<date>\d{{1,4}}(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,4}})"
    rf"(?: (?P<after>{_WEEKDAY}))?$"
)
_SHORT = re.compile(r"^(?P<first>\d{1,2})/(?P<second>\d{1,2})$")
_WEEK = re.compile(
    r"^(?:the )?(?:(?:week|wk) (?P<way>commencing|comm|beginning|beg|starting|from|of|ending|end|in)|w/?[cb]|"
    r"(?P<short>w/e)|week|wk):? (?P<rest>.+)$"
)
_WEEKEND = re.compile(r"^(?:the )?weekend (?P<rest>.+)$")
_NTH_WEEKDAY = re.compile(
    rf"^(?:the )?(?P<nth>{'|'.join(_NTH)}) (?P<weekday>{_WEEKDAY}) (?:in |of )?(?P<month>{_MONTH} {_YEAR})$"
)
_EVERY = re.compile(
    r"^(?:on )?(?P<every>every|each|most|all|weekly|daily|several|many|some)?(?: of)? ?"
    rf"(?P<days>(?:{_WEEKDAY}s?(?: and |/| & | )?)+|days?|weekdays?|week|weekends?|nights?|mornings?|evenings?|"
    r"afternoons?)?"
    r" ?(?:in|during|of|throughout|from|between|for|all)?(?: the month)? (?P<rest>.+)$"
)
_ABOUT = re.compile(r"^(?:(?:on )?or )?(?:about|around|approx|approximately|roughly|circa|c|ca|near) (?P<rest>.+)$")
_ABOUT_LAST = re.compile(r"^(?P<rest>.+) (?:approx\.?|approximately|ish|or so|or thereabouts)$")
_LEAD = re.compile(r"^(?:(?:on|in|the|during|some ?time|one day|at some point|of|throughout|all|date)\s+)+")


Reader = Callable[[str, Order | None, int | None], list[Days]]


@lru_cache(maxsize=8192)
def days(text: str, order: Order | None, year: int | None) -> list[Days]:
    """Every reading of a day or days, or none. `year` is for dates that name none; without it they are unread."""
    text = text.strip(" -")
    if not text or len(text) > 120:
        return []
    readers: tuple[Reader, ...] = (
        _figures, _short, _named, _month, _fixed, _season, _nth, _week, _about, _range, _every,
    )  # fmt: skip
    for reader in readers:
        if found := reader(text, order, year):
            return found
    bare = _LEAD.sub("", text)
    return days(bare, order, year) if bare != text else []


def _figures(text: str, order: Order | None, year: int | None) -> list[Days]:
    found = _FIGURES.match(text)
    read = stamp(found["date"]) if found else None
    if not found or read is None:
        return []
    readings = [at.date() for at in read.read(order)]
    return _by_weekday(readings, found["before"] or found["after"])


def _by_weekday(readings: list[date], weekday: str | None) -> list[Days]:
    """The readings on the weekday written beside them; where none is, all of them, marked as suspect."""
    fitting = [day for day in readings if weekday is None or day.weekday() == WEEKDAYS[weekday]]
    return [Days(day, day, "day", suspect=not fitting) for day in fitting or readings]


def _short(text: str, order: Order | None, year: int | None) -> list[Days]:
    found = _SHORT.match(text)
    if not found or year is None:
        return []
    return _figures(f"{found['first']}/{found['second']}/{year}", order, year)


def _named(text: str, order: Order | None, year: int | None) -> list[Days]:
    found = _NAMED.match(text)
    if not found:
        return []
    shown = (found["year"] or "").strip("'")
    in_year = int(shown) + (2000 if len(shown) == 2 else 0) if shown else year
    day = _made(in_year, _month_of(found["month"] or found["month2"]), int(found["day"] or found["day2"]))
    return _by_weekday([day], found["before"] or found["after"]) if day else []


def _month(text: str, order: Order | None, year: int | None) -> list[Days]:
    if found := _THIRD.match(text):
        in_year = int(found["year"]) if found["year"] else year
        if in_year is None:
            return []
        month = _month_of(found["month"])
        low, high = _THIRDS[found["third"]]
        end = monthrange(in_year, month)[1]
        return [Days(date(in_year, month, low), date(in_year, month, min(high, end)), "range")]
    found = _WHOLE_MONTH.match(text)
    if not found:
        return [Days(date(int(text), 1, 1), date(int(text), 12, 31), "range")] if re.fullmatch(_YEAR, text) else []
    shown = found["year"] or found["of"]
    in_year = int(shown) if shown else year
    if in_year is None:
        return []
    month = int(found["number"]) if found["number"] else _month_of(found["month"])
    return [Days(date(in_year, month, 1), date(in_year, month, monthrange(in_year, month)[1]), "month")]


def _fixed(text: str, order: Order | None, year: int | None) -> list[Days]:
    found = re.match(rf"^(?P<name>[a-z' ]+?)(?: (?P<year>{_YEAR}))?$", text)
    if not found or found["name"] not in FIXED:
        return []
    day = _made(int(found["year"]) if found["year"] else year, *FIXED[found["name"]])
    return [Days(day, day, "day")] if day else []


def _season(text: str, order: Order | None, year: int | None) -> list[Days]:
    found = re.match(rf"^(?:the )?(?P<season>spring|summer|autumn)(?: (?P<year>{_YEAR}))?$", text)
    in_year = (int(found["year"]) if found["year"] else year) if found else None
    if not found or in_year is None:
        return []
    (month, day), (last_month, last_day) = SEASONS[found["season"]]
    return [Days(date(in_year, month, day), date(in_year, last_month, last_day), "range")]


def _nth(text: str, order: Order | None, year: int | None) -> list[Days]:
    found = _NTH_WEEKDAY.match(text)
    whole = _month(found["month"], order, year) if found else []
    if not found or not whole:
        return []
    fitting = [day for day in _each(whole[0].first, whole[0].last) if day.weekday() == WEEKDAYS[found["weekday"]]]
    nth = _NTH[found["nth"]]
    day = fitting[-1] if nth < 0 else fitting[nth - 1] if nth <= len(fitting) else None
    return [Days(day, day, "day")] if day else []


def _week(text: str, order: Order | None, year: int | None) -> list[Days]:
    if found := _WEEKEND.match(text):
        return [
            _weekend(one.first) for one in days(found["rest"], order, year) if one.shape == "day" and _near_weekend(one)
        ]
    found = _WEEK.match(text)
    named = days(found["rest"], order, year) if found else []
    spans = []
    for one in named:
        if one.shape != "day" or found is None:
            return []
        if found["way"] in ("of", "in", None) and not text.startswith("w"):
            return []
        if found["way"] in ("ending", "end") or found["short"]:
            # "w/e" may also be the weekend of that day.
            rest = timedelta(days=max(0, 6 - one.first.weekday()) if found["short"] and one.first.weekday() > 3 else 0)
            spans.append(Days(one.first - timedelta(days=6), one.first + rest, "range"))
        elif found["way"] in ("of", "in"):
            monday = one.first - timedelta(days=one.first.weekday())
            spans.append(Days(min(monday, one.first), max(monday, one.first) + timedelta(days=6), "range"))
        else:
            spans.append(Days(one.first, one.first + timedelta(days=6), "range"))
    return spans


def _near_weekend(one: Days) -> bool:
    return one.first.weekday() >= 5


def _weekend(day: date) -> Days:
    saturday = day - timedelta(days=day.weekday() - 5)
    return Days(saturday, saturday + timedelta(days=1), "range")


def _about(text: str, order: Order | None, year: int | None) -> list[Days]:
    found = _ABOUT.match(text) or _ABOUT_LAST.match(text)
    return [widened(one) for one in days(found["rest"], order, year)] if found else []


def widened(one: Days) -> Days:
    """About a day is three days either way, about anything longer fifteen."""
    by = ABOUT_DAY if one.shape == "day" else ABOUT_MONTH
    return one._replace(first=one.first - by, last=one.last + by, shape="range")


def _range(text: str, order: Order | None, year: int | None) -> list[Days]:
    """Such as "between 23 and 25 Aug 2025", "10 Jun to 3 Jul 2025": the end lends its month and year to the start."""
    bare = re.sub(r"^(?:between|from|during|the nights? of|nights? of) ", "", text)
    for split in re.finditer(r" (?:and|to|until|till|through|or|&) ", bare):
        left, right = bare[: split.start()].strip(), re.sub(r"^the ", "", bare[split.end() :].strip())
        ends = days(right, order, year)
        words = right.split()
        for borrowed in [" ".join(words[-n:]) if n else "" for n in range(min(3, len(words)))]:
            starts = days(f"{left} {borrowed}".strip(), order, year)
            if starts and ends and {one.shape for one in (*starts, *ends)} <= {"day", "month"}:
                return _spans(starts, ends, borrowed)
    return []


def _spans(starts: list[Days], ends: list[Days], borrowed: str) -> list[Days]:
    spans = []
    for start in starts:
        for end in ends:
            first = start.first
            if first > end.last and borrowed:
                # "28 Dec to 3 Jan 2026": the year lent is the later one.
                first = _made(first.year - 1, first.month, first.day) or first
            if first <= end.last:
                spans.append(Days(first, end.last, "range", suspect=start.suspect or end.suspect))
    return spans


def _every(text: str, order: Order | None, year: int | None) -> list[Days]:
    found = _EVERY.match(text)
    if not found or not (found["every"] or re.search(r"s\b", found["days"] or "")) or found["rest"] == text:
        return []
    named = found["days"] or ""
    return [
        _only(one, found["every"] or "every", named) for one in days(found["rest"], order, year) if one.shape != "day"
    ]


def _only(one: Days, every: str, named: str) -> Days:
    """The named weekdays within a span, from the first of them to the last."""
    wanted = {
        WEEKDAYS[word.rstrip("s") if word not in WEEKDAYS else word] for word in re.findall(rf"{_WEEKDAY}", named)
    }
    if re.match(r"weekdays?", named):
        wanted = {0, 1, 2, 3, 4}
    elif named.startswith("weekend"):
        wanted = {5, 6}
    if not wanted:
        return one._replace(shape="range", recurs=True)
    fitting = tuple(day for day in _each(one.first, one.last) if day.weekday() in wanted)
    if not fitting:
        return one._replace(shape="range", recurs=True)
    listed = fitting if every in ("every", "each", "all") else ()
    return Days(fitting[0], fitting[-1], "range", listed, recurs=True)


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))]


def _month_of(name: str) -> int:
    return MONTHS[name.strip(".")]


def _made(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year is not None and 1900 <= year < 2200 else None
    except ValueError:
        return None
