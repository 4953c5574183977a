"""What people say of the points to prove: acts and files linked to a point, and judgements with their reasons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.casework.models.within import CaseRow
from joindots.circles.models import InCircle
from joindots.evidence.models import Exhibit, Incident, SourceFile
from joindots.justice.models.crimes import Crime
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier


class PointLinks(InCircle["PointLink"]):
    """Links by who may know of them."""


class PointLink(CaseRow):
    """That somebody says an act or a file speaks to a point. One that is taken back stays, with when and by whom."""

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="point_links")
    point = models.CharField(max_length=24)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+", null=True)
    source = models.ForeignKey(SourceFile, on_delete=models.SET_NULL, related_name="+", null=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.SET_NULL, related_name="+", null=True)
    taken_back_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = PointLinks.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("crime", "point", "incident"), condition=Q(taken_back_at=None), name="an_act_once_at_a_point"
            ),
        )


class PointJudgement(CaseRow):
    """What somebody says of a point, or with no point of the whole, and why. The newest stands; none is changed."""

    crime = models.ForeignKey(Crime, on_delete=models.CASCADE, related_name="judgements")
    point = models.CharField(max_length=24, default="", blank=True)
    says = models.CharField(max_length=24)
    """`shown`, `not_shown` or `cannot_tell` of a point; of the whole the code of an offence, or `none`."""
    why = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        indexes = (models.Index(fields=("crime", "point", "at"), name="judgements_of_a_crime"),)
