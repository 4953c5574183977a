"""Accounts that write in the files of a case, so that a search across cases meets them by an exact mark."""

from __future__ import annotations

from django.db import models

from joindots.circles.models import Circle, InCircle
from joindots.evidence.models.files import Reading
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class AccountsSeen(InCircle["AccountSeen"]):
    """Accounts by who may know of their circle."""


class AccountSeen(Row):
    """One mark of one sender of a reading: a number, an address, or the name that the file shows.

    Its index begins with the circle: a search goes from the circles that its reader may know of to what stands in
    them, so that what it costs never grows with what they may not know of.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+", db_index=False)
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="seen")
    value = SealedField(tier=Tier.NARRATIVE)
    index = models.BinaryField()
    generation = models.PositiveSmallIntegerField(default=1)

    objects = AccountsSeen.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "index"), name="accounts_seen_in_a_circle"),)
