"""Dates of a stalking protection order: notification, earliest end, discharge, expiry and gaps (pure).

Source: Stalking Protection Act 2019 s3, s4, s9 (https://www.legislation.gov.uk/ukpga/2019/9). A date here is a fact to
show; whether anybody broke the law is for people.
"""

from __future__ import annotations

from datetime import date, timedelta

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.clocks import due_on, years_inclusive

FIXED_YEARS = 2
"""An order for a fixed period lasts at least so long, and cannot be discharged sooner without consent."""


def first_notification(served: date, *, replaces_interim: bool = False) -> date | None:
    """The last day for the first notification after service; None for a full order that replaces an interim one."""
    return None if replaces_interim else due_on("spo_notify_initial", served)


def notification_after_sex_offender_duty(ended: date, *, stood_when_made: bool) -> date | None:
    """The last day for notifying under the order once a sex offender's duty has ended; `ended` is its final day.

    None where that duty did not stand when the order was made: then this clock does not run (s9(6)).
    """
    return due_on("spo_notify_after_rso", ended) if stood_when_made else None


def earliest_end(made: date) -> date:
    """The first day on which an order for a fixed period may end, counting the day it was made."""
    return years_inclusive(made, FIXED_YEARS)


def can_be_discharged(made: date, asked: date, *, consents: bool) -> Decision:
    """Whether discharge is available on a day: within the first two years only where the subject and every chief
    officer concerned consent.
    """
    if consents or asked > earliest_end(made):
        return YES
    return no(
        "no_discharge_yet",
        "The order cannot be discharged before {day} unless its subject and the chief officers concerned consent. "
        "Record their consent first.",
        day=_said(earliest_end(made) + timedelta(days=1)),
    )


def has_ended(until: date | None, day: date) -> bool:
    """Whether an order has run out by its last day. One until a further order (None) never ends by a clock."""
    return until is not None and day > until


def gap_of_protection(interim_until: date, hearing: date) -> tuple[date, date] | None:
    """The first and last day without an order before the hearing; None where the interim one lasts till then."""
    first, last = interim_until + timedelta(days=1), hearing - timedelta(days=1)
    return (first, last) if first <= last else None


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
