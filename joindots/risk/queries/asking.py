"""What was asked: how far each form is, every answer with its words and history, and results of other tools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle
from joindots.evidence import permissions as evidence
from joindots.evidence.queries.since import finer_acts
from joindots.kernel.problems import NotFound
from joindots.risk import permissions
from joindots.risk.models import Answer, Assessment
from joindots.risk.rules import asking
from joindots.risk.rules.asking import ASKED_OF, SAID_WORDS, STATE_WORDS, Progress, Said, State
from joindots.risk.rules.forms import SHORT_SCREEN, Form, Question
from joindots.risk.rules.tables import tools
from joindots.risk.tasks.asked import case_of, form_of, newest_said

MOST_ENTRIES = 60
"""Entries that are offered as what an answer or a judgement rests on: the newest ones."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer, ever given."""

    number: int
    said: str
    words: str
    rests: tuple[str, ...]
    by: str
    at: datetime

    @property
    def said_words(self) -> str:
        """The answer as people say it."""
        return SAID_WORDS[Said(self.said)]


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its newest answer, those before it, and what was said when the form was asked last time."""

    number: int
    question: Question
    answer: AnswerView | None
    before: tuple[AnswerView, ...] = ()
    last_time: AnswerView | None = None

    @property
    def open(self) -> bool:
        """Whether it was not asked yet."""
        return self.answer is None or self.answer.said == Said.NOT_ASKED


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One asking of a form, or a tool's result, as a list shows it."""

    id: UUID
    version: int
    kind: str
    name: str
    tool_version: str
    state: str
    asked_of: str
    by: str
    at: datetime
    progress: Progress | None
    result: str = ""
    taken_on: date | None = None
    taken_by: str = ""
    terms: str = ""
    why: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None

    @property
    def part_done(self) -> bool:
        """Whether somebody can carry on with it."""
        return self.kind == Assessment.Kind.ASKED and self.state == State.ASKING

    @property
    def state_words(self) -> str:
        """Where it stands."""
        return STATE_WORDS[State(self.state)]

    @property
    def asked_of_words(self) -> str:
        """Who was asked."""
        return ASKED_OF[self.asked_of]

    @property
    def says(self) -> str:
        """What it is, in a line: a form with how far it is, or a tool with its result's own words."""
        if self.progress is None:
            return f"{self.name}: {self.result}"
        return f"{self.name}, {self.progress.says}"


@dataclass(frozen=True, slots=True)
class AskedPage:
    """One asking with all its questions."""

    view: AssessmentView
    circle: UUID
    case: str
    """Its case's reference; empty where there is none yet."""
    form: Form
    items: tuple[Item, ...]
    next: str
    """The code of the next question that is open; empty if none is."""
    own_rule: str
    """What the tool's own manual says of a complete one; empty otherwise."""

    @property
    def progress(self) -> Progress:
        """How far it is."""
        assert self.view.progress is not None
        return self.view.progress

    def item(self, code: str) -> Item | None:
        """One question; None if there is no such."""
        return next((one for one in self.items if one.question.code == code), None)


@dataclass(frozen=True, slots=True)
class Resting:
    """An entry of the log that something can rest on."""

    reference: str
    says: str


@reads_one(permissions.SEE_RISK, Circle)
def assessments(actor: Actor, circle: Circle) -> tuple[AssessmentView, ...]:
    """Every asking and result of a circle, newest first."""
    rows = list(_rows(circle.pk))
    said = newest_said(row.pk for row in rows)
    return tuple(_view(actor, row, _codes(said.get(row.pk, {}))) for row in rows)


@reads_one(permissions.SEE_RISK, Assessment)
def asked(actor: Actor, row: Assessment) -> AskedPage:
    """One asking of a form: every question with its answers. A result has none, and so no such page."""
    if row.kind == Assessment.Kind.RESULT:
        raise NotFound
    return _page(actor, row)


@reads_one(permissions.SEE_RISK, Circle)
def state(actor: Actor, circle: Circle, code: str = SHORT_SCREEN) -> AskedPage | None:
    """How far a form of this code is in a circle: the part-done asking, or else the last one; None if never begun."""
    rows = [row for row in _rows(circle.pk) if row.kind == Assessment.Kind.ASKED and row.tool == code]
    newest = next((row for row in rows if row.state == State.ASKING), next(iter(rows), None))
    return _page(actor, newest) if newest else None


