"""What stops an erasing, what was signed, what was erased, and how long an agency keeps things."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from joindots.agencies.models import Agency, Membership
from joindots.circles.models import Circle, InOpenCircle, TwoPersonAct
from joindots.kernel.ids import uuid7
from joindots.privacy.models.within import CircleRow
from joindots.privacy.rules.keeping import HOLD_WORDS
from joindots.vault.fields import ReferenceField, SealedField
from joindots.vault.models import Tier


class Hold(CircleRow):
    """Something that stops the erasing of a circle until somebody lifts it."""

    kind = models.CharField(max_length=10, choices=list(HOLD_WORDS.items()))
    why = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    review_on = models.DateField()
    lifted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_why = SealedField(tier=Tier.NARRATIVE)

    objects = InOpenCircle["Hold"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("by", "review_on")),)


class Signed(CircleRow):
    """What a person signed when its time was over: kept longer and why, or erased, which a second agrees to."""

    record = models.CharField(max_length=8)
    reference = models.CharField(max_length=9)
    rule = models.CharField(max_length=24)
    due_on = models.DateField()
    keep = models.BooleanField()
    again_on = models.DateField(null=True)
    checked = models.JSONField(default=list)
    why = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    act = models.ForeignKey(TwoPersonAct, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InOpenCircle["Signed"].as_manager()


class Certificate(models.Model):
    """That something was erased: by which rule, when, by whom, how many records of which kind. No name is in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = ReferenceField()
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    record = models.CharField(max_length=8)
    of = models.CharField(max_length=9)
    """The reference of what was erased, which says nothing of anybody."""
    rule = models.CharField(max_length=24)
    counts = models.JSONField(default=dict)
    keys = models.PositiveIntegerField()
    erased_at = models.DateTimeField()
    backups_until = models.DateField()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    done_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    REFERENCE: ClassVar[str] = "reference"

    class Meta:
        indexes = (models.Index(fields=("agency", "erased_at")),)


class Period(models.Model):
    """How many months an agency keeps what a rule is about."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=24)
    months = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "rule"), name="one_period_of_a_rule"),)
