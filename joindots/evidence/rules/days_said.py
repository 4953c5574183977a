"""Days said by how far back they lie: yesterday, last week, on Tuesday, three days ago; every way they can be meant."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from joindots.evidence.readers.stamps import WEEKDAYS
from joindots.evidence.readers.vague_clock import NUMBERS
from joindots.evidence.readers.vague_days import ABOUT_DAY, ABOUT_MONTH, Days
from joindots.evidence.rules import days_named

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
DAWN = 6
"""Until this hour the day before may still be called today."""
NEAR = 3
"""Days or hours up to this many are counted right; more may be one out."""
FEW = {"day": timedelta(days=10), "week": timedelta(days=56), "month": timedelta(days=366)}
"""The most that "a few" is taken to reach back; its least is two."""
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": A_DAY, "week": A_WEEK}

_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_NUMBER = "|".join([r"\d{1,3}", "a couple of", "a couple", "couple of", "half an", "an", "a", "one or two", *NUMBERS])
_AGO = re.compile(
    rf"^(?:about |around |roughly |some |only )?(?P<number>{_NUMBER}|(?:a )?few) (?P<unit>minute|min|hour|hr)s? ago$"
)
_NOW = re.compile(r"^(?:(?:just|right|only just) )?now$|^at the moment$|^just happened$|^happening now$")

Said = Callable[[re.Match[str], date], list[Days]]


def after_midnight(now: datetime) -> bool:
    """Whether it is so early that people may still count it to the day before."""
    return now.hour < DAWN


def ago(text: str) -> tuple[timedelta, timedelta] | None:
    """The longest and the shortest time back that minutes or hours ago, or "now", can mean; None if it is neither."""
    if _NOW.match(text):
        return timedelta(minutes=15), timedelta(0)
    found = _AGO.match(text)
    if not found:
        return None
    unit = _UNITS["minute" if found["unit"].startswith("min") else "hour"]
    if "few" in found["number"]:
        return unit * (30 if unit < _UNITS["hour"] else 8), unit
    if found["number"] == "half an":
        return timedelta(minutes=50), timedelta(minutes=15)
    low, high = _how_many(found["number"])
    loose = max(unit * high / 3, timedelta(minutes=5))
    return unit * high + loose, max(unit * low - loose, timedelta(0))


def days_said(text: str, now: datetime) -> Iterator[tuple[list[Days], str]]:
    """Every way of taking days out of the words, with what is left of the words; the most telling first."""
    today = now.date()
    for form, said in (*days_named.FORMS, *FORMS):
        if found := form.search(text):
            days = said(found, today)
            if after_midnight(now) and form in BY_THE_DAY:
                days = [*days, *said(found, today - A_DAY)]
            if days:
                yield days, f"{text[: found.start()]} {text[found.end() :]}"


def _how_many(words: str) -> tuple[int, int]:
    """The least and the most that a number word means."""
    if words.isdecimal():
        return int(words), int(words)
    if words in ("a", "an"):
        return 1, 1
    if words == "one or two":
        return 1, 2
    return (2, 3) if "couple" in words else (NUMBERS[words], NUMBERS[words])


def _day(day: date) -> Days:
    return Days(day, day, "day")


def _back(days: int) -> Said:
    return lambda _, today: [_day(today - days * A_DAY)]


def _starts(today: date) -> tuple[date, date]:
    """Where this week begins, for whom it begins on a Monday and for whom on a Sunday."""
    return today - today.weekday() * A_DAY, today - (today.weekday() + 1) % 7 * A_DAY


def _weeks_before(weeks: int, today: date) -> Days:
    starts = [start - weeks * A_WEEK for start in _starts(today)]
    return Days(min(starts), min(max(starts) + 6 * A_DAY, today) if not weeks else max(starts) + 6 * A_DAY, "range")


def _weekday_of_week(weeks: int) -> Said:
    def said(found: re.Match[str], today: date) -> list[Days]:
        wanted = WEEKDAYS[found["weekday"]]
        starts = (start - weeks * A_WEEK for start in _starts(today))
        days = {start + (wanted - start.weekday()) % 7 * A_DAY for start in starts}
        return [_day(day) for day in sorted(days) if day <= today]

    return said


def _wanted(found: re.Match[str]) -> int:
    named = found.groupdict()
    return WEEKDAYS[named["weekday"] or named["after"]]


def _weekday(found: re.Match[str], today: date) -> list[Days]:
    """The newest such day; said on that very weekday it may be today or a week ago."""
    back = (today.weekday() - _wanted(found)) % 7
    return [_day(today - back * A_DAY)] if back else [_day(today - A_WEEK), _day(today)]


def _last_weekday(found: re.Match[str], today: date) -> list[Days]:
    """The newest before today, or, as many say it, that of the week before."""
    back = (today.weekday() - _wanted(found)) % 7 or 7
    return [_day(today - (back + 7) * A_DAY), _day(today - back * A_DAY)]


def _before_last(found: re.Match[str], today: date) -> list[Days]:
    return [_day(day.first - A_WEEK) for day in _last_weekday(found, today)]


def _weekend(found: re.Match[str], today: date) -> list[Days]:
    """From Friday, whose evening is often meant. "Last" may be the newest or the one before it."""
    saturday = today - (today.weekday() - 5) % 7 * A_DAY
    weekends = [Days(saturday - A_DAY, saturday + A_DAY, "range")]
    if found["last"] or (not found["this"] and today.weekday() >= 5):
        weekends.append(Days(saturday - 8 * A_DAY, saturday - 6 * A_DAY, "range"))
    return weekends


def _ago(found: re.Match[str], today: date) -> list[Days]:
    """Days, weeks, months or years ago: the more, the wider; weeks and months may be counted by the calendar."""
    unit = found["unit"].removesuffix("s")
    unit = "day" if unit == "night" else unit
    if "few" in found["number"]:
        return [Days(today - FEW[unit], today - (A_DAY if unit == "day" else A_WEEK), "range")] if unit in FEW else []
    low, high = _how_many(found["number"])
    if unit == "day":
        slack = A_DAY if high > NEAR - 1 or low != high else timedelta(0)
        first, last = today - high * A_DAY - slack, today - low * A_DAY + slack
        return [Days(first, min(last, today), "day" if first == last else "range")]
    if unit in ("week", "fortnight"):
        low, high = (low * 2, high * 2) if unit == "fortnight" else (low, high)
        near = (today - high * A_WEEK - ABOUT_DAY, today - low * A_WEEK + ABOUT_DAY)
        return [
            Days(min(near[0], _weeks_before(high, today).first), max(near[1], _weeks_before(low, today).last), "range")
        ]
    return _months_ago(low, high, today) if unit == "month" else _years_ago(low, high, today)


def _roughly_ago(found: re.Match[str], today: date) -> list[Days]:
    """The same; with "about", three days wider, or fifteen for months and years."""
    days = _ago(found, today)
    if not found["roughly"]:
        return days
    by = ABOUT_MONTH if found["unit"].startswith(("month", "year")) else ABOUT_DAY
    return [Days(day.first - by, min(day.last + by, today), "range") for day in days]


def _months_ago(low: int, high: int, today: date) -> list[Days]:
    old, new = _month(today, high), _month(today, low)
    slack = ABOUT_MONTH + 3 * A_DAY * high
    return [Days(min(old.first, today - high * timedelta(days=30.5) - slack),
                 min(today, max(new.last, today - low * timedelta(days=30) + slack)), "range")]  # fmt: skip


def _years_ago(low: int, high: int, today: date) -> list[Days]:
    half = timedelta(days=190)
    first = min(date(today.year - high, 1, 1), today - high * timedelta(days=366) - half)
    last = max(date(today.year - low, 12, 31), today - low * timedelta(days=365) + half)
    return [Days(first, min(today, last), "range")]


def _month(today: date, back: int) -> Days:
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return Days(date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1]), "month")


def _this_month(_: re.Match[str], today: date) -> list[Days]:
    return [Days(today.replace(day=1), today, "range")]


def _past(found: re.Match[str], today: date) -> list[Days]:
    """A stretch that ends now. "The last week" is the last seven days; counted days may be one out."""
    number, unit = found["number"] or "a", found["unit"].removesuffix("s")
    if "few" in number:
        return [Days(today - FEW[unit], today, "range")] if unit in FEW else []
    days = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 31, "year": 366}[unit]
    return [Days(today - (_how_many(number)[1] * days + 1) * A_DAY, today, "range")]


def _of_month(found: re.Match[str], today: date) -> list[Days]:
    """A number alone is that day of the newest month in which it has come."""
    number = int(found["day"])
    months = [_month(today, back) for back in ((1,) if found["last"] else (0,) if found["this"] else (0, 1, 2))]
    days = [one.first + (number - 1) * A_DAY for one in months if 0 < number <= one.last.day]
    past = [day for day in days if day <= today]
    return [_day(past[0])] if past else []


def _weekday_the(found: re.Match[str], today: date) -> list[Days]:
    """A weekday with its number is the newest day that is both; none where a year holds no such day."""
    wanted, number = WEEKDAYS[found["weekday"]], int(found["day"])
    months = (_month(today, back) for back in range(13))
    days = (one.first + (number - 1) * A_DAY for one in months if 0 < number <= one.last.day)
    return [_day(day) for day in days if day <= today and day.weekday() == wanted][:1]


def _christmas(found: re.Match[str], today: date) -> list[Days]:
    """The days that people call Christmas, the last that have begun."""
    year = today.year if today >= date(today.year, 12, 20) else today.year - 1
    return [Days(date(year, 12, 20), date(year + 1, 1, 2), "range")]


_ROUGHLY = r"(?P<roughly>\b(?:about|around|roughly|nearly|almost|over|some) )?"
_STRETCH = "day|night|week|fortnight|month|year"
_IN_THE = r"(?:in |over |during |within |for )?(?:the |this )?"
_YESTERDAY = re.compile(r"\byesterday\b")
_TODAY = re.compile(
    r"\b(?:earlier )?(?:today|(?:earlier )?this (?=(?:\w+ )?(?:morning|afternoon|evening|lunchtime|teatime)))"
)
_BEFORE_YESTERDAY = re.compile(r"\b(?:the )?day before yesterday\b|\bthe other night before last\b")
BY_THE_DAY = frozenset({_YESTERDAY, _TODAY, _BEFORE_YESTERDAY})
FORMS: tuple[tuple[re.Pattern[str], Said], ...] = (
    (_BEFORE_YESTERDAY, _back(2)),
    (re.compile(r"\b(?:the )?night before last\b"), lambda _, today: [Days(today - 2 * A_DAY, today - A_DAY, "range")]),
    (_YESTERDAY, _back(1)),
    (_TODAY, _back(0)),
    (
        re.compile(rf"{_ROUGHLY}\b(?P<number>{_NUMBER}|(?:a )?few) (?P<unit>(?:{_STRETCH})s?) (?:ago|back)\b"),
        _roughly_ago,
    ),
    (
        re.compile(rf"\b{_IN_THE}(?:last|past) (?P<number>{_NUMBER}|few) (?P<unit>days|nights|weeks|months|years)\b"),
        _past,
    ),
    (
        re.compile(rf"\b(?:in|over|during|within|for) the (?:last|past) (?P<number>)(?P<unit>{_STRETCH})\b"),
        _past,
    ),
    (re.compile(r"\b(?:this |the )past (?P<number>)(?P<unit>week|fortnight|month|year)\b"), _past),
    (re.compile(r"\blast (?P<number>)(?P<unit>fortnight)\b"), _past),
    (re.compile(rf"\b(?P<weekday>{_WEEKDAY}) (?:of |in )?last week\b"), _weekday_of_week(1)),
    (re.compile(rf"\blast week (?:on )?(?:the )?(?P<weekday>{_WEEKDAY})\b"), _weekday_of_week(1)),
    (re.compile(r"\b(?:the )?week before last\b"), lambda _, today: [_weeks_before(2, today)]),
    (re.compile(r"\blast week\b(?!end)"), lambda _, today: [_weeks_before(1, today)]),
    (re.compile(r"\b(?:earlier )?this week\b(?!end)"), lambda _, today: [_weeks_before(0, today)]),
    (re.compile(r"\b(?:(?:at|on|over|during) )?(?:the )?(?:(?P<last>last)|(?P<this>this))? ?weekend\b"), _weekend),
    (re.compile(rf"\b(?:the )?(?P<weekday>{_WEEKDAY})(?P<after>) before last\b"), _before_last),
    (re.compile(rf"\b(?:last|this past) (?P<weekday>{_WEEKDAY})\b|\b(?P<after>{_WEEKDAY}) last\b"), _last_weekday),
    (re.compile(rf"^(?:on )?(?P<weekday>{_WEEKDAY}) the (?P<day>\d{{1,2}})$"), _weekday_the),
    (re.compile(rf"^(?:on |this )?(?P<weekday>{_WEEKDAY})\b|\b(?:on|this) (?P<after>{_WEEKDAY})\b"), _weekday),
    (re.compile(r"\b(?:the )?month before last\b"), lambda _, today: [_month(today, 2)]),
    (re.compile(r"\b(?:on )?the (?P<day>\d{1,2})(?: (?:of )?(?:(?P<last>last)|(?P<this>this)) month)?$"), _of_month),
    (re.compile(r"\blast month\b"), lambda _, today: [_month(today, 1)]),
    (re.compile(r"\b(?:earlier )?this month\b"), _this_month),
    (
        re.compile(r"^(?:in )?last year$"),
        lambda _, today: [Days(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), "range")],
    ),
    (re.compile(r"^(?:earlier )?this year$"), lambda _, today: [Days(date(today.year, 1, 1), today, "range")]),
    (re.compile(r"^(?:at |over |around |last )*(?:christmas|xmas)(?: ?time)?$"), _christmas),
)  # fmt: skip
