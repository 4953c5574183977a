"""What circles answer to the other parts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from joindots.circles.models import Circle, Standing


def sides(membership: UUID, at: datetime, owners: Collection[UUID]) -> dict[UUID, str]:
    """The side of a membership in each circle that it may know of."""
    known = Circle.objects.known_to(membership, at, picked=True).filter(pk__in=owners, state="open")
    rows = Standing.objects.in_force(at).filter(membership=membership, circle__in=known)
    # A later standing counts: an emergency opening never widens one that is there already.
    return dict(rows.order_by("-starts").values_list("circle_id", "side"))


def forget(circle: UUID) -> list[UUID]:
    """A circle's own keys go when it is erased."""
    return [circle]
