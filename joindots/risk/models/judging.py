"""Judgements of people: one row for each, and a version for each time it was written or corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.risk.rules.judging import LEVEL_WORDS, STEP_WORDS, Judging, State
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class Judgements(InCircle["Judgement"]):
    """Judgements by who may know of them."""


class Judgement(Row):
    """That a named person judged a risk. What it says stands in its versions; the newest counts.

    `due_on` is the day it is to be looked at again, and empty once its maker made another, or it was withdrawn.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="judgements")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=9, default=State.STANDS, choices=[(s.value, s.value) for s in State])
    number = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField(null=True)

    objects = Judgements.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("circle", "made_at"), name="judgements_by_time"),
            models.Index(fields=("by", "due_on"), condition=~Q(due_on=None), name="reviews_of_a_person"),
        )

    @property
    def book(self) -> UUID:
        """A judgement is read in its circle's book."""
        return self.circle_id


class JudgementVersion(Row):
    """One version of a judgement: all it says, who wrote it so, when and why. None is ever changed or deleted alone."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    judgement = models.ForeignKey(Judgement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=9, choices=[(s.value, w) for s, w in STEP_WORDS.items()])
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    level = models.CharField(max_length=9, choices=[(level.value, w) for level, w in LEVEL_WORDS.items()])
    made_on = models.DateField()
    review_on = models.DateField()
    at_risk = models.JSONField(default=list)
    ratings = models.JSONField(default=dict)
    assessments = models.JSONField(default=list)
    entries = models.JSONField(default=list)
    reasons = SealedField(tier=Tier.NARRATIVE)
    others = SealedField(tier=Tier.NARRATIVE)
    next_steps = SealedField(tier=Tier.NARRATIVE)
    whose = SealedField(tier=Tier.NARRATIVE)
    why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("judgement", "number"), name="one_judgement_of_a_number"),)

    def judging(self, show: Callable[[Any], str]) -> Judging:
        """All it says; `show` opens a sealed value."""
        return Judging(
            self.level, self.made_on, self.review_on, show(self.reasons), tuple(self.at_risk), show(self.others),
            show(self.next_steps), tuple(self.ratings.items()), tuple(self.assessments), tuple(self.entries),
            show(self.whose),
        )  # fmt: skip
