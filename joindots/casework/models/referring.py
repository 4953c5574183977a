"""Referrals sent and received, and reports to the police with the offer of a specialist."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.casework.models.agreeing import Consent
from joindots.casework.models.cases import OwnNumber
from joindots.casework.models.within import OfCircle, coded
from joindots.casework.rules.intake import GRADE_WORDS
from joindots.casework.rules.referring import (
    KIND_WORDS,
    OFFERED_WORDS,
    REJECT_WORDS,
    REJECTED_WORDS,
    STAGE_WORDS,
    STATE_WORDS,
)
from joindots.circles.models import Circle
from joindots.notices.models import Notice
from joindots.vault.fields import ReferenceField, SealedField
from joindots.vault.keys import purpose_key
from joindots.vault.models import Tier

STATES = coded(STATE_WORDS)
REJECTED = coded(REJECTED_WORDS)


class Referral(OfCircle):
    """A referral that left a case: to whom, what it says, and what came of it."""

    reference = ReferenceField()
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="referrals")
    kind = models.CharField(max_length=10, choices=coded(KIND_WORDS))
    grade = models.CharField(max_length=8, choices=coded(GRADE_WORDS))
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    """The agency of this installation that it went to; None: it was told elsewhere."""
    service = models.CharField(max_length=40, default="", blank=True)
    """The reference of a service of the directory, where it went to one."""
    whom = SealedField(tier=Tier.NARRATIVE)
    basis = models.CharField(max_length=40)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="referrals")
    why = SealedField(tier=Tier.NARRATIVE)
    tells = models.JSONField(default=list)
    """Codes of what it says."""
    content = SealedField(tier=Tier.NARRATIVE)
    reach = SealedField(tier=Tier.CONTACT)
    state = models.CharField(max_length=8, default="sent", choices=STATES)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    chased_at = models.DateTimeField(null=True)
    chased = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, default="", blank=True)
    """Who answered, as staff are named; staff are not sealed."""
    rejected = models.CharField(max_length=12, default="", choices=REJECTED, blank=True)
    answer = SealedField(tier=Tier.NARRATIVE)
    unseen = models.BooleanField(default=False)
    """Something became of it elsewhere, and the sender has not said yet that they have seen it."""
    notice = models.OneToOneField(Notice, null=True, on_delete=models.SET_NULL, related_name="+")
    """What carries it to a service outside, once somebody said that it is to go by post or mail."""

    class Meta:
        indexes = (
            models.Index(fields=("circle", "sent_at"), name="referrals_of_a_circle"),
            models.Index(fields=("due_on",), condition=Q(state="sent"), name="referrals_not_answered"),
            models.Index(fields=("answered_at",), condition=Q(unseen=True), name="referral_answers_unseen"),
        )


class ReferralIn(OfCircle):
    """A referral as it came to an agency, in a circle of that agency's own: nothing but what the referral says.

    A case is opened in this circle once it is accepted. When it is not, or is taken back, its words are cleared.
    """

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="referral_in")
    sent = models.OneToOneField(Referral, null=True, on_delete=models.SET_NULL, related_name="received")
    kind = models.CharField(max_length=10, choices=coded(KIND_WORDS))
    grade = models.CharField(max_length=8, choices=coded(GRADE_WORDS))
    source = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sender = models.CharField(max_length=120)
    """Who sent it, as staff are named."""
    mark = models.CharField(max_length=32, default="", blank=True)
    """The keyed hash of the reference under which a partner's system sent it: the same one is taken in once."""
    content = SealedField(tier=Tier.NARRATIVE)
    reach = SealedField(tier=Tier.CONTACT)
    state = models.CharField(max_length=8, default="sent", choices=STATES)
    came_at = models.DateTimeField()
    due_on = models.DateField()
    chased_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    rejected = models.CharField(max_length=12, default="", choices=REJECTED, blank=True)
    answer = SealedField(tier=Tier.NARRATIVE)
    unseen = models.BooleanField(default=False)
    """It was taken back after a case was opened from it, and nobody has said yet that they have seen it."""

    class Meta:
        indexes = (
            models.Index(fields=("due_on",), condition=Q(state="sent"), name="referrals_in_not_answered"),
            models.Index(fields=("answered_at",), condition=Q(unseen=True), name="referrals_in_taken_back"),
        )
        constraints = (
            models.UniqueConstraint(fields=("source", "mark"), condition=~Q(mark=""), name="sent_in_once_by_a_system"),
        )

    @staticmethod
    def marked(agency: UUID, reference: str) -> str:
        """What is kept of a partner's own reference: no list can be tried against it without the key."""
        said = f"{agency}|{reference.strip()}".encode()
        return hmac.digest(purpose_key("sent_in"), said, hashlib.sha256)[:16].hex()


class PoliceReport(OfCircle):
    """That somebody reported to the police, in the smallest form; and whether a specialist was offered then."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="police_reports")
    force = models.CharField(max_length=40)
    reported_on = models.DateField()
    crime_reference = SealedField(tier=Tier.NARRATIVE)
    number = models.ForeignKey(OwnNumber, null=True, on_delete=models.SET_NULL, related_name="+")
    stage = models.CharField(max_length=18, choices=coded(STAGE_WORDS))
    offered = models.CharField(max_length=9, default="not_known", choices=coded(OFFERED_WORDS))
    offered_on = models.DateField(null=True)
    offered_by = models.CharField(max_length=12, default="", blank=True)
    offered_what = SealedField(tier=Tier.NARRATIVE)
    taken = models.CharField(max_length=8, default="", blank=True)
    why_not = models.CharField(max_length=14, default="", blank=True)
    missing = models.BooleanField(default=True)
    due_on = models.DateField(null=True)
    told = models.JSONField(default=list)
    """Every version that a force's own system told, with who and when: codes and days, in the order they came."""
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("circle", "reported_on"), name="reports_of_a_circle"),
            models.Index(fields=("due_on",), condition=Q(missing=True), name="no_specialist_offered"),
        )


class RejectedReport(OfCircle):
    """A row of a force's feed that was not taken in, in a circle of its own: what it said of the feed's own columns,
    and why in the words that its sender was answered. One row for each crime reference, however often it comes.

    Once it comes in whole, or somebody puts it away, its words are cleared.
    """

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="rejected_report")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=32)
    """The keyed hash of its crime reference; of the whole row, where it has none."""
    print = models.CharField(max_length=32)
    """The keyed hash of the row as it came last: exactly the same one changes nothing."""
    told = SealedField(tier=Tier.NARRATIVE)
    """JSON: name and value of each column that a report has."""
    why = SealedField(tier=Tier.NARRATIVE)
    number = models.PositiveIntegerField()
    """Which row it was of what was sent last."""
    state = models.CharField(max_length=7, default="waiting", choices=coded(REJECT_WORDS))
    sender = models.CharField(max_length=120)
    """Whose token sent it, as staff and systems are named."""
    came_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, default="", blank=True)
    """Who put it away, or whose token sent it whole, as staff and systems are named."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "mark"), name="one_reject_of_a_reference"),)
        indexes = (
            models.Index(fields=("agency", "last_at"), condition=Q(state="waiting"), name="rejects_waiting"),
            models.Index(fields=("agency", "ended_at"), name="rejects_ended"),
        )

    @staticmethod
    def marked(agency: UUID, said: str) -> str:
        """What is kept of a reference or a row: no list can be tried against it without the key."""
        return hmac.digest(purpose_key("rejected"), f"{agency}|{said}".encode(), hashlib.sha256)[:16].hex()
