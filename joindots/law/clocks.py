"""When a duty falls due: inclusive days, months back to the day, hours, and working days of three law systems (pure).

Days are days in London, hours are hours that pass. No clock is read here: when a duty begins is an argument.
Opening hours and the clock that runs only while a service is open are in `hours`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words
from joindots.law.reading import Fact, LawSystem, table
from joindots.law.tables import deadlines

SATURDAY, SUNDAY = 5, 6
System = Literal["england_wales", "scotland", "northern_ireland"]
"""The law systems that have bank holidays of their own."""
SYSTEMS: tuple[System, ...] = get_args(System)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHoliday(Fact):
    """A bank holiday of one law system. Its code ends with its day."""

    name: str
    law_system: LawSystem

    @property
    def day(self) -> date:
        """The day it falls on."""
        return date.fromisoformat(self.code[-10:])


@cache
def bank_holidays(system: System = "england_wales") -> Mapping[date, str]:
    """Bank holidays of a law system by day, for the years that are published (source: gov.uk/bank-holidays)."""
    every = table("bank_holidays", BankHoliday).values()
    return MappingProxyType({one.day: one.name for one in every if one.law_system == system})


def holidays_known(year: int, system: System = "england_wales") -> bool:
    """Whether the bank holidays of a year are published and stand in this version."""
    return any(day.year == year for day in bank_holidays(system))


def is_working_day(day: date, system: System = "england_wales") -> bool:
    """Monday to Friday and no bank holiday. Refused for a year whose bank holidays are not known here."""
    if not holidays_known(day.year, system):
        raise RuleBroken(
            words(
                "holidays_unknown",
                "The bank holidays of {year} are not in this version, so working days in it cannot be counted. "
                "Those of {first} to {last} are. For a later year bring it up to date; for an earlier one count by "
                "hand.",
                year=day.year,
                first=min(bank_holidays(system)).year,
                last=max(bank_holidays(system)).year,
            )
        )
    return day.weekday() < SATURDAY and day not in bank_holidays(system)


def add_working_days(start: date, number: int, system: System = "england_wales") -> date:
    """The day `number` (one or more) working days after `start`; the day itself is not counted."""
    day = start
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day, system)
    return day


def days_after(start: date, number: int) -> date:
    """So many calendar days after `start`, which is not counted."""
    return start + timedelta(days=number)


def weeks_after(start: date, number: int) -> date:
    """The same day of the week, so many weeks later."""
    return start + timedelta(weeks=number)


def inclusive_days(start: date, number: int) -> date:
    """The last of `number` days of which `start` is the first. No day is left out, not even Christmas."""
    return start + timedelta(days=number - 1)


def months_after(start: date, number: int) -> date:
    """The same day of a later month; its last day where the month is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def months_from_next_day(start: date, number: int) -> date:
    """The last day of so many months whose first is the day after `start` (bail: PACE 1984 s47ZB(4)(a))."""
    return months_after(start + timedelta(days=1), number) - timedelta(days=1)


def months_inclusive(start: date, number: int) -> date:
    """The last of so many months of which `start` is the first day."""
    return months_from_next_day(start - timedelta(days=1), number)


def years_after(start: date, number: int) -> date:
    """The same day so many years later; 28 February where that year has no 29th."""
    return months_after(start, 12 * number)


def years_inclusive(start: date, number: int) -> date:
    """The last of so many years of which `start` is the first day; those from 29 February end with a February."""
    if (start.month, start.day) == (2, 29) and monthrange(start.year + number, 2)[1] == 28:
        return date(start.year + number, 2, 28)
    return start.replace(year=start.year + number) - timedelta(days=1)


def hours_after(start: datetime, number: int) -> datetime:
    """When so many hours have passed, told in the zone of `start`; an hour that the clock repeats is an hour."""
    return (start.astimezone(UTC) + timedelta(hours=number)).astimezone(start.tzinfo)


