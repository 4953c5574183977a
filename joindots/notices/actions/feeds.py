"""A member's own calendar at a secret address: made, shown once, ended."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

from joindots.access.actor import Actor
from joindots.access.door import makes
from joindots.notices import permissions
from joindots.notices.models import Feed


@makes(permissions.OWN_FEED)
def make_feed(actor: Actor) -> str:
    """Make a new secret address and end the one before. Its last part, which is shown this once and kept nowhere."""
    Feed.objects.filter(membership=actor.membership_id, ended_at=None).update(ended_at=actor.at)
    token = token_urlsafe(32)
    Feed.objects.create(membership_id=actor.membership_id, token=sha256(token.encode()).hexdigest(), made_at=actor.at)
    actor.record(actor.agency_id, "notices.feed_made", book_kind="agency", member=actor.membership_id)
    return token


@makes(permissions.OWN_FEED)
def end_feed(actor: Actor) -> None:
    """End the secret address: it leads nowhere from now on."""
    Feed.objects.filter(membership=actor.membership_id, ended_at=None).update(ended_at=actor.at)
    actor.record(actor.agency_id, "notices.feed_ended", book_kind="agency", member=actor.membership_id)
