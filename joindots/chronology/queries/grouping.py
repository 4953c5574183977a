"""How the records of a case are grouped now: episodes, decisions with their history, and what a stretch holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import Episode, GroupingStep
from joindots.chronology.queries.places import Found, settled
from joindots.chronology.queries.same import same_acts
from joindots.chronology.rules.grouping import steps as rules
from joindots.chronology.rules.grouping.spans import Place, Spans, flat, holds, number, spans_of
from joindots.chronology.rules.grouping.steps import Grouping, Kind, Step, Stretch
from joindots.evidence import queries as evidence
from joindots.evidence.models import Communication, held_rows, these
from joindots.evidence.rules import codes
from joindots.kernel.when import london_day

RUNS_AT_A_TIME = 100
MOST_STEPS = 200
"""Decisions that the history shows."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One decision, as the history shows it."""

    id: UUID
    kind: str
    by: str
    at: datetime
    why: str
    episode: str
    """The reference of the episode it is about; empty for none."""
    name: str
    records: int
    entries: tuple[str, ...]
    stands: bool
    may_be_undone: bool
    lost: int
    """Runs of records that are held no more: their file was removed, or read anew in another way."""
    undid: str
    """Of an undoing: what it undid, in words."""

    @property
    def says(self) -> str:
        """What was decided, in words."""
        return rules.KIND_WORDS[Kind(self.kind)]


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """An episode as it stands, with how much stands in it."""

    reference: str
    name: str
    note: str
    acts: int
    """Acts of contact; what repeats is counted once."""
    logged: int
    """Rows of somebody's own log."""
    entries: int
    first: date | None
    last: date | None
    spans: Spans = field(repr=False)
    refs: tuple[str, ...] = field(repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing that it held is held any more."""
        return not (self.acts or self.logged or self.entries or self.spans)


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """One episode with its history. `view` is None where its naming was undone."""

    case: str
    reference: str
    version: int
    view: EpisodeView | None
    history: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class StretchFound:
    """What stands in a stretch of time: records as runs of places, entries, and how much that is."""

    spans: Spans = field(repr=False)
    entries: tuple[str, ...]
    acts: int
    logged: int
    """Rows of somebody's own log."""


@reads_one(permissions.SEE_GROUPING, Case)
def grouping(actor: Actor, case: Case) -> Grouping:
    """What stands after all decisions about a case."""
    found = _rows(case)
    return Grouping(_steps(actor, case, found)) if found else rules.NO_GROUPING


@reads_one(permissions.SEE_GROUPING, Case)
def decisions(actor: Actor, case: Case) -> tuple[StepView, ...]:
    """The history of grouping, newest first."""
    return _history(actor, case, lambda *_: True)[:MOST_STEPS]


@reads_one(permissions.SEE_GROUPING, Case)
def decisions_at(actor: Actor, case: Case, places: Collection[Place], entry: str = "") -> tuple[StepView, ...]:
    """The decisions about one act, shown at these places or told by this entry of the log; newest first."""

    def about(_: GroupingStep, step: Step) -> bool:
        return entry in step.entries if entry else any(holds(step.spans, place) for place in places)

    return _history(actor, case, about)


@reads_one(permissions.SEE_GROUPING, Case)
def episodes(actor: Actor, case: Case) -> tuple[EpisodeView, ...]:
    """The episodes of a case in order of time, those of which no time is known last."""
    found = _rows(case)
    if not any(row.episode_id for row in found):
        return ()
    views = _views(actor, case, Grouping(_steps(actor, case, found)).episodes)
    return tuple(sorted(views, key=lambda one: (one.first is None, one.first or date.min, one.reference)))


@reads_one(permissions.SEE_GROUPING, Episode)
def episode(actor: Actor, row: Episode) -> EpisodePage:
    """One episode: what stands in it, and every decision about it."""
    case = Case.objects.get(circle=row.circle_id)
    stands = [one for one in Grouping(_steps(actor, case, _rows(case))).episodes if one.reference == row.reference]
    view = next(iter(_views(actor, case, stands)), None)
    about = _history(actor, case, lambda one, _: one.episode_id == row.pk)
    return EpisodePage(case.reference, row.reference, row.version, view, about)


@reads_one(permissions.SEE_GROUPING, Case)
def stretch(
    actor: Actor, case: Case, start: datetime, end: datetime, only: evidence.Only = evidence.EVERYTHING
) -> StretchFound:
    """Everything that begins within a window: records of every file that shows it, and entries of a known time."""
    rows = Communication.objects.filter(
        held_rows(case.circle_id), these(only.channels, only.direction), earliest__gte=start, earliest__lt=end
    )
    entries = [
        one.reference
        for one in evidence.entry_marks(actor, Ref(case.reference))
        if one.when.earliest and start <= one.when.earliest < end and only.lets_entry(one.kinds, one.doer)
    ]
    spans = spans_of(rows.values_list("source", "seq"))
    return StretchFound(spans, tuple(entries), *_numbers(rows.filter(contact=True, repeat_of=None)))


def _rows(case: Case) -> list[GroupingStep]:
    rows = GroupingStep.objects.filter(circle=case.circle_id).select_related("episode", "by__user", "undoes")
    return list(rows.order_by("number"))


def _steps(actor: Actor, case: Case, rows: list[GroupingStep]) -> list[Step]:
    """The decisions as the rules take them, each at the places where its records stand in the readings shown now."""
    where = settled.run(actor, case, rows)
    return [_step(actor, row, where[row.pk]) for row in rows]


def _step(actor: Actor, row: GroupingStep, where: Found) -> Step:
    named = row.kind in (Kind.NAME, Kind.RENAME)
    return Step(
        row.pk, Kind(row.kind), where.spans, frozenset(row.entries), row.episode.reference if row.episode else "",
        actor.keys.open(row.name) if named else "", actor.keys.open(row.note) if named else "", row.undoes_id,
    )  # fmt: skip


def _history(actor: Actor, case: Case, wanted: Callable[[GroupingStep, Step], bool]) -> tuple[StepView, ...]:
    rows = _rows(case)
    where = settled.run(actor, case, rows)
    steps = [_step(actor, row, where[row.pk]) for row in rows]
    stands = {one.id for one in rules.in_effect(steps)}
    names = {one.reference: one.name for one in Grouping(steps).episodes}
    for step in steps:
        if step.name:
            names.setdefault(step.episode, step.name)
    return tuple(
        StepView(
            row.pk, row.kind, row.by.user.name, row.at, actor.keys.open(row.why), step.episode,
            names.get(step.episode, ""), number(step.spans), tuple(row.entries), row.pk in stands, row.pk in stands,
            where[row.pk].lost, rules.KIND_WORDS[Kind(row.undoes.kind)] if row.undoes else "",
        )
        for row, step in reversed(list(zip(rows, steps, strict=True)))
        if wanted(row, step)
    )  # fmt: skip


def _views(actor: Actor, case: Case, stretches: Iterable[Stretch]) -> Iterator[EpisodeView]:
    """Episodes with their counts. An entry that is one act with something in it, or was withdrawn, adds nothing."""
    standing = {one.reference: one for one in evidence.entry_marks(actor, Ref(case.reference))}
    same = same_acts.run(actor, case)
    held = held_rows(case.circle_id)
    for one in stretches:
        acts, logged, ends = _acts(held, one.spans)
        counted = {
            entry for key, entries in same.beside.items()
            for entry in entries if (key in one.entries if isinstance(key, str) else holds(one.spans, key))
        }  # fmt: skip
        entered = [standing[ref] for ref in sorted(one.entries - counted) if ref in standing]
        ends += [moment for entry in entered for moment in (entry.when.earliest, entry.when.latest) if moment]
        days = [london_day(moment) for moment in ends]
        yield EpisodeView(
            one.reference, one.name, one.note, acts, logged, len(entered), min(days, default=None),
            max(days, default=None), one.spans, tuple(entry.reference for entry in entered),
        )  # fmt: skip


def _acts(held: Q, spans: Spans) -> tuple[int, int, list[datetime]]:
    """How many acts of contact and rows of a log stand at these places, and the first and the last moment of them."""
    runs, acts, logged = flat(spans), 0, 0
    ends: list[datetime] = []
    for at in range(0, len(runs), RUNS_AT_A_TIME):
        near = Q(pk__in=())
        for source, first, last in runs[at : at + RUNS_AT_A_TIME]:
            near |= Q(source=source, seq__gte=first, seq__lte=last)
        rows = Communication.objects.filter(held, near, contact=True)
        more = _numbers(rows)
        acts, logged = acts + more[0], logged + more[1]
        found = rows.aggregate(first=Min("earliest"), last=Max("earliest"))
        ends += [moment for moment in (found["first"], found["last"]) if moment]
    return acts, logged, ends


def _numbers(rows: QuerySet[Communication]) -> tuple[int, int]:
    """Acts of contact and rows of a log; what repeats is counted once."""
    once = Count(Coalesce(F("repeat_of"), F("id")), distinct=True)
    log = Q(channel=codes.CHANNEL_OF["log"])
    return rows.exclude(log).aggregate(number=once)["number"], rows.filter(log).aggregate(number=once)["number"]
