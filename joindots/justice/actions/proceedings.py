"""Writing down a proceeding, what happened in it and what it took, and how it ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.justice import permissions
from joindots.justice.models import Proceeding, ProceedingStep
from joindots.justice.rules import proceedings as rules
from joindots.justice.rules.proceedings import Brought, Took
from joindots.justice.tasks.opposed import refuse_closed
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words


@writes(permissions.PUT, Circle)
def log_proceeding(actor: Actor, circle: Circle, *, new: Brought) -> UUID:
    """Write down a proceeding. Its id. What is told of is told as it was: nobody is refused the court by it."""
    refuse_closed(circle.pk)
    rules.can_log(new, london_day(actor.at)).or_raise()
    row = Proceeding(
        circle=circle, by_id=actor.membership_id, at=actor.at, forum=new.forum, brought=new.brought,
        began_on=new.began_on, shown=new.shown, next_on=new.next_on,
    )  # fmt: skip
    actor.keys.seal(row, body=new.body.strip(), reference=new.reference.strip(), what=new.what.strip())
    row.save(force_insert=True)
    actor.record(circle.pk, "justice.proceeding", proceeding=row.pk, forum=new.forum, brought=new.brought)
    return row.pk


@writes(permissions.PUT, Proceeding)
def note_proceeding(actor: Actor, row: Proceeding, *, step: Took) -> None:
    """Write down what happened in it: a hearing, a paper, or the time and money that it took; and its next day."""
    refuse_closed(row.circle_id)
    rules.can_note(step, row.began_on, london_day(actor.at)).or_raise()
    if row.outcome and step.kind != "time":
        raise RuleBroken(words("brought_ended", "This ended already."))
    made = ProceedingStep(
        circle_id=row.circle_id, proceeding=row, kind=step.kind, on=step.on, minutes=step.minutes, pence=step.pence,
        by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(made, said=step.said.strip())
    made.save(force_insert=True)
    if step.kind != "time":
        row.next_on = step.next_on
        row.save(update_fields=("next_on",))
    actor.record(row.circle_id, "justice.proceeding_step", proceeding=row.pk, kind=step.kind)


@writes(permissions.PUT, Proceeding)
def end_proceeding(actor: Actor, row: Proceeding, *, outcome: str, on: date, how: str) -> None:
    """Write down how it ended; nothing of it is due any more."""
    refuse_closed(row.circle_id)
    rules.can_end(bool(row.outcome), outcome, on, row.began_on, london_day(actor.at)).or_raise()
    row.outcome, row.ended_on, row.next_on = outcome, on, None
    actor.keys.seal(row, how=how.strip()[: rules.MOST])
    row.save(update_fields=("outcome", "ended_on", "next_on", "how"))
    actor.record(row.circle_id, "justice.proceeding_ended", proceeding=row.pk, outcome=outcome)
