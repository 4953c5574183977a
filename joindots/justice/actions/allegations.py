"""Writing down what was put on record against somebody, challenging it, and what became of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.casework.models import Case
from joindots.casework.rules.tasks import ChaserDeed, ChaserState
from joindots.circles.models import Circle
from joindots.justice import permissions
from joindots.justice.models import PutOnRecord, PutStep
from joindots.justice.rules import allegations as rules
from joindots.justice.rules.allegations import Put, PutStage
from joindots.justice.tasks.opposed import refuse_closed, standing, stop_against
from joindots.kernel.when import london_day


@writes(permissions.PUT, Circle)
def put_on_record(actor: Actor, circle: Circle, *, put: Put) -> UUID:
    """Write down that something was put on record. Its id.

    A warning or order against the person reported takes two people, where that person is recorded as a victim.
    """
    refuse_closed(circle.pk)
    rules.can_put(put, london_day(actor.at)).or_raise()
    if put.against == "suspect" and put.kind in rules.WARNINGS:
        stop_against(actor, circle, rules.WARNINGS[put.kind])
    row = PutOnRecord(
        circle=circle, by_id=actor.membership_id, at=actor.at, against=put.against, kind=put.kind, force=put.force,
        on=put.on, until=put.until, complained=put.complained,
    )  # fmt: skip
    actor.keys.seal(
        row, by_whom=put.by_whom.strip(), complainant=put.complainant.strip(), reference=put.reference.strip(),
        mirrors=put.mirrors.strip(), what=put.what.strip(),
    )  # fmt: skip
    row.save(force_insert=True)
    actor.record(circle.pk, "justice.put_on_record", put=row.pk, kind=put.kind, against=put.against)
    return row.pk


@writes(permissions.PUT, PutOnRecord)
def challenge(actor: Actor, row: PutOnRecord, *, to: str, ask: str, basis: str, on: date, days: int) -> UUID:
    """Challenge it: to whom, what is asked, and in how many working days they answer. The asking's id.

    On consent it rests on the one that names exactly this agency; without one the asking is refused.
    """
    refuse_closed(row.circle_id)
    rules.can_move(row.stage, PutStage.CHALLENGED, on, row.on, london_day(actor.at), ask).or_raise()
    case = Case.objects.get(circle=row.circle_id)
    chaser = casework.ask_agency(
        actor, Ref(case.reference), to=to, ask=ask, basis=basis, asked_on=on, days=days,
        consent=_agreed(actor, case, to) if basis == "consent" else None,
    )  # fmt: skip
    _step(actor, row, PutStage.CHALLENGED, on, ask, chaser)
    return chaser


@writes(permissions.PUT, PutOnRecord)
def settle_put(actor: Actor, row: PutOnRecord, *, to: str, on: date, said: str) -> None:
    """Write down what became of it: withdrawn, quashed, upheld; or that it was written down wrongly.

    The asking whose reply clock ran is answered by it.
    """
    refuse_closed(row.circle_id)
    rules.can_move(row.stage, to, on, row.on, london_day(actor.at), said).or_raise()
    asked = PutStep.objects.filter(put=row, chaser__state=ChaserState.OPEN, chaser__agency=actor.agency_id).last()
    if asked is not None and asked.chaser_id:
        deed = ChaserDeed.DROPPED if to == PutStage.STRUCK else ChaserDeed.ANSWERED
        casework.move_chaser(actor, Ref(asked.chaser_id), deed=deed, on=on, said=said)
    _step(actor, row, PutStage(to), on, said, None)


@writes(permissions.PUT, PutOnRecord)
def tie_to_review(actor: Actor, row: PutOnRecord) -> None:
    """Say that the decision which stands looked at this and at the crime that it mirrors: two crimes, one review."""
    row.review = standing(row.circle_id)
    row.save(update_fields=("review",))
    actor.record(row.circle_id, "justice.put_reviewed", put=row.pk, review=row.review_id)


def _agreed(actor: Actor, case: Case, to: str) -> UUID | None:
    name = to.strip().casefold()
    known = cases.may_ask(actor, Ref(case.reference))
    return next((one.id for one in known if one.whom.strip().casefold() == name and one.purpose.strip()), None)


def _step(actor: Actor, row: PutOnRecord, to: PutStage, on: date, said: str, chaser: UUID | None) -> None:
    step = PutStep(
        circle_id=row.circle_id, put=row, to=to.value, on=on, by_id=actor.membership_id, at=actor.at, chaser_id=chaser
    )  # fmt: skip
    actor.keys.seal(step, said=said.strip())
    step.save(force_insert=True)
    row.stage = to.value
    row.save(update_fields=("stage",))
    actor.record(row.circle_id, "justice.put_moved", put=row.pk, to=to.value)
