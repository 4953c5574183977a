"""Days said by others: the week before Christmas, the Tuesday after Easter, three days before Halloween (pure)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from joindots.evidence.readers.stamps import WEEKDAYS
from joindots.evidence.readers.vague_clock import NUMBERS
from joindots.evidence.readers.vague_days import ABOUT_DAY, Days
from joindots.evidence.rules.feasts import DAY, SUNDAY

_WEEKDAY = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_NUMBER = "|".join([r"\d{1,2}", "an?", "one", "a couple of", "a few", "few", *NUMBERS])
_BESIDE = re.compile(
    rf"^(?:on |at |over |in |during )?(?P<the>the )?(?:(?P<number>{_NUMBER}) (?=day|week|night|month|weekend))?"
    rf"(?P<unit>days?|nights?|evening|morning|afternoon|weekends?|weeks?|fortnight|months?|{_WEEKDAY}) "
    r"(?P<side>before|after) (?P<rest>(?!last$).+)$"
)
CENTRE: Final = {
    "christmas": "christmas day", "xmas": "christmas day", "new year": "1 january", "the new year": "1 january",
    "easter": "easter sunday",
}  # fmt: skip
"""The one day that is meant by a longer feast where something is told of beside it."""
PARTS: Final = ("evening", "morning", "afternoon")
FEW: Final = (2, 10)
COUPLE: Final = (1, 4)


class Beside:
    """Words that name days by others: the words for those, and, once their days are known, the days meant."""

    def __init__(self, found: re.Match[str]) -> None:
        self._found = found
        self.rest = CENTRE.get(found["rest"], found["rest"])
        self.before = found["side"] == "before"

    @property
    def relative(self) -> bool:
        """Whether the words can mean nothing but days counted from others. "Tuesday after work" is a Tuesday."""
        return self._found["unit"] not in WEEKDAYS or bool(self._found["the"])

    @property
    def part(self) -> str:
        """The part of the day that is named, if one is."""
        unit = self._found["unit"]
        return unit if unit in PARTS else "night" if unit.startswith("night") and not self._found["number"] else ""

    def days(self, first: date, last: date) -> Days:
        """The days meant, beside these."""
        unit, number = self._found["unit"].removesuffix("s"), self._found["number"]
        if unit in WEEKDAYS or self._found["unit"] in WEEKDAYS:
            return self._weekday(first, last, WEEKDAYS[self._found["unit"]])
        if number and ("few" in number or "couple" in number):
            low, high = COUPLE if "couple" in number else FEW
            return self._back(first, last, low, high) if unit in ("day", "night") else self._weeks(first, last, 2, 8)
        many = 1 if number in (None, "a", "an") else int(number) if number.isdecimal() else NUMBERS[number]
        if unit == "fortnight":
            return self._weeks(first, last, 0, 2)
        if unit == "week":
            return self._weeks(first, last, many if number else 0, many)
        if unit == "month":
            return self._back(first, last, 1 if not number else many * 28 - 3, many * 31 + (31 if not number else 3))
        if unit == "weekend":
            return self._weekend(first, last)
        slack = 1 if many > 2 else 0
        return self._back(first, last, many - slack, many + slack)

    def _back(self, first: date, last: date, low: int, high: int) -> Days:
        start, end = (first - high * DAY, last - low * DAY) if self.before else (first + low * DAY, last + high * DAY)
        return Days(start, end, "day" if start == end else "range")

    def _weeks(self, first: date, last: date, low: int, high: int) -> Days:
        """ "The week before": the seven days, or the calendar's week before; so many weeks: about then."""
        if low:
            around = self._back(first, last, low * 7, high * 7)
            return Days(around.first - ABOUT_DAY, around.last + ABOUT_DAY, "range")
        if self.before:
            return Days(first - (first.weekday() + 1) * DAY - high * 7 * DAY, first - DAY, "range")
        return Days(last + DAY, last + (6 - last.weekday()) * DAY + high * 7 * DAY, "range")

    def _weekend(self, first: date, last: date) -> Days:
        """The nearest whole one before those days, from its Friday on; the nearest that has its Saturday after them."""
        if self.before:
            sunday = first - ((first.weekday() - SUNDAY) % 7 or 7) * DAY
            return Days(sunday - 2 * DAY, sunday, "range")
        saturday = last + ((SUNDAY - 1 - last.weekday()) % 7 or 7) * DAY
        return Days(max(saturday - DAY, last + DAY), saturday + DAY, "range")

    def _weekday(self, first: date, last: date, wanted: int) -> Days:
        day = first - ((first.weekday() - wanted) % 7 or 7) * DAY
        if not self.before:
            day = last + ((wanted - last.weekday()) % 7 or 7) * DAY
        return Days(day, day, "day")


def beside(text: str) -> Beside | None:
    """The words taken apart, if they name days by others."""
    found = _BESIDE.match(text)
    return Beside(found) if found else None
