"""Decisions about who the primary victim is, each a version that two people made, and roles that were changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.casework.models.within import CaseRow
from joindots.circles.models import InCircle, TwoPersonAct
from joindots.people.models import Person
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class PrimaryReviews(InCircle["PrimaryReview"]):
    """Decisions by who may know of them."""


class PrimaryReview(CaseRow):
    """Who one person thinks is the primary victim and why, and what a second person said to exactly that.

    No decision changes another: each is a version with its number, and the newest that was agreed counts.
    """

    number = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=8)
    covers = models.JSONField(default=list)
    """What may be written down against the person reported while it stands: codes of acts."""
    looked = models.JSONField(default=list)
    review_on = models.DateField()
    act = models.ForeignKey(TwoPersonAct, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default="asked")
    why = SealedField(tier=Tier.NARRATIVE)
    second_why = SealedField(tier=Tier.NARRATIVE)
    """The second person's own reasons."""

    objects = PrimaryReviews.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("circle", "number"), name="one_primary_review_of_a_number"),)
        indexes = (
            models.Index(fields=("review_on", "circle"), condition=Q(state="agreed"), name="primary_reviews_due"),
        )


class RoleChanges(InCircle["RoleChange"]):
    """Changes of role by who may know of them."""


class RoleChange(CaseRow):
    """That somebody stands in a case as something else than before: what, since when, why, and by whose word."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    was = models.CharField(max_length=10)
    now = models.CharField(max_length=10)
    review = models.ForeignKey(PrimaryReview, null=True, on_delete=models.PROTECT, related_name="+")
    why = SealedField(tier=Tier.NARRATIVE)

    objects = RoleChanges.as_manager()
