"""A partner's system at the door: the token it shows, and the actor it becomes, narrowed to the token's scopes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final

from joindots.access import scopes
from joindots.access.actor import Actor
from joindots.agencies.actors import actor_as
from joindots.agencies.models import PartnerToken
from joindots.kernel.problems import NotAllowed, Problem
from joindots.kernel.words import words

MARK: Final = "jd_"
"""What every token begins with, so that one left lying in a file is known for what it is."""


class TokenRefused(Problem):
    """No token, or one that is unknown, over, ended or not agreed to: the same answer for each."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            words(
                "token",
                "Send a token that is in force as “Authorization: Bearer …”. Your agency’s administrator makes one.",
            )
        )


def new_token() -> tuple[str, str]:
    """A token with 256 bits of chance, and the digest that is kept of it."""
    raw = MARK + secrets.token_urlsafe(32)
    return raw, digest_of(raw)


def digest_of(raw: str) -> str:
    """What is kept of a token. It has more chance in it than can be tried, so a plain hash is enough."""
    return hashlib.sha256(raw.encode()).hexdigest()


def actor_by_token(raw: str, at: datetime) -> tuple[Actor, frozenset[str]]:
    """The actor of a token in force and the scopes it has; the day of its use is noted."""
    row = (
        PartnerToken.objects.filter(digest=digest_of(raw), ended_at=None, expires__gt=at, agreed_at__lte=at)
        .select_related("membership__user").first()
    )  # fmt: skip
    if row is None:
        raise TokenRefused
    try:
        actor = actor_as(row.membership, at)
    except NotAllowed:
        raise TokenRefused from None
    if row.used_on != at.date():
        PartnerToken.objects.filter(pk=row.pk).update(used_on=at.date())
    known = frozenset(row.scopes) & frozenset(scopes.SCOPES)
    return replace(actor, only=scopes.allowed(sorted(known)), name=f"{row.membership.user.name} ({row.name})"), known
