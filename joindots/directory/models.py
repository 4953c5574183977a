"""Listings of services, what they are found by, checks of national ones, and files of listings on their way in.

What stands here is public; nothing is sealed. A place that is kept secret never stands here at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.kernel.ids import uuid7
from joindots.vault.fields import ReferenceField

if TYPE_CHECKING:
    from joindots.access.actor import Actor


class ServiceQuerySet(models.QuerySet["Service"]):
    """Listings by who may see them."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> ServiceQuerySet:
        """Those of the actor's own agency, and what others list for everybody; to be changed, only one's own."""
        own = Q(agency=actor.agency_id)
        return self.filter(own if write else own | Q(audience=Service.Audience.EVERYBODY))


class Service(models.Model):
    """One listing, kept by one agency. `says` is `rules.listing.Listing`; the other columns find and order it."""

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", "everybody, on the open page too"
        OWN = "own", "our own agency"

    class State(models.TextChoices):
        LISTED = "listed", "listed"
        GONE = "gone", "no longer there"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)
    reference = ReferenceField()
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=9, choices=Audience.choices, default=Audience.EVERYBODY)
    state = models.CharField(max_length=6, choices=State.choices, default=State.LISTED)
    name_key = models.CharField(max_length=200, db_index=True)
    """The name in small letters."""
    says = models.JSONField()
    stands_for = models.CharField(max_length=60, default="", blank=True)
    """The code of the national service that this listing replaces for its own agency."""
    source_name = models.CharField(max_length=120, default="", blank=True)
    """Whose file it came in; empty where somebody here wrote it."""
    source_key = models.CharField(max_length=64, default="", blank=True)
    """SHA-256 of the source's name and its own id, so that a repeat finds it."""
    digest = models.CharField(max_length=64, default="", blank=True)
    """SHA-256 of what the file said, so that a repeat knows whether it changed."""
    mended = models.BooleanField(default=False)
    """Somebody here corrected it: a file no longer changes it."""
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    """Who here asked the service; empty where its own file says so."""
    fresh_until = models.DateField(null=True, db_index=True)

    REFERENCE: ClassVar[str] = "reference"
    objects = ServiceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "source_key"), condition=~Q(source_key=""), name="one_listing_of_a_source"
            ),
        )

    @property
    def book(self) -> object:
        """A listing is told of in its agency's book."""
        return self.agency_id


class ServiceTag(models.Model):
    """By what a listing is found: an area it covers, a need it meets."""

    class Kind(models.TextChoices):
        AREA = "area", "area"
        NEED = "need", "need"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    code = models.CharField(max_length=100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("service", "kind", "code"), name="one_tag_of_a_listing"),)
        indexes = (models.Index(fields=("kind", "code")),)


class NationalCheck(models.Model):
    """That somebody confirmed what the shipped listing of a national service says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "code"), name="one_check_of_a_national_service"),)


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """Files of listings by who may see them."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> ArrivalQuerySet:
        """Those of the actor's own agency."""
        return self.filter(agency=actor.agency_id)


class Arrival(models.Model):
    """A file of listings that was read and is looked at before it is taken in. `rows` is packed by `rules.arriving`."""

    class State(models.TextChoices):
        LOOKED_AT = "looked_at", "looked at"
        TAKING = "taking", "being taken in"
        TAKEN = "taken", "taken in"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    source_name = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    form = models.CharField(max_length=20)
    state = models.CharField(max_length=9, choices=State.choices, default=State.LOOKED_AT)
    rows = models.BinaryField()
    total = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    """Rows dealt with, counted from the first."""
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    """Corrected here before, and so left as they are."""

    REFERENCE: ClassVar[str] = "pk"
    objects = ArrivalQuerySet.as_manager()

    @property
    def book(self) -> object:
        """A file is told of in its agency's book."""
        return self.agency_id
