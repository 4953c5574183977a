"""Times of which there is no record, as somebody told it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.evidence.rules.entries import TOLD_BY
from joindots.evidence.rules.gaps import WHY, days_of
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class CoverageGaps(InCircle["CoverageGap"]):
    """Gaps by who may know of them."""

    def standing(self) -> CoverageGaps:
        """Those that were not withdrawn."""
        return self.filter(ended_at=None)

    def days(self, circle: UUID) -> list[date]:
        """The days of all that stand in a circle, in order."""
        return days_of(self.standing().filter(circle=circle).values_list("first", "last"))


class CoverageGap(Row):
    """That there is no record of some whole days: the phone was broken, nobody kept a log. Never changed: withdrawn,
    with who and when, and told anew.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="coverage_gaps")
    first = models.DateField()
    last = models.DateField()
    why = models.CharField(max_length=12, choices=list(WHY.items()))
    told_by = models.CharField(max_length=8, choices=list(TOLD_BY.items()))
    words = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = CoverageGaps.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_gap_ends_no_earlier"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="gap_withdrawn_by_somebody",
            ),
        )

    @property
    def book(self) -> UUID:
        """A gap is read in its circle's book."""
        return self.circle_id
