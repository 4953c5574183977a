"""What was asked of a force: the ask in the case it comes from, and the same words in a circle of the force's own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.casework.models import Consent
from joindots.casework.models.within import OwnAgency
from joindots.circles.models import Circle, InCircle
from joindots.notices.models import Notice
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass

GOES_ON = Q(state__in=("asked", "not_yet"))
"""More is to come of it."""


class OrderAsks(OwnAgency["OrderAsk"]):
    """Asks by who may know of them: they stay in the agency that asked."""


class OrderAsk(Row):
    """That a force was asked to apply for an order: what it was told, on what basis, and what it answered.

    `to` is the force where it works here; `force` its code in the table of forces, where it does not.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    to = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    force = models.CharField(max_length=40, default="", blank=True)
    order = models.CharField(max_length=16)
    basis = models.CharField(max_length=40)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="+")
    why_basis = SealedField(tier=Tier.NARRATIVE)
    says = SealedField(tier=Tier.NARRATIVE)
    """What the force is told, as it was shown: name, against whom, why, the records it rests on."""
    asked_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    """By when the next answer is due: the first, or the one that was promised with a "not yet"."""
    chased = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, default="asked")
    answered_on = models.DateField(null=True)
    """When it was answered for the first time."""
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, default="", blank=True)
    """Who answered, as staff are named."""
    applied_on = models.DateField(null=True)
    answer = SealedField(tier=Tier.NARRATIVE)
    withdrawn = models.CharField(max_length=8, default="", blank=True)
    told = models.CharField(max_length=8, default="", blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    told_how = SealedField(tier=Tier.CONTACT)
    """How somebody was reached often names the way."""
    to_tell = models.BooleanField(default=False)
    """There is an answer of which the person was not told."""
    notice = models.OneToOneField(Notice, null=True, on_delete=models.SET_NULL, related_name="+")
    """What carries it to a force outside."""

    objects = OrderAsks.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("circle", "agency", "to", "order"), condition=GOES_ON & ~Q(to=None), name="one_ask_of_a_force"
            ),
            models.UniqueConstraint(
                fields=("circle", "agency", "force", "order"),
                condition=GOES_ON & Q(to=None),
                name="one_ask_of_a_force_outside",
            ),
        )
        indexes = (
            models.Index(fields=("by", "due_on"), condition=GOES_ON, name="asks_of_a_person"),
            models.Index(fields=("circle", "due_on"), condition=GOES_ON, name="asks_of_a_circle"),
            models.Index(fields=("circle",), condition=Q(to_tell=True), name="asks_to_tell"),
            models.Index(fields=("agency", "asked_on"), name="asks_of_an_agency"),
        )

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id


class AsksIn(InCircle["AskIn"]):
    """Asks that came, by who may know of them."""


class AskIn(Row):
    """An ask as it came to a force, in a circle of that force's own: nothing but what it says.

    Its words are cleared when it is withdrawn before the force has applied.
    """

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="ask_in")
    sent = models.OneToOneField(OrderAsk, null=True, on_delete=models.SET_NULL, related_name="received")
    source = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sender = models.CharField(max_length=120)
    order = models.CharField(max_length=16)
    says = SealedField(tier=Tier.NARRATIVE)
    came_at = models.DateTimeField()
    asked_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    chased_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="asked")
    answered_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField(null=True)
    applied_order = models.ForeignKey("orders.Order", null=True, on_delete=models.SET_NULL, related_name="+")
    """The force's own order that was applied for, where it stands here."""
    answer = SealedField(tier=Tier.NARRATIVE)

    objects = AsksIn.as_manager()

    class Meta:
        indexes = (models.Index(fields=("due_on",), condition=GOES_ON, name="asks_in_to_answer"),)

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id
