"""What the chronology keeps: packs that were made of a case, decisions about grouping, references of exhibits."""

from __future__ import annotations

from joindots.chronology.models.exhibits import ExhibitReference, Producer
from joindots.chronology.models.grouping import Episode, EpisodeQuerySet, GroupingStep
from joindots.chronology.models.packs import Pack, PackQuerySet

__all__ = ["Episode", "EpisodeQuerySet", "ExhibitReference", "GroupingStep", "Pack", "PackQuerySet", "Producer"]
