"""What order watch keeps: when each order made binds, what people decided of acts, and breaches that were recorded."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.evidence.models import Incident, SourceFile
from joindots.orders.models.life import Order, OrderCondition, OrderStep
from joindots.orders.rules.watch import OUTCOMES, VERDICTS
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class OrderSpan(models.Model):
    """From when to when an order of an episode binds; it follows from the steps, and is kept for the desk's one query.

    `since`: everything that came to be known in the circle up to then was decided. What waits came after it.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="spans")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="order_spans")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    """The moment it is over, the first at which it binds no more; empty while it has no end."""
    since = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("since", "id"), name="spans_by_waiting"),)


class Decided(Row):
    """What a person decided of one act by one condition. Never changed: struck, and decided anew.

    An act is an entry of the log, or a contact by its file and place in it; `act_at` tells whether the same act still
    stands there after the file was read anew, `many` how many messages ran together in it.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="decided")
    condition = models.ForeignKey(OrderCondition, on_delete=models.CASCADE, related_name="decided")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+", null=True)
    source = models.ForeignKey(SourceFile, on_delete=models.SET_NULL, related_name="+", null=True)
    seq = models.PositiveIntegerField(null=True)
    act_at = models.DateTimeField(null=True)
    many = models.PositiveIntegerField(default=1)
    whole = models.BooleanField(default=False)
    """Whether every condition that was asked of the act had been decided when this was last looked at."""
    verdict = models.CharField(max_length=9, choices=list(VERDICTS.items()))
    why = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    struck_at = models.DateTimeField(null=True)
    struck_why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("order", "incident"), name="decided_of_an_entry"),)
        constraints = (
            models.UniqueConstraint(
                fields=("condition", "incident"), condition=Q(struck_at=None) & ~Q(incident=None),
                name="an_entry_is_decided_once",
            ),
            models.UniqueConstraint(
                fields=("condition", "source", "seq"), condition=Q(struck_at=None) & ~Q(source=None),
                name="a_contact_is_decided_once",
            ),
        )  # fmt: skip


class Breaches(InCircle["Breach"]):
    """Breaches by who may know of them."""


class Breach(Row):
    """A breach that a person recorded: one event by one condition, and what followed from it."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="breaches")
    decided = models.OneToOneField(Decided, on_delete=models.CASCADE, related_name="breach")
    step = models.ForeignKey(OrderStep, on_delete=models.PROTECT, related_name="breaches", null=True)
    """The step of the order's life: one for one event, by however many conditions."""
    act_on = models.DateField()
    arrested_on = models.DateField(null=True)
    charged_on = models.DateField(null=True)
    outcome_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, default="", blank=True, choices=list(OUTCOMES.items()))
    words = SealedField(tier=Tier.NARRATIVE)

    objects = Breaches.as_manager()

    @property
    def book(self) -> UUID:
        """A breach is read in its circle's book."""
        return self.circle_id
