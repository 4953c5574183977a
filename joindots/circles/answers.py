"""What circles answer to the other parts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from joindots.access.actor import Actor
from joindots.circles.models import Circle, Standing
from joindots.circles.tasks import note_try


def sides(membership: UUID, at: datetime, owners: Collection[UUID]) -> dict[UUID, str]:
    """The side of a membership in each circle that it may know of."""
    known = Circle.objects.known_to(membership, at, picked=True).filter(pk__in=owners, state="open")
    rows = Standing.objects.in_force(at).filter(membership=membership, circle__in=known)
    # A later standing counts: an emergency opening never widens one that is there already.
    return dict(rows.order_by("-starts").values_list("circle_id", "side"))


def missed(actor: Actor, model: Any, key: Any) -> None:
    """Somebody asked for a row that is not there for them."""
    note_try(actor, _circle_of(model, key))


def _circle_of(model: Any, key: Any) -> UUID | None:
    """The circle of a row, whoever may know of it; None for what is not there or belongs to none."""
    name = "pk" if isinstance(key, UUID) else getattr(model, "REFERENCE", "pk")
    columns = {one.name for one in model._meta.get_fields()}
    wanted = "pk" if model is Circle else "circle_id" if "circle" in columns else "presences__circle"
    if wanted == "presences__circle" and "presences" not in columns:
        return None
    try:
        found: UUID | None = model._default_manager.filter(**{name: key}).values_list(wanted, flat=True).first()
    except (ValueError, ValidationError):
        return None
    return found


def forget(circle: UUID) -> list[UUID]:
    """A circle's own keys go when it is erased."""
    return [circle]
