"""Tasks, promises to the client, and what was asked of agencies. They stay in the agency whose work they are."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.casework.models.agreeing import Consent
from joindots.casework.models.recovery import Letter
from joindots.casework.models.within import CaseRow, OwnAgency, coded
from joindots.casework.rules.tasks import BASIS_WORDS, ChaserDeed, ChaserState, TaskState
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class Tasks(OwnAgency["Task"]):
    """Tasks by who may know of them."""


class Task(CaseRow):
    """Something that somebody is to do; perhaps promised to the client."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Asked beside whose it is: an index of its own draws a database to read everybody's."""
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    what = SealedField(tier=Tier.NARRATIVE)
    due_on = models.DateField(null=True)
    promised = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=TaskState.OPEN.value, choices=coded(TaskState))
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    why = SealedField(tier=Tier.NARRATIVE)

    objects = Tasks.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("owner", "due_on"), condition=Q(state="open"), name="open_tasks_of_an_owner"),
            models.Index(fields=("circle", "at"), name="tasks_of_a_circle"),
        )


class Chasers(OwnAgency["Chaser"]):
    """Chasers by who may know of them."""


class Chaser(CaseRow):
    """Something asked of another agency, with the day by which it answers."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    to = SealedField(tier=Tier.NARRATIVE)
    ask = SealedField(tier=Tier.NARRATIVE)
    basis = models.CharField(max_length=10, choices=coded(BASIS_WORDS))
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="+")
    """What the person agreed to, where it was asked on their consent."""
    letter = models.OneToOneField(Letter, null=True, on_delete=models.SET_NULL, related_name="pressing")
    """The letter by which it was asked; None where somebody asked in another way."""
    asked_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    chased = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, default=ChaserState.OPEN.value, choices=coded(ChaserState))

    objects = Chasers.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("owner", "due_on"), condition=Q(state="open"), name="open_chasers_of_an_owner"),
            models.Index(fields=("circle", "asked_on"), name="chasers_of_a_circle"),
        )


class ChaserStep(CaseRow):
    """What was done about a chaser, and what was said."""

    chaser = models.ForeignKey(Chaser, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=coded(ChaserDeed))
    on = models.DateField()
    words = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("chaser", "at"), name="steps_of_a_chaser"),)
