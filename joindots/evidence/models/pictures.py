"""What is made of pictures: small ones to look at, and the words they show as a person confirmed them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle
from joindots.evidence.models.files import Exhibit, SourceFile
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class Thumbnail(Row):
    """A small picture of one file's picture, drawn anew behind walls. Made when somebody first looks, never before."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(SourceFile, on_delete=models.CASCADE, null=True, related_name="+")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    full_width = models.PositiveIntegerField()
    full_height = models.PositiveIntegerField()
    of_sha256 = SealedField(tier=Tier.NARRATIVE)
    """SHA-256 of the file that it was made from."""
    png = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source",), name="one_thumbnail_of_a_source"),
            models.UniqueConstraint(fields=("exhibit",), name="one_thumbnail_of_an_exhibit"),
        )


class Transcript(Row):
    """The words that a picture shows. Number 0 is a machine's suggestion; each later one is what a person confirmed.

    Nothing is overwritten: the highest number stands, and a suggestion alone counts for nothing.
    """

    SUGGESTED: ClassVar[int] = 0

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="transcripts")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sheet = SealedField(tier=Tier.NARRATIVE)
    """MessagePack of `rules.screenshots.Sheet`."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "number"), name="one_transcript_of_a_number"),)
