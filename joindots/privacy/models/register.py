"""The register of requests about personal data, each in a small circle of its own or in that of the client’s case."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InOpenCircle
from joindots.notices.models import Notice
from joindots.privacy.rules import ANSWER_WORDS, CAME_WORDS, CLIENT_TOLD, KIND_WORDS, State
from joindots.vault.fields import ReferenceField, Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    from joindots.access.actor import Actor


class RequestQuerySet(InOpenCircle["Request"]):
    """Requests by who may know of them, in their own agency alone: whoever reads a case by a share is told of none."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> Self:
        """Those of circles of the actor's agency that the actor may know of and that were not erased."""
        return super().visible_to(actor, write=write, picked=picked).filter(circle__agency=actor.agency_id)


class Request(Row):
    """Somebody asks about personal data. Who, how to reach them and what they wrote is its own circle's alone; where
    police or others ask about a client, and it is said which case that is, the case's.
    """

    reference = ReferenceField()
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="privacy_requests")
    kind = models.CharField(max_length=9, choices=[(code, words) for code, words in KIND_WORDS.items()])
    state = models.CharField(max_length=8, default=State.OPEN, choices=[(one, one) for one in State])
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    came_on = models.DateField()
    came_how = models.CharField(max_length=6, choices=[(code, words) for code, words in CAME_WORDS.items()])
    due_on = models.DateField(null=True)
    """The day of the clock that runs now; empty where none runs or it was answered."""
    wanted_on = models.DateField(null=True)
    """By when police or others say that they need the answer; no law sets them a day."""
    acknowledged_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, default="", blank=True, choices=[(c, w) for c, w in ANSWER_WORDS.items()])
    client_told = models.CharField(
        max_length=8, default="", blank=True, choices=[(c, w) for c, w in CLIENT_TOLD.items()]
    )
    notice = models.OneToOneField(Notice, null=True, on_delete=models.SET_NULL, related_name="+")
    """The letter that tells the client of it."""
    grounds = models.JSONField(default=list)
    """Codes of what police or others had shown, where something was given to them."""
    who = SealedField(tier=Tier.IDENTITY)
    reach = SealedField(tier=Tier.CONTACT)
    """How they asked to be reached."""
    words = SealedField(tier=Tier.NARRATIVE)
    """What they ask, as they put it."""
    why_longer = SealedField(tier=Tier.NARRATIVE)
    why_untold = SealedField(tier=Tier.NARRATIVE)
    """Why the client was not told in writing."""
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
