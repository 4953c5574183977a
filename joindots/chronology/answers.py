"""What the chronology answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.holding import ELSEWHERE, INSIDE, OTHERS, Holds
from joindots.kernel.dots import Held
from joindots.kernel.words import words

HOLDS = (
    Holds("chronology.Told", words("h_told", "that you were told what a court may order"), ("told_at", "how", "said")),
    Holds("chronology.GroupingStep", words("h_groupings", "how acts were grouped"), ("at", "name", "note", "why")),
    Holds("chronology.Pack", words("h_packs", "packs that were made"), (), ELSEWHERE),
    Holds("chronology.Disclosure", words("h_disclosures", "packs for disclosure"), (), ELSEWHERE),
    Holds("chronology.KeptOut", words("h_kept_out", "what is kept out of disclosure"), (), INSIDE),
    Holds("chronology.LookedOver", words("h_looked_over", "pictures that were looked over"), (), INSIDE),
    Holds("chronology.Episode", words("h_episodes", "stretches that were named"), (), INSIDE),
    Holds("chronology.Producer", words("h_producers", "who produces exhibits"), (), OTHERS),
    Holds("chronology.ExhibitReference", words("h_references", "references of exhibits"), (), INSIDE),
)
"""What the chronology holds of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
