"""Pages and profiles that were captured, and what came of looks at devices, accounts and things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.evidence.models.entries import Incident
from joindots.evidence.models.files import SourceFile
from joindots.evidence.rules.cyber import ADVISED, OUTCOMES, SHOWS, STATES, WHO_CAPTURED, Noted
from joindots.vault.fields import Row, SealedField, When
from joindots.vault.models import Tier


class Captures(InCircle["Capture"]):
    """Captures by who may know of them."""


class Capture(Row, When):
    """That a kept file is a capture of a page or profile: its address, who captured it, and when, as claimed.

    When it was received, its bytes and its hash stand with the file. Nothing of it is changed: a wrong one is withdrawn
    and noted anew, and both stay.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="captures")
    source = models.ForeignKey(SourceFile, on_delete=models.SET_NULL, related_name="captures", null=True)
    shows = models.CharField(max_length=8, choices=list(SHOWS.items()))
    who = models.CharField(max_length=8, choices=list(WHO_CAPTURED.items()))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    address = SealedField(tier=Tier.NARRATIVE)
    account = SealedField(tier=Tier.NARRATIVE)
    given = SealedField(tier=Tier.NARRATIVE)
    why = SealedField(tier=Tier.NARRATIVE)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = SealedField(tier=Tier.NARRATIVE)

    objects = Captures.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "at"), name="captures_by_time"),)

    @property
    def book(self) -> UUID:
        """A capture is read in its circle's book."""
        return self.circle_id


class DeviceNote(Row):
    """What came of one look at a device, account or thing. What was found is an entry of the log too, and each change
    of what became of it is a further note of that entry; the newest counts. None is ever changed.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="device_notes")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="device_notes", null=True)
    number = models.PositiveSmallIntegerField(default=1)
    check_code = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, choices=list(OUTCOMES.items()))
    state = models.CharField(max_length=12, default="", blank=True, choices=list(STATES.items()))
    advised = models.CharField(max_length=12, default="", blank=True, choices=list(ADVISED.items()))
    warned = models.BooleanField(default=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    thing = SealedField(tier=Tier.NARRATIVE)
    place = SealedField(tier=Tier.NARRATIVE)
    serial = SealedField(tier=Tier.NARRATIVE)
    advice = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("circle", "check_code"), name="notes_of_a_check"),)
        constraints = (models.UniqueConstraint(fields=("incident", "number"), name="one_note_of_a_number"),)

    def noted(self, show: Callable[[Any], str]) -> Noted:
        """All it says; `show` opens a sealed value."""
        return Noted(
            self.check_code, self.outcome, self.state, self.advised, show(self.thing), show(self.place),
            show(self.serial), show(self.advice), self.warned,
        )  # fmt: skip
