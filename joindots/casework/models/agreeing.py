"""What somebody agreed to, and what was shared with whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.casework.models.within import OfCircle, coded
from joindots.casework.rules.agreeing import HOW_WORDS, ITEM_WORDS, TAKEN_BACK_BY
from joindots.circles.models import Circle, Side, Standing
from joindots.people.models import Person
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class Consent(OfCircle):
    """One thing that somebody agreed to: with whom, what for, how they said it, until when; and that it was taken back.

    A row is never changed but to be taken back.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    item = models.CharField(max_length=8, choices=coded(ITEM_WORDS))
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    whom = SealedField(tier=Tier.NARRATIVE)
    """With whom, in words, where it is no agency of this installation."""
    purpose = SealedField(tier=Tier.NARRATIVE)
    said = SealedField(tier=Tier.NARRATIVE)
    how = models.CharField(max_length=10, choices=coded(HOW_WORDS))
    given_on = models.DateField()
    until = models.DateField(null=True)
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_said_by = models.CharField(max_length=8, default="", choices=coded(TAKEN_BACK_BY), blank=True)
    follows = SealedField(tier=Tier.NARRATIVE)
    """What follows from taking it back, in words."""

    class Meta:
        indexes = (models.Index(fields=("circle", "given_on"), name="consents_of_a_circle"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_taken_back_by_somebody",
            ),
        )


class Share(OfCircle):
    """That a case was opened to readers: what for, on what basis, until when; ended by whom."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="shares")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices)
    basis = models.CharField(max_length=40)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="shares")
    purpose = SealedField(tier=Tier.NARRATIVE)
    why = SealedField(tier=Tier.NARRATIVE)
    told = models.CharField(max_length=8, default="", blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    ended_why = models.CharField(max_length=12, default="", blank=True)

    class Meta:
        indexes = (models.Index(fields=("circle", "at"), name="shares_of_a_circle"),)


class ShareReader(models.Model):
    """One who was let in by a share, by a standing of their own."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="readers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("share", "membership"), name="one_reader_once_in_a_share"),)
