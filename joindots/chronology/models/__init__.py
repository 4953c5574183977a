"""What the chronology keeps: packs, packs for disclosure, decisions about grouping, references of exhibits."""

from __future__ import annotations

from joindots.chronology.models.disclosures import Disclosure, KeptOut, LookedOver, Told
from joindots.chronology.models.exhibits import ExhibitReference, Producer
from joindots.chronology.models.grouping import Episode, EpisodeQuerySet, GroupingStep
from joindots.chronology.models.packs import Pack, PackQuerySet

__all__ = [
    "Disclosure", "Episode", "EpisodeQuerySet", "ExhibitReference", "GroupingStep", "KeptOut", "LookedOver", "Pack",
    "PackQuerySet", "Producer", "Told",
]  # fmt: skip
