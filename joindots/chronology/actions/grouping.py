"""Deciding how records are grouped: runs of messages, episodes; and undoing any such decision, at any time."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Max

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import Episode, GroupingStep
from joindots.chronology.queries.grouping import grouping
from joindots.chronology.queries.places import marks_at
from joindots.chronology.rules.grouping import steps as rules
from joindots.chronology.rules.grouping.spans import NOTHING, Place, Spans, flat, spans_of
from joindots.chronology.rules.grouping.steps import Kind, Step
from joindots.evidence import queries as evidence
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import NotFound


def _workable(case: Case) -> Decision:
    return casework.can_work(casework.State(case.state))


@writes(permissions.GROUP, Case, when=_workable)
def accept_run(actor: Actor, case: Case, *, spans: Spans, why: str = "") -> UUID:
    """Say that these messages are one run, as the rule proposed or otherwise. The decision's id."""
    rules.can_accept(spans).or_raise()
    return _decide(actor, case, Kind.ACCEPT, spans, why=why)


@writes(permissions.GROUP, Case, when=_workable)
def split_run(actor: Actor, case: Case, *, at: Place, why: str = "") -> UUID:
    """Let a new run begin at this record. The decision's id."""
    return _decide(actor, case, Kind.SPLIT, spans_of([at]), why=why)


@writes(permissions.GROUP, Case, when=_workable)
def merge_runs(actor: Actor, case: Case, *, at: Place, why: str = "") -> UUID:
    """Let the run before this record go on with it. The decision's id."""
    return _decide(actor, case, Kind.MERGE, spans_of([at]), why=why)


@writes(permissions.GROUP, Case, when=_workable)
def name_episode(
    actor: Actor, case: Case, *, name: str, note: str = "", spans: Spans = NOTHING, entries: Collection[str] = (),
    why: str = "", form: UUID | None = None,
) -> str:  # fmt: skip
    """Name a stretch of records and entries as an episode. Its reference. A form that is sent twice names one."""
    rules.can_name(name, note).or_raise()
    here = Episode.objects.filter(pk=form).first() if form else None
    if here is not None and here.circle_id == case.circle_id:
        actor.record(case.circle_id, "chronology.episode_again", episode=here.reference)
        return here.reference
    row = Episode(circle_id=case.circle_id, made_at=actor.at)
    row.pk = form if form and here is None else row.pk
    row.save(force_insert=True)
    _decide(actor, case, Kind.NAME, spans, entries, why=why, episode=row, name=name.strip(), note=note.strip())
    return row.reference


@writes(permissions.GROUP, Episode)
def rename_episode(actor: Actor, row: Episode, *, name: str, note: str, why: str = "") -> UUID:
    """Give an episode another name or note; what it said before stays in its history. The decision's id."""
    rules.can_name(name, note).or_raise()
    return _about(actor, row, Kind.RENAME, why=why, name=name.strip(), note=note.strip())


@writes(permissions.GROUP, Episode)
def put_in(actor: Actor, row: Episode, *, spans: Spans = NOTHING, entries: Collection[str] = (), why: str = "") -> UUID:
    """Put records and entries into an episode; what stood in another stands there no more. The decision's id."""
    return _about(actor, row, Kind.ADD, spans, entries, why=why)


@writes(permissions.GROUP, Episode)
def take_out(
    actor: Actor, row: Episode, *, spans: Spans = NOTHING, entries: Collection[str] = (), why: str = ""
) -> UUID:
    """Take records and entries out of an episode; they stay in the chronology. The decision's id."""
    return _about(actor, row, Kind.TAKE_OUT, spans, entries, why=why)


@writes(permissions.GROUP, Case, when=_workable)
def undo(actor: Actor, case: Case, *, step: UUID, why: str = "") -> UUID:
    """Undo a decision about grouping, or an undoing, whenever it was taken. The decision's id."""
    rules.can_say_why(why).or_raise()
    rows = list(GroupingStep.objects.filter(circle=case.circle_id).order_by("number"))
    steps = [Step(row.pk, Kind(row.kind), undoes=row.undoes_id) for row in rows]
    wanted = next((one for one in zip(rows, steps, strict=True) if one[0].pk == step), None)
    if wanted is None:
        raise NotFound
    rules.can_undo(wanted[1], steps).or_raise()
    row = _new(actor, case.circle_id, Kind.UNDO, why, wanted[0].episode)
    row.undoes = wanted[0]
    row.save(force_insert=True)
    actor.record(case.circle_id, "chronology.grouping_undone", step=step)
    return row.pk


def _about(
    actor: Actor, row: Episode, kind: Kind, spans: Spans = NOTHING, entries: Collection[str] = (), **more: str
) -> UUID:
    """Decide something about an episode, under the lock of its case: decisions of a case stand in one order."""
    case = Case.objects.select_for_update().get(circle=row.circle_id)
    _workable(case).or_raise()
    return _decide(actor, case, kind, spans, entries, episode=row, **more)


def _decide(
    actor: Actor, case: Case, kind: Kind, spans: Spans, entries: Collection[str] = (), *, why: str = "",
    episode: Episode | None = None, name: str = "", note: str = "",
) -> UUID:  # fmt: skip
    rules.can_say_why(why).or_raise()
    if kind is not Kind.RENAME:
        rules.can_hold(spans, entries).or_raise()
        about = episode.reference if episode else ""
        rules.can_decide(kind, spans, entries, about, grouping.run(actor, case)).or_raise()
    row = _new(actor, case.circle_id, kind, why, episode, name, note)
    ends = {(s, seq) for s, first, last in flat(spans) for seq in (first, last)}
    marks, generations = marks_at.run(actor, case, ends) if ends else ({}, {})
    try:
        row.runs = [[s, first, last, marks[s, first], marks[s, last]] for s, first, last in flat(spans)]
    except KeyError:
        raise NotFound from None  # no such record of this case
    row.readings = {source: generations[source] for source in map(str, spans)}
    row.entries = _standing(actor, case, entries)
    row.save(force_insert=True)
    actor.record(
        case.circle_id, "chronology.grouped", step=row.pk, kind=kind.value, runs=len(row.runs), entries=row.entries,
        episode=episode.reference if episode else "",
    )  # fmt: skip
    return row.pk


def _new(
    actor: Actor, circle: UUID, kind: Kind, why: str, episode: Episode | None, name: str = "", note: str = ""
) -> GroupingStep:
    last = GroupingStep.objects.filter(circle=circle).aggregate(last=Max("number"))["last"] or 0
    row = GroupingStep(
        circle_id=circle, number=last + 1, kind=kind.value, episode=episode, by_id=actor.membership_id, at=actor.at
    )
    actor.keys.seal(row, name=name, note=note, why=why.strip())
    return row


def _standing(actor: Actor, case: Case, entries: Collection[str]) -> list[str]:
    """The entries, if each is one of the case's that stands; NotFound otherwise."""
    wanted = sorted(set(entries))
    known = {one.reference for one in evidence.incidents_of.run(actor, case)} if wanted else set()
    if not known >= set(wanted):
        raise NotFound
    return wanted
