"""The therapy desk of a case; and a therapist's own rooms, which nobody else finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads, reads_one
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Case, TherapyNote, TherapyReferral, TherapyRoom
from joindots.casework.rules import therapy
from joindots.kernel.when import london_day
from joindots.people import queries as people

MOST = 200


@dataclass(frozen=True, slots=True)
class TherapyView:
    """One referral to therapy: provider, wait as told and as it is, and where it stands."""

    id: UUID
    version: int
    person: str
    provider: str
    referred_on: date
    due_on: date | None
    waited: str
    waits_for: str
    told_to_wait: str
    told_words: str
    stage: str
    stage_words: str
    started_on: date | None
    ended_on: date | None
    next: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One person's therapy in the therapist's own list."""

    reference: str
    name: str
    opened_on: date
    ended_on: date | None
    notes: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """One day's note."""

    on: date
    attended: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoomView:
    """One person's therapy with its notes, newest first."""

    reference: str
    version: int
    name: str
    opened_on: date
    ended_on: date | None
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class LeftRoom:
    """Notes whose therapist left: a reference and days, no name and no word."""

    id: UUID
    reference: str
    therapist: str
    opened_on: date


@dataclass(frozen=True, slots=True)
class Therapist:
    """A therapist of the agency."""

    membership: UUID
    name: str


@reads_one(permissions.SEE_SUPPORT, Case)
def therapy_of(actor: Actor, case: Case) -> tuple[TherapyView, ...]:
    """Referrals to therapy of the case, newest first."""
    rows = TherapyReferral.objects.filter(circle=case.circle_id).order_by("-referred_on", "-id")
    names = {one.id: one.name for one in people.people_in(actor, Ref(case.circle_id))}
    return tuple(_referral(actor, row, names.get(row.person_id, "")) for row in rows)


@reads(permissions.KEEP_ROOM)
def rooms(actor: Actor) -> tuple[RoomLine, ...]:
    """The actor's own rooms, open ones first. They are in no search, no count and no list but this."""
    mine = TherapyRoom.objects.visible_to(actor)
    found = list(mine.order_by("-opened_on", "-id")[:MOST])
    actor.keys.prepare(row.pk for row in found)
    found.sort(key=lambda row: row.ended_on is not None)
    counted = mine.filter(pk__in=[row.pk for row in found]).values_list("pk", Count("notes"), Max("notes__on"))
    notes = {key: (many, last) for key, many, last in counted}
    return tuple(
        RoomLine(row.reference, actor.keys.open(row.name), row.opened_on, row.ended_on, *notes[row.pk]) for row in found
    )


@reads_one(permissions.KEEP_ROOM, TherapyRoom)
def room(actor: Actor, row: TherapyRoom) -> RoomView:
    """One room with its notes."""
    notes = TherapyNote.objects.filter(room=row).order_by("-on", "-id")
    return RoomView(
        row.reference, row.version, actor.keys.open(row.name), row.opened_on, row.ended_on,
        tuple(NoteView(one.on, therapy.ATTENDED[one.attended], actor.keys.open(one.words), one.at) for one in notes),
    )  # fmt: skip


@reads_one(permissions.KEEP_ROOM, TherapyRoom)
def attendance(actor: Actor, row: TherapyRoom) -> tuple[tuple[date, str], ...]:
    """Days and whether the person came, and no word more: what a request can be narrowed to."""
    notes = TherapyNote.objects.filter(room=row).order_by("on", "id").values_list("on", "attended")
    return tuple((on, therapy.ATTENDED[code]) for on, code in notes)


@reads(permissions.PASS_ROOM_ON)
def rooms_left(actor: Actor) -> tuple[LeftRoom, ...]:
    """Rooms of the actor's agency whose therapist works there no more."""
    here = Membership.objects.current(actor.at).filter(pk=OuterRef("therapist"))
    rows = TherapyRoom.objects.filter(~Q(Exists(here)), agency=actor.agency_id).select_related("therapist__user")
    return tuple(
        LeftRoom(row.pk, row.reference, row.therapist.user.name, row.opened_on)
        for row in rows.order_by("opened_on", "id")
    )


@reads(permissions.PASS_ROOM_ON)
def therapists(actor: Actor) -> tuple[Therapist, ...]:
    """Therapists of the actor's agency but the actor."""
    rows = Membership.objects.current(actor.at).filter(agency=actor.agency_id).select_related("user")
    return tuple(
        Therapist(row.pk, row.user.name)
        for row in rows.order_by("user__name")
        if row.role_set & permissions.KEEP_ROOM.roles and row.pk != actor.membership_id
    )


def _referral(actor: Actor, row: TherapyReferral, name: str) -> TherapyView:
    stage = therapy.Stage(row.stage)
    today = london_day(actor.at)
    waited = ""
    if stage in (therapy.Stage.REFERRED, therapy.Stage.STARTED, therapy.Stage.ENDED):
        waited = therapy.waited_says(row.referred_on, row.started_on, row.weeks, today)
    steps = tuple((to.value, therapy.STAGE_WORDS[to]) for to in therapy.Stage if to in therapy.STAGE_NEXT[stage])
    return TherapyView(
        row.pk, row.version, name, actor.keys.open(row.provider), row.referred_on, row.due_on, waited,
        therapy.WAITS_FOR[row.waits_for], row.told_to_wait, therapy.TOLD_TO_WAIT[row.told_to_wait], row.stage,
        therapy.STAGE_WORDS[stage], row.started_on, row.ended_on, steps,
    )  # fmt: skip
