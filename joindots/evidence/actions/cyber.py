"""Noting captures of pages and profiles, and what came of looks at devices, accounts and things."""

from __future__ import annotations

from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.actions.writing import Kept, write_entry
from joindots.evidence.models import Capture, DeviceNote, Incident, SourceFile
from joindots.evidence.rules import cyber, entries
from joindots.evidence.rules.cyber import FOUND, Captured, Noted
from joindots.evidence.rules.entries import State, Telling
from joindots.kernel.problems import NotFound
from joindots.law import tables


@writes(permissions.WRITE_ENTRY, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def keep_capture(actor: Actor, case: Case, *, source: int, told: Captured) -> UUID:
    """Note that a kept file of the case is a capture: of what address, by whom, and when, as claimed. Its id."""
    cyber.can_keep_capture(told).or_raise()
    files = SourceFile.objects.filter(circle=case.circle_id, pk=source).exclude(state=SourceFile.State.LEAVING)
    if not files.exists():
        raise NotFound
    when = told.when
    row = Capture(
        circle_id=case.circle_id, source_id=source, shows=told.shows, who=told.who, by_id=actor.membership_id,
        at=actor.at, earliest=when.earliest, latest=when.latest, precision=when.precision.value,
        zone_basis=when.zone_basis, time_flags=" ".join(when.flags),
    )  # fmt: skip
    actor.keys.seal(
        row, address=told.address.strip(), account=told.account.strip(), given=when.given, why=told.why.strip()
    )
    row.save(force_insert=True)
    actor.record(case.circle_id, "evidence.capture_kept", capture=row.pk, source=source, shows=told.shows)
    return row.pk


@writes(permissions.WRITE_ENTRY, Capture, when=lambda row: entries.can_move(_state(row), State.WITHDRAWN))
def withdraw_capture(actor: Actor, row: Capture, *, why: str) -> None:
    """Withdraw what was noted of a capture. The file stays, and so does the note, struck."""
    casework.can_work(casework.State(Case.objects.get(circle=row.circle_id).state)).or_raise()
    entries.can_give_reason(why).or_raise()
    row.ended_by_id, row.ended_at = actor.membership_id, actor.at
    actor.keys.seal(row, ended_why=why.strip())
    row.save(update_fields=("ended_by", "ended_at", "ended_why"))
    actor.record(row.circle_id, "evidence.capture_withdrawn", capture=row.pk)


@writes(permissions.WRITE_ENTRY, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def note_check(
    actor: Actor, case: Case, *, noted: Noted, telling: Telling | None = None, form: UUID | None = None
) -> Kept | None:
    """Note what came of a look. What was found is written into the log as `telling` says; that entry's reference.

    A form that is sent twice makes one entry and one note. Where nothing was found there is no entry: it was no act.
    """
    cyber.can_note(noted, frozenset(tables.device_checks())).or_raise()
    if noted.outcome != FOUND or telling is None:
        _note(actor, DeviceNote(circle_id=case.circle_id), noted)
        actor.record(case.circle_id, "evidence.check_noted", check=noted.check, outcome=noted.outcome)
        return None
    kept = write_entry(actor, Ref(case.reference), telling=telling, form=form)
    if not kept.before:
        entry = Incident.objects.get(circle=case.circle_id, reference=kept.reference)
        _note(actor, DeviceNote(circle_id=case.circle_id, incident=entry), noted)
    actor.record(case.circle_id, "evidence.check_noted", check=noted.check, outcome=noted.outcome, entry=kept.reference)
    return kept


@writes(permissions.WRITE_ENTRY, Incident, when=lambda row: entries.can_correct(State(row.state)))
def note_change(actor: Actor, row: Incident, *, noted: Noted) -> None:
    """Note what became of something that was found: left, removed, changed, handed over, and who advised it."""
    casework.can_work(casework.State(Case.objects.get(circle=row.circle_id).state)).or_raise()
    last = row.device_notes.order_by("-number").first()
    if last is None:
        raise NotFound
    cyber.can_note(noted, frozenset(tables.device_checks())).or_raise()
    _note(actor, DeviceNote(circle_id=row.circle_id, incident=row, number=last.number + 1), noted)
    actor.record(row.circle_id, "evidence.found_changed", entry=row.reference, state=noted.state)


def _note(actor: Actor, row: DeviceNote, noted: Noted) -> None:
    row.check_code, row.outcome, row.state, row.advised = noted.check, noted.outcome, noted.state, noted.advised
    row.warned, row.by_id, row.at = noted.warned, actor.membership_id, actor.at
    actor.keys.seal(row, thing=noted.thing, place=noted.place, serial=noted.serial, advice=noted.advice)
    row.save(force_insert=True)


def _state(row: Capture) -> State:
    return State.STANDS if row.ended_at is None else State.WITHDRAWN
