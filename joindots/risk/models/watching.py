"""What asks people to look at a risk again: prompts with their facts, changes noted, and how far it was looked."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.circles.models import Circle, InCircle
from joindots.risk.models.judging import Judgement
from joindots.risk.rules.escalating import CHANGES, CLOSING
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class Watches(InCircle["Watch"]):
    """Watches by who may know of them."""


class Watch(models.Model):
    """How far the rules have looked into a circle: the newest version of an entry and the newest reading they saw."""

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, primary_key=True, related_name="risk_watch")
    seen_entry = models.UUIDField(null=True)
    seen_reading = models.UUIDField(null=True)
    at = models.DateTimeField()
    look_on = models.DateField(null=True, db_index=True)
    """The day on which to look even if nothing is written: a time without record can ask too."""

    objects = Watches.as_manager()

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id


class Changes(InCircle["Change"]):
    """Changes by who may know of them."""


class Change(Row):
    """Something that changed around a case, as somebody noted it. Never changed: withdrawn, with who, when and why."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="risk_changes")
    kind = models.CharField(max_length=13, choices=list(CHANGES.items()))
    day = models.DateField()
    words = SealedField(tier=Tier.NARRATIVE)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = SealedField(tier=Tier.NARRATIVE)

    objects = Changes.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "day"), name="risk_changes_by_day"),)

    @property
    def book(self) -> UUID:
        """A change is read in its circle's book."""
        return self.circle_id


class Prompts(InCircle["Prompt"]):
    """Prompts by who may know of them."""


class Prompt(Row):
    """That a rule asks people to look at a risk again, with the facts that raised it. A person answers it, once.

    `signs` are codes, days, numbers, and references of what was found; no word of anybody's.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="risk_prompts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    """The circle's own agency, whose supervisors look at what is acted on today."""
    rule = models.CharField(max_length=20)
    signs = models.JSONField(default=list)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    how = models.CharField(max_length=8, default="", blank=True, choices=list(CLOSING.items()))
    judgement = models.ForeignKey(Judgement, on_delete=models.SET_NULL, related_name="+", null=True)
    why = SealedField(tier=Tier.NARRATIVE)

    objects = Prompts.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("circle", "due_on"), condition=Q(closed_at=None), name="open_prompts_of_a_circle"),
            models.Index(
                fields=("agency", "rule", "due_on"), condition=Q(closed_at=None), name="open_prompts_of_an_agency"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("circle", "rule"), condition=Q(closed_at=None), name="one_open_prompt_of_a_rule"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="prompt_closed_by_somebody",
            ),
        )

    @property
    def book(self) -> UUID:
        """A prompt is read in its circle's book."""
        return self.circle_id
