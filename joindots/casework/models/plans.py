"""A safety plan for one person of a case: its lines, and each version as it was agreed."""

from __future__ import annotations

from django.db import models

from joindots.casework.models.within import CaseRow, coded
from joindots.casework.rules.plans import AREA_WORDS, DEVICE_WORDS, HOLD_WORDS, Kind, StepState
from joindots.circles.models import InCircle
from joindots.people.models import Person
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class SafetyPlans(InCircle["SafetyPlan"]):
    """Plans by who may know of them."""


class SafetyPlan(CaseRow):
    """One person's plan: the person being stalked, a child, somebody also affected. Contact tier, as it says where."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    hold = models.CharField(max_length=8, default="unknown", choices=coded(HOLD_WORDS))
    """Whether the person can keep a copy safely."""
    number = models.PositiveSmallIntegerField(default=0)
    """Of the version agreed last; 0 before the first."""
    due_on = models.DateField(null=True)
    """When it is looked at again."""

    objects = SafetyPlans.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("circle", "person"), name="one_plan_for_a_person"),)
        indexes = (models.Index(fields=("due_on", "circle"), name="plans_by_review"),)


class PlanSteps(InCircle["PlanStep"]):
    """Lines by who may know of them."""


class PlanStep(CaseRow):
    """One line of a plan. Never changed: done or dropped, and written anew."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=coded(Kind))
    area = models.CharField(max_length=8, choices=coded(AREA_WORDS))
    device = models.CharField(max_length=10, default="", blank=True, choices=coded(DEVICE_WORDS))
    what = SealedField(tier=Tier.CONTACT)
    who = SealedField(tier=Tier.CONTACT)
    by_when = models.DateField(null=True)
    state = models.CharField(max_length=8, default=StepState.OPEN.value, choices=coded(StepState))
    ended_on = models.DateField(null=True)
    why = SealedField(tier=Tier.CONTACT)

    objects = PlanSteps.as_manager()

    class Meta:
        indexes = (models.Index(fields=("plan", "state"), name="lines_of_a_plan"),)


class PlanAgreed(CaseRow):
    """A version of a plan as it was agreed with the person: its day, and its sheet word for word."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.CASCADE, related_name="agreed")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    review_on = models.DateField()
    sheet = SealedField(tier=Tier.CONTACT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="a_version_once"),)
