"""The case: one circle, one reference, one state."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Agency, Membership
from joindots.casework.rules import RELATION_WORDS, Relation, State
from joindots.circles.models import Circle, InOpenCircle
from joindots.kernel.when import Precision
from joindots.vault.fields import ReferenceField, Row, SealedField
from joindots.vault.models import Tier


class CaseQuerySet(InOpenCircle["Case"]):
    """Cases by who may know of them."""


class Case(Row):
    """A case. People see its reference; who it is about stands in `people`."""

    reference = ReferenceField()
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="case")
    state = models.CharField(max_length=8, default=State.OPEN, choices=[(state, state) for state in State])
    relation = models.CharField(
        max_length=14, default=Relation.NOT_KNOWN, choices=[(code, text) for code, text in RELATION_WORDS.items()]
    )
    opened_at = models.DateTimeField(db_index=True)
    """When it was opened, or the earliest that can be; `opened_until` is the latest, where the two differ."""
    opened_until = models.DateTimeField(null=True)
    opened_precision = models.CharField(max_length=12, default=Precision.SECOND, choices=[(p, p) for p in Precision])
    closed_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    own_number = SealedField(tier=Tier.NARRATIVE)
    """The agency's own case number, crime number or the like, as given."""
    summary = SealedField(tier=Tier.NARRATIVE)

    REFERENCE: ClassVar[str] = "reference"
    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("closed_at", "circle"), condition=models.Q(state=State.CLOSED), name="cases_by_their_end"
            ),
        )

    @property
    def book(self) -> UUID:
        """A case is read in its circle's book."""
        return self.circle_id


class OwnNumber(Row):
    """A case's mark in the agency's own books, found by its blind index: its own number, or the print of a whole row.

    A mark that came in from a spreadsheet stands once in an agency, so that no repeat ever makes a second case.
    """

    class Kind(models.TextChoices):
        OWN = "own", "the agency's own number"
        ROW = "row", "the print of a row without a number"
        URN = "urn", "a crime reference of the police"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="own_numbers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    value = SealedField(tier=Tier.NARRATIVE)
    index = models.BinaryField()
    generation = models.PositiveSmallIntegerField()
    brought_in = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "index"), condition=models.Q(brought_in=True), name="brought_in_once_in_an_agency"
            ),
        )
        indexes = (models.Index(fields=("index",)),)

    @property
    def indexed(self) -> str:
        """What is put before the value in its blind index: equal numbers of two agencies are not alike."""
        return f"{self.kind}|{self.agency_id}"


def owned_by(whose: Collection[UUID]) -> models.Q:
    """Rows with a `circle` whose open case one of these owns. Who may know is asked beside it, by `in_known`."""
    return models.Q(circle__in=Case.objects.filter(owner__in=list(whose), state=State.OPEN).values("circle"))
