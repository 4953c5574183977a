"""What asks for a new look: open prompts and answered ones, the facts behind each, and changes that were noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle
from joindots.evidence import permissions as evidence
from joindots.evidence.queries.since import Finer, finer_acts
from joindots.kernel.when import london_day
from joindots.law.tables import behaviours
from joindots.risk import permissions
from joindots.risk.models import Assessment, Change, Prompt, Watch
from joindots.risk.rules.escalating import CHANGES, CLOSING
from joindots.risk.rules.tables import Escalation, escalations
from joindots.risk.tasks.asked import case_of, form_of
from joindots.risk.tasks.recorded import newest_in


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that raised a prompt, in words. `kind` and `ref`: an entry, answer, change, day or dot."""

    kind: str
    ref: str
    says: str
    day: date | None


@dataclass(frozen=True, slots=True)
class PromptView:
    """A prompt as a list shows it."""

    id: UUID
    version: int
    rule: Escalation
    raised_at: datetime
    due_at: datetime | None
    due_on: date
    overdue: bool
    number: int
    """How many facts raised it."""
    open: bool
    how: str
    why: str
    closed_by: str
    closed_at: datetime | None
    judgement: UUID | None

    @property
    def how_words(self) -> str:
        """What the person did who answered it."""
        return CLOSING.get(self.how, "")


@dataclass(frozen=True, slots=True)
class PromptPage:
    """One prompt with its facts."""

    view: PromptView
    circle: UUID
    case: str
    facts: tuple[Fact, ...]
    hidden: int
    """Facts that stand in evidence, which the reader's role does not show."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change that somebody noted."""

    id: UUID
    version: int
    kind: str
    day: date
    words: str
    by: str
    at: datetime
    ended_by: str
    ended_at: datetime | None
    ended_why: str

    @property
    def says(self) -> str:
        """What changed."""
        return CHANGES[self.kind]


@dataclass(frozen=True, slots=True)
class Behind:
    """Whether something was recorded that the rules have not looked at, and when they looked last."""

    new: bool
    looked_at: datetime | None


@reads_one(permissions.SEE_RISK, Circle)
def prompts(actor: Actor, circle: Circle) -> tuple[PromptView, ...]:
    """Every prompt of a circle: open ones first by their day, then answered ones, newest first."""
    rows = Prompt.objects.filter(circle=circle).select_related("closed_by__user")
    found = [_view(actor, row) for row in rows.order_by(F("closed_at").desc(nulls_first=True), "due_on", "id")]
    return tuple(found)


@reads_one(permissions.SEE_RISK, Prompt)
def prompt(actor: Actor, row: Prompt) -> PromptPage:
    """One prompt with the facts that raised it. Of evidence, only what the reader's role shows."""
    case = case_of(row.circle_id)
    sees = bool(actor.may(evidence.SEE_EVIDENCE)) and case is not None
    shown = [sign for sign in row.signs if sees or sign["kind"] not in ("entry", "weeks", "since")]
    wanted = {sign["ref"] for sign in shown if sign["kind"] == "entry"}
    acts = {one.reference: one for one in finer_acts.run(actor, case) if one.reference in wanted} if wanted else {}
    noted = {str(one.id): one for one in changes.run(actor, Circle.objects.get(pk=row.circle_id))}
    facts = tuple(_fact(row.circle_id, sign, acts, noted) for sign in shown)
    return PromptPage(
        _view(actor, row), row.circle_id, case.reference if case else "", facts, len(row.signs) - len(shown)
    )


@reads_one(permissions.SEE_RISK, Circle)
def changes(actor: Actor, circle: Circle) -> tuple[ChangeView, ...]:
    """Every change that was noted, newest day first, withdrawn ones too."""
    rows = Change.objects.filter(circle=circle).select_related("by__user", "ended_by__user").order_by("-day", "-id")
    show = actor.keys.open
    return tuple(
        ChangeView(row.pk, row.version, row.kind, row.day, show(row.words), row.by.user.name, row.at,
                   row.ended_by.user.name if row.ended_by else "", row.ended_at, show(row.ended_why))
        for row in rows
    )  # fmt: skip


@reads_one(permissions.SEE_RISK, Circle)
def behind(actor: Actor, circle: Circle) -> Behind:
    """Whether an entry or a file came that the rules have not looked at yet."""
    watch = Watch.objects.filter(circle=circle).first()
    newest = newest_in(actor, circle.pk)
    seen = (watch.seen_entry, watch.seen_reading) if watch else (None, None)
    return Behind((newest.entry, newest.reading) != seen, watch.at if watch else None)


def _view(actor: Actor, row: Prompt) -> PromptView:
    late = row.due_at < actor.at if row.due_at else row.due_on < london_day(actor.at)
    return PromptView(
        row.pk, row.version, escalations()[row.rule], row.raised_at, row.due_at, row.due_on,
        row.closed_at is None and late, len(row.signs), row.closed_at is None, row.how, actor.keys.open(row.why),
        row.closed_by.user.name if row.closed_by else "", row.closed_at, row.judgement_id,
    )  # fmt: skip


def _fact(circle: UUID, sign: Mapping[str, Any], acts: Mapping[str, Finer], noted: Mapping[str, ChangeView]) -> Fact:
    day = date.fromisoformat(sign["day"]) if sign["day"] else None
    kind, ref, code = sign["kind"], sign["ref"], sign["code"]
    if kind == "entry":
        label = behaviours()[code].label if code in behaviours() else code
        act = acts.get(ref)
        return Fact(kind, ref, f"{label}: {act.when.says()}" if act else f"{label} (the entry stands no more)", day)
    if kind == "answer":
        return Fact(kind, ref, _answered(circle, ref, code), day)
    if kind == "weeks":
        return Fact("day", ref, f"{sign['number']:,} recorded in the week that began then", day)
    if kind == "since":
        return Fact("day", ref, f"Nothing is recorded after it, {sign['number']} days by the time of the look", day)
    change = noted.get(ref)
    if change is None:
        return Fact("dot", ref, "Marked by another part of the case", day)
    said = f"{change.says}: {change.words}" if change.words else change.says
    return Fact(kind, ref, f"{said} (withdrawn)" if change.ended_at else said, day)


def _answered(circle: UUID, ref: str, code: str) -> str:
    row = next(iter(_askings(circle, [ref])), None)
    if row is None:
        return "An answer that stands no more"
    form = form_of(row)
    topic = form.by_code[code].topic if code in form.by_code and row.form is None else "a question of a loaded form"
    return f"Yes to “{topic}” in “{form.name}”"


def _askings(circle: UUID, wanted: Iterable[str]) -> Iterable[Assessment]:
    return Assessment.objects.filter(circle=circle, pk__in=list(wanted)).select_related("form")


@reads_one(permissions.SEE_RISK, Change)
def case_of_change(actor: Actor, row: Change) -> str:
    """The reference of the case in which a change was noted; empty where there is none yet."""
    case = case_of(row.circle_id)
    return case.reference if case else ""
