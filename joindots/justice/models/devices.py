"""What the police asked to take from a device of the person: why, what was agreed, when it is back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.casework.models.within import CaseRow, coded
from joindots.circles.models import InCircle
from joindots.justice.models.crimes import Crime
from joindots.justice.rules.devices import STATE_WORDS
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class DeviceAsks(InCircle["DeviceAsk"]):
    """Requests by who may know of them."""


class DeviceAsk(CaseRow):
    """A request for data from the person's own device, with the notice they got and what they answered.

    Source: Police, Crime, Sentencing and Courts Act 2022 s37 and after, and its code of practice (verify).
    """

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="device_asks")
    notice_on = models.DateField()
    """The day on which the person got the notice in writing."""
    return_by = models.DateField()
    state = models.CharField(max_length=9, default="asked", choices=coded(STATE_WORDS))
    last_on = models.DateField()
    due_on = models.DateField(null=True)
    """The day on which it is to be given back; empty where nothing is held."""
    device = SealedField(tier=Tier.NARRATIVE)
    what = SealedField(tier=Tier.NARRATIVE)
    enquiry = SealedField(tier=Tier.NARRATIVE)
    other_means = SealedField(tier=Tier.NARRATIVE)

    objects = DeviceAsks.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("due_on", "circle"), condition=~Q(due_on=None), name="devices_to_give_back"),
            models.Index(fields=("crime", "at"), name="device_asks_of_a_crime"),
        )


class DeviceStep(CaseRow):
    """What became of such a request, as it was written down."""

    ask = models.ForeignKey(DeviceAsk, on_delete=models.CASCADE, related_name="steps")
    to = models.CharField(max_length=9, choices=coded(STATE_WORDS))
    on = models.DateField()
    said = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("ask", "at"), name="steps_of_a_device_ask"),)
