"""Handing a case over, closing it, who looks at it now, and words that were set aside because they came too late."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.casework.models.within import OfCircle, coded
from joindots.casework.rules.handing import CLOSE_WORDS, WHY_WORDS
from joindots.circles.models import Circle
from joindots.kernel.ids import uuid7
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class Handover(OfCircle):
    """One case that a worker hands to a colleague. Several of one moment share a batch."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="handovers")
    batch = models.UUIDField()
    giver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    """Whose case it was."""
    receiver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=coded(WHY_WORDS))
    note = SealedField(tier=Tier.NARRATIVE)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    back_on = models.DateField(null=True)
    state = models.CharField(
        max_length=10, default="asked",
        choices=(("asked", "asked"), ("accepted", "accepted"), ("declined", "declined"), ("taken_back", "taken back")),
    )  # fmt: skip
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("circle",), condition=Q(state="asked"), name="one_handover_at_a_time"),
        )
        indexes = (
            models.Index(fields=("receiver",), condition=Q(state="asked"), name="handovers_to_accept"),
            models.Index(fields=("giver",), condition=Q(state="asked"), name="handovers_given"),
            models.Index(fields=("batch",), name="handovers_of_a_batch"),
        )


class Closing(OfCircle):
    """One closing of a case: why, how things stand in the person's own words; and its opening again."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="closings")
    reason = models.CharField(max_length=12, choices=coded(CLOSE_WORDS))
    answers = models.JSONField(default=dict)
    said = SealedField(tier=Tier.NARRATIVE)
    if_again = SealedField(tier=Tier.NARRATIVE)
    """What to do if it begins again, as agreed."""
    follow_up = models.BooleanField(default=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    again_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    again_at = models.DateTimeField(null=True)
    again_why = SealedField(tier=Tier.NARRATIVE)


class Looking(models.Model):
    """That somebody has a page of a case open, or writes in it: for some minutes, and no record of work.

    The row of a look into what happened (`read`) stays until the next one: a desk says what came since.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="lookers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    doing = models.CharField(max_length=20)
    """`view`, `read`, or the code of a page that is open or written in."""
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("circle", "membership", "doing"), name="one_looks_once_at_a_thing"),
        )


class SetAside(OfCircle):
    """What somebody wrote into a form that another had changed meanwhile: kept beside what stands, until it is used."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="set_aside")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    form = models.CharField(max_length=20)
    fields = SealedField(tier=Tier.NARRATIVE)
    done_at = models.DateTimeField(null=True)
