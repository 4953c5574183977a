"""Care for those who do the work: that a supervision was held, and what was said between the two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    from joindots.access.actor import Actor


class Supervisions(models.QuerySet["Supervision"]):
    """Supervisions by whose they are: the two who spoke, and nobody else's."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> Supervisions:
        """Those at which the actor was one of the two."""
        return self.filter(Q(whose=actor.membership_id) | Q(by=actor.membership_id))


class Supervision(Row):
    """One supervision of a member of staff. Its day is known to leads; its notes to the two alone, under a key of its
    own: no other lead, no sharing and no emergency opening reaches them. No client is named in it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    whose = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    next_on = models.DateField()
    notes = SealedField(tier=Tier.NARRATIVE)
    at = models.DateTimeField()

    SEAL_OWNER: ClassVar[str] = "id"
    SEAL_BOOK: ClassVar[str] = "agency_id"
    REFERENCE: ClassVar[str] = "pk"
    objects = Supervisions.as_manager()

    class Meta:
        indexes = (models.Index(fields=("whose", "on"), name="supervisions_of_somebody"),)

    @property
    def book(self) -> UUID:
        """Openings stand in the agency's book."""
        return self.agency_id
