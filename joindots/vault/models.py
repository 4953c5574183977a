"""Wrapped keys, in a database of their own with its own backup."""

from __future__ import annotations

from django.db import models

from joindots.kernel.ids import uuid7


class Tier(models.TextChoices):
    """What a key opens. Contact is the dearest: where somebody is, and how to reach them."""

    IDENTITY = "identity", "who somebody is"
    NARRATIVE = "narrative", "what happened"
    CONTACT = "contact", "where somebody is"


class TierKey(models.Model):
    """One key per tier, wrapped by the root key. A rotation wraps it again."""

    tier = models.CharField(max_length=12, choices=Tier.choices, primary_key=True)
    wrapped = models.BinaryField()
    generation = models.PositiveIntegerField(default=1)


class OwnerKey(models.Model):
    """The key of one owner (a circle, a person) and tier, wrapped by the tier's key.

    No foreign key crosses databases; a row whose owner is gone is swept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.UUIDField()
    tier = models.CharField(max_length=12, choices=Tier.choices)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("owner", "tier"), name="one_key_per_owner_and_tier"),)


class PurposeKey(models.Model):
    """A key of the whole installation for one purpose, wrapped by the root key."""

    purpose = models.CharField(max_length=30, primary_key=True)
    wrapped = models.BinaryField()
    generation = models.PositiveIntegerField(default=1)


class Destroyed(models.Model):
    """That the keys of an owner were destroyed, and when; what makes an erasure provable."""

    owner = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
