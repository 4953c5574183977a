"""Spreadsheets of cases and takings out, each in a small circle of its own, and columns remembered for an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Agency, Membership
from joindots.circles.models import Circle, InOpenCircle, TwoPersonAct
from joindots.transfer.rules.states import OutState, SheetState
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class SheetQuerySet(InOpenCircle["CaseSheet"]):
    """Spreadsheets by who may know of them."""


class OutQuerySet(InOpenCircle["TakeOut"]):
    """Takings out by who may know of them."""


class CaseSheet(Row):
    """A spreadsheet of cases that somebody brings in. Its bytes, its words and its rejects are its own circle's."""

    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="case_sheet")
    state = models.CharField(max_length=10, default=SheetState.LOOKING, choices=[(one, one) for one in SheetState])
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    name = SealedField(tier=Tier.NARRATIVE)
    sha256 = SealedField(tier=Tier.NARRATIVE)
    file_key = SealedField(tier=Tier.NARRATIVE)
    address = models.CharField(max_length=40)
    size = models.BigIntegerField()
    survey = SealedField(tier=Tier.NARRATIVE)
    """JSON of `rules.survey.Survey`."""
    mapping = SealedField(tier=Tier.NARRATIVE)
    """JSON of `rules.columns.Mapping`."""
    tried = SealedField(tier=Tier.NARRATIVE)
    """JSON of `rules.survey.Tried`."""
    job = models.UUIDField(null=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    """Rows dealt with, counted from the first: written in one transaction with each row's case."""
    brought = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    REFERENCE: ClassVar[str] = "pk"
    objects = SheetQuerySet.as_manager()

    @property
    def book(self) -> UUID:
        """A spreadsheet is read in its circle's book."""
        return self.circle_id


class LeftOut(Row):
    """One row that did not come in, sealed with its reason."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    sheet = models.ForeignKey(CaseSheet, on_delete=models.CASCADE, related_name="left_out")
    number = models.PositiveIntegerField()
    repeat = models.BooleanField()
    told = SealedField(tier=Tier.NARRATIVE)
    """JSON: the row as a spreadsheet program counts it, why, and its cells."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sheet", "number"), name="one_reason_a_row"),)


class ColumnsKnown(models.Model):
    """What the columns of a set of headings mean to one agency. Holds a keyed print and codes, no heading's words."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    print = models.BinaryField()
    meanings = models.JSONField()
    date_order = models.CharField(max_length=8, default="", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "print"), name="one_meaning_of_a_set_of_headings"),)


class TakeOut(Row):
    """That all an agency owns is taken out: asked by one, agreed by another, made, fetched once.

    The file's key stands in the contact tier of its own circle: the second person, who stands on both sides
    there, can decide and can never open it.
    """

    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="take_out")
    state = models.CharField(max_length=8, default=OutState.ASKED, choices=[(one, one) for one in OutState])
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    act = models.ForeignKey(TwoPersonAct, on_delete=models.PROTECT, related_name="+")
    job = models.UUIDField(null=True)
    ready_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    sha256 = SealedField(tier=Tier.CONTACT)
    file_key = SealedField(tier=Tier.CONTACT)
    address = models.CharField(max_length=40, default="", blank=True)
    size = models.BigIntegerField(default=0)

    REFERENCE: ClassVar[str] = "pk"
    objects = OutQuerySet.as_manager()

    @property
    def book(self) -> UUID:
        """A taking out is read in its circle's book."""
        return self.circle_id
