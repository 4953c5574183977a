"""Tokens for partners' systems: made by one person, agreed to by another, ended at any time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes
from joindots.access.scopes import SCOPES
from joindots.agencies.models import Membership, PartnerToken
from joindots.agencies.partners import new_token
from joindots.circles import permissions
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words

LONGEST: Final = 366
"""Days. A token that nobody renews ends."""
MOST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Made:
    """A token as it is shown this once."""

    id: UUID
    token: str


@makes(permissions.MANAGE_STAFF)
def make_token(actor: Actor, *, membership: UUID, name: str, scopes: Collection[str], days: int) -> Made:
    """A token for a system that acts as a member of the actor's own agency. Another person must agree to it first."""
    if not actor.fresh:
        raise RuleBroken(words("prove_again", "Show once more that it is you, then make the token."))
    if not name.strip() or len(name) > MOST_NAME:
        raise RuleBroken(words("token_name", "Name the system in up to {most} letters.", most=MOST_NAME))
    if not scopes or not set(scopes) <= set(SCOPES):
        raise RuleBroken(words("token_scopes", "Choose what the system may do from the list."))
    if not 1 <= days <= LONGEST:
        raise RuleBroken(words("token_days", "A token lasts from 1 to {most} days.", most=LONGEST))
    member = Membership.objects.current(actor.at).filter(pk=membership, agency=actor.agency_id).first()
    if member is None:
        raise NotFound
    raw, digest = new_token()
    row = PartnerToken.objects.create(
        membership=member, name=name.strip(), digest=digest, scopes=sorted(set(scopes)), made_by_id=actor.membership_id,
        made_at=actor.at, expires=actor.at + timedelta(days=days),
    )  # fmt: skip
    actor.record(actor.agency_id, "tokens.made", book_kind="agency", token=row.pk, scopes=row.scopes)
    return Made(row.pk, raw)


@makes(permissions.DECIDE_STAFF)
def agree_to_token(actor: Actor, *, token: UUID) -> None:
    """Agree that a token may be used: never by whoever made it, nor by whom it acts as."""
    row = _mine(actor, token)
    if actor.user_id in (row.made_by.user_id, row.membership.user_id):
        raise RuleBroken(words("token_second", "Another person than whoever made the token agrees to it."))
    if row.agreed_at or row.ended_at or row.expires <= actor.at:
        raise RuleBroken(words("token_over", "This token was agreed to or ended already."))
    PartnerToken.objects.filter(pk=row.pk).update(agreed_by=actor.membership_id, agreed_at=actor.at)
    actor.record(actor.agency_id, "tokens.agreed", book_kind="agency", token=row.pk)


@makes(permissions.MANAGE_STAFF)
def end_token(actor: Actor, *, token: UUID) -> None:
    """End a token at once."""
    row = _mine(actor, token)
    if row.ended_at:
        raise RuleBroken(words("token_ended", "This token was ended already."))
    PartnerToken.objects.filter(pk=row.pk).update(ended_at=actor.at)
    actor.record(actor.agency_id, "tokens.ended", book_kind="agency", token=row.pk)


def _mine(actor: Actor, token: UUID) -> PartnerToken:
    rows = PartnerToken.objects.select_for_update(of=("self",)).select_related("made_by", "membership")
    row = rows.filter(pk=token, membership__agency=actor.agency_id).first()
    if row is None:
        raise NotFound
    return row
