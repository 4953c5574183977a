"""What the application for an order keeps while it is drafted, signed and sent: the pack, its papers, who signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Membership
from joindots.circles.models import Circle, InCircle
from joindots.evidence.models import Incident
from joindots.kernel.when import Precision
from joindots.kernel.when import When as Time
from joindots.orders.models.life import Order
from joindots.vault.fields import Row, SealedField, When
from joindots.vault.models import Tier


class Packs(InCircle["OrderPack"]):
    """Packs by who may know of them."""


class Papers(InCircle["PackPaper"]):
    """Papers by who may know of them."""


class OrderPack(Row):
    """The application for one order, in the drafting. Its words stand in its parts, acts and terms."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="pack")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Packs.as_manager()

    @property
    def book(self) -> UUID:
        """A pack is read in its circle's book."""
        return self.circle_id


class PackPart(Row):
    """One part of a pack that is told in words: its fields, sealed as one sheet, and whether somebody calls it done."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    pack = models.ForeignKey(OrderPack, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=12)
    done = models.BooleanField(default=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sheet = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("pack", "part"), name="a_part_stands_once_in_a_pack"),)


class PackAct(Row, When):
    """An act relied on: an entry of the log as it was when it was chosen, in the words of the schedule.

    Its time is copied as it was known, never made more exact. `grounds` are the letters of the grounds it speaks to.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    pack = models.ForeignKey(OrderPack, on_delete=models.CASCADE, related_name="acts")
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    entry_version = models.PositiveIntegerField()
    kinds = models.JSONField(default=list)
    told_by = models.CharField(max_length=12)
    grounds = models.CharField(max_length=3, blank=True, default="")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    given = SealedField(tier=Tier.NARRATIVE)
    """The words in which its time was told."""
    act = SealedField(tier=Tier.NARRATIVE)
    source = SealedField(tier=Tier.NARRATIVE)
    prover = SealedField(tier=Tier.NARRATIVE)
    exhibit = SealedField(tier=Tier.NARRATIVE)
    """Reference, what it is, size and SHA-256 of the exhibit, one a line; empty where it has none."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("pack", "incident"), name="an_entry_is_relied_on_once"),)

    def time(self, show: Callable[[Any], str]) -> Time:
        """When it happened, exactly as it was known; `show` opens a sealed value."""
        flags = tuple(self.time_flags.split())
        return Time(self.earliest, self.latest, Precision(self.precision), self.zone_basis, flags, show(self.given))


class PackTerm(Row):
    """A prohibition or requirement that is asked for, the acts that make it necessary, and what was looked at.

    `acts` are ids of acts of the pack. `work`, `worship`, `children` and `earlier`: whether it touches them.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    pack = models.ForeignKey(OrderPack, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    library = models.CharField(max_length=4)
    acts = models.JSONField(default=list)
    work = models.CharField(max_length=8, blank=True, default="")
    worship = models.CharField(max_length=8, blank=True, default="")
    children = models.CharField(max_length=8, blank=True, default="")
    earlier = models.CharField(max_length=8, blank=True, default="")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = SealedField(tier=Tier.NARRATIVE)
    policed = SealedField(tier=Tier.NARRATIVE)
    settled = SealedField(tier=Tier.NARRATIVE)
    provider = SealedField(tier=Tier.NARRATIVE)
    map = SealedField(tier=Tier.NARRATIVE)
    """The exhibit that is its map, as an act's."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("pack", "number"), name="one_term_of_a_number"),)


class PackPaper(Row):
    """One making of a pack's papers: the content as it stood, sealed, and its hash; draft, or final once signed.

    The same content is the same draft and gives the same bytes. `hits` tell what the leak check found: places and
    kinds, never a word. While there is one, not a byte of it is kept.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    pack = models.ForeignKey(OrderPack, on_delete=models.CASCADE, related_name="papers")
    draft = models.PositiveIntegerField()
    final = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default="making")
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    hits = models.JSONField(default=list)
    content = SealedField(tier=Tier.NARRATIVE)
    enclosed = models.CharField(max_length=8, blank=True, default="")
    """How far the bundles with copies of the exhibits are; empty where nobody asked for them."""
    enclosed_at = models.DateTimeField(null=True)
    enclosing = SealedField(tier=Tier.NARRATIVE)
    """Each exhibit as the bundles have it: a line of its reference and of what became of it."""

    objects = Papers.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("pack", "draft"), condition=Q(final=True), name="one_final_of_a_draft"),
        )

    @property
    def book(self) -> UUID:
        """Papers are read in their circle's book."""
        return self.circle_id


class PackFile(Row):
    """One file of a paper: `bundle`, `word`, `service`, and the bundles with copies of the exhibits, `court` and
    `serve`; its bytes lie sealed in the circle's folder.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(PackPaper, on_delete=models.CASCADE, related_name="files")
    what = models.CharField(max_length=8)
    address = models.CharField(max_length=40)
    size = models.BigIntegerField()
    sha256 = SealedField(tier=Tier.NARRATIVE)
    file_key = SealedField(tier=Tier.NARRATIVE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("paper", "what"), name="one_file_of_a_kind_in_a_paper"),)


class PackSignature(Row):
    """That somebody signed exactly this content: as its drafter, checker, or delegate of the chief officer."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    pack = models.ForeignKey(OrderPack, on_delete=models.CASCADE, related_name="signatures")
    step = models.CharField(max_length=12)
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = SealedField(tier=Tier.NARRATIVE)
    """Name and rank of who signs, as they stand on the paper."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("pack", "step", "content_hash"), name="a_step_is_signed_once"),)


class PackSending(Row):
    """That a final paper was sent: to whom, when, how, by whom. A person writes it down; nothing sends itself."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    pack = models.ForeignKey(OrderPack, on_delete=models.CASCADE, related_name="sendings")
    paper = models.ForeignKey(PackPaper, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    to = SealedField(tier=Tier.NARRATIVE)
    how = SealedField(tier=Tier.NARRATIVE)


class SignatureAsks(InCircle["SignatureAsk"]):
    """Asks for a signature by who may know of them."""


class SignatureAsk(Row):
    """That a colleague was asked to sign exactly this content as the next step of the chain.

    It ends by signing, by any change of the content, or by being handed back. `waits` is whom it waits for now: who
    was asked, then whoever asked, where it was handed back; nobody once it is over.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        BACK = "back"
        OVER = "over"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    pack = models.ForeignKey(OrderPack, on_delete=models.CASCADE, related_name="signature_asks")
    step = models.CharField(max_length=12)
    content_hash = models.CharField(max_length=64)
    whom = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=5, choices=State.choices, default=State.ASKED)
    waits = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    back_at = models.DateTimeField(null=True)
    back_why = SealedField(tier=Tier.NARRATIVE)

    objects = SignatureAsks.as_manager()

    class Meta:
        indexes = (models.Index(fields=("waits", "at"), condition=~Q(waits=None), name="signatures_that_wait"),)
        constraints = (
            models.UniqueConstraint(fields=("pack",), condition=~Q(waits=None), name="one_signature_asked_at_a_time"),
        )

    @property
    def book(self) -> UUID:
        """It is read in its circle's book."""
        return self.circle_id
