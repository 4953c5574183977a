"""What is kept of an order's service, and of the steps with a day that stand beside its life."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle
from joindots.orders.models.life import Order, OrderStep
from joindots.orders.rules.service import HOW
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class OrderService(Row):
    """How an order was served, beside the step that says when."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    step = models.OneToOneField(OrderStep, on_delete=models.CASCADE, related_name="service")
    how = models.CharField(max_length=10, choices=list(HOW.items()))
    copy_given = models.BooleanField(default=False)
    explained = models.BooleanField(default=False)
    served_by = SealedField(tier=Tier.NARRATIVE)
    place = SealedField(tier=Tier.NARRATIVE)
    witness = SealedField(tier=Tier.NARRATIVE)
    interpreter = SealedField(tier=Tier.NARRATIVE)
    reply = SealedField(tier=Tier.NARRATIVE)


class OrderTick(Row):
    """A step with a day beside an order's life: a notice, an entry, a hand-over. One written wrongly is struck."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="ticks")
    code = models.CharField(max_length=16)
    on = models.DateField()
    clock = models.TimeField(null=True)
    note = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    struck_at = models.DateTimeField(null=True)
    struck_why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("order", "code"), condition=Q(struck_at=None), name="one_tick_of_a_code_stands"
            ),
        )