def hours_leaving_out_holidays(start: datetime, number: int) -> datetime:
    """When so many hours have passed of days that are no Sunday, Christmas Day, Good Friday or bank holiday of England
    and Wales. Saturdays count (source: Domestic Abuse Act 2021 s29).
    """
    left, at = timedelta(hours=number), start.astimezone(LOCAL)
    while True:
        midnight = datetime.combine(at.date() + timedelta(days=1), time(), LOCAL)
        day_left = midnight.astimezone(UTC) - at.astimezone(UTC)
        if counts_for_hearing(at.date()):
            if left <= day_left:
                return (at.astimezone(UTC) + left).astimezone(LOCAL)
            left -= day_left
        at = midnight


def counts_for_hearing(day: date) -> bool:
    """Whether the 48 hours of a notice run on this day: Saturdays do (source: Domestic Abuse Act 2021 s29)."""
    is_working_day(day)  # refuses a year whose bank holidays are not known
    christmas = (day.month, day.day) == (12, 25)
    return day.weekday() != SUNDAY and not christmas and day not in bank_holidays()


COUNTED: Mapping[str, Callable[[date, int], date]] = {
    **dict.fromkeys(
        ("vcop_refer_support", "vcop_key_decisions", "vcop_charge_decision", "vcop_court_dates", "vcop_outcome",
         "vrr_request_cps", "spo_appeal", "mappa_minutes"),
        add_working_days,
    ),
    **dict.fromkeys(
        ("spo_notify_initial", "spo_notify_name", "spo_notify_address", "spo_notify_after_rso", "dapo_notify",
         "ni_spo_notify", "dp_complaint_ack"),
        inclusive_days,
    ),
    **dict.fromkeys(
        ("risk_review_high", "risk_review_medium", "spo_renewal_prompt", "ni_biometric_destroy", "dvds_total",
         "supercomplaint_response"),
        days_after,
    ),
    **dict.fromkeys(("s2a_laying_information", "sar_response", "vrr_request_police", "marac_repeat_window"),
                    months_after),
    **dict.fromkeys(("spo_min_term", "spo_no_discharge_without_consent"), years_inclusive),
    **dict.fromkeys(("limitation_pha_claim", "limitation_scotland"), years_after),
    **dict.fromkeys(("cobi_assess_allocate", "mappa_l2_review", "mappa_l3_review"), weeks_after),
    "bail_pre_initial": months_from_next_day,
    "dapo_tag_max": months_inclusive,
}  # fmt: skip
"""How each deadline is counted whose counting is settled. A deadline not named here is refused, never guessed."""


IN_HOURS: Mapping[str, Callable[[datetime, int], datetime]] = {
    **dict.fromkeys(("isac_first_contact_high", "isac_first_contact_std", "ico_breach_notice"), hours_after),
    "dapn_hearing": hours_leaving_out_holidays,
}
ENHANCED = frozenset({"vcop_key_decisions", "vcop_charge_decision", "vcop_court_dates", "vcop_outcome"})
"""Deadlines that the Victims' Code shortens to one working day for those with enhanced rights."""


def due_on(code: str, start: date, *, enhanced: bool = False) -> date:
    """The last day of a deadline counted in days or longer. `start` is the day its trigger happened.

    `enhanced`: for somebody with enhanced rights under the Victims' Code; it changes nothing elsewhere.
    """
    count, amount = COUNTED.get(code), deadlines()[code].amount
    if count is None or amount is None:
        raise _not_counted(code)
    return count(start, 1 if enhanced and code in ENHANCED else amount)


def due_at(code: str, start: datetime) -> datetime:
    """The last moment of a deadline counted in hours. `start` is when its trigger happened."""
    count, amount = IN_HOURS.get(code), deadlines()[code].amount
    if count is None or amount is None:
        raise _not_counted(code)
    return count(start, amount)


def _not_counted(code: str) -> RuleBroken:
    return RuleBroken(
        words(
            "not_counted", "When “{name}” falls due is not worked out here. Look it up in its source: {source}.",
            name=code, source=deadlines()[code].source,
        )
    )  # fmt: skip
