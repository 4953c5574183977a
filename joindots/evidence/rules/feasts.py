"""Days that have a name in these islands and move from year to year: feasts, bank holidays, school holidays (pure).

Where nations or schools differ, every day or the whole time that can be meant is given.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from joindots.evidence.readers.vague_days import Days

DAY: Final = timedelta(days=1)
MONDAY, FRIDAY, SUNDAY = 0, 4, 6
MOVED: Final = {
    ("may", 2020): (date(2020, 5, 8),), ("spring", 2022): (date(2022, 6, 2), date(2022, 6, 3)),
}  # fmt: skip
"""Bank holidays that stood on other days for one year (gov.uk/bank-holidays)."""
ONCE: Final = {2022: (date(2022, 9, 19),), 2023: (date(2023, 5, 8),)}
"""Bank holidays that were given once: a funeral and a coronation."""


def easter(year: int) -> date:
    """Easter Sunday of the western churches: the Sunday after the first full moon of spring, as they reckon it."""
    golden = year % 19
    century = year // 100
    skipped = century - century // 4  # leap days that were left out
    moon = (skipped - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= int(moon > 28 or (moon == 28 and golden > 10))
    full = date(year, 3, 21) + moon * DAY
    return full + (7 - (full.weekday() + 1) % 7) * DAY


def nth(number: int, weekday: int, year: int, month: int) -> date | None:
    """The so-manieth weekday of a month, counted from its end if negative; None where there is none."""
    length = monthrange(year, month)[1]
    first = date(year, month, 1)
    found = [first + at * DAY for at in range((weekday - first.weekday()) % 7, length, 7)]
    return found[number - 1 if number > 0 else number] if abs(number) <= len(found) else None


def _one(day: date | None) -> Days | None:
    return None if day is None else Days(day, day, "day")


def feast(name: str, year: int) -> Days | None:
    """A named day, or few days, of a year; None for a name that is none."""
    at = easter(year)
    from_easter = {
        "easter sunday": 0, "easter day": 0, "easter monday": 1, "good friday": -2, "maundy thursday": -3,
        "palm sunday": -7, "ash wednesday": -46, "shrove tuesday": -47, "pancake day": -47, "pancake tuesday": -47,
        "mother's day": -21, "mothers day": -21, "mothering sunday": -21, "whit sunday": 49,
    }  # fmt: skip
    if name in from_easter:
        return _one(at + from_easter[name] * DAY)
    by_weekday = {
        "father's day": (3, SUNDAY, 6), "fathers day": (3, SUNDAY, 6), "remembrance sunday": (2, SUNDAY, 11),
    }  # fmt: skip
    if name in by_weekday:
        number, weekday, month = by_weekday[name]
        return _one(nth(number, weekday, year, month))
    if name == "black friday":
        thursday = nth(4, 3, year, 11)
        return _one(None if thursday is None else thursday + DAY)
    if name.startswith("clocks"):
        change = nth(-1, SUNDAY, year, 3 if name.endswith("forward") else 10)
        return None if change is None else Days(change - DAY, change, "range")
    spans = {
        "easter": (at - 3 * DAY, at + DAY), "easter weekend": (at - 3 * DAY, at + DAY),
        "new year": (date(year - 1, 12, 31), date(year, 1, 2)), "winter": (date(year - 1, 12, 1), date(year, 3, 21)),
    }  # fmt: skip
    return Days(*spans[name], "range") if name in spans else None


FEASTS: Final = (
    "easter sunday", "easter day", "easter monday", "good friday", "maundy thursday", "palm sunday", "ash wednesday",
    "shrove tuesday", "pancake day", "pancake tuesday", "mother's day", "mothers day", "mothering sunday",
    "whit sunday", "father's day", "fathers day", "remembrance sunday", "black friday", "easter weekend", "easter",
    "new year", "winter",
)  # fmt: skip


def bank_holidays(year: int) -> dict[date, frozenset[str]]:
    """The bank holidays of a year in any nation of the United Kingdom, each with the names it goes by.

    Days that one nation alone has are among them: nobody can tell which nation's are meant.
    """
    told: dict[date, set[str]] = {}

    def add(day: date | None, *names: str) -> None:
        if day is not None:
            told.setdefault(day, set()).update(names)

    at = easter(year)
    for day in (date(year, 1, 1), date(year, 1, 2)):
        add(_substitute(day, day.day == 2), "new year")
    add(at - 2 * DAY, "easter")
    add(at + DAY, "easter")
    for early in MOVED.get(("may", year)) or (nth(1, MONDAY, year, 5),):
        add(early, "may", "early may", "may day")
    for late in MOVED.get(("spring", year)) or (nth(-1, MONDAY, year, 5),):
        add(late, "may", "late may", "spring", "whitsun", "whit")
    add(nth(1, MONDAY, year, 8), "august", "summer")
    add(nth(-1, MONDAY, year, 8), "august", "summer")
    for day in (date(year, 3, 17), date(year, 7, 12), date(year, 11, 30)):
        add(_substitute(day, False))
    add(_substitute(date(year, 12, 25), False), "christmas")
    add(_substitute(date(year, 12, 26), True), "christmas", "boxing day")
    for day in ONCE.get(year, ()):
        add(day, *(("may",) if day.month == 5 else ()))
    return {day: frozenset(names) for day, names in told.items()}


def _substitute(day: date, second: bool) -> date:
    """The weekday on which a holiday is had that falls on a weekend; the second of two has the day after the first."""
    if day.weekday() < 5 and not (second and day.weekday() == MONDAY):
        return day
    if second and day.weekday() in (SUNDAY, MONDAY):
        return day + (2 if day.weekday() == SUNDAY else 1) * DAY
    return day + (2 if day.weekday() == 5 else 1) * DAY


SCHOOL: Final = {
    "october half term": ((10, 7), (11, 6)), "autumn half term": ((10, 7), (11, 6)),
    "february half term": ((2, 6), (2, 28)), "spring half term": ((2, 6), (2, 28)),
    "may half term": ((5, 22), (6, 8)), "summer half term": ((5, 22), (6, 8)), "whitsun half term": ((5, 22), (6, 8)),
    "summer holidays": ((6, 22), (9, 8)),
}  # fmt: skip
"""School holidays as widely as schools differ, between the nations too."""


def school_holidays(name: str, year: int) -> Days | None:
    """From the day on which the first schools begin them to that on which the last end them; None for no such name."""
    if name in SCHOOL:
        (month, day), (until, last) = SCHOOL[name]
        return Days(date(year, month, day), date(year, until, last), "range")
    if name == "christmas holidays":
        return Days(date(year, 12, 16), date(year + 1, 1, 9), "range")
    if name == "easter holidays":
        return Days(easter(year) - 18 * DAY, easter(year) + 18 * DAY, "range")
    return None
