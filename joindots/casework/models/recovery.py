"""How somebody copes, asked at the start and again; what the stalking cost them; and letters written for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from joindots.casework.models.agreeing import Consent
from joindots.casework.models.within import CaseRow, coded
from joindots.casework.rules.letters import MACROS
from joindots.casework.rules.recovery import CLAIM_WORDS, COST_WORDS, STILL_WORDS
from joindots.circles.models import InCircle
from joindots.notices.models import Notice
from joindots.notices.rules.notices import State as Goes
from joindots.vault.fields import SealedField
from joindots.vault.models import Tier

GONE = Q(notice__state=Goes.SENT.value) | Q(taken_at__isnull=False)
"""What left: carried out by a notice, or taken from here to be sent by hand."""


class CopeAnswers(InCircle["CopeAnswer"]):
    """Askings by who may know of them."""


class CopeAnswer(CaseRow):
    """The paired questions as they were asked on one day: marks and words by question, sealed as one sheet."""

    on = models.DateField()
    still = models.CharField(max_length=8, choices=coded(STILL_WORDS))
    sheet = SealedField(tier=Tier.CONTACT)

    objects = CopeAnswers.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "on"), name="askings_of_a_circle"),)


class Costs(InCircle["Cost"]):
    """Costs by who may know of them."""


class Cost(CaseRow):
    """One cost or loss. Its amount is never changed: the entry is withdrawn, with the reason, and written anew."""

    kind = models.CharField(max_length=10, choices=coded(COST_WORDS))
    on = models.DateField()
    pence = models.PositiveIntegerField()
    what = SealedField(tier=Tier.NARRATIVE)
    receipt = SealedField(tier=Tier.NARRATIVE)
    """The exhibit that shows it, or where the receipt is kept; empty where there is none."""
    has_receipt = models.BooleanField(default=False)
    claim = models.CharField(max_length=8, default="no", choices=coded(CLAIM_WORDS))
    withdrawn_at = models.DateTimeField(null=True)
    why = SealedField(tier=Tier.NARRATIVE)

    objects = Costs.as_manager()

    class Meta:
        indexes = (models.Index(fields=("circle", "on"), name="costs_of_a_circle"),)
        constraints = (models.CheckConstraint(condition=Q(pence__gt=0), name="a_cost_is_above_nothing"),)


class Letters(InCircle["Letter"]):
    """Letters by who may know of them."""


class Letter(CaseRow):
    """A letter as it was made: what was chosen, its words, and when it left. Contact tier, for it may say where."""

    kind = models.CharField(max_length=10, choices=coded({code: one.to for code, one in MACROS.items()}))
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="+")
    """What the person agreed to; none was made without."""
    to = SealedField(tier=Tier.CONTACT)
    sheet = SealedField(tier=Tier.CONTACT)
    reply_on = models.DateField(null=True)
    taken_at = models.DateTimeField(null=True)
    """When it was first printed or downloaded here to be sent by hand."""
    notice = models.OneToOneField(Notice, null=True, on_delete=models.SET_NULL, related_name="+")
    """What carries it out, once somebody said that it is to go."""
    answered_at = models.DateTimeField(null=True)
    answer = SealedField(tier=Tier.CONTACT)
    """What they answered, as it was written down here."""
    chased = models.PositiveSmallIntegerField(default=0)

    objects = Letters.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("circle", "at"), name="letters_of_a_circle"),
            models.Index(
                fields=("reply_on",), condition=Q(answered_at=None, reply_on__isnull=False), name="letters_not_answered"
            ),
        )
