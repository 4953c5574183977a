"""Asking a form one question at a time, and keeping the result of somebody else's tool."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.circles.models import Circle
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words as say
from joindots.risk import permissions
from joindots.risk.models import Answer, Assessment, LoadedForm
from joindots.risk.rules import asking
from joindots.risk.rules.asking import ASKED_OF, Progress, Said, State
from joindots.risk.rules.forms import SHORT_SCREEN, newest_forms
from joindots.risk.rules.judging import OLDEST
from joindots.risk.rules.tables import tools
from joindots.risk.tasks.asked import entries_here, form_of, newest_said, refuse_closed
from joindots.risk.tasks.looking import look_at

NEVER_SEEN = say("form_unknown", "Choose one of the forms shown.")


@writes(permissions.ASK, Circle)
def start(
    actor: Actor, circle: Circle, *, code: str = SHORT_SCREEN, loaded: UUID | None = None, asked_of: str = "client"
) -> UUID:
    """Begin to ask a form, or take up the part-done asking of it: its id. A newer version of the form is begun anew,
    and what was asked of the older one stays as it was.
    """
    refuse_closed(circle.pk)
    if asked_of not in ASKED_OF:
        raise RuleBroken(say("asked_of_unknown", "Say who was asked."))
    row = Assessment(circle=circle, by_id=actor.membership_id, at=actor.at, asked_of=asked_of)
    if loaded is not None:
        row.form = LoadedForm.objects.visible_to(actor).filter(pk=loaded, ended_at=None).first()
        if row.form is None:
            raise RuleBroken(NEVER_SEEN)
        row.tool, row.tool_version = row.form.code, row.form.form_version
    else:
        ours = next((one for one in newest_forms() if one.code == code), None)
        if ours is None:
            raise RuleBroken(NEVER_SEEN)
        row.tool, row.tool_version = ours.code, ours.version
    open_now = Assessment.objects.filter(circle=circle, kind=Assessment.Kind.ASKED, state=State.ASKING, form=row.form)
    same = open_now.filter(tool=row.tool, tool_version=row.tool_version, asked_of=asked_of).order_by("-at").first()
    if same is not None:
        actor.record(circle.pk, "risk.asking_taken_up", assessment=same.pk, tool=same.tool)
        return same.pk
    actor.keys.seal(row, why="", tool_words="", result="", taken_by="")
    row.save(force_insert=True)
    actor.record(circle.pk, "risk.asking_begun", assessment=row.pk, tool=row.tool)
    return row.pk


@writes(permissions.ASK, Assessment)
def answer(
    actor: Actor, row: Assessment, *, question: str, said: str, words: str = "", rests: Sequence[str] = ()
) -> Progress:
    """Keep one answer with its words and what it rests on; how far the form is then. The answer before stays."""
    refuse_closed(row.circle_id)
    _is_asked(row)
    form = form_of(row)
    asking.can_answer(form, State(row.state), question, said, words, rests).or_raise()
    before = row.answers.filter(question=question).order_by("-number").first()
    kept = Answer(
        circle_id=row.circle_id, assessment=row, question=question, number=before.number + 1 if before else 1,
        said=said, rests=list(entries_here(row.circle_id, rests)), by_id=actor.membership_id, at=actor.at,
    )  # fmt: skip
    actor.keys.seal(kept, words=words.strip())
    kept.save(force_insert=True)
    actor.record(row.circle_id, "risk.answered", assessment=row.pk, question=question, said=said)
    if said == Said.YES and form.by_code[question].sign:
        look_at(actor, row.circle)
    return asking.progress(form, _said(row))


@writes(permissions.ASK, Assessment)
def finish(actor: Actor, row: Assessment) -> None:
    """Say that a form of which every question was put is finished."""
    _move(actor, row, State.DONE, "")


@writes(permissions.ASK, Assessment)
def set_aside(actor: Actor, row: Assessment, *, why: str) -> None:
    """Set a form aside with a reason: its answers stay, and it is offered no more."""
    asking.can_say_why(why).or_raise()
    _move(actor, row, State.SET_ASIDE, why.strip())


@writes(permissions.ASK, Assessment)
def take_up(actor: Actor, row: Assessment) -> None:
    """Go on with a form that was finished or set aside; every answer so far stays as history."""
    refuse_closed(row.circle_id)
    _move(actor, row, State.ASKING, "")


@writes(permissions.ASK, Circle)
def keep_result(
    actor: Actor, circle: Circle, *, tool: str, named: str = "", version: str = "", result: str, taken_on: date,
    taken_by: str,
) -> UUID:  # fmt: skip
    """Keep what somebody else's tool gave, in its own words and without its items: tool, day, result, by whom."""
    refuse_closed(circle.pk)
    known = tools().get(tool)
    if known is None:
        raise RuleBroken(say("tool_unknown", "Choose the tool from the list, or “another tool”."))
    asking.can_keep_result(named if tool == "other" else known.name, result, taken_by).or_raise()
    if len(version) > 24 or not version.isprintable():
        raise RuleBroken(say("version_long", "Shorten the version to 24 letters."))
    if not timedelta() <= london_day(actor.at) - taken_on <= OLDEST:
        raise RuleBroken(say("taken_ahead", "Enter the day it was taken: today or earlier, within ten years."))
    row = Assessment(
        circle=circle, kind=Assessment.Kind.RESULT, tool=tool, tool_version=version.strip(), state=State.DONE,
        by_id=actor.membership_id, at=actor.at, taken_on=taken_on, ended_by_id=actor.membership_id, ended_at=actor.at,
    )  # fmt: skip
    actor.keys.seal(row, why="", tool_words=named.strip(), result=result.strip(), taken_by=taken_by.strip())
    row.save(force_insert=True)
    actor.record(circle.pk, "risk.result_kept", assessment=row.pk, tool=tool)
    return row.pk


def _move(actor: Actor, row: Assessment, to: State, why: str) -> None:
    _is_asked(row)
    asking.can_move(State(row.state), to, asking.progress(form_of(row), _said(row))).or_raise()
    row.state = to
    row.ended_by_id, row.ended_at = (None, None) if to is State.ASKING else (actor.membership_id, actor.at)
    actor.keys.seal(row, why=why)
    row.save(update_fields=("state", "ended_by", "ended_at", "why"))
    actor.record(row.circle_id, f"risk.asking_{to}", assessment=row.pk, tool=row.tool)


def _said(row: Assessment) -> dict[str, str]:
    return {code: one.said for code, one in newest_said([row.pk]).get(row.pk, {}).items()}


def _is_asked(row: Assessment) -> None:
    if row.kind == Assessment.Kind.RESULT:
        raise RuleBroken(say("result_stands", "A result stands as it was kept. Keep another one beside it."))
