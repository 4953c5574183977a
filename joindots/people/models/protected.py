"""Words of a circle that must never leave in a paper for another side: who said so, and who withdrew it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.people.rules.protected import KIND_WORDS
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class ProtectedWordQuerySet(InCircle["ProtectedWord"]):
    """Protected words by who may know of them; the words themselves open on the victim's side alone."""


class ProtectedWord(Row):
    """One word or number that must never leave. Contact tier: whoever is not on the victim's side reads nothing of it.

    A row is never deleted alone: it is withdrawn, with who, when and why.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="protected_words")
    kind = models.CharField(max_length=10, choices=[(kind.value, says) for kind, says in KIND_WORDS.items()])
    word = SealedField(tier=Tier.CONTACT)
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = SealedField(tier=Tier.CONTACT)

    REFERENCE: ClassVar[str] = "pk"
    objects = ProtectedWordQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "added_at"), name="protected_of_a_circle"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_by_somebody",
            ),
        )

    @property
    def book(self) -> UUID:
        """A protected word is read in its circle's book."""
        return self.circle_id
