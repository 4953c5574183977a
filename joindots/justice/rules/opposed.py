"""Who is the primary victim where both sides complain, and what may be written down against somebody then (pure).

No order, warning or change of role against anybody who is recorded as a victim goes without a second person's reasoned
decision (domain notes 12). Everything that could write one down asks `may_act_against`; it judges nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no
from joindots.people.rules.roles import SECOND_NEEDED


class Act(StrEnum):
    """What can be written down against somebody."""

    ORDER = "order"
    WARNING = "warning"
    ROLE = "role"
    CHARGE = "charge"
    BAIL = "bail"
    TELLING = "telling"


class Finding(StrEnum):
    """Who is the primary victim, as one person decided and another agreed."""

    OURS = "ours"
    REPORTED = "reported"
    BOTH = "both"
    UNCLEAR = "unclear"


class Stands(StrEnum):
    """How a decision stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    LAPSED = "lapsed"
    EARLIER = "earlier"
    OVER = "over"


ACT_WORDS: Mapping[Act, str] = {
    Act.ORDER: "an order", Act.WARNING: "a warning, caution or notice", Act.ROLE: "a change of role in the case",
    Act.CHARGE: "a charge", Act.BAIL: "bail and its conditions",
    Act.TELLING: "telling somebody about their past (right to ask, right to know)",
}  # fmt: skip
FINDING_WORDS: Mapping[Finding, str] = {
    Finding.OURS: "the person being stalked in this case",
    Finding.REPORTED: "the person reported in this case",
    Finding.BOTH: "both did things to the other; neither history is set aside",
    Finding.UNCLEAR: "nobody can tell yet",
}
STANDS_WORDS: Mapping[Stands, str] = {
    Stands.ASKED: "waits for a second person", Stands.AGREED: "agreed by a second person",
    Stands.REFUSED: "not agreed", Stands.LAPSED: "not decided in time", Stands.EARLIER: "replaced by a later decision",
    Stands.OVER: "agreed, and over: look at it again",
}  # fmt: skip
LOOKED: Mapping[str, str] = {
    "starts": "who starts contact, on one timeline of both histories",
    "fears": "who is afraid and has changed their life",
    "timing": "when each complaint was made, against arrests, orders and court dates",
    "threads": "whole message threads from a device, not single pictures",
    "others": "complaints to employers, schools, councils and professional bodies",
    "courts": "proceedings in family, civil and other courts",
    "before": "earlier victims, orders and complaints of either person",
}
"""What is looked at before anybody decides (counter_allegation_signals.csv; domain notes 12)."""
AGAINST = "against"
"""The act of two people: something written down against somebody who is recorded as a victim."""
LEAST_LOOKED = 3
LEAST_REASON = 40
MOST_REASON = 8000
REVIEW_DAYS = 92
"""A decision is looked at again within three months (the project's own default)."""
STARTS_ORDER = frozenset(
    {"decide_yes", "chief_officer_delegate_signs", "complaint_lodged", "interim_applied", "apply_vary", "apply_renew"}
)
"""Steps of an order that somebody here decides to take; what a court did is always written down."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The newest decision that two people made in a case."""

    finding: Finding
    covers: frozenset[str]
    review_on: date


def may_act_against(act: Act, *, is_victim: bool, decided: Decided | None, today: date, own: bool = False) -> Decision:
    """Whether something may be written down against the person reported.

    `is_victim` says whether anybody whom it would be against is recorded as a victim. Then a decision of two people
    that names this act must stand; after its review day it covers nothing more. `own`: it would be against the person
    whose case it is; a decision that they are the primary victim never lets that.
    """
    if not is_victim:
        return YES
    lets = decided is not None and act in decided.covers and today <= decided.review_on
    if own and decided is not None and decided.finding == Finding.OURS:
        lets = False
    return YES if lets else no("second_needed", SECOND_NEEDED)


def can_find(
    *, finding: str, covers: Collection[str], looked: Collection[str], why: str, review_on: date | None, today: date
) -> Decision:
    """Whether a decision says what it must: who, what was looked at, reasons in words, when it is looked at again."""
    if finding not in set(Finding):
        return no("finding", "Choose who you think is the primary victim.")
    if not set(covers) <= set(Act):
        return no("covers", "Choose what it covers from the list.")
    if finding == Finding.REPORTED and covers:
        return no("covers_none", "Where the person reported is the primary victim, it covers nothing against them.")
    if not set(looked) <= set(LOOKED) or len(set(looked)) < LEAST_LOOKED:
        return no(
            "looked", "Look at both histories first: tick at least {n} things that you looked at.", n=LEAST_LOOKED
        )
    return can_reason(why) and _can_review(review_on, today)


def can_reason(why: str) -> Decision:
    """Reasons are words that somebody else can weigh."""
    if len(why.strip()) < LEAST_REASON:
        return no("reason_short", "Write the reasons, in at least {n} letters.", n=LEAST_REASON)
    if len(why) > MOST_REASON:
        return no("reason_long", "Shorten it to {n} letters.", n=MOST_REASON)
    return YES


def _can_review(review_on: date | None, today: date) -> Decision:
    if review_on is None or not today < review_on <= today + timedelta(days=REVIEW_DAYS):
        return no("review_on", "Choose the day to look at it again, within {n} days.", n=REVIEW_DAYS)
    return YES


def print_of(
    circle: str, number: int, finding: str, covers: Collection[str], looked: Collection[str], why: str, review_on: date
) -> str:
    """What exactly a second person is asked about: a SHA-256 over every word of it, each part held from the next."""
    said = [circle, number, finding, sorted(covers), sorted(looked), why, review_on.isoformat()]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def stands(state: str, *, newest: bool, expired: bool, over: bool) -> Stands:
    """How a decision stands now: the newest agreed one counts until its review day, the others are history."""
    if state == Stands.ASKED:
        return Stands.LAPSED if expired else Stands.ASKED
    if state == Stands.AGREED and (over or not newest):
        return Stands.OVER if newest else Stands.EARLIER
    return Stands(state)


ROLES: Mapping[str, str] = {
    "victim": "person being stalked", "suspect": "person reported",
    "secondary": "family, friend or colleague also affected", "witness": "witness",
}  # fmt: skip


def can_change_role(now: str, to: str, victims: int) -> Decision:
    """Whether a role can become another: from the list, another than now, and never leaving a case without a victim."""
    if to not in ROLES or now not in ROLES:
        return no("role", "Choose this person’s role in the case.")
    if to == now:
        return no("role_same", "This person has that role already.")
    if now == "victim" and victims < 2:
        return no(
            "only_victim", "A case is about one person. Open another case for what they are said to have done. Both "
            "histories are then shown side by side.",
        )  # fmt: skip
    return YES
