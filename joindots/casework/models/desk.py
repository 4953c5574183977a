"""What somebody put off on their own desk: the exact thing, the reason, and the day on which it comes back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from joindots.casework.models.within import CaseRow
from joindots.circles.models import InCircle
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class PutsOff(InCircle["PutOff"]):
    """What was put off, by who may know of its circle."""


class PutOff(CaseRow):
    """One thing due that `by` does not want to see before `until`. It moves no deadline: only its place on a desk.

    `what` is the thing as it stood, its day and sentence with it: what changes meanwhile comes back at once.
    """

    kind = models.CharField(max_length=40)
    what = SealedField(tier=Tier.NARRATIVE)
    why = SealedField(tier=Tier.NARRATIVE)
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    """When it was taken up before its day."""

    REFERENCE: ClassVar[str] = "pk"
    objects = PutsOff.as_manager()

    class Meta:
        indexes = (models.Index(fields=("by", "until"), condition=Q(ended_at=None), name="put_off_by_somebody"),)
