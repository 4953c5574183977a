"""Every worked date of the domain notes (section 18) and its corrections, in the order in which they stand there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from joindots.kernel.problems import RuleBroken
from joindots.law import spo
from joindots.law.asking import ask
from joindots.law.catalogue import catalogue
from joindots.law.clocks import due_at, due_on, hours_after, months_after, years_inclusive
from joindots.law.conduct import routes

LONDON = ZoneInfo("Europe/London")


def london(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def test_served_on_a_monday_notify_by_the_wednesday():
    assert spo.first_notification(date(2026, 3, 2)) == date(2026, 3, 4)


def test_served_before_christmas_there_is_no_relief():
    assert spo.first_notification(date(2027, 12, 24)) == date(2027, 12, 26)


def test_a_full_order_that_replaces_an_interim_one_asks_no_new_first_notification():
    assert spo.first_notification(date(2026, 3, 3), replaces_interim=True) is None


def test_a_domestic_abuse_order_counts_from_the_day_it_was_made():
    assert due_on("dapo_notify", date(2026, 3, 2)) == date(2026, 3, 4)


def test_northern_ireland_counts_from_coming_into_force():
    assert due_on("ni_spo_notify", date(2026, 3, 2)) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("made", "earliest"),
    [
        (date(2025, 3, 1), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2030, 2, 28)),
        (date(2026, 1, 22), date(2028, 1, 21)),
        (date(2026, 2, 28), date(2028, 2, 27)),
        (date(2026, 3, 1), date(2028, 2, 29)),
    ],
)
def test_a_fixed_period_of_two_years_counts_the_day_it_was_made(made: date, earliest: date):
    assert spo.earliest_end(made) == earliest


def test_years_from_a_leap_day_to_a_leap_year_end_the_day_before():
    assert years_inclusive(date(2028, 2, 29), 4) == date(2032, 2, 28)


@pytest.mark.parametrize(
    ("given", "hearing"),
    [
        (london(2026, 3, 7), london(2026, 3, 10)),  # Saturday: Sunday is left out
        (london(2026, 4, 2), london(2026, 4, 7)),  # Thursday before Good Friday
        (london(2025, 12, 24), london(2025, 12, 29)),  # Christmas Day, Boxing Day and a Sunday left out
        (london(2026, 3, 27), london(2026, 3, 30)),  # the Sunday left out is that on which the clocks change
        (london(2026, 3, 8), london(2026, 3, 11, 0)),  # given on a Sunday: it begins with the Monday
        (london(2026, 3, 9, 0), london(2026, 3, 11, 0)),
    ],
)
def test_a_notice_is_heard_within_48_hours_that_count(given: datetime, hearing: datetime):
    assert due_at("dapn_hearing", given) == hearing


def test_a_summary_offence_is_laid_within_six_months_of_the_last_act():
    assert due_on("s2a_laying_information", date(2025, 8, 31)) == date(2026, 2, 28)


def test_after_a_sex_offenders_duty_the_order_asks_for_notification_in_three_days():
    assert spo.notification_after_sex_offender_duty(date(2026, 5, 5), stood_when_made=True) == date(2026, 5, 7)
    assert spo.notification_after_sex_offender_duty(date(2026, 5, 5), stood_when_made=False) is None


def test_discharge_at_18_months_without_consent_is_not_available():
    made = date(2025, 3, 1)
    refused = spo.can_be_discharged(made, months_after(made, 18), consents=False)
    assert not refused
    assert "before 1 March 2027" in str(refused.reason)
    assert spo.can_be_discharged(made, months_after(made, 18), consents=True)
    assert not spo.can_be_discharged(made, date(2027, 2, 28), consents=False)
    assert spo.can_be_discharged(made, date(2027, 3, 1), consents=False)


def test_an_order_until_a_further_order_never_ends_by_a_clock():
    assert not spo.has_ended(None, date(2099, 1, 1))
    assert not spo.has_ended(date(2029, 1, 21), date(2029, 1, 21))
    assert spo.has_ended(date(2029, 1, 21), date(2029, 1, 22))


def test_one_message_to_each_of_two_people_is_harassment_at_most_and_not_stalking():
    assert [one.code for one in routes({"maya": 1, "dev": 1})] == ["s1_1a", "other"]


def test_one_very_serious_act_is_no_course_of_conduct_and_an_order_may_still_be_possible():
    assert [one.code for one in routes({"maya": 1, "dev": 0})] == ["other"]
    assert "order may still be possible" in str(routes({"maya": 1})[0].says)


def test_two_acts_towards_one_person_can_be_a_course_of_conduct():
    assert [one.code for one in routes({"maya": 2})] == ["s2a", "other"]
    assert routes({}) == ()


def test_a_hearing_after_the_interim_order_ends_leaves_a_gap_that_is_told():
    assert spo.gap_of_protection(date(2026, 4, 30), date(2026, 5, 7)) == (date(2026, 5, 1), date(2026, 5, 6))
    assert spo.gap_of_protection(date(2026, 1, 15), date(2026, 1, 22)) == (date(2026, 1, 16), date(2026, 1, 21))  # D41
    assert spo.gap_of_protection(date(2026, 4, 30), date(2026, 5, 1)) is None


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("bail_pre_initial", date(2026, 2, 28), date(2026, 5, 31)),  # correction 13: from the day after arrest
        ("bail_pre_initial", date(2025, 11, 13), date(2026, 2, 13)),  # D19: bail to 10 February is within it
        ("dp_complaint_ack", date(2026, 6, 19), date(2026, 7, 18)),  # 30 days beginning with the day it came
        ("sar_response", date(2026, 1, 31), date(2026, 2, 28)),
        ("cobi_assess_allocate", date(2026, 1, 26), date(2026, 2, 9)),  # D44
        ("risk_review_high", date(2025, 11, 3), date(2025, 11, 10)),
        ("risk_review_medium", date(2025, 11, 3), date(2025, 12, 1)),
    ],
)
def test_further_days(code: str, start: date, due: date):
    assert due_on(code, start) == due


def test_enhanced_rights_shorten_what_the_code_says_and_nothing_else():
    assert due_on("vcop_key_decisions", date(2025, 11, 13), enhanced=True) == date(2025, 11, 14)  # D19
    assert due_on("vcop_charge_decision", date(2026, 1, 3), enhanced=True) == date(2026, 1, 5)  # D40
    assert due_on("vcop_refer_support", date(2025, 9, 22), enhanced=True) == date(2025, 9, 24)  # D08


def test_first_contact_within_24_and_48_hours():
    referred = london(2025, 11, 3, 11, 5)
    assert due_at("isac_first_contact_high", referred) == london(2025, 11, 4, 11, 5)  # D14
    assert due_at("isac_first_contact_std", referred) == london(2025, 11, 5, 11, 5)
    assert due_at("ico_breach_notice", referred) == london(2025, 11, 6, 11, 5)


def test_an_hour_that_the_clock_repeats_is_an_hour():
    """Told at noon before the clocks go back, 24 hours end at eleven; before they go forward, at one."""
    assert hours_after(london(2025, 10, 25, 12), 24) == london(2025, 10, 26, 11)
    assert hours_after(london(2026, 3, 28, 12), 24) == london(2026, 3, 29, 13)
    assert hours_after(datetime(2026, 3, 28, 12, tzinfo=UTC), 24) == datetime(2026, 3, 29, 12, tzinfo=UTC)


def test_a_deadline_in_hours_is_not_counted_in_days_nor_the_other_way_about():
    for wrong in (lambda: due_on("dapn_hearing", date(2026, 3, 7)), lambda: due_at("sar_response", london(2026, 3, 7))):
        with pytest.raises(RuleBroken, match="not worked out here"):
            wrong()


WORKED = (
    # (as section 18 has it), the clock, what it is told, the day it answers, a word of what it says
    ("SPO served Mon 2 Mar 2026", "spo_notify_initial", "served=2026-03-02", "2026-03-04", ""),
    ("SPO served Fri 24 Dec 2027", "spo_notify_initial", "served=2027-12-24", "2027-12-26", "no weekend or holiday"),
    ("Full SPO replacing interim served Tue", "spo_notify_initial", "served=2026-03-03 replaces_interim=yes", "",
     "No new first notification"),
    ("DAPO made Mon, served Wed", "dapo_notify", "made=2026-03-02", "2026-03-04", ""),
    ("NI SPO made Mon, in force Mon, served Thu", "ni_spo_notify", "in_force=2026-03-02", "2026-03-04", ""),
    ("SPO made 1 Mar 2025, fixed 2 years", "spo_min_term", "made=2025-03-01 ends=2027-02-28", "2027-02-28", "enough"),
    ("SPO made 29 Feb 2028, fixed 2 years", "spo_min_term", "made=2028-02-29 ends=2030-02-27", "2030-02-28", "too soon"),
    ("DAPN given Sat 10:00", "dapn_hearing", "given=2026-03-07T10:00", "2026-03-10T10:00+00:00", "Sunday 8 March"),
    ("DAPN given Thu before Good Friday 10:00", "dapn_hearing", "given=2026-04-02T10:00", "2026-04-07T10:00+01:00",
     "Good Friday); Sunday 5 April 2026; Monday 6 April 2026 (Easter Monday)"),
    ("s2A last act 31 Aug 2025", "s2a_laying_information", "last_act=2025-08-31", "2026-02-28", ""),
    ("Sex-offender notification ends 5 May with SPO live", "spo_notify_after_rso", "ended=2026-05-05", "2026-05-07", ""),
    ("Discharge asked at 18 months without police consent", "spo_no_discharge_without_consent",
     "made=2025-03-01 asked=2026-09-01", "2027-02-28", "cannot be discharged before 1 March 2027"),
    ("Until further order", "spo_ended", "day=2099-01-01", "", "never ends by a clock"),
    ("Interim ends 30 Apr, main hearing 7 May", "spo_gap", "interim_ends=2026-04-30 hearing=2026-05-07", "2026-05-01",
     "gap of protection: no order from Friday 1 May 2026 to Wednesday 6 May 2026"),
)  # fmt: skip
"""Every row of section 18 that a clock answers; the other two (two victims, one act) are no clock: see the routes above."""


@pytest.mark.parametrize(("row", "rule", "told", "due", "says"), WORKED, ids=[one[0] for one in WORKED])
def test_every_worked_date_is_answered_when_its_clock_is_asked(row: str, rule: str, told: str, due: str, says: str):
    answer = ask(catalogue(), rule, dict(one.split("=", 1) for one in told.split()))
    assert answer.due == due
    assert says in " ".join((answer.says, *answer.counting))
    assert answer.source.startswith("http") or answer.verify, "a source, or the mark that there is none"
    assert answer.law == ("Northern Ireland" if rule.startswith("ni_") else "England and Wales")


def test_northern_irelands_clock_does_not_run_while_another_duty_stands():
    assert ask(catalogue(), "ni_spo_notify", {"in_force": "2026-03-02", "other_duty": "yes"}).due == ""


def test_a_time_that_the_clock_showed_twice_says_which_is_counted():
    told = " ".join(ask(catalogue(), "hours", {"start": "2026-10-25T01:30", "number": "1"}).counting)
    assert "twice that night; this counts from the first" in told
    later = ask(catalogue(), "hours", {"start": "2026-10-25T01:30+00:00", "number": "1"})
    assert later.due == "2026-10-25T02:30+00:00" and "from the second" in " ".join(later.counting)
