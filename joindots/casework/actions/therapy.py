"""The therapy desk: referrals on a case; and a therapist's notes, which no case knows of."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.access.roles import Role
from joindots.agencies import holding
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Case, TherapyNote, TherapyReferral, TherapyRoom
from joindots.casework.rules import State, can_work, therapy
from joindots.casework.rules.plans import WHOSE
from joindots.casework.rules.saying import one_of
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.people.models import Presence
from joindots.vault import keys


@writes(permissions.KEEP_SUPPORT, Case, when=lambda case: can_work(State(case.state)))
def refer_to_therapy(
    actor: Actor, case: Case, *, person: UUID, provider: str, weeks: int | None, referred_on: date,
    waits_for: str = "", told_to_wait: str = "",
) -> UUID:  # fmt: skip
    """Keep that somebody of the case was referred, and the wait as it was told. The referral's id."""
    therapy.can_refer(provider, weeks, waits_for, told_to_wait, referred_on, london_day(actor.at)).or_raise()
    stands = Presence.objects.filter(circle=case.circle_id, person=person, stands_as__in=WHOSE)
    if not stands.exists():
        raise NotFound
    row = TherapyReferral(
        circle_id=case.circle_id, person_id=person, referred_on=referred_on, weeks=weeks, waits_for=waits_for,
        due_on=therapy.looked_at_on(referred_on, weeks, told_to_wait, london_day(actor.at)),
        told_to_wait=told_to_wait, by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, provider=provider.strip())
    row.save(force_insert=True)
    actor.record(case.circle_id, "casework.support_referred", row=row.pk)
    return row.pk


@writes(permissions.KEEP_SUPPORT, TherapyReferral)
def move_therapy(actor: Actor, row: TherapyReferral, *, to: str, on: date) -> None:
    """It began, ended, was not taken on, or is not wanted now. It may begin on any day, whatever the case is at."""
    therapy.can_move(row.stage, to, on, row.referred_on, london_day(actor.at)).or_raise()
    row.stage = to
    if to == therapy.Stage.STARTED:
        row.started_on, row.ended_on = row.started_on or on, None
    elif to == therapy.Stage.ENDED:
        row.ended_on = on
    row.save(update_fields=("stage", "started_on", "ended_on"))
    actor.record(row.circle_id, "casework.support_moved", row=row.pk, to=to)


@writes(permissions.KEEP_SUPPORT, TherapyReferral)
def note_told_to_wait(actor: Actor, row: TherapyReferral, *, told: str) -> None:
    """Somebody told them to wait for the case or the end of the stalking; or that was put right (empty)."""
    one_of(told, therapy.TOLD_TO_WAIT).or_raise()
    row.told_to_wait = told
    row.due_on = therapy.looked_at_on(row.referred_on, row.weeks, told, london_day(actor.at))
    row.save(update_fields=("told_to_wait", "due_on"))
    actor.record(row.circle_id, "casework.support_wait_noted", row=row.pk, told=told)


@makes(permissions.KEEP_ROOM)
def open_room(actor: Actor, *, name: str) -> str:
    """Begin the notes of one person's therapy, for the actor alone. The reference."""
    therapy.can_open_room(name).or_raise()
    row = TherapyRoom(
        agency_id=actor.agency_id, therapist_id=actor.membership_id, opened_on=london_day(actor.at)
    )  # fmt: skip
    actor.keys.seal(row, name=name.strip())
    row.save(force_insert=True)
    actor.record(actor.agency_id, "casework.room_opened", book_kind="agency", room=row.pk)
    return row.reference


@writes(permissions.KEEP_ROOM, TherapyRoom)
def write_note(actor: Actor, row: TherapyRoom, *, on: date, attended: str, said: str = "") -> UUID:
    """Keep whether the person came on a day, and the therapist's words. The note's id."""
    therapy.can_write_note(attended, said, on, london_day(actor.at), ended=row.ended_on is not None).or_raise()
    note = TherapyNote(room=row, agency_id=row.agency_id, on=on, attended=attended, at=actor.at)
    actor.keys.seal(note, words=said.strip())
    note.save(force_insert=True)
    actor.record(row.agency_id, "casework.room_note", book_kind="agency", room=row.pk)
    return note.pk


@writes(permissions.KEEP_ROOM, TherapyRoom)
def end_room(actor: Actor, row: TherapyRoom, *, ended: bool) -> None:
    """Close the notes, or open them again."""
    row.ended_on = london_day(actor.at) if ended else None
    row.save(update_fields=("ended_on",))
    actor.record(row.agency_id, "casework.room_ended", book_kind="agency", room=row.pk, ended=ended)


@writes(permissions.KEEP_ROOM, TherapyRoom)
def erase_room(actor: Actor, row: TherapyRoom) -> None:
    """Erase the notes for good: their key first. The therapist decides, as the keeper of them."""
    keys.destroy([row.pk], actor.at)
    holding.forget(row.pk)
    actor.record(row.agency_id, "casework.room_erased", book_kind="agency", room=row.pk)
    TherapyNote.objects.filter(room=row).delete()
    TherapyRoom.objects.filter(pk=row.pk).delete()


@makes(permissions.PASS_ROOM_ON)
def pass_room_on(actor: Actor, *, room: UUID, receiver: UUID) -> None:
    """Give the notes of a therapist who left to another therapist of the agency. Whoever does it reads nothing."""
    row = TherapyRoom.objects.select_for_update(of=("self",)).filter(pk=room, agency=actor.agency_id).first()
    if row is None:
        raise NotFound
    here = Membership.objects.current(actor.at).filter(agency=actor.agency_id)
    named = here.filter(pk=receiver).first()
    therapy.can_pass_on(
        left=not here.filter(pk=row.therapist_id).exists(), to_self=receiver == actor.membership_id,
        to_therapist=named is not None and Role.THERAPIST in named.role_set,
    ).or_raise()  # fmt: skip
    row.therapist_id = receiver
    row.save(update_fields=("therapist",))
    actor.record(actor.agency_id, "casework.room_passed_on", book_kind="agency", room=row.pk, receiver=receiver)
