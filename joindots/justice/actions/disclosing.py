"""Writing down a request to be told, its checks and decision, the safe meeting, the exact words, and the follow-up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework.models import Case
from joindots.circles.models import Circle
from joindots.justice import permissions
from joindots.justice.models import ToldRequest, ToldStep
from joindots.justice.rules import disclosing as rules
from joindots.justice.rules.disclosing import Happened, Stage
from joindots.justice.rules.opposed import Act
from joindots.justice.tasks.opposed import refuse_closed, stop_against
from joindots.justice.tasks.telling import has_safe_line
from joindots.kernel.when import london_day
from joindots.people.tasks import only_on_her_side


@writes(permissions.TELL, Circle)
def ask_to_be_told(
    actor: Actor, circle: Circle, *, scheme: str, right: str, asker: str, who_asked: str, about: str, asked_on: date,
    why: str,
) -> UUID:  # fmt: skip
    """Write down a request, or that the police mean to tell of themselves. Its id. The clock of the scheme begins."""
    only_on_her_side(actor, circle.pk)
    refuse_closed(circle.pk)
    relation = Case.objects.get(circle=circle).relation
    rules.can_begin(
        scheme=scheme, right=right, relation=relation, asker=asker, asked_on=asked_on, why=why,
        today=london_day(actor.at),
    ).or_raise()  # fmt: skip
    limit = rules.limit(scheme, right, asked_on)
    row = ToldRequest(
        circle=circle, by_id=actor.membership_id, at=actor.at, scheme=scheme, right=right, asker=asker,
        asked_on=asked_on, limit_on=limit, last_on=asked_on, due_on=rules.desk_day(Stage.ASKED, limit, asked_on, None),
    )  # fmt: skip
    cut = rules.MOST_LINE
    actor.keys.seal(row, who_asked=who_asked.strip()[:cut], about=about.strip()[:cut], why=why.strip())
    row.save(force_insert=True)
    actor.record(circle.pk, "justice.told_asked", request=row.pk, scheme=scheme, right=right)
    return row.pk


@writes(permissions.TELL, ToldRequest)
def tell_step(actor: Actor, row: ToldRequest, *, new: Happened) -> None:
    """Write down what happened to a request. Nothing is told or answered but by a safe contact.

    Of somebody recorded as a victim nothing is told until two people decided: a stalker asks too.
    """
    only_on_her_side(actor, row.circle_id)
    refuse_closed(row.circle_id)
    if new.event in rules.TELLS:
        stop_against(actor, row.circle, Act.TELLING, names=(actor.keys.open(row.about),))
    stage = Stage(row.stage)
    rules.can_happen(
        stage, row.right, new, row.last_on, london_day(actor.at), safe_line=has_safe_line(actor, row.circle)
    ).or_raise()  # fmt: skip
    step = ToldStep(
        circle_id=row.circle_id, request=row, event=new.event, on=new.on, by_id=actor.membership_id, at=actor.at,
        told_to=new.told_to if new.event == "told" else "", next_on=new.next_on,
    )  # fmt: skip
    actor.keys.seal(step, said=new.said.strip(), exact=new.exact.strip() if new.event == "told" else "")
    step.save(force_insert=True)
    now = rules.STEPS[stage, new.event]
    row.stage, row.last_on, row.next_on = now.value, new.on, new.next_on
    row.due_on = rules.desk_day(now, row.limit_on, new.on, new.next_on)
    row.save(update_fields=("stage", "last_on", "next_on", "due_on"))
    actor.record(row.circle_id, "justice.told_step", request=row.pk, event=new.event)
