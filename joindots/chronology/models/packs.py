"""Packs that were made of a case, sealed in its circle's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class PackQuerySet(InCircle["Pack"]):
    """Packs by who may know of them."""


class Pack(Row):
    """One pack: a zip of the chronology, its exhibits and records, as it was at one moment."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="packs")
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    as_at = models.DateTimeField()
    ready = models.BooleanField(default=False)
    entries = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    open_questions = models.PositiveIntegerField(default=0)
    about = SealedField(tier=Tier.NARRATIVE)
    """The names of whom it is about, one a line: in groups, others' words are kept back."""
    sha256 = SealedField(tier=Tier.NARRATIVE)
    file_key = SealedField(tier=Tier.NARRATIVE)
    address = models.CharField(max_length=40, default="", blank=True)
    size = models.BigIntegerField(default=0)

    REFERENCE: ClassVar[str] = "pk"
    objects = PackQuerySet.as_manager()

    @property
    def book(self) -> UUID:
        """A pack is read in its circle's book."""
        return self.circle_id
