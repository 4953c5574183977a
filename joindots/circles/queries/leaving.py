"""What a member of staff who is to leave still has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.agencies.models import Membership
from joindots.circles import permissions
from joindots.kernel.problems import NotFound


@dataclass(frozen=True, slots=True)
class InHand:
    """A member who is to leave, and what is still with them alone."""

    membership: UUID
    name: str
    left: tuple[str, ...]
    me: bool


@reads(permissions.MANAGE_STAFF)
def in_hand(actor: Actor, membership: UUID) -> InHand:
    """A member of the actor's own agency, and what every part names of theirs that nobody else has yet."""
    rows = Membership.objects.current(actor.at).filter(agency=actor.agency_id, pk=membership)
    row = rows.select_related("user").first()
    if row is None:
        raise NotFound
    return InHand(row.pk, row.user.name, tuple(map(str, parts.leaving(row.pk))), row.pk == actor.membership_id)
