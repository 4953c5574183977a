"""Writing down that the police ask for data from the person's own device, what they answered, and when it is back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.justice import permissions
from joindots.justice.models import Crime, DeviceAsk, DeviceStep
from joindots.justice.rules import devices as rules
from joindots.justice.tasks.crimes import refuse_closed
from joindots.kernel.when import london_day


@writes(permissions.RECORD, Crime)
def ask_device(actor: Actor, row: Crime, *, new: rules.DeviceAsked) -> UUID:
    """Keep that the person was asked, with the notice they got in writing. Its id. Nothing is agreed by being asked."""
    refuse_closed(row.circle_id)
    rules.can_ask(new, london_day(actor.at)).or_raise()
    assert new.notice_on is not None and new.return_by is not None
    ask = DeviceAsk(
        circle_id=row.circle_id, crime=row, by_id=actor.membership_id, at=actor.at, notice_on=new.notice_on,
        last_on=new.notice_on, return_by=new.return_by,
    )  # fmt: skip
    actor.keys.seal(ask, **{name: getattr(new, name).strip() for name in rules.NEEDED})
    ask.save(force_insert=True)
    actor.record(row.circle_id, "justice.device_asked", crime=row.pk, ask=ask.pk)
    return ask.pk


@writes(permissions.RECORD, DeviceAsk)
def move_device(actor: Actor, row: DeviceAsk, *, to: str, on: date | None, said: str = "") -> None:
    """Agreed or refused, taken, given back, or the agreement taken back. While it is held, its day back is watched."""
    refuse_closed(row.circle_id)
    rules.can_move(row.state, to, on, row.last_on, london_day(actor.at), said).or_raise()
    assert on is not None
    step = DeviceStep(circle_id=row.circle_id, ask=row, to=to, on=on, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(step, said=said.strip())
    step.save(force_insert=True)
    held = to in rules.HELD and (to == "taken" or row.state == "taken")
    row.due_on = (on if to == "ended" else row.return_by) if held else None
    row.state, row.last_on = "withdrawn" if to == "ended" and not held else to, on
    row.save(update_fields=("state", "last_on", "due_on"))
    actor.record(row.circle_id, "justice.device_moved", ask=row.pk, to=to)
