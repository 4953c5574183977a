"""What people tell of without opening a word: whether what must never leave has grown since a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

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
