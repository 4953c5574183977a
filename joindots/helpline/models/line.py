"""The line itself: its hours, rota, breaks, who is ready for calls, what was not answered, and its door on the web.

Nothing here is about a caller: codes, times and staff alone.
"""

from __future__ import annotations

from django.db import models

from joindots.agencies.models import Agency, Membership
from joindots.helpline.rules import shift
from joindots.vault.fields import Row


class OpenHours(Row):
    """When the line is open on one day of the week, in London time. A day without a row is closed."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "weekday"), name="one_opening_a_weekday"),)


class Turn(Row):
    """One person's turn on the rota, within opening hours or out of them."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    out_of_hours = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("agency", "ends")), models.Index(fields=("membership", "ends")))


class Pause(Row):
    """A break after a contact, during which no call comes to this person."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("membership", "ends")),)


class ReadyStep(Row):
    """That something that must be on record for somebody who takes calls was done, and when."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=11, choices=[(one.code, one.says) for one in shift.STEPS])
    done_on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("membership", "step")),)


class Unanswered(Row):
    """A call that nobody took: when, and how long it waited. No number is ever kept: nobody agreed to be rung back."""

    class Kind(models.TextChoices):
        MISSED = "missed", "not answered"
        ABANDONED = "abandoned", "the caller hung up while waiting"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    at = models.DateTimeField()
    waited = models.PositiveIntegerField(null=True)
    """Seconds."""
    from_file = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("agency", "at")),)
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "kind", "at", "waited"), condition=models.Q(from_file=True), name="came_in_once"
            ),
        )


class WebDoor(Row):
    """That an agency takes contacts through the public form; they come in the name of who opened it."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="+")
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    opened_at = models.DateTimeField()


class OwnNumber(Row):
    """The number by which anybody reaches an agency's line: public, on the front page and over each call."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=24)
