"""Beginning a breach or a drill, doing its steps, closing it."""

from __future__ import annotations

from datetime import datetime

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.casework.models import Case
from joindots.casework.rules.saying import can_say, first_refusal
from joindots.circles import actions as circles
from joindots.circles.models import Side
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import NotFound
from joindots.privacy import permissions
from joindots.privacy.models import Breach, BreachStep
from joindots.privacy.rules import breach as rules
from joindots.privacy.tasks.breach import answers_of

MOST_WORDS = 8000
PURPOSE = "data that may have got out"


@makes(permissions.RAISE_ALARM)
def begin_breach(actor: Actor, *, drill: bool, aware_at: datetime | None, said: str, out: str, case: str = "") -> str:
    """Say that data may have got out, and first of all whether an address did. The leads of the agency know at once.

    `case` is the reference of one that it is about, which the actor may know of. Its reference.
    """
    rules.can_begin(aware_at, actor.at).or_raise()
    first_refusal(rules.can_do(rules.ADDRESS, out, said, ""), can_say(said, most=MOST_WORDS)).or_raise()
    assert aware_at is not None
    about = Case.objects.visible_to(actor, picked=True).filter(reference=case).first() if case else None
    if case and about is None:
        actor.visit.misses(Case, case)
        raise NotFound
    circle = circles.open_circle(actor, side=Side.VICTIM, purpose=PURPOSE)
    circles.lead_in(actor, Ref(circle.pk), purpose=PURPOSE)
    row = Breach(
        circle=circle, drill=drill, case=about, owner_id=actor.membership_id, begun_at=actor.at, aware_at=aware_at,
        notify_by=rules.notify_by(aware_at), address_out=out,
    )  # fmt: skip
    actor.keys.seal(row, words=said)
    row.save(force_insert=True)
    actor.record(circle.pk, "privacy.breach_begun", breach=row.pk, drill=drill)
    _step(actor, row, rules.ADDRESS, out, said)
    return row.reference


def _open(row: Breach) -> Decision:
    return YES if row.closed_at is None else no("breach_closed", "This was closed already.")


@writes(permissions.RAISE_ALARM, Breach, when=_open)
def do_step(actor: Actor, row: Breach, *, step: str, answer: str, said: str) -> None:
    """Write down a step as it was done, by whoever did it, at this moment. An earlier word of it stays."""
    first_refusal(rules.can_do(step, answer, said, row.address_out), can_say(said, most=MOST_WORDS)).or_raise()
    if step == rules.ADDRESS:
        row.address_out = answer
        row.save(update_fields=("address_out",))
    _step(actor, row, step, answer, said)


@writes(permissions.RAISE_ALARM, Breach, when=_open)
def close_breach(actor: Actor, row: Breach) -> None:
    """Every step stands; with an address out, those that guard lives were done and not passed over."""
    rules.can_close(answers_of(row.pk), row.address_out).or_raise()
    row.closed_at = actor.at
    row.save(update_fields=("closed_at",))
    actor.record(row.circle_id, "privacy.breach_closed", breach=row.pk)


def _step(actor: Actor, row: Breach, step: str, answer: str, said: str) -> None:
    made = BreachStep(
        circle_id=row.circle_id, breach=row, step=step, answer=answer, by_id=actor.membership_id, at=actor.at
    )
    actor.keys.seal(made, said=said)
    made.save(force_insert=True)
    actor.record(row.circle_id, "privacy.breach_step", breach=row.pk, step=step, answer=answer)
