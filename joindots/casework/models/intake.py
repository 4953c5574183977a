"""How a case began: where it came from, who was asked to take it, and the tries to speak to the person first."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.casework.models.within import OfCircle, coded
from joindots.casework.rules.intake import GRADE_WORDS, HOW_WORDS, ORIGIN_WORDS, OUTCOME_WORDS
from joindots.circles.models import Circle
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class Intake(OfCircle):
    """How a case came in, what it needs, and by when somebody is spoken to. One row a case."""

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="intake")
    origin = models.CharField(max_length=8, choices=coded(ORIGIN_WORDS))
    grade = models.CharField(max_length=8, choices=coded(GRADE_WORDS))
    needs = models.JSONField(default=list)
    wants = models.JSONField(default=list)
    """Qualifications that whoever takes it should have."""
    source = SealedField(tier=Tier.NARRATIVE)
    """Who sent it, as told."""
    area = SealedField(tier=Tier.NARRATIVE)
    language = SealedField(tier=Tier.NARRATIVE)
    came_at = models.DateTimeField()
    queued = models.BooleanField(default=False, db_index=True)
    """Whether it waits for a lead to say who takes it."""
    contact_due = models.DateTimeField(db_index=True)
    contact_at = models.DateTimeField(null=True)
    late_why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("contact_due",), condition=Q(contact_at=None), name="not_spoken_to_yet"),)


class Allocation(OfCircle):
    """That somebody was asked to take a case, and what they said."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="allocations")
    to = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    state = models.CharField(
        max_length=8, default="asked",
        choices=(("asked", "asked"), ("accepted", "accepted"), ("declined", "declined"), ("changed", "asked another")),
    )  # fmt: skip
    answered_at = models.DateTimeField(null=True)
    why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("circle",), condition=Q(state="asked"), name="one_is_asked_at_a_time"),
        )
        indexes = (models.Index(fields=("to",), condition=Q(state="asked"), name="asked_to_take_a_case"),)


class ContactTry(OfCircle):
    """One try to speak to the person for the first time."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="contact_tries")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=8, choices=coded(HOW_WORDS))
    outcome = models.CharField(max_length=10, choices=coded(OUTCOME_WORDS))
    note = SealedField(tier=Tier.NARRATIVE)
    written_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("circle", "at"), name="tries_of_a_circle"),)


class WorkerCard(models.Model):
    """What a worker is qualified for, speaks and covers, how many cases are theirs at most, and when they are away."""

    membership = models.OneToOneField(Membership, primary_key=True, on_delete=models.CASCADE, related_name="card")
    version = models.PositiveIntegerField(default=1)
    qualifications = models.JSONField(default=list)
    languages = models.CharField(max_length=200, default="", blank=True)
    areas = models.CharField(max_length=200, default="", blank=True)
    most = models.PositiveSmallIntegerField(default=25)
    away_from = models.DateField(null=True)
    away_until = models.DateField(null=True)
