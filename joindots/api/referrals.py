"""Referrals from partners' systems: sent once under their own reference, asked after, taken back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from joindots.api.service import REFUSALS, chosen_from, partner
from joindots.casework import actions, queries
from joindots.casework.rules import RELATION_WORDS, agreeing
from joindots.casework.rules import referring as rule
from joindots.casework.rules.intake import GRADE_WORDS

router = Router(tags=["referrals"])
Own = Annotated[str, Field(min_length=1, max_length=60, description="Your own reference of this referral")]
Words = Annotated[str, Field(max_length=4000)]


class ReferralSent(Schema):
    """A referral: whom it is about, to whom it goes, and what may be told. Immigration status has no place in it."""

    reference: Own
    agency: Annotated[UUID, Field(description="From GET /referrals/agencies")]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    kind: Annotated[str, chosen_from(rule.KIND_WORDS)] = "advocate"
    grade: Annotated[str, chosen_from(GRADE_WORDS)] = "standard"
    relation: Annotated[str, chosen_from(RELATION_WORDS)] = "not_known"
    reach: Annotated[str, Field(max_length=500, description="How the person can be reached safely; empty: by you")] = ""
    what: Words = ""
    worries: Words = ""
    needs: Words = ""
    police: Words = ""
    children: Words = ""
    language: Words = ""
    consent: Annotated[bool, Field(description="Whether the person agreed to this referral")] = False
    basis: Annotated[str, chosen_from(["", *agreeing.bases()])] = ""
    """Without consent: the lawful basis."""
    why: Annotated[str, Field(max_length=2000, description="Without consent: why it is shared")] = ""


class Taken(Schema):
    """Whether it was taken in now; `before`: this reference was sent earlier and nothing was done."""

    reference: str
    before: bool


class Standing(Schema):
    """Where a referral stands: its state and the reason from a closed list."""

    reference: str
    to: str
    state: str
    came_at: str
    answer_due: str
    answered_at: str | None
    why: str


class Receiver(Schema):
    """An agency to which a referral can be sent."""

    id: str
    name: str


@router.get("/referrals/agencies", response={200: list[Receiver], **REFUSALS}, summary="To whom referrals can go")
def agencies(request: HttpRequest) -> list[Receiver]:
    """The agencies of this installation, by name."""
    return [Receiver(id=key, name=name) for key, name in queries.who_takes_referrals(partner(request, "referrals"))]


@router.post("/referrals", response={200: Taken, 201: Taken, **REFUSALS}, summary="Send a referral, once")
def send(request: HttpRequest, sent: ReferralSent) -> Status[Taken]:
    """Take it in: 201. The same reference again: 200, and nothing is done twice."""
    new = actions.send_in(
        partner(request, "referrals"), reference=sent.reference,
        what=actions.Referring(
            kind=sent.kind, name=sent.name, grade=sent.grade, agency=sent.agency, relation=sent.relation,
            reach=sent.reach, basis="consent" if sent.consent else sent.basis, why=sent.why,
            tells={"what": sent.what, "worries": sent.worries, "needs": sent.needs, "police": sent.police,
                   "children": sent.children, "language": sent.language},
        ),
    )  # fmt: skip
    return Status(201 if new else 200, Taken(reference=sent.reference, before=not new))


class Which(Schema):
    """References to ask after."""

    reference: Annotated[list[Own], Field(min_length=1, max_length=100)]


@router.get("/referrals", response={200: list[Standing], **REFUSALS}, summary="What came of referrals")
def states(request: HttpRequest, which: Query[Which]) -> list[Standing]:
    """Those you sent that bear these references; no other is known here."""
    return [
        Standing(
            reference=one.reference, to=one.to, state=one.state, came_at=one.came_at.isoformat(),
            answer_due=one.due_on.isoformat(), answered_at=one.answered_at.isoformat() if one.answered_at else None,
            why=one.why,
        )
        for one in queries.sent_in(partner(request, "referrals"), which.reference)
    ]  # fmt: skip


@router.delete("/referrals", response={204: None, **REFUSALS}, summary="Take a referral back")
def take_back(request: HttpRequest, reference: Query[Own]) -> Status[None]:
    """Of one that was not answered yet; what it said is cleared at the receiver."""
    actions.take_back_sent_in(partner(request, "referrals"), reference=reference)
    return Status(204, None)
