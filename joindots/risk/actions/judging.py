"""A person judges a risk, corrects what they wrote, or withdraws it. Nothing is overwritten, nothing computed."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.circles.models import Circle
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.kernel.when import london_day
from joindots.risk import permissions
from joindots.risk.actions.watching import close_prompt
from joindots.risk.models import Assessment, Judgement, JudgementVersion
from joindots.risk.rules import judging
from joindots.risk.rules.asking import can_say_why
from joindots.risk.rules.judging import Judging, State, Step
from joindots.risk.tasks.asked import entries_here, refuse_closed
from joindots.risk.tasks.looking import look_at


@writes(permissions.JUDGE, Circle)
def judge(actor: Actor, circle: Circle, *, said: Judging, answers: Collection[UUID] = ()) -> UUID:
    """Judge a risk in one's own name, or write down whose judgement one was told. `answers` are prompts that this
    judgement answers: each is closed by it.
    """
    refuse_closed(circle.pk)
    judging.can_judge(said, london_day(actor.at)).or_raise()
    row = Judgement(circle=circle, by_id=actor.membership_id, made_at=actor.at, due_on=said.review_on)
    _settle(actor, circle.pk, said)
    row.save(force_insert=True)
    _add(actor, row, said, Step.WRITTEN, "")
    actor.record(circle.pk, "risk.judged", judgement=row.pk, level=said.level)
    look_at(actor, circle)
    for prompt in answers:
        close_prompt(actor, Ref(prompt), how="judged", why=said.reasons[:500].strip(), judgement=row.pk)
    return row.pk


@writes(permissions.JUDGE, Judgement, when=lambda row: judging.can_change(State(row.state)))
def correct(actor: Actor, row: Judgement, *, said: Judging, why: str) -> None:
    """Say anew what one's own judgement says. What it said before stays in its history; a changed risk is a new
    judgement and no correction.
    """
    _own(actor, row)
    refuse_closed(row.circle_id)
    can_say_why(why).or_raise()
    judging.can_judge(said, london_day(actor.at)).or_raise()
    row.number += 1
    row.due_on = said.review_on if row.due_on else None
    row.save(update_fields=("number", "due_on"))
    _add(actor, row, said, Step.CORRECTED, why)
    actor.record(row.circle_id, "risk.judgement_corrected", judgement=row.pk, number=row.number)


@writes(permissions.JUDGE, Judgement, when=lambda row: judging.can_change(State(row.state)))
def withdraw(actor: Actor, row: Judgement, *, why: str) -> None:
    """Withdraw one's own judgement. It is kept and shown struck; the one before it does not come back by itself."""
    _own(actor, row)
    can_say_why(why).or_raise()
    said = row.versions.get(number=row.number).judging(actor.keys.open)
    row.state, row.due_on, row.number = State.WITHDRAWN, None, row.number + 1
    row.save(update_fields=("state", "due_on", "number"))
    _add(actor, row, said, Step.WITHDRAWN, why)
    actor.record(row.circle_id, "risk.judgement_withdrawn", judgement=row.pk)


def _own(actor: Actor, row: Judgement) -> None:
    allowed = judging.can_touch(row.by_id == actor.membership_id)
    if not allowed:
        raise NotAllowed(allowed.reason)


def _settle(actor: Actor, circle: UUID, said: Judging) -> None:
    """The same person's earlier judgement waits for no review any more: this one is it."""
    mine = Judgement.objects.filter(circle=circle, by=actor.membership_id, state=State.STANDS).exclude(due_on=None)
    for row in mine:
        whose = actor.keys.open(row.versions.get(number=row.number).whose)
        if whose.strip().casefold() == said.whose.strip().casefold():
            row.due_on = None
            row.save(update_fields=("due_on",))


def _add(actor: Actor, row: Judgement, said: Judging, step: Step, why: str) -> None:
    version = JudgementVersion(
        circle_id=row.circle_id, judgement=row, number=row.number, step=step, by_id=actor.membership_id, at=actor.at,
        level=said.level, made_on=said.made_on, review_on=said.review_on, at_risk=list(said.at_risk),
        ratings={name: value for name, value in said.ratings if value},
        assessments=_assessments(row.circle_id, said.assessments),
        entries=list(entries_here(row.circle_id, said.entries)),
    )  # fmt: skip
    actor.keys.seal(
        version, reasons=said.reasons.strip(), others=said.others.strip(), next_steps=said.next_steps.strip(),
        whose=said.whose.strip(), why=why.strip(),
    )  # fmt: skip
    version.save(force_insert=True)


def _assessments(circle: UUID, wanted: Collection[str]) -> list[str]:
    """Ids of forms and results of this very circle; NotFound for any other."""
    try:
        ids = {UUID(one) for one in wanted}
    except ValueError:
        raise NotFound from None
    if Assessment.objects.filter(circle=circle, pk__in=ids).count() != len(ids):
        raise NotFound
    return sorted(map(str, ids))
