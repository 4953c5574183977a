"""A force's own Word template for applications: one agency's, loaded by its own people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.kernel.ids import uuid7
from joindots.vault.sealing import Spot

if TYPE_CHECKING:
    from joindots.access.actor import Actor


PURPOSE = "order-templates"
"""What the key of the installation is for, by which templates are sealed."""


class Templates(models.QuerySet["OrderTemplate"]):
    """Templates by whose they are."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> Templates:
        """Those of the agency the actor works for."""
        return self.filter(agency=actor.agency_id)


class OrderTemplate(models.Model):
    """A template as it was loaded: sealed, for one agency; the newest that is in use fills its Word files."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    file = models.BinaryField()
    """Sealed under a key of the installation: it holds nobody's story."""
    size = models.PositiveIntegerField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = Templates.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency",), condition=Q(ended_at=None), name="one_template_of_an_agency_in_use"
            ),
        )

    @property
    def spot(self) -> Spot:
        """Where its seal belongs."""
        return Spot("orders_ordertemplate", "file", str(self.agency_id), str(self.pk))

    @property
    def book(self) -> UUID:
        """A template is read in its agency's book."""
        return self.agency_id
