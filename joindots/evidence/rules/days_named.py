"""Days said by a name or loosely: the other day, the first Monday in October, half-term, the last bank holiday (pure).

Each form gives every day that can be meant, the newest that has begun where no year is said. What depends on somebody's
own life, such as payday, is as wide as it can be; what nobody else can know, such as a birthday, is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from joindots.evidence.readers.stamps import MONTHS, WEEKDAYS
from joindots.evidence.readers.vague_days import Days
from joindots.evidence.rules import feasts
from joindots.evidence.rules.feasts import DAY, nth

_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
NTH: Final = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "last": -1, "final": -1, "second last": -2,
}  # fmt: skip
_NTH = "|".join(sorted(NTH, key=len, reverse=True))
_WHEN_YEAR = r"(?:,? (?:of |in )?(?P<year>(?:19|20)\d\d|last year|this year))?"
_OF_A_MONTH = (
    rf"(?: (?:in|of))? (?:the )?"
    rf"(?:(?P<lastly>last )?(?P<month>{_MONTH})\b\.?{_WHEN_YEAR}|(?P<which>last|this) month\b)"
)
OTHER: Final = {"day": (31, 1), "week": (62, 1), "weekend": (62, 1), "month": (200, 10)}
"""From how many days back to how many "the other …" may be meant."""
PAYDAY: Final = 36
"""The longest time back to the last payday of somebody who is paid each month."""
A_MONTH: Final = timedelta(days=32)
YEARS: Final = 6
"""How many years back the newest of something is looked for."""
Said = Callable[[re.Match[str], date], list[Days]]


def _newest(of: Callable[[int], Days | None], today: date, said: str | None, *, both: bool = False) -> list[Days]:
    """That of the year said; else the newest that has begun, and with `both` ("last Easter") the one before it too."""
    if said:
        year = {"last year": today.year - 1, "this year": today.year}.get(said) or int(said)
        only = of(year)
        return [] if only is None else [only]
    years = (of(today.year + 1 - back) for back in range(YEARS))
    begun = [one for one in years if one is not None and one.first <= today]
    return sorted(begun[: 1 + both])


def _other(found: re.Match[str], today: date) -> list[Days]:
    first, last = OTHER[found["unit"] or "day"]
    return [Days(today - first * DAY, today - (last if found["unit"] else 0) * DAY, "range")]


def _month_of(found: re.Match[str], of: Callable[[int, int], Days | None], today: date) -> list[Days]:
    """Something of a month, which is named with or without a year, or is this or the last one."""
    if found["which"]:
        back = today.replace(day=1) - (DAY if found["which"] == "last" else timedelta(0))
        one = of(back.year, back.month)
        return [one] if one is not None and one.first <= today else []
    month = MONTHS[found["month"]]
    return _newest(lambda year: of(year, month), today, found["year"], both=bool(found["lastly"]))


def _nth_weekday(found: re.Match[str], today: date) -> list[Days]:
    def of(year: int, month: int) -> Days | None:
        day = nth(NTH[found["nth"]], WEEKDAYS[found["weekday"]], year, month)
        return None if day is None else Days(day, day, "day")

    return _month_of(found, of, today)


def _nth_week(found: re.Match[str], today: date) -> list[Days]:
    """A week or weekend of a month by its number: by sevens of days, or by the calendar's weeks, whole or begun."""
    number, weekend = NTH[found["nth"]], found["unit"] == "weekend"

    def of(year: int, month: int) -> Days | None:
        if weekend:
            ends = [nth(number, day, year, month) for day in (feasts.FRIDAY, 5, feasts.SUNDAY)]
            known = [day - (day.weekday() - feasts.FRIDAY) % 7 * DAY for day in ends if day is not None]
            return Days(min(known), max(known) + 2 * DAY, "range") if known else None
        if number > 0:
            begins = date(year, month, 1) + (number - 1) * 7 * DAY
            return Days(begins - begins.weekday() * DAY, begins + (13 - begins.weekday()) * DAY, "range")
        ends_on = date(year + month // 12, month % 12 + 1, 1) - DAY + (number + 1) * 7 * DAY
        return Days(ends_on - (ends_on.weekday() + 7) * DAY, ends_on + (6 - ends_on.weekday()) * DAY, "range")

    return _month_of(found, of, today)


def _feast(found: re.Match[str], today: date) -> list[Days]:
    return _newest(partial(feasts.feast, found["name"]), today, found["year"], both=bool(found["lastly"]))


def _clocks(found: re.Match[str], today: date) -> list[Days]:
    ways = {"back": ("back",), "forward": ("forward",), "forwards": ("forward",)}.get(found["way"], ("back", "forward"))
    both = [one for way in ways for one in _newest(partial(feasts.feast, f"clocks {way}"), today, None)]
    return [max(both)] if both else []


def _half_term(found: re.Match[str], today: date) -> list[Days]:
    names = [name for name in feasts.SCHOOL if name.endswith("half term") and name.startswith(found["season"] or "")]
    every = [one for name in names for one in _newest(partial(feasts.school_holidays, name), today, found["year"])]
    if found["season"] or found["year"]:
        return sorted(set(every))
    return sorted(set(every))[-2 if found["lastly"] else -1 :]


def _holidays(found: re.Match[str], today: date) -> list[Days]:
    name = f"{found['season']} holidays"
    return _newest(partial(feasts.school_holidays, name), today, found["year"], both=bool(found["lastly"]))


def _bank_holiday(found: re.Match[str], today: date) -> list[Days]:
    """The newest of each nation's, or of that name; of a weekend the days from Friday on."""
    years = [int(found["year"])] if found["year"] and found["year"].isdecimal() else [today.year - 1, today.year]
    if found["year"] in ("last year", "this year"):
        years = [today.year - (found["year"] == "last year")]
    every = {day: names for year in years for day, names in feasts.bank_holidays(year).items() if day <= today}
    name = found["name"] or ""
    days = [day for day, names in every.items() if not name or name in names]
    days = [day for day in days if day.weekday() == feasts.MONDAY or found["what"] != " monday"]
    if not days:
        return []
    newest = max(days)
    # Another day of the same name in that year, or another nation's shortly before, may be meant as well.
    near = [day for day in days if (day.year == newest.year if name else newest - day <= A_MONTH)]
    if found["what"] == " weekend":
        return sorted({Days(day - (day.weekday() - feasts.FRIDAY) % 7 * DAY, day, "range") for day in near})
    return [Days(day, day, "day") for day in sorted(near)]


def _part_of(found: re.Match[str], today: date) -> list[Days]:
    """The beginning, middle or end of this or the last week, month or year."""
    unit, back = found["unit"], found["which"] == "last"
    if unit == "week":
        monday = today - (today.weekday() + 7 * back) * DAY
        spans = {"b": (-1, 3), "m": (1, 4), "e": (2, 6)}
        first, last = spans[_third(found["third"])]
        whole = Days(monday + first * DAY, monday + last * DAY, "range")
    elif unit == "month":
        start = (today.replace(day=1) - DAY).replace(day=1) if back else today.replace(day=1)
        end = (start + 31 * DAY).replace(day=1) - DAY
        first, last = {"b": (1, 12), "m": (9, 22), "e": (19, end.day)}[_third(found["third"])]
        whole = Days(start.replace(day=first), start.replace(day=last), "range")
    else:
        year = today.year - back
        months = {"b": (date(year, 1, 1), date(year, 4, 30)), "m": (date(year, 4, 1), date(year, 9, 30)),
                  "e": (date(year, 9, 1), date(year, 12, 31))}  # fmt: skip
        whole = Days(*months[_third(found["third"])], "range")
    return [whole._replace(last=min(whole.last, today))] if whole.first <= today else []


def _third(word: str) -> str:
    return "b" if word in ("beginning", "start", "early") else "m" if word in ("middle", "mid") else "e"


def _this_time(found: re.Match[str], today: date) -> list[Days]:
    back, loose = {"week": (7, 1), "month": (30, 6), "year": (365, 21)}[found["unit"]]
    return [Days(today - (back + loose) * DAY, today - (back - loose) * DAY, "range")]


def _payday(found: re.Match[str], today: date) -> list[Days]:
    return [Days(today - PAYDAY * DAY * (2 if found["lastly"] else 1), today, "range")]


def _lately(found: re.Match[str], today: date) -> list[Days]:
    return [Days(today - OTHER["week"][0] * DAY, today, "range")]


def _just_gone(found: re.Match[str], today: date) -> list[Days]:
    day = today - ((today.weekday() - WEEKDAYS[found["weekday"]]) % 7 or 7) * DAY
    return [Days(day, day, "day")]


def _form(pattern: str, said: Said) -> tuple[re.Pattern[str], Said]:
    return re.compile(pattern), said


_THE = r"(?:\b(?:at|on|over|during|around|in|for) )?(?:\b(?:the|my|this) )?"
_LASTLY = r"(?P<lastly>last )?"
FORMS: Final[tuple[tuple[re.Pattern[str], Said], ...]] = (
    _form(r"\b(?:just )?the other (?:(?P<unit>day|weekend|week|month)\b|(?=night|evening|morning|afternoon))", _other),
    _form(rf"{_THE}\b(?P<nth>{_NTH}) (?P<weekday>{_WEEKDAY}){_OF_A_MONTH}", _nth_weekday),
    _form(rf"{_THE}\b(?P<nth>{_NTH}) (?P<unit>weekend|week){_OF_A_MONTH}", _nth_week),
    _form(
        rf"{_THE}{_LASTLY}\b(?:(?P<name>new year|easter|early may|late may|may day|may|spring|whitsun|whit|august|"
        rf"summer|christmas|boxing day) )?bank holiday(?P<what> monday| weekend)?\b{_WHEN_YEAR}",
        _bank_holiday,
    ),
    _form(
        rf"{_THE}{_LASTLY}\b(?:(?P<season>october|autumn|february|spring|may|summer|whitsun) )?half[ -]term\b"
        rf"(?: holidays?| week)?{_WHEN_YEAR}",
        _half_term,
    ),
    _form(
        rf"{_THE}{_LASTLY}\b(?:school )?(?P<season>summer|christmas|easter) (?:school )?holidays\b{_WHEN_YEAR}",
        _holidays,
    ),
    _form(rf"{_THE}{_LASTLY}\b(?P<name>{'|'.join(feasts.FEASTS)})\b(?!'|s\b){_WHEN_YEAR}", _feast),
    _form(
        r"\b(?:when|the (?:night|weekend|day)) the clocks (?:went|changed|go)(?: (?P<way>back|forwards?))?\b", _clocks
    ),
    _form(
        r"\b(?:(?:at|in|towards) )?(?:the )?(?P<third>beginning|start|middle|end|early|mid|late)(?: of| in)? "
        r"(?:the |(?P<which>last|this) )(?P<unit>week|month|year)\b(?!end)",
        _part_of,
    ),
    _form(r"\b(?:around |about )?this time last (?P<unit>week|month|year)\b", _this_time),
    _form(rf"{_THE}{_LASTLY}\bpay ?day\b", _payday),
    _form(r"^(?:just )?(?:recently|lately|of late|in recent weeks|the last few weeks)$", _lately),
    _form(rf"\b(?P<weekday>{_WEEKDAY}) just (?:gone|past)\b", _just_gone),
)  # fmt: skip
