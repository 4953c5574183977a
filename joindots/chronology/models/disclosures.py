"""Packs for disclosure, that the person was told, what is kept out of them, and pictures that were looked over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.chronology.rules.court import HOWS
from joindots.chronology.rules.release import STATE_WORDS, State
from joindots.circles.models import Circle, InCircle, TwoPersonAct
from joindots.evidence.models import Exhibit, Incident, SourceFile
from joindots.vault.fields import Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    pass

M = TypeVar("M", bound=models.Model)


class Tellings(InCircle["Told"]):
    """Tellings by who may know of them."""


class Disclosures(InCircle["Disclosure"]):
    """Packs for disclosure by who may know of them."""


class KeptOuts(InCircle["KeptOut"]):
    """Marks by who may know of them."""

    def standing(self) -> KeptOuts:
        """Those that were not lifted."""
        return self.filter(lifted_at=None)


class LookedOvers(InCircle["LookedOver"]):
    """Pictures looked over, by who may know of them."""


class Told(Row):
    """That the person was told what a court may order disclosed: by whom, how, when, and in which words."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="tellings")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=list(HOWS.items()))
    told_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    wording = models.CharField(max_length=12)
    text = SealedField(tier=Tier.NARRATIVE)
    """The plain words that were used."""
    said = SealedField(tier=Tier.NARRATIVE)
    """What the person said to it, and what they want kept out."""

    REFERENCE: ClassVar[str] = "pk"
    objects = Tellings.as_manager()

    @property
    def book(self) -> UUID:
        """A telling is read in its circle's book."""
        return self.circle_id


class Disclosure(Row):
    """One pack for disclosure. Its bytes lie sealed; its SHA-256 is what two people agree to.

    `gathered_at` is when its content was gathered: whatever was added to what must never leave after that blocks it.
    `kept_back`, `checks` and `hits` hold kinds, numbers and places in the pack, never a word.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="disclosures")
    state = models.CharField(max_length=8, default=State.MAKING.value,
                             choices=[(state.value, says) for state, says in STATE_WORDS.items()])  # fmt: skip
    told = models.ForeignKey(Told, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    gathered_at = models.DateTimeField(null=True)
    as_at = models.DateTimeField(null=True)
    recipient = SealedField(tier=Tier.NARRATIVE)
    about = SealedField(tier=Tier.NARRATIVE)
    entries = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    enclosed = models.PositiveIntegerField(default=0)
    """Exhibits that are in it."""
    left_out = models.PositiveIntegerField(default=0)
    """Exhibits that are not."""
    kept_back = models.JSONField(default=dict)
    hits = models.JSONField(default=list)
    checked_files = models.PositiveIntegerField(default=0)
    with_ocr = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    file_key = SealedField(tier=Tier.NARRATIVE)
    address = models.CharField(max_length=40, default="", blank=True)
    size = models.BigIntegerField(default=0)
    act = models.ForeignKey(TwoPersonAct, on_delete=models.PROTECT, related_name="+", null=True)
    released_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    REFERENCE: ClassVar[str] = "pk"
    objects = Disclosures.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=State.RELEASED.value) | Q(released_at__isnull=False, ends_at__isnull=False,
                                                             act__isnull=False),
                name="released_by_an_act_and_for_a_time",
            ),
        )  # fmt: skip

    @property
    def book(self) -> UUID:
        """A pack for disclosure is read in its circle's book."""
        return self.circle_id


class KeptOut(Row):
    """That a record, an entry, an exhibit or a whole file, or some of its words, is kept out of disclosure, and why.

    A record is known again as a link's end is: by its file, its place among the file's records and the keyed mark of
    where it stands. A mark is never deleted alone: it is lifted, with who, when and why. It outlasts its file:
    `address` is that of its bytes, so the same bytes brought in again are kept out again.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="kept_out")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+", null=True)
    source = models.ForeignKey(SourceFile, on_delete=models.SET_NULL, related_name="+", null=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.SET_NULL, related_name="+", null=True)
    address = models.CharField(max_length=40, default="", blank=True)
    """Keyed hash of the file's bytes; empty for an entry."""
    seq = models.PositiveIntegerField(null=True)
    mark = models.CharField(max_length=32, default="", blank=True)
    part = SealedField(tier=Tier.CONTACT)
    """The words of it that are kept out; empty where all of it is."""
    why = SealedField(tier=Tier.CONTACT)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_why = SealedField(tier=Tier.CONTACT)

    REFERENCE: ClassVar[str] = "pk"
    objects = KeptOuts.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(incident__isnull=False, source=None, exhibit=None, address="")
                | (Q(incident=None) & (Q(source=None) | Q(exhibit=None)) & ~Q(address="")),
                name="keeps_out_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="lifted_by_somebody",
            ),
        )

    @property
    def book(self) -> UUID:
        """A mark is read in its circle's book."""
        return self.circle_id


class LookedOver(Row):
    """That somebody looked a picture over and says that nothing of what must never leave can be seen in it."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="looked_over")
    source = models.ForeignKey(SourceFile, on_delete=models.CASCADE, related_name="+", null=True)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="+", null=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    taken_back_at = models.DateTimeField(null=True)

    REFERENCE: ClassVar[str] = "pk"
    objects = LookedOvers.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(source__isnull=False, exhibit=None) | Q(source=None, exhibit__isnull=False),
                name="looks_one_thing_over",
            ),
        )

    @property
    def book(self) -> UUID:
        """What was looked over is read in its circle's book."""
        return self.circle_id
