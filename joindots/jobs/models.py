"""A job is the truth about long work; the queue's task only wakes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.jobs.rules import State
from joindots.vault.fields import Row

if TYPE_CHECKING:
    pass


class JobQuerySet(InCircle["Job"]):
    """Jobs by who may know of them."""


class Job(Row):
    """One piece of long work on one circle, in the name of one membership. Holds codes and counts only."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="jobs")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=40)
    state = models.CharField(max_length=8, default=State.QUEUED, choices=[(one, one) for one in State])
    step = models.CharField(max_length=20, default="received")
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    code = models.CharField(max_length=40, default="", blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    REFERENCE: ClassVar[str] = "pk"
    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("state", "lease_until")), models.Index(fields=("circle", "-made_at")))

    @property
    def book(self) -> UUID:
        """A job is read in its circle's book."""
        return self.circle_id
