"""Judgements as people made them: side by side, each with its history, and the short line of a case's header."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.circles.models import Circle
from joindots.kernel.when import london_day
from joindots.risk import permissions
from joindots.risk.models import Assessment, Judgement, JudgementVersion
from joindots.risk.queries.asking import AssessmentView, assessments
from joindots.risk.rules import judging
from joindots.risk.rules.judging import LEVEL_WORDS, STEP_WORDS, Judging, Level, State, Step
from joindots.risk.rules.tables import tools
from joindots.risk.tasks.asked import case_of, form_of


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a judgement: all it says, who made it so, when and why."""

    number: int
    step: str
    by: str
    at: datetime
    why: str
    said: Judging

    @property
    def step_words(self) -> str:
        """What was done."""
        return STEP_WORDS[Step(self.step)]

    @property
    def level_words(self) -> str:
        """The level as people say it."""
        return LEVEL_WORDS[Level(self.said.level)]

    @property
    def at_risk(self) -> str:
        """Who is at risk, in words."""
        return judging.at_risk_says(self.said.at_risk, self.said.others)

    @property
    def ratings(self) -> str:
        """The four risks, as far as they were said."""
        return judging.ratings_say(self.said.ratings)


@dataclass(frozen=True, slots=True)
class JudgementView:
    """A judgement as it stands: whose it is, what it says, and whether it is that person's newest."""

    id: UUID
    version: int
    case: str
    by: str
    agency: str
    made_at: datetime
    withdrawn: bool
    number: int
    due_on: date | None
    overdue: bool
    mine: bool
    current: bool
    """Whether it is the newest of its person that stands: what is shown side by side."""
    now: VersionView
    rests_on: tuple[AssessmentView, ...] = ()

    @property
    def who(self) -> str:
        """The person who judged, and where they work; for one that was told, who wrote it down."""
        if self.now.said.whose:
            return f"{self.now.said.whose}, as told to {self.by} ({self.agency})"
        return f"{self.by} ({self.agency})"

    @property
    def person(self) -> str:
        """The person's name alone: whose lane it stands in."""
        return judging.name_of(self.now.said.whose) or self.by


@dataclass(frozen=True, slots=True)
class JudgementPage:
    """One judgement with all its versions, newest first."""

    view: JudgementView
    circle: UUID
    history: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """What a case's header says of a judgement: level, whose, when, and its day of review."""

    id: UUID
    level: str
    level_words: str
    who: str
    name: str
    """The person's name alone."""
    made_on: date
    made_at: datetime
    overdue: bool
    at_risk: str
    """Who is at risk, by kind; who exactly stands with the judgement."""
    tools: str
    """The forms and tools it rests on, by name; `none named` otherwise."""


@reads_one(permissions.SEE_RISK, Circle)
def judgements(actor: Actor, circle: Circle) -> tuple[JudgementView, ...]:
    """Every judgement of a circle, newest first, withdrawn ones too."""
    rows = list(_newest(circle.pk))
    told = {one.id: one for one in assessments.run(actor, circle)} if any(row.assessments for row in rows) else {}
    case = case_of(circle.pk)
    seen: set[tuple[UUID, str]] = set()
    found = []
    for row in rows:
        now = _version(actor, row)
        person = (row.judgement.by_id, now.said.whose.strip().casefold())
        stands = row.judgement.state == State.STANDS
        rests = tuple(told[UUID(one)] for one in row.assessments if UUID(one) in told)
        found.append(_view(actor, row, now, case.reference if case else "", stands and person not in seen, rests))
        if stands:
            seen.add(person)
    return tuple(found)


@reads_one(permissions.SEE_RISK, Judgement)
def judgement(actor: Actor, row: Judgement) -> JudgementPage:
    """One judgement: what it says, and all it said before."""
    circle = Circle.objects.get(pk=row.circle_id)
    view = next(one for one in judgements.run(actor, circle) if one.id == row.pk)
    versions = row.versions.select_related("by__user").order_by("-number")
    return JudgementPage(view, row.circle_id, tuple(_version(actor, one) for one in versions))


@reads_one(permissions.SEE_RISK, Circle)
def levels(actor: Actor, circle: Circle) -> tuple[LevelLine, ...]:
    """The newest judgement of each person that stands, newest first; nothing is opened but whose it is."""
    rows = list(_newest(circle.pk))
    names = _tool_names({one for row in rows for one in row.assessments})
    found: dict[tuple[UUID, str], LevelLine] = {}
    for row in rows:
        if row.judgement.state != State.STANDS:
            continue
        whose = actor.keys.open(row.whose)
        line = LevelLine(
            row.judgement_id, row.level, LEVEL_WORDS[Level(row.level)], whose or row.judgement.by.user.name,
            judging.name_of(whose) or row.judgement.by.user.name,
            row.made_on, row.judgement.made_at, _overdue(actor, row.judgement), judging.at_risk_says(row.at_risk),
            ", ".join(dict.fromkeys(names[one] for one in row.assessments if one in names)) or "none named",
        )  # fmt: skip
        found.setdefault((row.judgement.by_id, whose.strip().casefold()), line)
    return tuple(found.values())


def _newest(circle: UUID) -> Iterable[JudgementVersion]:
    """The newest version of each judgement of a circle, by the day it was made, newest first."""
    rows = JudgementVersion.objects.filter(circle=circle, number=F("judgement__number"))
    return rows.select_related("judgement__by__user", "judgement__by__agency", "by__user").order_by(
        "-made_on", "-judgement__made_at", "-judgement__id"
    )


def _tool_names(wanted: Collection[str]) -> dict[str, str]:
    """The names of forms and tools by the ids of their askings; one query, and none where nothing is named."""
    rows = Assessment.objects.filter(pk__in=list(wanted)).select_related("form") if wanted else ()
    return {str(row.pk): tools()[row.tool].name if row.kind == "result" else form_of(row).name for row in rows}


def _version(actor: Actor, row: JudgementVersion) -> VersionView:
    said = row.judging(actor.keys.open)
    return VersionView(row.number, row.step, row.by.user.name, row.at, actor.keys.open(row.why), said)


def _view(
    actor: Actor, row: JudgementVersion, now: VersionView, case: str, current: bool, rests: tuple[AssessmentView, ...]
) -> JudgementView:
    one = row.judgement
    return JudgementView(
        one.pk, one.version, case, one.by.user.name, one.by.agency.name, one.made_at, one.state == State.WITHDRAWN,
        one.number, one.due_on, _overdue(actor, one), one.by_id == actor.membership_id, current, now, rests,
    )  # fmt: skip


def _overdue(actor: Actor, row: Judgement) -> bool:
    return row.due_on is not None and row.due_on < london_day(actor.at)


@reads_one(permissions.SEE_RISK, Circle)
def note_table(actor: Actor, circle: Circle, *, rows: int) -> None:
    """Note that the table behind the risk history leaves."""
    actor.record(circle.pk, "risk.table_taken", rows=rows)
