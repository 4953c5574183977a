"""The register of requests about personal data, each in a small circle of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InOpenCircle
from joindots.privacy.rules import ANSWER_WORDS, CAME_WORDS, CLIENT_TOLD, KIND_WORDS, State
from joindots.vault.fields import ReferenceField, Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class RequestQuerySet(InOpenCircle["Request"]):
    """Requests by who may know of them."""


class Request(Row):
    """Somebody asks about personal data. Who, how to reach them and what they wrote is its own circle's alone."""

    reference = ReferenceField()
    circle = models.OneToOneField(Circle, on_delete=models.PROTECT, related_name="privacy_request")
    kind = models.CharField(max_length=9, choices=[(code, words) for code, words in KIND_WORDS.items()])
    state = models.CharField(max_length=8, default=State.OPEN, choices=[(one, one) for one in State])
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    came_on = models.DateField()
    came_how = models.CharField(max_length=6, choices=[(code, words) for code, words in CAME_WORDS.items()])
    due_on = models.DateField(null=True)
    """The day of the clock that runs now; empty where none runs or it was answered."""
    acknowledged_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, default="", blank=True, choices=[(c, w) for c, w in ANSWER_WORDS.items()])
    client_told = models.CharField(
        max_length=8, default="", blank=True, choices=[(c, w) for c, w in CLIENT_TOLD.items()]
    )
    grounds = models.JSONField(default=list)
    """Codes of what police or others had shown, where something was given to them."""
    who = SealedField(tier=Tier.IDENTITY)
    reach = SealedField(tier=Tier.CONTACT)
    """How they asked to be reached."""
    words = SealedField(tier=Tier.NARRATIVE)
    """What they ask, as they put it."""
    why_longer = SealedField(tier=Tier.NARRATIVE)
    why = SealedField(tier=Tier.NARRATIVE)
    """Why it was answered so."""

    REFERENCE: ClassVar[str] = "reference"
    objects = RequestQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("owner", "state", "due_on")), models.Index(fields=("state", "due_on")))

    @property
    def book(self) -> UUID:
        """A request is read in its circle's book."""
        return self.circle_id
