"""Whether something was added, after a pack for disclosure was gathered, to what may not be in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from joindots.chronology.models import Disclosure, KeptOut, LookedOver
from joindots.people.tasks import protected_since


def grown_since(row: Disclosure) -> bool:
    """Whether a word, a person, a safe contact or a mark came in since, or a look over a picture was taken back.

    Asked without any key: so that a buddy agency's second person, who may read nothing, is refused as well.
    """
    since = row.gathered_at
    return since is None or protected_since(row.circle_id, since) or marked_since(row.circle_id, since)


def marked_since(circle: UUID, at: datetime) -> bool:
    """Whether something was kept out after this moment, or a look over a picture was taken back."""
    return (
        KeptOut.objects.filter(circle=circle, at__gt=at, lifted_at=None).exists()
        or LookedOver.objects.filter(circle=circle, taken_back_at__gt=at).exists()
    )
