"""Requests to be told what the police hold of somebody, and what became of each. Read on the asker's side alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.casework.models.within import CaseRow, coded
from joindots.circles.models import InCircle
from joindots.justice.rules.disclosing import ASKERS, EVENTS, RIGHTS, TOLD_TO, Stage
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class ToldRequests(InCircle["ToldRequest"]):
    """Requests by who may know of them."""


class ToldRequest(CaseRow):
    """A request under a scheme of disclosure, or the police's own: by which right, since when, until when.

    Who asked and what was said are sealed as safe contacts are, so that who works with both sides opens neither.
    """

    scheme = models.CharField(max_length=16)
    right = models.CharField(max_length=4, choices=coded(RIGHTS))
    asker = models.CharField(max_length=8, choices=coded(ASKERS))
    asked_on = models.DateField()
    limit_on = models.DateField(null=True)
    stage = models.CharField(max_length=12, default=Stage.ASKED.value, choices=coded(Stage))
    last_on = models.DateField()
    next_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    who_asked = SealedField(tier=Tier.CONTACT)
    about = SealedField(tier=Tier.CONTACT)
    why = SealedField(tier=Tier.CONTACT)

    objects = ToldRequests.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("due_on", "circle"), condition=~Q(due_on=None), name="told_requests_to_see_to"),
            models.Index(fields=("circle", "asked_on"), name="told_requests_of_a_circle"),
        )


class ToldStep(CaseRow):
    """Something that happened to a request, as it was written down."""

    request = models.ForeignKey(ToldRequest, on_delete=models.CASCADE, related_name="steps")
    event = models.CharField(max_length=12, choices=coded(EVENTS))
    on = models.DateField()
    told_to = models.CharField(max_length=9, blank=True, default="", choices=coded(TOLD_TO))
    next_on = models.DateField(null=True)
    said = SealedField(tier=Tier.CONTACT)
    exact = SealedField(tier=Tier.CONTACT)

    class Meta:
        indexes = (models.Index(fields=("request", "at"), name="steps_of_a_told_request"),)
