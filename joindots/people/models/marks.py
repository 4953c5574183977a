"""What of people was taken back: a mark that was withdrawn, and somebody who was taken off a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.people.models.persons import Person, Presence
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class WithdrawnMark(Row):
    """A name, number or account that counts no more, with who withdrew it, when and why.

    It has no blind index, so nothing finds anybody by it and no safe way is refused because of it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="withdrawn_marks")
    kind = models.CharField(max_length=12)
    value = SealedField(tier=Tier.IDENTITY)
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    """Who had added it; nobody where it came with the person from elsewhere."""
    at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    why = SealedField(tier=Tier.IDENTITY)

    SEAL_OWNER: ClassVar[str] = "person_id"
    SEAL_BOOK: ClassVar[str] = "agency_id"

    @property
    def agency_id(self) -> UUID:
        """The agency whose book notes openings."""
        return self.person.agency_id


class TakenOffQuerySet(InCircle["TakenOff"]):
    """Who was taken off, by who may know of the circle."""


class TakenOff(Row):
    """That somebody stood in a circle by mistake: who took them off, when and why, and what stood of them."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="taken_off")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="taken_off")
    stood_as = models.CharField(max_length=10, choices=Presence.As.choices)
    name = SealedField(tier=Tier.IDENTITY)
    marks = SealedField(tier=Tier.IDENTITY)
    """A line each: the kind and the value of what stood of them."""
    why = SealedField(tier=Tier.IDENTITY)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TakenOffQuerySet.as_manager()

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id
