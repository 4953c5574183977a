"""Writing one thing that happened into the log, correcting it, withdrawing it and bringing it back.

Nothing is overwritten: each of these is a new version with who, when and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import EntryDraft, Incident, IncidentVersion
from joindots.evidence.rules import entries
from joindots.evidence.rules.entries import State, Step, Telling
from joindots.people.models import Presence


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that was written down: its reference, and whether the very same form had been kept before."""

    reference: str
    before: bool


@writes(permissions.WRITE_ENTRY, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def write_entry(actor: Actor, case: Case, *, telling: Telling, form: UUID | None = None) -> Kept:
    """Write down one thing that happened. A form that is sent twice makes one entry: `form` is its own id."""
    entries.can_keep(telling).or_raise()
    if form is not None:
        here = Incident.objects.filter(pk=form).first()
        if here is not None and here.circle_id == case.circle_id:
            actor.record(case.circle_id, "evidence.entry_came_again", entry=here.reference)
            return Kept(here.reference, True)
        form = None if here is not None else form
    row = Incident(circle_id=case.circle_id, made_at=actor.at)
    row.pk = form or row.pk
    row.save(force_insert=True)
    _add(actor, row, telling, Step.WRITTEN, "")
    EntryDraft.objects.filter(circle=case.circle_id, by=actor.membership_id).delete()
    actor.record(case.circle_id, "evidence.entry_written", entry=row.reference, kinds=list(telling.kinds))
    return Kept(row.reference, False)


@writes(permissions.WRITE_ENTRY, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def keep_draft(actor: Actor, case: Case, *, sheet: str, form: UUID | None = None) -> None:
    """Keep a half-written entry of the actor's, sealed, in place of the one before; nobody else is offered it.

    Where its form was kept as an entry meanwhile, a draft that was under way comes too late and is dropped.
    """
    if form is not None and Incident.objects.filter(circle=case.circle_id, pk=form).exists():
        actor.record(case.circle_id, "evidence.draft_late")
        return
    mine = EntryDraft.objects.filter(circle=case.circle_id, by=actor.membership_id)
    row = mine.first() or EntryDraft(circle_id=case.circle_id, by_id=actor.membership_id)
    row.at = actor.at
    actor.keys.seal(row, sheet=sheet)
    row.save()
    actor.record(case.circle_id, "evidence.draft_kept")


@writes(permissions.WRITE_ENTRY, Case)
def drop_draft(actor: Actor, case: Case) -> None:
    """Drop the actor's half-written entry."""
    EntryDraft.objects.filter(circle=case.circle_id, by=actor.membership_id).delete()
    actor.record(case.circle_id, "evidence.draft_dropped")


@writes(permissions.WRITE_ENTRY, Incident, when=lambda row: entries.can_correct(State(row.state)))
def correct_entry(actor: Actor, row: Incident, *, telling: Telling, why: str) -> None:
    """Say anew what an entry says; what it said before stays in its history, with why it was corrected."""
    _case_is_open(row)
    entries.can_keep(telling).or_raise()
    entries.can_give_reason(why).or_raise()
    _next(actor, row, telling, Step.CORRECTED, why)
    actor.record(row.circle_id, "evidence.entry_corrected", entry=row.reference, number=row.number)


@writes(permissions.WRITE_ENTRY, Incident, when=lambda row: entries.can_move(State(row.state), State.WITHDRAWN))
def withdraw_entry(actor: Actor, row: Incident, *, why: str) -> None:
    """Let an entry count no more. It is kept, and shown struck in its history."""
    _case_is_open(row)
    entries.can_give_reason(why).or_raise()
    row.state = State.WITHDRAWN
    _next(actor, row, _newest(actor, row), Step.WITHDRAWN, why)
    actor.record(row.circle_id, "evidence.entry_withdrawn", entry=row.reference)


@writes(permissions.WRITE_ENTRY, Incident, when=lambda row: entries.can_move(State(row.state), State.STANDS))
def bring_back_entry(actor: Actor, row: Incident, *, why: str) -> None:
    """Let a withdrawn entry count again, as it last stood."""
    _case_is_open(row)
    entries.can_give_reason(why).or_raise()
    row.state = State.STANDS
    _next(actor, row, _newest(actor, row), Step.BROUGHT_BACK, why)
    actor.record(row.circle_id, "evidence.entry_brought_back", entry=row.reference)


@writes(permissions.WRITE_ENTRY, Incident, when=lambda row: entries.can_mark(State(row.state)))
def mark_for_statement(actor: Actor, row: Incident, *, marked: bool) -> None:
    """Mark an entry as something a statement should cover, or take the mark off. Nothing that it says changes."""
    _case_is_open(row)
    row.statement_by_id, row.statement_at = (actor.membership_id, actor.at) if marked else (None, None)
    row.save(update_fields=("statement_by", "statement_at"))
    actor.record(row.circle_id, "evidence.entry_marked", entry=row.reference, marked=marked)


def _case_is_open(row: Incident) -> None:
    casework.can_work(casework.State(Case.objects.get(circle=row.circle_id).state)).or_raise()


def _newest(actor: Actor, row: Incident) -> Telling:
    return row.versions.get(number=row.number).telling(actor.keys.open)


def _next(actor: Actor, row: Incident, telling: Telling, step: Step, why: str) -> None:
    row.number += 1
    row.save(update_fields=("number", "state"))
    _add(actor, row, telling, step, why)


def _add(actor: Actor, row: Incident, telling: Telling, step: Step, why: str) -> None:
    when = telling.when
    version = IncidentVersion(
        circle_id=row.circle_id, incident=row, number=row.number, step=step.value, by_id=actor.membership_id,
        at=actor.at, kinds=list(telling.kinds), behaviours=list(telling.behaviours), reported=list(telling.reported),
        told_by=telling.told_by, times=telling.times, times_about=telling.times_about, earliest=when.earliest,
        latest=when.latest, precision=when.precision.value, zone_basis=when.zone_basis,
        time_flags=" ".join(when.flags), doer=telling.doer, doer_person_id=_reported(row, telling),
        days=[str(day) for day in telling.days],
    )  # fmt: skip
    actor.keys.seal(
        version, given=when.given, where=telling.where, words=telling.words, effect=telling.effect, saw=telling.saw,
        reference=telling.reference, why=why.strip(), doer_words=telling.doer_words,
    )  # fmt: skip
    version.save(force_insert=True)


def _reported(row: Incident, telling: Telling) -> UUID | None:
    """Who is said to have done it or sent somebody: a person who stands in the circle as one reported, or None."""
    if telling.doer_person is None:
        return None
    there = Presence.objects.filter(circle=row.circle_id, person=telling.doer_person, stands_as=Presence.As.SUSPECT)
    entries.can_name(there.exists()).or_raise()
    return telling.doer_person
