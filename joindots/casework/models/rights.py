"""Rights of the Victims' Code as they fell due and were met or not, special measures, and days at court."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.casework.models.within import CaseRow, coded
from joindots.casework.rules.court import HEARING_WORDS, DayState
from joindots.casework.rules.rights import ENHANCED_WORDS, EVENTS, MeasureState, RightState
from joindots.circles.models import InCircle
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class RightsDue(InCircle["RightDue"]):
    """Rights by who may know of them."""


class RightDue(CaseRow):
    """That something started a right: when, until when it is due (if it has a clock), and how people say it ended."""

    right = models.CharField(max_length=2, choices=[(str(number), str(number)) for number in range(1, 13)])
    event = models.CharField(max_length=16, choices=coded({code: one.says for code, one in EVENTS.items()}))
    on = models.DateField()
    enhanced = models.CharField(max_length=10, default="persistent", blank=True, choices=coded(ENHANCED_WORDS))
    due_on = models.DateField(null=True)
    note = SealedField(tier=Tier.NARRATIVE)
    state = models.CharField(max_length=10, default=RightState.OPEN.value, choices=coded(RightState))
    told_on = models.DateField(null=True)
    how = SealedField(tier=Tier.CONTACT)
    """How somebody was reached often names the way."""

    objects = RightsDue.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("due_on", "circle"), condition=Q(state="open"), name="rights_still_due"),
            models.Index(fields=("circle", "on"), name="rights_of_a_circle"),
        )


class MeasuresAsked(InCircle["MeasureAsked"]):
    """Special measures by who may know of them."""


class MeasureAsked(CaseRow):
    """A special measure that the person wants or does not want, and what became of asking for it."""

    measure = models.CharField(max_length=20)
    state = models.CharField(max_length=12, default=MeasureState.WANTED.value, choices=coded(MeasureState))
    since = models.DateField()
    due_on = models.DateField(null=True)
    """By when it is to be asked for, as a court or officer said; never computed."""
    note = SealedField(tier=Tier.NARRATIVE)

    objects = MeasuresAsked.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("circle", "measure"), name="a_measure_once_in_a_case"),)
        indexes = (
            models.Index(fields=("due_on", "circle"), condition=Q(state="wanted"), name="measures_still_wanted"),
        )


class CourtDays(InCircle["CourtDay"]):
    """Days at court by who may know of them."""


class CourtDay(CaseRow):
    """A day at court as it is planned with the person. Contact tier: it says where they will be, and when."""

    kind = models.CharField(max_length=8, choices=coded(HEARING_WORDS))
    on = models.DateField()
    clock = SealedField(tier=Tier.CONTACT)
    court = SealedField(tier=Tier.CONTACT)
    sheet = SealedField(tier=Tier.CONTACT)
    state = models.CharField(max_length=10, default=DayState.PLANNED.value, choices=coded(DayState))

    objects = CourtDays.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("on", "circle"), condition=Q(state="planned"), name="court_days_to_come"),
            models.Index(fields=("circle", "on"), name="court_days_of_a_circle"),
        )
