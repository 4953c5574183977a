"""Rules of referrals and of reports to the police (pure)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import RuleBroken
from joindots.law.clocks import add_working_days, due_on

ANSWER_WORKING_DAYS = 2
"""How long an agency has to answer a referral: a default of this service, not law."""


class ReferralState(StrEnum):
    """Where a referral stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REVOKED = "revoked"


NEXT: dict[ReferralState, frozenset[ReferralState]] = {
    ReferralState.SENT: frozenset({ReferralState.ACCEPTED, ReferralState.REJECTED, ReferralState.REVOKED}),
    ReferralState.ACCEPTED: frozenset({ReferralState.REVOKED}),
    ReferralState.REJECTED: frozenset(),
    ReferralState.REVOKED: frozenset(),
}
STATE_WORDS = {
    ReferralState.SENT: "waits for an answer", ReferralState.ACCEPTED: "accepted",
    ReferralState.REJECTED: "not taken on", ReferralState.REVOKED: "taken back",
}  # fmt: skip


class Kind(StrEnum):
    """What is asked for."""

    SUPPORT = "support"
    ADVOCATE = "advocate"
    HEALTH = "health"
    OTHER = "other"


KIND_WORDS = {
    Kind.SUPPORT: "support", Kind.ADVOCATE: "a specialist stalking advocate", Kind.HEALTH: "health or therapy",
    Kind.OTHER: "something else",
}  # fmt: skip
REJECTED_WORDS = {
    "area": "outside our area", "relation": "we do not work with this kind of relation", "full": "no place free now",
    "consent": "the person does not want it now", "unreached": "we could not reach the person safely",
    "not_stalking": "needs another kind of service", "conflict": "we cannot act in this case",
    "known": "we work with the person already",
}  # fmt: skip
TELLS = ("what", "worries", "needs", "police", "children", "language")
"""What a referral can say beside name, relation and how to reach somebody: each is sent only where it is chosen."""
TELLS_WORDS = {
    "what": "what has happened", "worries": "what worries us, and how soon", "needs": "what help is wanted",
    "police": "police force and crime reference", "children": "children and others affected",
    "language": "language, access, and who should ring",
}  # fmt: skip


def can_refer_to(now: ReferralState, to: ReferralState) -> Decision:
    """A referral is answered once; one that was answered no more is not open."""
    if to in NEXT[now]:
        return YES
    return no("referral_state", "This referral is {now} and cannot be changed any more.", now=STATE_WORDS[now])


def can_post(*, here: bool, waits: bool, on_its_way: bool) -> Decision:
    """A referral goes by post or mail to a service outside, while it waits for an answer, and once."""
    if here:
        return no("referral_here", "This agency reads it here. Nothing goes by post or mail.")
    if not waits:
        return no("referral_over", "This referral was answered or taken back. Refer anew.")
    return no("referral_goes", "This referral is on its way. Withdraw it first.") if on_its_way else YES


def answer_by(sent: date) -> date:
    """The day by which an answer is due: two working days; four days where the year's bank holidays are not known."""
    try:
        return add_working_days(sent, ANSWER_WORKING_DAYS)
    except RuleBroken:
        return sent + timedelta(days=2 * ANSWER_WORKING_DAYS)


class Stage(StrEnum):
    """What became of a report to the police, as far as it was told."""

    REPORTED = "reported"
    RECORDED_STALKING = "recorded_stalking"
    RECORDED_OTHER = "recorded_other"
    NOT_RECORDED = "not_recorded"
    CHARGED = "charged"
    CLOSED = "closed"


STAGE_WORDS = {
    Stage.REPORTED: "reported; not known how it was recorded", Stage.RECORDED_STALKING: "recorded as stalking",
    Stage.RECORDED_OTHER: "recorded as something else", Stage.NOT_RECORDED: "not recorded as a crime",
    Stage.CHARGED: "somebody was charged", Stage.CLOSED: "closed by the police",
}  # fmt: skip


ANOTHER_FORCE = "other"


class Offered(StrEnum):
    """Whether a specialist was offered when somebody reported to the police."""

    NOT_KNOWN = "not_known"
    YES = "yes"
    NO = "no"


OFFERED_WORDS = {
    Offered.NOT_KNOWN: "nobody has asked yet", Offered.YES: "a specialist was offered",
    Offered.NO: "nobody offered one",
}  # fmt: skip
BY_WORDS = {"police": "the police", "us": "us", "victim_care": "a victim care service", "other": "somebody else"}
REJECT_WORDS = {"waiting": "not taken in", "taken": "came in whole later", "away": "put away"}
"""What became of a row of a feed that was not taken in."""
TAKEN_WORDS = {"yes": "taken up", "no": "not taken up", "waiting": "not decided yet"}
WHY_NOT_WORDS = {
    "not_wanted": "not wanted now", "trust": "no trust in it yet", "unsafe": "not safe now",
    "no_service": "no service fits",
    "waiting_list": "the wait was too long", "has_one": "has support already", "not_said": "not said",
}  # fmt: skip


def offer_due(reported: date) -> date | None:
    """By when police refer to support under the Victims' Code: two working days after the report; None if not known."""
    try:
        return due_on("vcop_refer_support", reported)
    except RuleBroken:
        return None


def is_missing(offered: Offered, taken: str) -> bool:
    """Whether a report rises to the top: nobody offered a specialist, nobody asked, or the answer is still open."""
    return offered is not Offered.YES or taken not in ("yes", "no")


def can_tell_offer(offered: Offered, *, on: date | None, by: str, taken: str, why: str, today: date) -> Decision:
    """An offer names its day and who made it; one that was not taken up says why."""
    if offered is Offered.YES and (on is None or on > today or by not in BY_WORDS):
        return no("offer_when", "Say on which day a specialist was offered, and who offered.")
    if offered is Offered.YES and taken not in TAKEN_WORDS:
        return no("offer_taken", "Say whether it was taken up, or is not decided yet.")
    if offered is Offered.YES and taken == "no" and why not in WHY_NOT_WORDS:
        return no("offer_why", "Say why it was not taken up. “Not said” is an answer too.")
    return YES


def can_put_away(state: str) -> Decision:
    """Whether a row of a feed that was not taken in still waits for somebody."""
    return YES if state == "waiting" else no("reject_over", "This row was dealt with already. Look again.")
