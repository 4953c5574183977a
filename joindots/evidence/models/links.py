"""Links: that one thing shows another, or that several tell of one and the same act; who says so, when and why."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.evidence.models.entries import Incident
from joindots.evidence.models.files import Exhibit, SourceFile
from joindots.evidence.rules.links import KIND_WORDS
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier


class Links(InCircle["Link"]):
    """Links by who may know of them."""

    def standing(self) -> Links:
        """Those that were not undone."""
        return self.filter(ended_at=None)


class Link(Row):
    """That somebody linked things of one case: `shows` (a picture shows what an entry tells), or `same_act` (several
    records and entries tell of one act, which is counted once).

    What is linked stands in its `ends`, two or more. A link is never changed: it is undone, with who, when and why,
    and both stay. An undone link counts for nothing.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=list(KIND_WORDS.items()))
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = SealedField(tier=Tier.NARRATIVE)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = SealedField(tier=Tier.NARRATIVE)

    objects = Links.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "kind"), name="links_of_a_kind"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="undone_by_somebody",
            ),
        )

    @property
    def book(self) -> UUID:
        """A link is read in its circle's book."""
        return self.circle_id


class LinkEnd(models.Model):
    """One thing that is linked: an entry of the log, a whole file, a file found inside one, or one record of a file.

    A record is remembered by its file, its place among the file's records (`seq`) and where it stands in the file
    (`mark`, a keyed hash of member, line, byte and pointer: `rules.links.mark_of`), and not by its index row, which
    every new reading makes anew. After a new reading the record at `seq` is the linked one if its mark is the same;
    otherwise it is looked for by its mark (`queries.links`), and if the file holds none such any more, the
    link stands and says so. A file that is removed leaves its end empty, which tells that one was there.
    """

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="ends")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="link_ends", null=True)
    source = models.ForeignKey(SourceFile, on_delete=models.SET_NULL, related_name="link_ends", null=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.SET_NULL, related_name="link_ends", null=True)
    seq = models.PositiveIntegerField(null=True)
    mark = models.CharField(max_length=32, default="", blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(seq=None, mark="") | (Q(seq__isnull=False, exhibit=None) & ~Q(mark="")),
                name="a_record_has_its_mark",
            ),
        )
