"""What bringing in and taking out answer to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.holding import OTHERS, Holds
from joindots.kernel.dots import Held
from joindots.kernel.words import words

HOLDS = (
    Holds("transfer.CaseSheet", words("h_sheets", "spreadsheets from which cases came"), (), OTHERS),
    Holds("transfer.LeftOut", words("h_left_out", "rows of those that did not come in"), (), OTHERS),
)
"""What bringing in holds: sheets of many people, each in a circle of its own."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
