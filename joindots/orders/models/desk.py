"""What the orders' desk keeps: days on which something is to be seen to, who looks after an order, who was told."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.orders.models.life import Order, OrderStep
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class OrderDuties(InCircle["OrderDuty"]):
    """Duties by who may know of them."""


class OrderDuty(models.Model):
    """A day on which something of an order is to be seen to. It follows from the order's steps, and is kept beside them
    so that a desk over thousands of orders is one indexed question.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="duties")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    code = models.CharField(max_length=20)
    day = models.DateField()
    about = models.DateField()
    """The day it is about: the last day of the order for a prompt 90 days before."""

    objects = OrderDuties.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("day", "id"), name="duties_by_day"),
            models.Index(fields=("kind", "day", "id"), name="duties_of_a_kind"),
            models.Index(fields=("circle", "day"), name="duties_of_a_circle"),
        )

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id


class OrderKeeping(Row):
    """Who looks after an order, and what is reported of it beside its steps."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="keeping")
    keeper = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    """None: whoever wrote the order down."""
    given_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)
    facts = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("keeper",), condition=~Q(keeper=None), name="orders_of_a_keeper"),)


class OrderTold(Row):
    """That the person protected was told later of a step of which they could not be told first."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    step = models.OneToOneField(OrderStep, on_delete=models.CASCADE, related_name="told_since")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = SealedField(tier=Tier.CONTACT)
    """How somebody was reached often names the way."""
