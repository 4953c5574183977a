"""What is kept of a crime: what it began with, and its steps from the report to the sentence as they happened."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.casework.models import PoliceReport, RightDue
from joindots.casework.models.within import CaseRow
from joindots.circles.models import InCircle
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class Crimes(InCircle["Crime"]):
    """Crimes by who may know of them."""


class Crime(CaseRow):
    """A crime that follows from a report to the police. Where it stands follows from its steps alone.

    `stands_as` says whether the person of the case is its victim, or somebody complained of them. `stage`, `offence`
    (as it is recorded now) and `due_on` (the first day on which something of it is to be seen to; empty where nothing
    is) are kept beside the steps so that a desk finds it by one index.
    """

    report = models.ForeignKey(PoliceReport, on_delete=models.CASCADE, related_name="crimes")
    stands_as = models.CharField(max_length=7, default="victim", choices=(("victim", "victim"), ("suspect", "suspect")))
    stage = models.CharField(max_length=16, default="reported")
    offence = models.CharField(max_length=24, default="", blank=True)
    due_on = models.DateField(null=True)
    due_until = models.DateField(null=True)
    """The last day on which anything of it is to be seen to; empty where something stands until it is done."""
    what = SealedField(tier=Tier.NARRATIVE)
    """What was reported, in words."""

    objects = Crimes.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("by", "due_on"), condition=~Q(due_on=None), name="crimes_to_see_to"),
            models.Index(fields=("circle", "at"), name="crimes_of_a_circle"),
        )


class CrimeStep(CaseRow):
    """Something that happened to a crime, as it was written down. One written down wrongly is struck and stays."""

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=32)
    on = models.DateField()
    offence = models.CharField(max_length=24, default="", blank=True)
    included = models.JSONField(default=list)
    """Codes of offences recorded within this one."""
    checks = models.JSONField(default=dict)
    """The questions of the counting rules, each with yes, no or cannot_tell."""
    outcome = models.CharField(max_length=3, default="", blank=True)
    last_act = models.DateField(null=True)
    ends = models.DateField(null=True)
    """The last day of bail, or the day somebody is to be released, as told."""
    hearing = models.DateField(null=True)
    received_on = models.DateField(null=True)
    """When the court’s information came, from which the clocks of the Victims’ Code count; empty: on the day itself."""
    count = models.PositiveSmallIntegerField(null=True)
    """The number of the step by which the count was charged that a verdict is about."""
    told = models.CharField(max_length=10, default="", blank=True)
    right = models.ForeignKey(RightDue, on_delete=models.SET_NULL, related_name="+", null=True)
    """What of the Victims' Code it set going."""
    who = SealedField(tier=Tier.NARRATIVE)
    """The officer in the case, or the prosecutor who decided."""
    note = SealedField(tier=Tier.NARRATIVE)
    why_not_told = SealedField(tier=Tier.CONTACT)
    """Why somebody could not be reached often names the way."""
    struck_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    struck_at = models.DateTimeField(null=True)
    struck_why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("crime", "number"), name="one_crime_step_of_a_number"),)
