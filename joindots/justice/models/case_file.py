"""What is kept of a crime's case file: how each piece of material is used, and what others were asked for."""

from __future__ import annotations

from django.db import models

from joindots.casework.models.within import CaseRow
from joindots.circles.models import InCircle
from joindots.evidence.models import Exhibit, Incident, SourceFile
from joindots.justice.models.crimes import Crime
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class MaterialMark(CaseRow):
    """How somebody says a piece of material is used in a case file. The newest of a piece stands; none is changed."""

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="marks")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+", null=True)
    source = models.ForeignKey(SourceFile, on_delete=models.SET_NULL, related_name="+", null=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.SET_NULL, related_name="+", null=True)
    use = models.CharField(max_length=12)
    described = SealedField(tier=Tier.NARRATIVE)
    """How it is described on a schedule that others read, in words that give nothing away."""

    class Meta:
        indexes = (models.Index(fields=("crime", "at"), name="marks_of_a_crime"),)


class HolderAsks(InCircle["HolderAsk"]):
    """Requests by who may know of them."""


class HolderAsk(CaseRow):
    """That somebody else was asked for what they hold about the victim: why, and that the victim was told of it.

    Source: Police, Crime, Sentencing and Courts Act 2022 s44A onward, put in by the Victims and Prisoners Act 2024 s28.
    """

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="holder_asks")
    counselling = models.BooleanField(default=False)
    told = models.CharField(max_length=10)
    told_on = models.DateField(null=True)
    state = models.CharField(max_length=9, default="asked")
    answered_on = models.DateField(null=True)
    holder = SealedField(tier=Tier.NARRATIVE)
    what = SealedField(tier=Tier.NARRATIVE)
    enquiry = SealedField(tier=Tier.NARRATIVE)
    needed = SealedField(tier=Tier.NARRATIVE)
    other_means = SealedField(tier=Tier.NARRATIVE)
    probative = SealedField(tier=Tier.NARRATIVE)
    why_not_told = SealedField(tier=Tier.NARRATIVE)
    answer = SealedField(tier=Tier.NARRATIVE)

    objects = HolderAsks.as_manager()

    class Meta:
        indexes = (models.Index(fields=("crime", "at"), name="asks_of_a_crime"),)
