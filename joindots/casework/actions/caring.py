"""Noting that a supervision was held."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import makes
from joindots.agencies.models import Membership
from joindots.casework import permissions
from joindots.casework.models import Supervision
from joindots.casework.rules import caring
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day


@makes(permissions.SUPERVISE)
def note_supervision(
    actor: Actor, *, whose: UUID, on: date, next_on: date | None = None, notes: str = ""
) -> None:  # fmt: skip
    """Keep that the actor held a supervision with a colleague of the agency; its notes are for the two of them."""
    colleague = Membership.objects.current(actor.at).filter(pk=whose, agency=actor.agency_id).first()
    if colleague is None:
        raise NotFound
    caring.can_supervise(colleague.user_id == actor.user_id, on, next_on, notes, london_day(actor.at)).or_raise()
    row = Supervision(
        agency_id=actor.agency_id, whose=colleague, by_id=actor.membership_id, on=on, at=actor.at,
        next_on=next_on or on + caring.EVERY,
    )  # fmt: skip
    actor.keys.seal(row, notes=notes.strip())
    row.save(force_insert=True)
    actor.record(actor.agency_id, "casework.supervised", book_kind="agency", membership=whose)
