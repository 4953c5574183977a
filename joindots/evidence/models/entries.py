"""Entries of the log, their versions, and half-typed ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.evidence.rules.entries import DOERS, STEP_WORDS, TOLD_BY, State, Telling
from joindots.kernel.when import Precision
from joindots.kernel.when import When as Time
from joindots.people.models import Person
from joindots.vault.fields import ReferenceField, Row, SealedField, When
from joindots.vault.models import Tier


class Incidents(InCircle["Incident"]):
    """Entries of the log by who may know of them."""


class Incident(Row):
    """One thing that happened, as somebody wrote it down. What it says stands in its versions; the newest counts."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="incidents")
    reference = ReferenceField()
    state = models.CharField(max_length=9, default=State.STANDS.value, choices=[(s.value, s.value) for s in State])
    number = models.PositiveSmallIntegerField(default=1)
    """Of its newest version."""
    made_at = models.DateTimeField()
    statement_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    statement_at = models.DateTimeField(null=True)
    """By whom and since when it is marked as something a statement should cover; empty where it is not."""

    REFERENCE: ClassVar[str] = "reference"
    objects = Incidents.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "made_at")),)

    @property
    def book(self) -> UUID:
        """An entry is read in its circle's book."""
        return self.circle_id


class IncidentVersion(Row, When):
    """One version of an entry: all it says, who wrote it so, when and why. None is ever changed or deleted alone.

    `kinds`, `behaviours` and `reported` are codes of the lists of `rules.entries`; times and codes stand clear, all
    words are sealed.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="incident_versions")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=12, choices=[(step.value, words) for step, words in STEP_WORDS.items()])
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kinds = models.JSONField(default=list)
    behaviours = models.JSONField(default=list)
    reported = models.JSONField(default=list)
    told_by = models.CharField(max_length=8, choices=list(TOLD_BY.items()))
    times = models.PositiveSmallIntegerField(default=1)
    times_about = models.BooleanField(default=False)
    doer = models.CharField(max_length=8, default="", blank=True, choices=list(DOERS.items()))
    """Who did it, as told; empty where nobody said."""
    doer_person = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)
    doer_words = SealedField(tier=Tier.NARRATIVE)
    days = models.JSONField(default=list)
    """Days that its words name one by one, each possible: ISO dates."""
    given = SealedField(tier=Tier.NARRATIVE)
    """The words for the time as they were given."""
    where = SealedField(tier=Tier.NARRATIVE)
    words = SealedField(tier=Tier.NARRATIVE)
    effect = SealedField(tier=Tier.NARRATIVE)
    saw = SealedField(tier=Tier.NARRATIVE)
    reference = SealedField(tier=Tier.NARRATIVE)
    why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("circle", "at"), name="versions_by_writing"),)
        constraints = (models.UniqueConstraint(fields=("incident", "number"), name="one_version_of_a_number"),)

    def time(self, show: Callable[[Any], str]) -> Time:
        """When it happened, exactly as it was kept; `show` opens a sealed value."""
        flags = tuple(self.time_flags.split())
        return Time(self.earliest, self.latest, Precision(self.precision), self.zone_basis, flags, show(self.given))

    def telling(self, show: Callable[[Any], str]) -> Telling:
        """All it says; `show` opens a sealed value."""
        return Telling(
            self.time(show), tuple(self.kinds), tuple(self.behaviours), self.times, self.times_about, self.told_by,
            tuple(self.reported), show(self.reference), show(self.where), show(self.words), show(self.effect),
            show(self.saw), self.doer, self.doer_person_id, show(self.doer_words),
            tuple(map(date.fromisoformat, self.days)),
        )  # fmt: skip


class EntryDraft(Row):
    """A half-written entry, as its form held it: one person's, offered to them alone until they keep or drop it."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    sheet = SealedField(tier=Tier.NARRATIVE)
    """JSON of the form's fields."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("circle", "by"), name="one_draft_of_a_person_in_a_circle"),)
