"""One contact with the helpline, in a circle of its own, and all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Agency, Membership
from joindots.casework.models import Case
from joindots.circles.models import Circle, InOpenCircle
from joindots.helpline.rules import marks, states
from joindots.vault.fields import ReferenceField, Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass

M = TypeVar("M", bound=models.Model)


class Contact(Row):
    """A call, message or visit. Anonymous or not, it stands in a circle of its own; it joins no case by itself."""

    reference = ReferenceField()
    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="contact")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    adviser = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    listener = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(one, one) for one in states.State])
    channel = models.CharField(max_length=12, choices=list(states.CHANNELS.items()))
    caller = models.CharField(max_length=12, default="", blank=True, choices=list(states.CALLERS.items()))
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    """For what came in writing: when the line has been open long enough that an answer is due."""
    outcome = models.CharField(max_length=14, default="", blank=True, choices=list(states.OUTCOMES.items()))
    tier = models.CharField(max_length=1, default="", blank=True, choices=list(states.TIERS.items()))
    hard = models.BooleanField(default=False)
    """The adviser's own word that it was a hard one: for care alone."""
    looks = models.PositiveSmallIntegerField(default=0)
    """How often an earlier contact was looked for on this one."""
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    """The case that was opened from it, with the caller's consent; who may know of the one need not know of the other.
    """
    who = SealedField(tier=Tier.IDENTITY)
    reach = SealedField(tier=Tier.CONTACT)
    sheet = SealedField(tier=Tier.NARRATIVE)
    draft = SealedField(tier=Tier.NARRATIVE)
    """The words in the note that no Enter has kept yet."""
    draft_at = models.DateTimeField(null=True)

    REFERENCE: ClassVar[str] = "reference"
    objects = InOpenCircle.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("agency", "state", "started_at")),
            models.Index(fields=("adviser", "state")),
            models.Index(fields=("listener", "state")),
            models.Index(fields=("agency", "ended_at", "circle"), name="contacts_by_their_end"),
        )

    @property
    def book(self) -> UUID:
        """A contact is read in its circle's book."""
        return self.circle_id


class Line(Row):
    """One line of a contact's note, with its time. It is never changed; `id` comes from the page, so that the same
    line sent again is the same line.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=list(marks.KINDS.items()))
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    words = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("contact", "number"), name="one_line_of_a_number"),)


class CallerMark(Row):
    """A name, number or word by which a caller may be met again; found by its blind index, and opened for nobody."""

    class Kind(models.TextChoices):
        NAME = "name", "what they want to be called"
        NUMBER = "number", "a number"
        WORD = "word", "a word agreed with them"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="marks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    value = SealedField(tier=Tier.CONTACT)
    index = models.BinaryField()
    generation = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("contact", "kind"), name="one_mark_of_a_kind"),)
        indexes = (models.Index(fields=("index",)),)

    @property
    def indexed(self) -> str:
        """What is put before the value in its blind index: equal names at two helplines are not alike."""
        return f"helpline|{self.kind}|{self.agency_id}"


class EarlierLink(Row):
    """That an earlier contact was linked with this one, because the caller said yes."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="earlier")
    other = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="later")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("contact", "other"), name="linked_once"),)


class CallBack(Row):
    """A promise to get in touch again, inside what the caller said is safe. The number stands on the contact alone."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="call_backs")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(one, one) for one in states.CallState], default=states.CallState.PROMISED
    )
    way = models.CharField(max_length=4, choices=(("ring", "ring"), ("text", "text")))
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    due_on = models.DateField()
    promised_at = models.DateTimeField()
    attempts = models.JSONField(default=list)
    """Each attempt: moment, membership, code of its result."""

    objects = InOpenCircle.as_manager()
    REFERENCE: ClassVar[str] = "id"

    class Meta:
        indexes = (models.Index(fields=("owner", "state", "due_on")), models.Index(fields=("agency", "state", "ends")))

    @property
    def book(self) -> UUID:
        """A call-back is read in its circle's book."""
        return self.circle_id


class Offer(Row):
    """A service the caller was told of, referred to with consent, or handed over to by voice."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(max_length=8, choices=list(states.OFFERS.items()))
    state = models.CharField(max_length=8, choices=[(one, one) for one in states.OfferState])
    service = SealedField(tier=Tier.NARRATIVE)
    """The listing's reference in the directory, where it stands there."""
    name = SealedField(tier=Tier.NARRATIVE)
    consent = SealedField(tier=Tier.NARRATIVE)
    """What the caller agreed to be passed on, in the words that were read to them."""
    taker = SealedField(tier=Tier.NARRATIVE)
    """Who at the other service took the caller over, or what they said instead."""
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = InOpenCircle.as_manager()
    REFERENCE: ClassVar[str] = "id"

    @property
    def book(self) -> UUID:
        """An offer is read in its circle's book."""
        return self.circle_id


class UnmetNeed(Row):
    """That no service fitted: need, area and relation as codes, to be counted; nobody is named."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="unmet")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=24)
    area = models.CharField(max_length=40)
    relation = models.CharField(max_length=14)
    why = models.CharField(max_length=12, choices=list(states.UNMET.items()))
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("agency", "at")),)
