"""A large file on its way in, piece by piece, so that a lost connection loses none of it."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class Sendings(InCircle["Sending"]):
    """Sendings by who may know of them."""


class Sending(Row):
    """A file that somebody is sending: how much of it has come, in sealed pieces. No part of the case until whole."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    size = models.BigIntegerField()
    come = models.BigIntegerField(default=0)
    name = SealedField(tier=Tier.NARRATIVE)
    mark = SealedField(tier=Tier.NARRATIVE)
    """When the file was last changed on its device, as the browser says: another file of that name is another."""
    pieces = SealedField(tier=Tier.NARRATIVE)
    """MessagePack of the pieces: the name each has among what arrives, its key and size."""

    objects = Sendings.as_manager()

    @property
    def book(self) -> UUID:
        """A sending is read in its circle's book."""
        return self.circle_id
