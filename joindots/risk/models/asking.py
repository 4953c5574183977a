"""Forms that were asked, each answer ever given, results of tools without their items, and licensed forms loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Agency, Membership
from joindots.circles.models import Circle, InCircle
from joindots.kernel.ids import uuid7
from joindots.risk.rules.asking import ASKED_OF, SAID_WORDS, STATE_WORDS, State
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    from joindots.access.actor import Actor

M = TypeVar("M", bound=models.Model)


class LoadedForms(models.QuerySet["LoadedForm"]):
    """Loaded forms by whose they are."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> LoadedForms:
        """Those of the agency the actor works for: a licence is nobody else's."""
        return self.filter(agency=actor.agency_id)


class LoadedForm(models.Model):
    """A licensed tool's form, as its licence holder loaded it: sealed, for one agency, each version for good."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    form_version = models.CharField(max_length=24)
    file = models.BinaryField()
    """Sealed under a key of the installation: it is nobody's story, but it is somebody's property."""
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = LoadedForms.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agency", "code", "form_version"), name="one_form_of_a_version"),
        )

    @property
    def book(self) -> UUID:
        """A loaded form is read in its agency's book."""
        return self.agency_id


class Assessments(InCircle["Assessment"]):
    """Assessments by who may know of them."""


class Assessment(Row):
    """One asking of a form; or a tool's result without its items, which is finished when it is written."""

    class Kind(models.TextChoices):
        ASKED = "asked", "asked here"
        RESULT = "result", "a tool's result"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="assessments")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.ASKED)
    tool = models.CharField(max_length=40)
    """The form's code; of a result, the tool's."""
    tool_version = models.CharField(max_length=24, default="", blank=True)
    form = models.ForeignKey(LoadedForm, on_delete=models.PROTECT, related_name="+", null=True)
    """The loaded form that was asked; none where it is one of ours, or a result."""
    state = models.CharField(max_length=9, default=State.ASKING, choices=[(s.value, w) for s, w in STATE_WORDS.items()])
    asked_of = models.CharField(max_length=6, default="client", choices=list(ASKED_OF.items()))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_on = models.DateField(null=True)
    """The day a result was taken, as told."""
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    why = SealedField(tier=Tier.NARRATIVE)
    """Why it was set aside."""
    tool_words = SealedField(tier=Tier.NARRATIVE)
    result = SealedField(tier=Tier.NARRATIVE)
    taken_by = SealedField(tier=Tier.NARRATIVE)

    objects = Assessments.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "at"), name="assessments_by_time"),)

    @property
    def book(self) -> UUID:
        """An assessment is read in its circle's book."""
        return self.circle_id


class Answer(Row):
    """One answer to one question: yes, no, not known or not asked, and the words. None is ever changed: the newest
    of a question counts, and all stay.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    said = models.CharField(max_length=9, choices=[(s.value, w) for s, w in SAID_WORDS.items()])
    words = SealedField(tier=Tier.NARRATIVE)
    rests = models.JSONField(default=list)
    """References of entries of the log that it rests on."""
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("assessment", "question", "number"), name="one_answer_of_a_number"),
        )
