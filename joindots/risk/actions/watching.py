"""Looking whether anything asks for a new look at a risk, noting what changed, and answering a prompt with a reason."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.risk import permissions
from joindots.risk.models import Change, Judgement, Prompt
from joindots.risk.rules import escalating
from joindots.risk.rules.asking import can_say_why
from joindots.risk.tasks.asked import refuse_closed
from joindots.risk.tasks.looking import look_at


@writes(permissions.WATCH, Circle)
def look(actor: Actor, circle: Circle) -> tuple[str, ...]:
    """Let the rules look at everything recorded so far; the codes of those that ask for a new look."""
    return look_at(actor, circle)


@writes(permissions.NOTE_CHANGE, Circle)
def note_change(actor: Actor, circle: Circle, *, kind: str, day: date, said: str = "") -> UUID:
    """Note that something changed around a case, and ask for a new look within 24 hours."""
    refuse_closed(circle.pk)
    escalating.can_note_change(kind, said, (day - london_day(actor.at)).days).or_raise()
    row = Change(circle=circle, kind=kind, day=day, by_id=actor.membership_id, at=actor.at)
    actor.keys.seal(row, words=said.strip())
    row.save(force_insert=True)
    actor.record(circle.pk, "risk.change_noted", change=row.pk, kind=kind)
    look_at(actor, circle)
    return row.pk


@writes(permissions.NOTE_CHANGE, Change)
def withdraw_change(actor: Actor, row: Change, *, why: str) -> None:
    """Withdraw a change that was noted by mistake. It stays, with who, when and why; its prompt is for a person."""
    can_say_why(why).or_raise()
    if row.ended_at is not None:
        raise RuleBroken(words("change_withdrawn", "This was withdrawn already."))
    row.ended_by_id, row.ended_at = actor.membership_id, actor.at
    actor.keys.seal(row, ended_why=why.strip())
    row.save(update_fields=("ended_by", "ended_at", "ended_why"))
    actor.record(row.circle_id, "risk.change_withdrawn", change=row.pk)


@writes(permissions.CLOSE_PROMPT, Prompt)
def close_prompt(actor: Actor, row: Prompt, *, how: str, why: str, judgement: UUID | None = None) -> None:
    """Answer a prompt, with what was done and why. The level stays what people judge."""
    escalating.can_close(row.closed_at is None, how, why).or_raise()
    if judgement is not None and not Judgement.objects.filter(pk=judgement, circle=row.circle_id).exists():
        raise NotFound
    row.closed_by_id, row.closed_at, row.how, row.judgement_id = actor.membership_id, actor.at, how, judgement
    actor.keys.seal(row, why=why.strip())
    row.save(update_fields=("closed_by", "closed_at", "how", "judgement", "why"))
    actor.record(row.circle_id, "risk.prompt_answered", prompt=row.pk, rule=row.rule, how=how)
