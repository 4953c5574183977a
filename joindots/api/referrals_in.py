"""Referrals made to the token's agency: read, accepted, or rejected with the reason, as a lead does on the pages."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from joindots.access.door import Ref
from joindots.api.service import REFUSALS, chosen_from, partner
from joindots.casework import actions, queries
from joindots.casework.rules import referring as rule

router = Router(tags=["referrals made to you"])
SCOPE = "referrals_in"


class Told(Schema):
    """One thing that a referral tells, under its heading."""

    heading: str
    words: str


class Came(Schema):
    """A referral that came: nothing but what it says. What it said is cleared once it is rejected or taken back."""

    id: UUID
    version: Annotated[int, Field(description="Send it back with your answer: a newer one refuses it")]
    kind: str
    grade: str
    source: str
    sender: str
    name: str
    relation: str
    tells: list[Told]
    reach: str
    state: Annotated[str, chosen_from(rule.STATE_WORDS)]
    came_at: str
    answer_due: str
    late: bool
    why: Annotated[str, Field(description="Why it was rejected, in words")]
    case: Annotated[str, Field(description="The case that was opened from it; empty where none was")]


class Accepting(Schema):
    """Taking somebody on."""

    version: int | None = None


class Rejecting(Schema):
    """Not taking somebody on: why, from the list, and words for the sender."""

    why: Annotated[str, chosen_from(rule.REJECTED_WORDS)]
    answer: Annotated[str, Field(max_length=2000)] = ""
    version: int | None = None


class Opened(Schema):
    """The case that opened."""

    case: str


@router.get("/referrals/in", response={200: list[Came], **REFUSALS}, summary="Referrals made to your agency")
def came(request: HttpRequest) -> list[Came]:
    """Those that wait, longest first, and the last answered; of those that the token's member may know of."""
    return [_came(one) for one in queries.referrals_in(partner(request, SCOPE))]


@router.post("/referrals/in/{referral}/accept", response={200: Opened, **REFUSALS}, summary="Accept a referral")
def accept(request: HttpRequest, referral: UUID, given: Accepting) -> Opened:
    """A case of your agency opens from what the referral says; the sender sees that it was accepted. Once."""
    return Opened(case=actions.accept_referral(partner(request, SCOPE), Ref(referral, given.version)))


@router.post("/referrals/in/{referral}/reject", response={204: None, **REFUSALS}, summary="Reject a referral")
def reject(request: HttpRequest, referral: UUID, given: Rejecting) -> Status[None]:
    """The sender sees the reason; what the referral said is cleared here."""
    actions.reject_referral(
        partner(request, SCOPE), Ref(referral, given.version), rejected=given.why, answer=given.answer
    )  # fmt: skip
    return Status(204, None)


def _came(one: queries.ReferralInView) -> Came:
    return Came(
        id=one.id, version=one.version, kind=one.kind, grade=one.grade, source=one.source, sender=one.sender,
        name=one.name, relation=one.relation, tells=[Told(heading=title, words=text) for title, text in one.tells],
        reach=one.reach, state=one.state_code, came_at=one.came_at.isoformat(), answer_due=one.due_on.isoformat(),
        late=one.late, why=one.rejected, case=one.case,
    )  # fmt: skip
