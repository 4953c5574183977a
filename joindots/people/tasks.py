"""On whose side somebody must stand, and whether what must never leave has grown since a moment: no word is opened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.circles.models import Side
from joindots.kernel.problems import NotFound
from joindots.people.models import Presence, ProtectedWord, SafeContact


def protected_since(circle: UUID, at: datetime) -> bool:
    """Whether a word was added, a person came in or a safe contact was set after this moment.

    Asked without any key, so that somebody who may read nothing (a buddy agency's second person) can be refused too.
    """
    people = Presence.objects.filter(circle=circle).values("person")
    return (
        ProtectedWord.objects.filter(circle=circle, added_at__gt=at).exists()
        or SafeContact.objects.filter(person__in=people, confirmed_at__gt=at).exists()
        or Presence.objects.filter(circle=circle, person__made_at__gt=at).exists()
    )


def only_on_her_side(actor: Actor, circle: UUID) -> None:
    """NotFound unless the actor stands on the side of the person being stalked."""
    if actor.keys.side(circle) != Side.VICTIM:
        raise NotFound
