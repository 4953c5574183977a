"""Books, their entries, and signed checkpoints of all heads."""

from __future__ import annotations

from django.db import models

from joindots.audit.chain import FIRST
from joindots.kernel.ids import uuid7


class Book(models.Model):
    """One hash chain: of a circle, an agency, or the system. Its id is its owner's id."""

    class Kind(models.TextChoices):
        CIRCLE = "circle"
        AGENCY = "agency"
        SYSTEM = "system"

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default=FIRST)


class Entry(models.Model):
    """One thing done or opened. Holds codes and ids, never a word of anybody's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    membership = models.UUIDField(null=True)
    code = models.CharField(max_length=60)
    content = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("book", "seq"), name="one_entry_per_number"),)


class Checkpoint(models.Model):
    """All heads at one moment, signed (Ed25519); the outside anchor is a copy of this row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    heads = models.JSONField()
    signature = models.BinaryField()
