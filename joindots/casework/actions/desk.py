"""Putting something off on one's own desk, with the reason, and taking it up again before its day."""

from __future__ import annotations

from datetime import date

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import permissions
from joindots.casework.models import PutOff
from joindots.casework.rules.desk import can_put_off
from joindots.circles.models import Circle
from joindots.kernel.dots import Reason
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day


@writes(permissions.KEEP_DESK, Circle)
def put_off(
    actor: Actor, circle: Circle, *, kind: str, what: str, reason: Reason, on: date, until: date | None, why: str
) -> None:
    """Take one thing due off the actor's own desk until a day. No clock is stopped, and a lead still sees it."""
    can_put_off(reason, on, until, why, london_day(actor.at)).or_raise()
    assert until is not None
    row = PutOff(circle=circle, kind=kind, until=until, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(row, what=what, why=why.strip())
    row.save(force_insert=True)
    actor.record(circle.pk, "casework.put_off", kind=kind, until=until.isoformat())


@writes(permissions.KEEP_DESK, PutOff)
def take_up(actor: Actor, row: PutOff) -> None:
    """It stands on the actor's desk again now."""
    if row.by_id != actor.membership_id:
        raise NotFound
    PutOff.objects.filter(pk=row.pk, ended_at=None).update(ended_at=actor.at)
    actor.record(row.circle_id, "casework.taken_up", kind=row.kind)
