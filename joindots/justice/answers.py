"""What justice answers to the other parts: what waits on a desk, and what is held."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.holding import Holds
from joindots.justice import queries
from joindots.kernel.dots import Due, Held, Reason
from joindots.kernel.words import words


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """What waits of both sides' complaints: a second person to decide, a decision to look at again."""
    if queries.opposed_waiting.may(actor):
        for one in queries.opposed_waiting(actor, whose, until, most):
            says = (
                words("primary_asked", "A second person has not decided yet who the primary victim is.")
                if one.asked
                else words("primary_again", "Look again at who the primary victim is. After it nothing is covered.")
            )
            yield Due(
                one.circle, "justice.primary", Reason.NEW if one.asked else Reason.REVIEW, one.on, says,
                f"/cases/{one.case}/primary-victim/", words("open_primary", "Open the decision"),
            )  # fmt: skip


HOLDS: tuple[Holds, ...] = (
    Holds("justice.PrimaryReview", words("h_primary", "decisions about who the primary victim is"),
          ("at", "number", "finding", "review_on", "state", "why", "second_why")),
    Holds("justice.RoleChange", words("h_roles", "changes of who stands as what"), ("at", "was", "now", "why")),
)  # fmt: skip
"""What justice holds of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
