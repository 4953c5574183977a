"""Telling of which days there is no record, and withdrawing that."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import CoverageGap
from joindots.evidence.rules import gaps
from joindots.kernel.when import london_day


@writes(permissions.WRITE_ENTRY, Case, when=lambda case: casework.can_work(casework.State(case.state)))
def tell_gap(actor: Actor, case: Case, *, first: date, last: date, why: str, told_by: str, words: str = "") -> UUID:
    """Keep that no record exists of these days (both inclusive, London). Pictures and packs then never call them
    quiet, whatever a file could show; acts that are told of such a day stay. The id.
    """
    gaps.can_tell(first, last, why, told_by, words, london_day(actor.at)).or_raise()
    row = CoverageGap(
        circle_id=case.circle_id,
        first=first,
        last=last,
        why=why,
        told_by=told_by,
        by_id=actor.membership_id,
        at=actor.at,
    )
    actor.keys.seal(row, words=words.strip())
    row.save(force_insert=True)
    actor.record(case.circle_id, "evidence.gap_told", gap=row.pk, why=why)
    return row.pk


@writes(permissions.WRITE_ENTRY, CoverageGap, when=lambda row: gaps.can_withdraw(row.ended_at is not None))
def withdraw_gap(actor: Actor, row: CoverageGap) -> None:
    """Withdraw it: it counts no more, and stays with who told it and who withdrew it."""
    casework.can_work(casework.State(Case.objects.get(circle=row.circle_id).state)).or_raise()
    row.ended_by_id, row.ended_at = actor.membership_id, actor.at
    row.save(update_fields=("ended_by", "ended_at"))
    actor.record(row.circle_id, "evidence.gap_withdrawn", gap=row.pk)
