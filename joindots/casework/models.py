"""The case: one circle, one reference, one state."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.casework.rules import RELATION_WORDS, Relation, State
from joindots.circles.models import Circle
from joindots.kernel.ids import new_reference
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    from joindots.access.actor import Actor


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases by who may know of them."""

    def visible_to(self, actor: Actor, *, write: bool = False) -> CaseQuerySet:
        """Those of circles that the actor may know of."""
        return self.filter(circle__in=Circle.objects.visible_to(actor, write=write), circle__state="open")


class Case(Row):
    """A case. People see its reference; who it is about stands in `people`."""

    reference = models.CharField(max_length=9, unique=True, default=new_reference)
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="case")
    state = models.CharField(max_length=8, default=State.OPEN, choices=[(state, state) for state in State])
    relation = models.CharField(
        max_length=14, default=Relation.NOT_KNOWN, choices=[(code, text) for code, text in RELATION_WORDS.items()]
    )
    opened_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    own_number = SealedField(tier=Tier.NARRATIVE)
    """The agency's own case number, crime number or the like, as given."""
    summary = SealedField(tier=Tier.NARRATIVE)

    REFERENCE: ClassVar[str] = "reference"
    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("state", "-opened_at")),)

    @property
    def book(self) -> UUID:
        """A case is read in its circle's book."""
        return self.circle_id
