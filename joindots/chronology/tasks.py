"""Whether something was added, after a pack for disclosure was gathered, to what may not be in it."""

from __future__ import annotations

from django.db.models import Q

from joindots.chronology.models import Disclosure, KeptOut, LookedOver
from joindots.people.tasks import protected_since


def grown_since(row: Disclosure) -> bool:
    """Whether a word, a person, a safe contact or a mark came in since, or a look over a picture was taken back.

    Asked without any key: so that a buddy agency's second person, who may read nothing, is refused as well.
    """
    since = row.gathered_at
    if since is None:
        return True
    marks = Q(at__gt=since, lifted_at=None)
    return (
        protected_since(row.circle_id, since)
        or KeptOut.objects.filter(marks, circle=row.circle_id).exists()
        or LookedOver.objects.filter(circle=row.circle_id, taken_back_at__gt=since).exists()
    )
