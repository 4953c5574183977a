"""A copy of what is held about somebody, on its way to them, and what was decided about each record."""

from __future__ import annotations

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import InOpenCircle, TwoPersonAct
from joindots.privacy.models.within import CircleRow
from joindots.privacy.rules.copying import WHY_KEPT
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class Copy(CircleRow):
    """A copy that is being looked through, asked for, agreed to, fetched. Its bytes are made anew each time."""

    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    out = SealedField(tier=Tier.NARRATIVE)
    """Words that are taken out wherever they stand, one a line."""
    act = models.ForeignKey(TwoPersonAct, null=True, on_delete=models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField(null=True)

    objects = InOpenCircle["Copy"].as_manager()


class Choice(CircleRow):
    """What was decided about one record: given, or kept back and why."""

    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    give = models.BooleanField()
    why = models.CharField(max_length=8, default="", blank=True, choices=list(WHY_KEPT.items()))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = InOpenCircle["Choice"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("copy", "kind", "key"), name="chosen_once"),)