@reads_one(permissions.SEE_RISK, Circle)
def entries_to_rest_on(actor: Actor, circle: Circle) -> tuple[Resting, ...]:
    """The newest entries of the log; none where the reader's role shows no evidence, or there is no case."""
    case = case_of(circle.pk)
    if case is None or not actor.may(evidence.SEE_EVIDENCE):
        return ()
    found = finer_acts.run(actor, case)[-MOST_ENTRIES:]
    return tuple(Resting(one.reference, f"{one.says}, {one.when.says()}") for one in reversed(found))


def _rows(circle: UUID) -> Iterable[Assessment]:
    rows = Assessment.objects.filter(circle=circle).select_related("by__user", "ended_by__user", "form")
    return rows.order_by("-at", "-id")


def _codes(said: Mapping[str, Answer]) -> dict[str, str]:
    return {code: one.said for code, one in said.items()}


def _page(actor: Actor, row: Assessment) -> AskedPage:
    form = _shown(actor, row)
    all_of: defaultdict[str, list[AnswerView]] = defaultdict(list)
    answers = Answer.objects.filter(assessment=row).select_related("by__user").order_by("-number")
    for one in answers:
        all_of[one.question].append(_answer(actor, one))
    said = {code: found[0].said for code, found in all_of.items()}
    last = _last_time(actor, row)
    items = tuple(
        Item(number, question, next(iter(all_of[question.code]), None), tuple(all_of[question.code][1:]),
             last.get(question.code))
        for number, question in enumerate(form.questions, start=1)
    )  # fmt: skip
    case = case_of(row.circle_id)
    return AskedPage(
        _view(actor, row, said), row.circle_id, case.reference if case else "", form, items,
        asking.next_question(form, said), asking.own_rule_says(form, said),
    )  # fmt: skip


def _last_time(actor: Actor, row: Assessment) -> dict[str, AnswerView]:
    """What was said when a form of the same code was asked before this one, of whichever version."""
    earlier = Assessment.objects.filter(circle=row.circle_id, kind="asked", tool=row.tool, form__agency=_agency(row))
    before = earlier.filter(at__lt=row.at, asked_of=row.asked_of).order_by("-at").values_list("pk", flat=True).first()
    if before is None:
        return {}
    said = newest_said([before]).get(before, {})
    return {code: _answer(actor, one) for code, one in said.items() if one.said != Said.NOT_ASKED}


def _agency(row: Assessment) -> UUID | None:
    return row.form.agency_id if row.form else None


def _shown(actor: Actor, row: Assessment) -> Form:
    """The form with its words; of a licensed one only for the agency that holds the licence."""
    form = form_of(row)
    if row.form is None or row.form.agency_id == actor.agency_id:
        return form
    held = tuple(
        Question(one.code, f"Question {number}", f"Its words are licensed to the agency that asked it ({form.holder}).")
        for number, one in enumerate(form.questions, start=1)
    )
    return Form(form.code, form.version, form.name, form.about, form.holder, form.terms, held, None, "", False)


def _answer(actor: Actor, one: Answer) -> AnswerView:
    return AnswerView(one.number, one.said, actor.keys.open(one.words), tuple(one.rests), one.by.user.name, one.at)


def _view(actor: Actor, row: Assessment, said: Mapping[str, str]) -> AssessmentView:
    show = actor.keys.open
    ended = row.ended_by.user.name if row.ended_by else ""
    if row.kind == Assessment.Kind.RESULT:
        known = tools()[row.tool]
        name = show(row.tool_words) or known.name
        return AssessmentView(
            row.pk, row.version, row.kind, name, row.tool_version, row.state, row.asked_of, row.by.user.name, row.at,
            None, show(row.result), row.taken_on, show(row.taken_by), known.licence, "", ended, row.ended_at,
        )  # fmt: skip
    form = form_of(row)
    return AssessmentView(
        row.pk, row.version, row.kind, form.name, row.tool_version, row.state, row.asked_of, row.by.user.name, row.at,
        asking.progress(form, said), terms=form.terms, why=show(row.why), ended_by=ended, ended_at=row.ended_at,
    )  # fmt: skip
