"""What circles answer to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.holding import INSIDE, OTHERS, Holds
from joindots.agencies import holding as holding_forms
from joindots.agencies.models import PartnerToken
from joindots.circles.models import Standing
from joindots.circles.tasks import circle_of, note_try
from joindots.kernel.dots import Held
from joindots.kernel.words import Words, words


def sides(membership: UUID, at: datetime, owners: Collection[UUID]) -> dict[UUID, str]:
    """The side of a membership in each circle that it may know of."""
    rows = Standing.objects.known_to(membership, at).filter(circle__in=owners, circle__state="open")
    # A later standing counts: an emergency opening never widens one that is there already.
    return dict(rows.order_by("-starts").values_list("circle_id", "side"))


def leaving(membership: UUID) -> Words | None:
    """A system's key ends with the member it acts as: whoever needs the system makes another first."""
    keys = PartnerToken.objects.filter(membership=membership, ended_at=None, expires__gt=Now()).count()
    if not keys:
        return None
    return words(
        "leaver_keys", "Keys of systems that act as this member: {keys}. End each; make another where needed.",
        keys=keys,
    )  # fmt: skip


def missed(actor: Actor, model: Any, key: Any) -> None:
    """Somebody asked for a row that is not there for them."""
    note_try(actor, circle_of(model, key))


def forget(circle: UUID) -> list[UUID]:
    """A circle's own keys go when it is erased, and with them the forms that are held of it."""
    holding_forms.forget(circle)
    return [circle]


HOLDS = (
    Holds(
        "circles.Standing",
        words("h_standings", "who may know of your case"),
        ("purpose", "basis", "side", "starts", "ends"),
    ),
    Holds("circles.BreakGlass", words("h_emergencies", "openings in an emergency"), ("at", "reason", "outcome")),
    Holds("circles.Exclusion", words("h_exclusions", "who is kept out"), (), OTHERS),
    Holds("circles.TwoPersonAct", words("h_acts", "what took two people"), (), INSIDE),
    Holds("circles.Alert", words("h_alerts", "alerts to privacy officers"), (), INSIDE),
)
"""What circles hold of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
