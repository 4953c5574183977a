"""What is kept of what leaves: notices, round trips, and secret addresses of calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InOpenCircle
from joindots.kernel.ids import uuid7
from joindots.notices.rules.notices import KIND_WORDS, STATE_WORDS, State
from joindots.notices.rules.outward import CONSENT
from joindots.people.models import Person
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass


class NoticeQuerySet(InOpenCircle["Notice"]):
    """Notices by who may know of them; their words open on the victim's side alone."""


class Notice(Row):
    """One thing that leaves, or was to leave. No number or address is kept with it: only which way of the card.

    A refusal keeps its reason's code and no words. Nothing is kept of what a gateway answers but a code.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=9, choices=list(KIND_WORDS.items()))
    state = models.CharField(max_length=9, default=State.QUEUED, choices=list(STATE_WORDS.items()))
    way = models.UUIDField()
    proof = models.BooleanField(default=False)
    said_now = models.BooleanField(default=False)
    emergency = models.BooleanField(default=False)
    body = SealedField(tier=Tier.CONTACT)
    subject = SealedField(tier=Tier.CONTACT)
    sender = SealedField(tier=Tier.CONTACT)
    file_name = SealedField(tier=Tier.CONTACT)
    reason = SealedField(tier=Tier.CONTACT)
    """Why the person's own exception was called on."""
    starts = models.DateTimeField(null=True)
    """Of a calendar entry."""
    code = models.CharField(max_length=24, default="", blank=True)
    gateway = models.CharField(max_length=12, default="", blank=True)
    outward = models.BooleanField(default=False)
    """It goes to somebody else about the person, whose card says what must not be; `way` is then none."""
    to = SealedField(tier=Tier.CONTACT)
    """Of what goes to somebody else: who it is for and where, or one mail address."""
    until = models.DateField(null=True)
    """The last day of the consent, or other basis, that it rests on."""
    basis = models.CharField(max_length=40, default=CONSENT)
    """On what it may leave, where that is not the person's consent: a code of the table of bases."""
    done_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    """Who posted it or rang."""
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    not_before = models.DateTimeField()
    due_on = models.DateField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    left_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    """When whoever wrote it, or a colleague, looked at how it ended."""

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("circle", "-made_at"), name="notices_of_a_circle"),
            models.Index(
                fields=("state", "not_before"), condition=Q(state__in=("queued", "leaving")), name="notices_to_leave"
            ),
            models.Index(fields=("by", "due_on"), condition=Q(seen_at=None), name="notices_to_look_at"),
        )

    @property
    def book(self) -> UUID:
        """A notice is read in its circle's book."""
        return self.circle_id


class RoundTrip(Row):
    """A way that is being proved: which word was sent there, and whether the person said it back."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="round_trips")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="round_trips")
    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="round_trip")
    way = models.UUIDField()
    word = SealedField(tier=Tier.CONTACT)
    misses = models.PositiveSmallIntegerField(default=0)
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)


class Feed(models.Model):
    """A member's calendar at a secret address, of which only a hash is kept. It ends with the membership at once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    REFERENCE: ClassVar[str] = "pk"

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("membership",), condition=Q(ended_at=None), name="one_feed_at_a_time"),
        )
