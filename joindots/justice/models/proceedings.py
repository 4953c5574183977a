"""Proceedings in courts and bodies, and what happened in each with the time and money that it took."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.casework.models.within import CaseRow, coded
from joindots.circles.models import InCircle
from joindots.justice.rules.proceedings import BROUGHT, FORUMS, OUTCOMES, SHOWN, STEPS
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class Proceedings(InCircle["Proceeding"]):
    """Proceedings by who may know of them."""


class Proceeding(CaseRow):
    """An application, claim or complaint in a court or body: where, by whom, its next day, how it ended."""

    forum = models.CharField(max_length=12, choices=coded(FORUMS))
    brought = models.CharField(max_length=8, choices=coded(BROUGHT))
    began_on = models.DateField(null=True)
    shown = models.CharField(max_length=9, default="not_known", choices=coded(SHOWN))
    next_on = models.DateField(null=True)
    outcome = models.CharField(max_length=13, blank=True, default="", choices=coded(OUTCOMES))
    ended_on = models.DateField(null=True)
    body = SealedField(tier=Tier.NARRATIVE)
    reference = SealedField(tier=Tier.NARRATIVE)
    what = SealedField(tier=Tier.NARRATIVE)
    how = SealedField(tier=Tier.NARRATIVE)
    """How it ended, in words."""

    objects = Proceedings.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("next_on", "circle"), condition=Q(outcome=""), name="proceedings_next"),
            models.Index(fields=("circle", "began_on"), name="proceedings_of_a_circle"),
        )


class ProceedingStep(CaseRow):
    """What happened in a proceeding on a day, and what it took."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=coded(STEPS))
    on = models.DateField()
    minutes = models.PositiveIntegerField(null=True)
    pence = models.PositiveIntegerField(null=True)
    said = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("proceeding", "on"), name="steps_of_a_proceeding"),)
