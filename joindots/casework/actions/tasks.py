"""Tasks and promises, and pressing an agency."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes, writes
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Case, Chaser, ChaserStep, Consent, Task
from joindots.casework.rules import State, can_work, tasks
from joindots.casework.rules.agreeing import ASKING
from joindots.casework.tasks import agreed_to
from joindots.circles.models import Circle
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day

CONSENT = "consent"


@writes(permissions.KEEP_TASKS, Case, when=lambda case: can_work(State(case.state)))
def add_task(
    actor: Actor, case: Case, *, what: str, due_on: date | None = None, promised: bool = False,
    owner: UUID | None = None,
) -> UUID:  # fmt: skip
    """A task for the actor, or for a colleague who may know of the case; promised to the client or not. Its id."""
    tasks.can_add_task(what).or_raise()
    row = Task(
        circle_id=case.circle_id, agency_id=actor.agency_id, owner_id=_owner(actor, case.circle_id, owner),
        due_on=due_on, promised=promised, by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, what=what.strip())
    row.save(force_insert=True)
    actor.record(case.circle_id, "casework.task_added", task=row.pk, promised=promised)
    return row.pk


@writes(permissions.KEEP_TASKS, Task)
def end_task(actor: Actor, row: Task, *, to: str, why: str = "") -> None:
    """It was done, or is dropped with the reason."""
    tasks.can_end_task(row.state, to, why).or_raise()
    row.state, row.ended_at, row.ended_by_id = to, actor.at, actor.membership_id
    actor.keys.seal(row, why=why.strip())
    row.save(update_fields=("state", "ended_at", "ended_by", "why"))
    actor.record(row.circle_id, "casework.task_ended", task=row.pk, to=to)


@writes(permissions.KEEP_TASKS, Case)
def hand_tasks_on(actor: Actor, case: Case, *, giver: UUID, receiver: UUID) -> int:
    """Everything still open in this case that one colleague had to do or wait for is another's now. How many."""
    owner = _owner(actor, case.circle_id, receiver)
    mine = {"circle": case.circle_id, "agency": actor.agency_id, "owner": giver, "state": "open"}
    moved = Task.objects.filter(**mine).update(owner=owner) + Chaser.objects.filter(**mine).update(owner=owner)
    actor.record(case.circle_id, "casework.tasks_handed_on", giver=giver, receiver=owner, moved=moved)
    return moved


@makes(permissions.KEEP_CARDS)
def pass_tasks_on(actor: Actor, *, giver: UUID) -> int:
    """Everything still open that one of the agency had to do or wait for is now with whoever has each case. How many.

    Who passes it on need not know of the cases: they see how many, and nothing of them.
    """
    if not Membership.objects.filter(agency=actor.agency_id, pk=giver).exists():
        raise NotFound
    moved = 0
    for model in (Task, Chaser):
        rows = model.objects.filter(agency=actor.agency_id, owner=giver, state="open", circle__state="open")
        for row in (
            rows.exclude(circle__case__owner=None).exclude(circle__case__owner=giver).select_related("circle__case")
        ):
            owner = row.circle.case.owner
            assert owner is not None
            row.owner = owner
            row.version += 1
            row.save(update_fields=("owner", "version"))
            actor.record(row.circle_id, "casework.task_handed_on", giver=giver, receiver=row.owner_id, row=row.pk)
            moved += 1
    actor.record(actor.agency_id, "casework.tasks_passed_on", book_kind="agency", giver=giver, moved=moved)
    return moved


@writes(permissions.KEEP_TASKS, Case, when=lambda case: can_work(State(case.state)))
def ask_agency(
    actor: Actor, case: Case, *, to: str, ask: str, basis: str, asked_on: date, days: int = tasks.REPLY_DAYS,
    consent: UUID | None = None, letter: UUID | None = None,
) -> UUID:  # fmt: skip
    """Keep that an agency was asked for something: on what basis, and by when it answers. The chaser's id.

    On consent: only where one in force names this agency and what for. `letter` is the one by which it was asked.
    """
    tasks.can_ask(to, ask, basis, days, asked_on, london_day(actor.at)).or_raise()
    agreed = _agreed(case.circle_id, consent) if basis == CONSENT else None
    if basis == CONSENT:
        _rests(actor, agreed, to)
    row = Chaser(
        circle_id=case.circle_id, agency_id=actor.agency_id, owner_id=actor.membership_id, basis=basis,
        consent=agreed, letter_id=letter,
        asked_on=asked_on, days=days, due_on=tasks.reply_due(asked_on, days), by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, to=to.strip(), ask=ask.strip())
    row.save(force_insert=True)
    _step(actor, row, tasks.ChaserDeed.ASKED, asked_on, "")
    actor.record(case.circle_id, "casework.agency_asked", chaser=row.pk, basis=basis)
    return row.pk


@writes(permissions.KEEP_TASKS, Chaser)
def move_chaser(actor: Actor, row: Chaser, *, deed: str, on: date, said: str = "") -> None:
    """It was chased (a new day to answer by), answered (what they said), or is dropped (why)."""
    tasks.can_move_chaser(row.state, deed, on, row.asked_on, london_day(actor.at), said).or_raise()
    if deed == tasks.ChaserDeed.CHASED:
        if row.basis == CONSENT:
            _rests(actor, row.consent, actor.keys.open(row.to))
        row.chased, row.due_on = row.chased + 1, tasks.reply_due(on, row.days)
    else:
        row.state = deed
    row.save(update_fields=("chased", "due_on", "state"))
    _step(actor, row, deed, on, said)
    actor.record(row.circle_id, f"casework.agency_{deed}", chaser=row.pk)


def _agreed(circle: UUID, consent: UUID | None) -> Consent | None:
    known = Consent.objects.filter(circle=circle, item__in=ASKING)
    return known.filter(pk=consent).select_related("agency").first() if consent else None


def _rests(actor: Actor, consent: Consent | None, to: str) -> None:
    """Refuse where the ledger holds no consent for this agency, with what for, that is in force today."""
    whom = agreed_to(actor, consent, london_day(actor.at))
    tasks.can_rest_on(whom, to, actor.keys.open(consent.purpose) if consent else "").or_raise()


def _step(actor: Actor, row: Chaser, deed: str, on: date, said: str) -> None:
    step = ChaserStep(
        circle_id=row.circle_id, chaser=row, deed=deed, on=on, by_id=actor.membership_id, at=actor.at
    )  # fmt: skip
    actor.keys.seal(step, words=said.strip())
    step.save(force_insert=True)


def _owner(actor: Actor, circle: UUID, owner: UUID | None) -> UUID:
    """The actor, or a colleague of the same agency who may know of the circle; NotFound for anybody else."""
    if owner is None or owner == actor.membership_id:
        return actor.membership_id
    colleague = Membership.objects.current(actor.at).filter(agency=actor.agency_id, pk=owner)
    if not colleague.exists() or not Circle.objects.known_to(owner, actor.at, picked=True).filter(pk=circle).exists():
        raise NotFound
    return owner
