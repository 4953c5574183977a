"""When something last left for the people of many circles: for a desk, by codes and times alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from joindots.access.actor import Actor
from joindots.access.door import reads
from joindots.circles.models import Circle
from joindots.notices import permissions
from joindots.notices.models import Notice
from joindots.notices.rules.notices import KIND_WORDS, Kind, State


@reads(permissions.SEE_NOTICES)
def left_last(actor: Actor, circles: Collection[UUID]) -> dict[UUID, tuple[datetime, str]]:
    """The newest notice that left to the person of each circle the actor may know of: when, and its kind. No word is
    opened; what went to somebody else about them was no contact with them.
    """
    known = Circle.objects.visible_to(actor, picked=True).filter(pk__in=circles)
    rows = Notice.objects.filter(circle__in=known, state=State.SENT, outward=False).exclude(left_at=None)
    newest = rows.order_by().values_list("circle", "kind").annotate(last=Max("left_at"))
    told = sorted((at, circle, KIND_WORDS[Kind(kind)]) for circle, kind, at in newest if at)
    return {circle: (at, kind) for at, circle, kind in told}
