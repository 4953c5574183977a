"""A breach or a drill of one, in a circle of its own, and its steps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from joindots.agencies.models import Membership
from joindots.casework.models import Case
from joindots.circles.models import Circle, InOpenCircle
from joindots.privacy.models.within import CircleRow
from joindots.privacy.rules.breach import BY_CODE, OUT
from joindots.vault.fields import ReferenceField, SealedField
from joindots.vault.models import Tier


class Breach(CircleRow):
    """Data that may have got out. `address_out` is empty until the first step is done."""

    reference = ReferenceField()
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="+")
    drill = models.BooleanField()
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    aware_at = models.DateTimeField()
    notify_by = models.DateTimeField()
    address_out = models.CharField(max_length=10, default="", blank=True, choices=list(OUT.items()))
    closed_at = models.DateTimeField(null=True)
    words = SealedField(tier=Tier.NARRATIVE)
    """What got out, as it was told."""

    REFERENCE: ClassVar[str] = "reference"
    objects = InOpenCircle["Breach"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("owner", "closed_at", "notify_by")),)


class BreachStep(CircleRow):
    """One step as it was done: by whom, when, and how. A step done again stands beside what stood before."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=[(one.code, one.title) for one in BY_CODE.values()])
    answer = models.CharField(max_length=10)
    said = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = InOpenCircle["BreachStep"].as_manager()
