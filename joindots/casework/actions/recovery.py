"""Asking how somebody copes, keeping what it cost them, and making letters for them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import permissions
from joindots.casework.models import Case, CopeAnswer, Cost
from joindots.casework.rules import State, can_work, recovery
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words


@writes(permissions.KEEP_SUPPORT, Case, when=lambda case: can_work(State(case.state)))
def keep_answers(actor: Actor, case: Case, *, asked: recovery.Asked) -> UUID:
    """Keep the paired questions as they were answered on a day, "still happening" with them. The asking's id."""
    recovery.can_keep(asked, london_day(actor.at)).or_raise()
    row = CopeAnswer(
        circle_id=case.circle_id, on=asked.on, still=asked.still, by_id=actor.membership_id, at=actor.at
    )  # fmt: skip
    said = {code: text.strip() for code, text in asked.said.items() if text.strip()}
    sheet = {"marks": dict(asked.marks), "said": said, "own": asked.own.strip()}
    actor.keys.seal_bytes(row, "sheet", msgspec.json.encode(sheet))
    row.save(force_insert=True)
    actor.record(case.circle_id, "casework.answers_kept", row=row.pk)
    return row.pk


@writes(permissions.KEEP_SUPPORT, Case)
def add_cost(actor: Actor, case: Case, *, kind: str, what: str, pence: int | None, on: date, receipt: str = "") -> UUID:
    """Keep one cost or loss; costs go on after a case is closed. The entry's id."""
    recovery.can_add_cost(kind, what, pence, on, london_day(actor.at), receipt).or_raise()
    assert pence is not None
    row = Cost(
        circle_id=case.circle_id, kind=kind, pence=pence, on=on, has_receipt=bool(receipt.strip()),
        by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, what=what.strip(), receipt=receipt.strip())
    row.save(force_insert=True)
    actor.record(case.circle_id, "casework.cost_added", row=row.pk, kind=kind)
    return row.pk


@writes(permissions.KEEP_SUPPORT, Cost)
def claim_cost(actor: Actor, row: Cost, *, to: str) -> None:
    """It was claimed, paid back or refused."""
    if row.withdrawn_at is not None:
        raise RuleBroken(words("cost_withdrawn", "This entry was withdrawn."))
    recovery.can_claim(row.claim, to).or_raise()
    row.claim = to
    row.save(update_fields=("claim",))
    actor.record(row.circle_id, "casework.cost_claimed", row=row.pk, to=to)


@writes(permissions.KEEP_SUPPORT, Cost)
def withdraw_cost(actor: Actor, row: Cost, *, why: str) -> None:
    """Let an entry count no more; it stays, with the reason."""
    recovery.can_withdraw(withdrawn=row.withdrawn_at is not None, why=why).or_raise()
    row.withdrawn_at = actor.at
    actor.keys.seal(row, why=why.strip())
    row.save(update_fields=("withdrawn_at", "why"))
    actor.record(row.circle_id, "casework.cost_withdrawn", row=row.pk)


@writes(permissions.SEE_SUPPORT, Case)
def note_ledger(actor: Actor, case: Case, *, form: str) -> None:
    """Note that the ledger left as a file."""
    actor.record(case.circle_id, "casework.ledger_left", form=form)
