"""Decisions about how records are grouped, and the episodes they name, sealed with their circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.chronology.rules.grouping.steps import KIND_WORDS
from joindots.circles.models import Circle, InCircle
from joindots.vault.fields import ReferenceField, Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class EpisodeQuerySet(InCircle["Episode"]):
    """Episodes by who may know of them."""


class Episode(Row):
    """A stretch that somebody named. What it is called and what stands in it is said by the decisions about it."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="episodes")
    reference = ReferenceField()
    made_at = models.DateTimeField()

    REFERENCE: ClassVar[str] = "reference"
    objects = EpisodeQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "made_at")),)

    @property
    def book(self) -> UUID:
        """An episode is read in its circle's book."""
        return self.circle_id


class GroupingStep(Row):
    """One decision about grouping: never changed and never deleted alone. An undoing is a decision too.

    `runs` are [file, first place, last place, mark of the first, mark of the last] and `readings` the generation of
    each file's reading at the time. Places outlast a new reading of the same file, and marks show if they do not
    (docs/decisions/0015). `entries` are references of the log. Neither holds a word of anybody's.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="grouping_steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind.value, words) for kind, words in KIND_WORDS.items()])
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="steps", null=True)
    undoes = models.ForeignKey("self", on_delete=models.CASCADE, related_name="undone_by", null=True)
    runs = models.JSONField(default=list)
    readings = models.JSONField(default=dict)
    entries = models.JSONField(default=list)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = SealedField(tier=Tier.NARRATIVE)
    note = SealedField(tier=Tier.NARRATIVE)
    why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("circle", "number"), name="one_decision_of_a_number"),)
