"""Whose an account is believed to be: who says so, when, how sure and why. Several may disagree, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.people.models.persons import Person
from joindots.people.rules.beliefs import SAID_BY, SURE
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class BeliefQuerySet(InCircle["Belief"]):
    """Beliefs by who may know of them."""


class Belief(Row):
    """That somebody says whose one account is. Never changed: it is withdrawn, with who, when and why, and kept.

    `value` is the account as `rules.beliefs.identity_of` writes it; it is found by its blind index.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="beliefs")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="beliefs")
    value = SealedField(tier=Tier.NARRATIVE)
    index = models.BinaryField()
    generation = models.PositiveSmallIntegerField(default=1)
    sure = models.CharField(max_length=9, choices=list(SURE.items()))
    said_by = models.CharField(max_length=8, choices=list(SAID_BY.items()))
    why = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = SealedField(tier=Tier.NARRATIVE)

    objects = BeliefQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("circle", "at"), name="beliefs_of_a_circle"),
            models.Index(fields=("index",), name="beliefs_by_account"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="belief_withdrawn_by_somebody",
            ),
        )

    @property
    def book(self) -> UUID:
        """A belief is read in its circle's book."""
        return self.circle_id

    @property
    def indexed(self) -> str:
        """What is put before the account in its blind index: equal accounts of two circles are not alike."""
        return f"belief|{self.circle_id}"
