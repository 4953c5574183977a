"""Therapy: on a case, that somebody was referred and how long they wait; apart from every case, a therapist's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from joindots.agencies.models import Agency, Membership
from joindots.casework.models.within import CaseRow, coded
from joindots.casework.rules.therapy import ATTENDED, STAGE_WORDS, TOLD_TO_WAIT, WAITS_FOR, Stage
from joindots.circles.models import InCircle
from joindots.people.models import Person
from joindots.vault.fields import ReferenceField, Row, SealedField
from joindots.vault.models import Tier

if TYPE_CHECKING:
    from joindots.access.actor import Actor


class TherapyReferrals(InCircle["TherapyReferral"]):
    """Referrals to therapy by who may know of them."""


class TherapyReferral(CaseRow):
    """That somebody was referred to therapy, the wait that was told, and when it began; nothing of what is said."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    provider = SealedField(tier=Tier.CONTACT)
    referred_on = models.DateField()
    weeks = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    """By when it should have begun, by the wait that was told; the day of noting where they were told to wait."""
    waits_for = models.CharField(max_length=10, default="", blank=True, choices=coded(WAITS_FOR))
    told_to_wait = models.CharField(max_length=6, default="", blank=True, choices=coded(TOLD_TO_WAIT))
    """Whether anybody told them to wait for the case or for the stalking to end: a wrong to put right."""
    stage = models.CharField(max_length=10, default=Stage.REFERRED.value, choices=coded(STAGE_WORDS))
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    objects = TherapyReferrals.as_manager()

    class Meta:
        db_table = "casework_support"  # a case's trail names the tables that were read, and says nothing of therapy
        indexes = (
            models.Index(fields=("due_on", "circle"), condition=Q(stage="referred"), name="therapy_still_awaited"),
            models.Index(fields=("circle", "referred_on"), name="therapy_of_a_circle"),
        )


class TherapyRooms(models.QuerySet["TherapyRoom"]):
    """Rooms by whose they are: their therapist's, and nobody else's."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> TherapyRooms:
        """The actor's own."""
        return self.filter(therapist=actor.membership_id)


class TherapyRoom(Row):
    """One person's therapy as their therapist keeps it: an owner of keys of its own, in no circle and no case.

    No standing, sharing, emergency opening or taking out reaches it; it is read in the therapist's agency's book.
    """

    reference = ReferenceField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    therapist = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    name = SealedField(tier=Tier.IDENTITY)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)

    SEAL_OWNER: ClassVar[str] = "id"
    SEAL_BOOK: ClassVar[str] = "agency_id"
    REFERENCE: ClassVar[str] = "reference"
    objects = TherapyRooms.as_manager()

    class Meta:
        indexes = (models.Index(fields=("therapist", "opened_on"), name="rooms_of_a_therapist"),)

    @property
    def book(self) -> UUID:
        """Openings stand in the book of the therapist's agency."""
        return self.agency_id


class TherapyNotes(models.QuerySet["TherapyNote"]):
    """Notes by whose room they stand in."""

    def visible_to(self, actor: Actor, *, write: bool = False, picked: bool = False) -> TherapyNotes:
        """Those of the actor's own rooms."""
        return self.filter(room__therapist=actor.membership_id)


class TherapyNote(Row):
    """What a therapist wrote of one day. Whether the person came stands apart from the words: it may be asked for."""

    room = models.ForeignKey(TherapyRoom, on_delete=models.CASCADE, related_name="notes")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    attended = models.CharField(max_length=10, choices=coded(ATTENDED))
    words = SealedField(tier=Tier.NARRATIVE)
    at = models.DateTimeField()

    SEAL_OWNER: ClassVar[str] = "room_id"
    SEAL_BOOK: ClassVar[str] = "agency_id"
    objects = TherapyNotes.as_manager()

    class Meta:
        indexes = (models.Index(fields=("room", "on"), name="notes_of_a_room"),)

    @property
    def book(self) -> UUID:
        """Openings stand in the book of the therapist's agency."""
        return self.agency_id
