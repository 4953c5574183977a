"""What orders keep: each order, its steps as they happened, its conditions, and whom it protects."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.orders.rules.life import SPO
from joindots.people.models import Person
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass

M = TypeVar("M", bound=models.Model)


class Orders(InCircle["Order"]):
    """Orders by who may know of them."""


class Order(Row):
    """A stalking protection order, interim and full in one, from the first thought of it.

    Where it stands follows from its steps alone. `stage` and `due_on` (the first day on which something of it stands
    to be seen to; empty where nothing does) are kept beside them so that a desk finds it by one index.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="orders")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    considered_on = models.DateField()
    kind = models.CharField(max_length=20, default=SPO)
    """A code of `law.orders.protective_orders`; every other kind than a stalking protection order has the simpler
    life.
    """
    told_on = models.DateField(null=True)
    """The day on which somebody told of it, where what is known rests on their word; empty for one of our own."""
    told_by = SealedField(tier=Tier.NARRATIVE)
    stage = models.CharField(max_length=14, default="considered")
    due_on = models.DateField(null=True)
    why = SealedField(tier=Tier.NARRATIVE)
    """Why it was thought of: the acts, the risk, why it is necessary."""

    objects = Orders.as_manager()

    class Meta:
        indexes = (models.Index(fields=("by", "due_on"), condition=~Q(due_on=None), name="orders_to_see_to"),)

    @property
    def book(self) -> UUID:
        """An order is read in its circle's book."""
        return self.circle_id


class OrderStep(Row):
    """Something that happened to an order, as it was written down. One written down wrongly is struck and stays."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=40)
    on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ends = models.DateField(null=True)
    further = models.BooleanField(default=False)
    """Whether a change took its last day away."""
    hearing = models.DateField(null=True)
    act_on = models.DateField(null=True)
    consents = models.BooleanField(default=False)
    sex_offender_duty = models.BooleanField(default=False)
    investigation = models.CharField(max_length=16, blank=True, default="")
    told = models.CharField(max_length=10, blank=True, default="")
    clock = models.TimeField(null=True)
    """The time of day in London, where it is known: acts of that day stand before or after it."""
    note = SealedField(tier=Tier.NARRATIVE)
    why_not_told = SealedField(tier=Tier.CONTACT)
    """Why somebody could not be reached often names the way."""
    struck_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    struck_at = models.DateTimeField(null=True)
    struck_why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("order", "number"), name="one_step_of_a_number"),)


class OrderCondition(Row):
    """A prohibition or requirement of an order: its own words, its place, and its own days where they differ."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    library = models.CharField(max_length=4)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    since = models.DateField(null=True)
    """The first day it binds: its own, or that of the order or change it came with."""
    under = models.PositiveSmallIntegerField(default=0)
    """Which of the times at which the order's terms were set it came with, counted from 0."""
    lifted_on = models.DateField(null=True)
    """The day on which the court took it off: it binds until then."""
    lifted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_why = SealedField(tier=Tier.NARRATIVE)
    text = SealedField(tier=Tier.NARRATIVE)
    place = SealedField(tier=Tier.NARRATIVE)
    struck_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    struck_at = models.DateTimeField(null=True)
    struck_why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("order", "number"), name="one_condition_of_a_number"),)


class Protected(Row):
    """Somebody whom an order protects: not always whom the acts were against (s1(1)(c))."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="protected")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = SealedField(tier=Tier.IDENTITY)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)
    """Who of the case it is, where somebody said so. The name is as it stands on the order."""
    struck_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    struck_at = models.DateTimeField(null=True)
    struck_why = SealedField(tier=Tier.NARRATIVE)
