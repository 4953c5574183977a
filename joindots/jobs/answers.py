"""What jobs answer to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.holding import INSIDE, Holds
from joindots.kernel.dots import Held
from joindots.kernel.words import words

HOLDS = (Holds("jobs.Job", words("h_jobs", "long work that was done"), (), INSIDE),)
"""What jobs hold of somebody: how work ended, and no word of theirs."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
