"""When a duty falls due: inclusive days, months back to the day, and working days of England and Wales (pure).

Days are days in London. No clock is read here: the day a duty begins is an argument.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.law.reading import Fact, LawSystem, table
from joindots.law.tables import deadlines

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHoliday(Fact):
    """A bank holiday. Its code is its day."""

    name: str
    law_system: LawSystem

    @property
    def day(self) -> date:
        """The day it falls on."""
        return date.fromisoformat(self.code)


def bank_holidays() -> dict[date, str]:
    """Bank holidays of England and Wales by day, for the years that are published."""
    return {one.day: one.name for one in table("bank_holidays", BankHoliday).values()}


def is_working_day(day: date) -> bool:
    """Monday to Friday and no bank holiday. Refused for a year whose bank holidays are not known here."""
    holidays = bank_holidays()
    if day.year not in {one.year for one in holidays}:
        raise RuleBroken(
            words(
                "holidays_unknown",
                "The bank holidays of {year} are not in this version, so working days in it cannot be counted. "
                "Bring it up to date first.",
                year=day.year,
            )
        )
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, number: int) -> date:
    """The day `number` (one or more) working days after `start`; the day itself is not counted."""
    day = start
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def inclusive_days(start: date, number: int) -> date:
    """The last of `number` days of which `start` is the first. No day is left out, not even Christmas."""
    return start + timedelta(days=number - 1)


def months_after(start: date, number: int) -> date:
    """The same day of a later month; its last day where the month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


_COUNTED: Mapping[str, Callable[[date, int], date]] = {
    **dict.fromkeys(
        ("vcop_refer_support", "vcop_key_decisions", "vcop_charge_decision", "vcop_court_dates", "vcop_outcome",
         "vrr_request_cps"),
        add_working_days,
    ),
    **dict.fromkeys(
        ("spo_notify_initial", "spo_notify_name", "spo_notify_address", "dapo_notify", "ni_spo_notify"), inclusive_days
    ),
    "s2a_laying_information": months_after,
}  # fmt: skip
"""How each deadline is counted whose counting is settled. A deadline not named here is refused, never guessed."""


def due_on(code: str, start: date) -> date:
    """The last day of a deadline. `start` is the day its trigger happened."""
    count, amount = _COUNTED.get(code), deadlines()[code].amount
    if count is None or amount is None:
        raise RuleBroken(
            words(
                "not_counted", "When “{name}” falls due is not worked out here. Look it up in its source: {source}.",
                name=code, source=deadlines()[code].source,
            )
        )  # fmt: skip
    return count(start, amount)
