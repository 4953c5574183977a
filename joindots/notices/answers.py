"""What notices answer to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.holding import SECRET, Holds
from joindots.kernel.dots import Due, Held, Reason
from joindots.kernel.words import Words, words
from joindots.notices import queries
from joindots.notices.rules.notices import BY_HAND, Kind, State

RING = words("notice_ring", "A call is to be made in the safe time.")
POST = words("notice_post", "A letter is to be posted.")
STUCK = words("notice_stuck", "Something did not leave. Look at it before you write again.")
OPEN = words("notice_open", "Open it")


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Calls and letters whose day has come, and what did not leave."""
    if not actor.may(queries.to_look_at.permission):
        return
    for one in queries.to_look_at(actor, whose, until, most):
        waits = one.state in {State.QUEUED, State.LEAVING} and one.kind in BY_HAND
        yield Due(
            one.circle, f"notices.{one.kind if waits else 'stuck'}", Reason.PROMISED if waits else Reason.NEW, one.on,
            _sentence(one.kind) if waits else STUCK, f"/contact/{one.circle}/left/{one.id}/", OPEN,
            one.at if waits and one.kind != Kind.LETTER else None,
        )  # fmt: skip


def _sentence(kind: str) -> Words:
    return POST if kind == Kind.LETTER else RING


HOLDS = (
    Holds(
        "notices.Notice", words("h_notices", "what was sent to you"), ("kind", "subject", "body", "made_at", "state")
    ),
    Holds("notices.RoundTrip", words("h_round_trips", "ways that were being proved"), (), SECRET),
)
"""What notices hold of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
