"""Police-style references of exhibits: initials of who produced it and a number, given once and never again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle
from joindots.evidence.models import Exhibit, SourceFile
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class Producer(Row):
    """Somebody who produces exhibits in a case: their initials stand before the numbers, and are nobody else's."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="producers")
    name = SealedField(tier=Tier.NARRATIVE)
    initials = SealedField(tier=Tier.NARRATIVE)
    last = models.PositiveIntegerField(default=0)
    """The highest number given so far; it never goes down."""


class ExhibitReference(Row):
    """`AB/1`: one file of a case as an exhibit of one producer.

    It outlasts the file: a number is never given again, and what it was is told by its sealed name and SHA-256.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="exhibit_references")
    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="references")
    number = models.PositiveIntegerField()
    source = models.ForeignKey(SourceFile, on_delete=models.SET_NULL, related_name="+", null=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.SET_NULL, related_name="+", null=True)
    name = SealedField(tier=Tier.NARRATIVE)
    sha256 = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("producer", "number"), name="an_exhibit_number_is_given_once"),
            models.UniqueConstraint(fields=("source",), condition=~Q(source=None), name="a_file_has_one_reference"),
            models.UniqueConstraint(fields=("exhibit",), condition=~Q(exhibit=None), name="an_exhibit_has_one"),
        )
