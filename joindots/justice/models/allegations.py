"""What was put on record against somebody in a case, and what became of it."""

from __future__ import annotations

from django.db import models

from joindots.casework.models import Chaser
from joindots.casework.models.within import CaseRow, coded
from joindots.circles.models import InCircle
from joindots.justice.models.opposed import PrimaryReview
from joindots.justice.rules.allegations import AGAINST, COMPLAINED, KINDS, PutStage
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class PutsOnRecord(InCircle["PutOnRecord"]):
    """What was put on record, by who may know of it."""


class PutOnRecord(CaseRow):
    """A notice, warning, order, arrest or crime against one of the two people of a case, by whose complaint it came."""

    against = models.CharField(max_length=7, choices=coded(AGAINST))
    kind = models.CharField(max_length=20, choices=coded(KINDS))
    force = models.CharField(max_length=40, blank=True, default="")
    on = models.DateField(null=True)
    until = models.DateField(null=True)
    complained = models.CharField(max_length=10, choices=coded(COMPLAINED))
    stage = models.CharField(max_length=10, default=PutStage.NOTED.value, choices=coded(PutStage))
    review = models.ForeignKey(PrimaryReview, null=True, on_delete=models.PROTECT, related_name="+")
    """The one decision that looked at it and at what it mirrors."""
    by_whom = SealedField(tier=Tier.NARRATIVE)
    complainant = SealedField(tier=Tier.IDENTITY)
    reference = SealedField(tier=Tier.NARRATIVE)
    mirrors = SealedField(tier=Tier.NARRATIVE)
    what = SealedField(tier=Tier.NARRATIVE)

    objects = PutsOnRecord.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "on"), name="put_on_record_in_a_circle"),)


class PutStep(CaseRow):
    """That something on record was challenged, withdrawn, quashed or upheld: when, and what was said."""

    put = models.ForeignKey(PutOnRecord, on_delete=models.CASCADE, related_name="steps")
    to = models.CharField(max_length=10, choices=coded(PutStage))
    on = models.DateField()
    chaser = models.ForeignKey(Chaser, null=True, on_delete=models.SET_NULL, related_name="+")
    """The asking whose reply clock runs, where it was challenged."""
    said = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("put", "at"), name="steps_of_what_was_put"),)
