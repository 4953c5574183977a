"""A person of one agency, where they stand, and their identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from joindots.agencies.models import Agency, Membership
from joindots.circles.models import Circle, in_known
from joindots.kernel.ids import uuid7
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    from joindots.access.actor import Actor


class PersonQuerySet(models.QuerySet["Person"]):
    """People by who may know of them."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> PersonQuerySet:
        """Those who stand in a circle that the actor may know of."""
        there = Presence.objects.filter(in_known(actor, write=write, picked=picked))
        return self.filter(Exists(there.filter(person=OuterRef("pk"))) if picked else Q(pk__in=there.values("person")))


class Person(Row):
    """Somebody, known to one agency. Sealed under a key of their own; one row serves all their circles there."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = SealedField(tier=Tier.IDENTITY)
    made_at = models.DateTimeField()

    SEAL_OWNER: ClassVar[str] = "id"
    SEAL_BOOK: ClassVar[str] = "agency_id"
    objects = PersonQuerySet.as_manager()

    @property
    def book(self) -> UUID:
        """Openings of a person's seals stand in their agency's book."""
        return self.agency_id


class Presence(models.Model):
    """That a person stands in a circle, and as what."""

    class As(models.TextChoices):
        VICTIM = "victim", "person being stalked"
        SUSPECT = "suspect", "person reported"
        SECONDARY = "secondary", "family, friend or colleague also affected"
        WITNESS = "witness", "witness"
        CHILD = "child", "child"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="presences")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="presences")
    stands_as = models.CharField(max_length=10, choices=As.choices)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "circle"), name="a_person_stands_once_in_a_circle"),)


class Identifier(Row):
    """A hard identifier of a person: number, address, handle, vehicle mark. Found by its blind index."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=12)
    value = SealedField(tier=Tier.IDENTITY)
    index = models.BinaryField()
    generation = models.PositiveSmallIntegerField(default=1)
    by_belief = models.BooleanField(default=False)
    """Told or believed by somebody rather than shown by a source."""
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)

    SEAL_OWNER: ClassVar[str] = "person_id"
    SEAL_BOOK: ClassVar[str] = "agency_id"

    class Meta:
        indexes = (models.Index(fields=("index", "person"), name="people_by_their_marks"),)

    @property
    def agency_id(self) -> UUID:
        """The agency whose book notes openings."""
        return self.person.agency_id
