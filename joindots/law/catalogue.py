"""Every clock that can be asked, by its code: each deadline of the table, the dates of an order, plain counting (pure).

A deadline that is counted from one day alone is made from the table; the others say here what else they must know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache, partial
from types import MappingProxyType
from typing import Any

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.law import clocks, spo
from joindots.law.asking import Clock, Input, Told, due_said
from joindots.law.clocks import COUNTED, ENHANCED, IN_HOURS, System, bank_holidays, is_working_day
from joindots.law.counting import SAID, day_said
from joindots.law.routes import PLACES
from joindots.law.tables import Deadline, deadlines

STARTS: Mapping[str, str] = {
    "spo_notify_initial": "served", "spo_notify_name": "used", "spo_notify_address": "changed",
    "spo_notify_after_rso": "ended", "spo_min_term": "made", "spo_no_discharge_without_consent": "made",
    "spo_renewal_prompt": "ends", "spo_interim_review": "interim_ends", "spo_appeal": "decided",
    "ni_spo_notify": "in_force", "ni_biometric_destroy": "ended", "dapo_notify": "made", "dapn_hearing": "given",
    "dapo_tag_max": "started", "dvds_total": "asked", "s2a_laying_information": "last_act",
    "bail_pre_initial": "arrested", "vcop_refer_support": "reported", "vcop_key_decisions": "happened",
    "vcop_charge_decision": "decided", "vcop_court_dates": "received", "vcop_outcome": "received",
    "vrr_request_cps": "told", "vrr_request_police": "told", "isac_first_contact_high": "referred",
    "isac_first_contact_std": "referred", "mappa_l3_review": "met", "mappa_l2_review": "met", "mappa_minutes": "met",
    "marac_repeat_window": "heard", "sar_response": "received", "ico_breach_notice": "noticed",
    "cobi_assess_allocate": "referred", "supercomplaint_response": "reported", "limitation_pha_claim": "last_act",
    "risk_review_high": "assessed", "risk_review_medium": "assessed", "limitation_scotland": "ceased",
    "dp_complaint_ack": "received",
}  # fmt: skip
"""What the day that starts each deadline is called."""
LODGE_BEFORE = 56
"""Days before an order ends by which its renewal is lodged (the project's own default)."""
OLDER_APPEAL_DAYS = 21
BAIL_MONTHS: Mapping[str, int] = {"first": 3, "inspector": 6, "superintendent": 9}
INTERIM_SOURCE = "https://www.legislation.gov.uk/ukpga/2019/9/section/5"
COUNTING = "plain counting: no source of law"


@cache
def catalogue() -> Mapping[str, Clock]:
    """Every clock by its code, in the order of the table; then dates of an order; then plain counting."""
    every = [*_deadlines(), *_of_orders(), *_plain()]
    return MappingProxyType({one.code: one for one in every})


# -- deadlines of the table


def _deadlines() -> Iterator[Clock]:
    for code, row in deadlines().items():
        more, count = _SPECIAL.get(code, ((), _by_table))
        start = Input(STARTS[code], "moment" if code in IN_HOURS else "day", f"the day of: {row.trigger}")
        if code in ENHANCED:
            more = (*more, Input("enhanced", "yes_no", "somebody with enhanced rights under the Victims' Code", "no"))
        inputs = (start, *more)
        about = f"{row.duty_holder}: {_length(row)} from {row.trigger}" + (f" ({row.note})" if row.note else "")
        yield Clock(code, about, inputs, partial(_named, count, code, start.name), row.source, row.mark, row.authority,
                    PLACES[row.law_system])  # fmt: skip


def _length(row: Deadline) -> str:
    if row.amount is None or row.unit is None:
        return "set by the court"
    return f"{row.amount} {row.unit.replace('_', ' ')}"


def _named(count: Callable[..., Told], code: str, name: str, **given: Any) -> Told:
    return count(code, given.pop(name), **given)


def _counted(way: Callable[..., Any], start: Any, number: int, *more: Any) -> Told:
    due = way(start, number, *more)
    return Told(due, due_said(due), tuple(SAID[way](start, number, due, *more)))


def _by_table(code: str, start: date | datetime, enhanced: bool = False) -> Told:
    """A deadline counted as the table has it."""
    amount = deadlines()[code].amount
    assert amount is not None
    if code in IN_HOURS:
        return _counted(IN_HOURS[code], start, amount)
    told = _counted(COUNTED[code], start, 1 if enhanced else amount)
    return _also(told, "Enhanced rights: 1 working day instead of 5.") if enhanced else told


def _also(told: Told, *more: str) -> Told:
    return Told(told.due, told.says, (*told.counting, *more))


def _none(says: str) -> Told:
    return Told(None, says)


def _first_notification(code: str, served: date, replaces_interim: bool, sex_offender_duty: bool) -> Told:
    if replaces_interim:
        return _none("No new first notification: a full order that replaces an interim one does not ask for it again.")
    if sex_offender_duty:
        return _none("None while a sex offender's duty to notify stands. Ask spo_notify_after_rso for when that ends.")
    return _by_table(code, served)


def _after_sex_offender(code: str, ended: date, stood_when_made: bool) -> Told:
    if not stood_when_made:
        return _none("This clock does not run: that duty did not stand when the order was made (s9(6)).")
    return _by_table(code, ended)


def _dapo_notify(code: str, made: date, other_duty: bool) -> Told:
    if other_duty:
        return _none("None while another duty to notify stands: under a stalking protection order, another domestic "
                     "abuse protection order, or as a sex offender (s41).")  # fmt: skip
    return _by_table(code, made)


def _ni_notify(code: str, in_force: date, other_duty: bool) -> Told:
    if other_duty:
        return _none("None while a duty to notify stands that the Act names (s14(5)). Which those are: look there.")
    return _by_table(code, in_force)


def _least_term(code: str, made: date, ends: date | None) -> Told:
    told = _by_table(code, made)
    if ends is None or told.due is None:
        return told
    long_enough = ends >= told.due
    return _also(told, f"An end on {day_said(ends)} is {'long enough' if long_enough else 'too soon'}.")


def _discharge(code: str, made: date, asked: date | None, consents: bool) -> Told:
    told = _by_table(code, made)
    if asked is None:
        return _also(told, "Until then it takes the consent of the subject and of every chief officer concerned.")
    allowed = spo.can_be_discharged(made, asked, consents=consents)
    says = f"Discharge is available on {day_said(asked)}." if allowed else str(allowed.reason)
    return Told(told.due, says, told.counting)


def _renewal(code: str, ends: date) -> Told:
    lodge = clocks.days_after(ends, -LODGE_BEFORE)
    return _also(_by_table(code, ends), f"Lodge it by {day_said(lodge)}, {LODGE_BEFORE} days before the end.")


def _interim_review(code: str, interim_ends: date, hearing: date | None) -> Told:
    says = f"The main hearing, before the interim order ends on {day_said(interim_ends)}."
    if hearing is None:
        return Told(interim_ends, says, ("The court sets the day; the law sets none.",))
    return Told(interim_ends, says, (_gap_said(interim_ends, hearing),))


def _gap_said(interim_ends: date, hearing: date) -> str:
    gap = spo.gap_of_protection(interim_ends, hearing)
    if gap is None:
        return f"No gap: the interim order lasts until the hearing on {day_said(hearing)}."
    first, last = map(day_said, gap)
    return f"A gap of protection: no order from {first} to {last}, before the hearing on {day_said(hearing)}."


def _appeal(code: str, decided: date, figure: str) -> Told:
    if figure == "21_days":
        told = _counted(clocks.days_after, decided, OLDER_APPEAL_DAYS)
        return _also(told, "The figure of older guidance.")
    return _also(_by_table(code, decided), "The figure of the Criminal Procedure Rules; older guidance says 21 days.")


def _bail(code: str, arrested: date, stage: str) -> Told:
    return _counted(clocks.months_from_next_day, arrested, BAIL_MONTHS[stage])


def _access(code: str, received: date, extended: bool) -> Told:
    amount = deadlines()[code].amount
    assert amount is not None
    return _counted(clocks.months_after, received, amount + 2 * extended)


def _scotland(code: str, ceased: date, disability_days: int) -> Told:
    told = _by_table(code, ceased)
    if not disability_days or not isinstance(told.due, date):
        return told
    due = clocks.days_after(told.due, disability_days)
    return Told(due, due_said(due), (*told.counting, f"{disability_days} days of legal disability are left out."))


_SPECIAL: Mapping[str, tuple[tuple[Input, ...], Callable[..., Told]]] = {
    "spo_notify_initial": (
        (Input("replaces_interim", "yes_no", "a full order that replaces an interim one", "no"),
         Input("sex_offender_duty", "yes_no", "a sex offender's duty to notify stands", "no")), _first_notification),
    "spo_notify_after_rso": (
        (Input("stood_when_made", "yes_no", "that duty stood when the order was made", "yes"),), _after_sex_offender),
    "dapo_notify": (
        (Input("other_duty", "yes_no", "another duty to notify stands, as s41 lists them", "no"),), _dapo_notify),
    "ni_spo_notify": (
        (Input("other_duty", "yes_no", "another duty to notify stands, as s14(5) lists them", "no"),), _ni_notify),
    "spo_min_term": ((Input("ends", "day", "the end that is thought of", ""),), _least_term),
    "spo_no_discharge_without_consent": (
        (Input("asked", "day", "when discharge is asked for", ""),
         Input("consents", "yes_no", "the subject and every chief officer concerned consent", "no")), _discharge),
    "spo_renewal_prompt": ((), _renewal),
    "spo_interim_review": ((Input("hearing", "day", "the day of the main hearing", ""),), _interim_review),
    "spo_appeal": (
        (Input("figure", "choice", "which figure is used", "15_business_days", ("15_business_days", "21_days")),),
        _appeal),
    "bail_pre_initial": (
        (Input("stage", "choice", "who has set the period", "first", tuple(BAIL_MONTHS)),), _bail),
    "sar_response": ((Input("extended", "yes_no", "extended by two months, as may be", "no"),), _access),
    "limitation_scotland": (
        (Input("disability_days", "number", "days under legal disability", "0"),), _scotland),
}  # fmt: skip


# -- dates of an order that no deadline is


def _of_orders() -> Iterator[Clock]:
    source = deadlines()["spo_min_term"].source
    yield Clock(
        "spo_gap", "whether an interim order lasts until the main hearing",
        (Input("interim_ends", "day", "the last day of the interim order"),
         Input("hearing", "day", "the day of the main hearing")),
        _gap, INTERIM_SOURCE, authority="statutory", law=PLACES["england_wales"],
    )  # fmt: skip
    yield Clock(
        "spo_ended", "whether an order has run out by a day; one until a further order never does by a clock",
        (Input("day", "day", "the day that is asked about"),
         Input("until", "day", "its last day; leave it out for an order until a further order", "")),
        _ended, source, authority="statutory", law=PLACES["england_wales"],
    )  # fmt: skip


def _gap(interim_ends: date, hearing: date) -> Told:
    gap = spo.gap_of_protection(interim_ends, hearing)
    return Told(gap[0] if gap else None, _gap_said(interim_ends, hearing))


def _ended(day: date, until: date | None) -> Told:
    if until is None:
        return _none("It has not run out: an order until a further order never ends by a clock.")
    if spo.has_ended(until, day):
        return Told(until, f"It has run out: its last day was {day_said(until)}.")
    return Told(until, f"It has not run out: its last day is {day_said(until)}.")


# -- plain counting


def _plain() -> Iterator[Clock]:
    start = Input("start", "day", "the day that starts it")
    number = Input("number", "number", "how many")
    system = Input("system", "system", "whose bank holidays", "england_wales")
    ways: Mapping[str, tuple[str, Callable[..., Any]]] = {
        "inclusive_days": ("days of which the start is the first", clocks.inclusive_days),
        "calendar_days": ("days after the start, which is not counted", clocks.days_after),
        "weeks": ("the same day of the week, weeks later", clocks.weeks_after),
        "months": ("the same day of a later month", clocks.months_after),
        "months_from_next_day": ("months whose first day is the day after the start", clocks.months_from_next_day),
        "months_inclusive": ("months of which the start is the first day", clocks.months_inclusive),
        "years": ("the same day of a later year", clocks.years_after),
        "years_inclusive": ("years of which the start is the first day", clocks.years_inclusive),
    }
    for code, (about, way) in ways.items():
        counted = partial(_from_one, way) if way in FROM_ONE else partial(_counted, way)
        yield Clock(code, about, (start, number), counted, COUNTING)
    holidays = "https://www.gov.uk/bank-holidays"
    yield Clock("working_days", "working days after the start", (start, number, system), _working, holidays)
    yield Clock("working_day", "whether a day is a working day",
                (Input("day", "day", "the day that is asked about"), system), _is_working, holidays)  # fmt: skip
    moment = Input("start", "moment", "when it starts")
    yield Clock("hours", "hours that pass", (moment, number), partial(_counted, clocks.hours_after), COUNTING)


FROM_ONE = (
    clocks.inclusive_days, clocks.months_from_next_day, clocks.months_inclusive, clocks.years_inclusive,
)  # fmt: skip
"""Ways of counting that have a first day: there is none of no days, and they never run backwards."""


def _from_one(way: Callable[..., Any], start: date, number: int) -> Told:
    if number < 1:
        raise RuleBroken(words("count_from_one", "This counts forwards from a first day. Give a number of 1 or more."))
    return _counted(way, start, number)


def _working(start: date, number: int, system: System) -> Told:
    if number < 0:
        raise RuleBroken(words("count_forwards", "Working days are counted forwards. Give a number of 1 or more."))
    if number == 0:
        return Told(start, due_said(start), ("Nothing was counted.",))
    return _counted(clocks.add_working_days, start, number, system)


def _is_working(day: date, system: System) -> Told:
    if is_working_day(day, system):
        return Told(day, f"{day_said(day)} is a working day.")
    why = bank_holidays(system).get(day, "a weekend")
    following = clocks.add_working_days(day - timedelta(days=1), 1, system)
    return Told(following, f"{day_said(day)} is no working day ({why}); the next is {day_said(following)}.")
