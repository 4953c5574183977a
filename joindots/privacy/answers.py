"""What privacy answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.kernel.dots import Due
from joindots.privacy import queries


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Requests whose clock ends."""
    if queries.waiting.may(actor):
        yield from queries.waiting(actor, whose, until, most)
