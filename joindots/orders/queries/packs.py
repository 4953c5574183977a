"""The application for an order, as its reader may see it: the list of parts, each part, the schedule, the terms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.chronology import queries as chronology
from joindots.circles.models import Circle
from joindots.evidence import queries as evidence
from joindots.evidence.models import Incident
from joindots.evidence.queries.incidents import IncidentPage, standing
from joindots.orders import permissions
from joindots.orders.models import Order, OrderPack, PackAct, PackTerm
from joindots.orders.rules import exhibits, packs, selecting
from joindots.orders.rules.packs import Act, Draft, ExhibitOf, Term
from joindots.people import queries as people


@dataclass(frozen=True, slots=True)
class PartView:
    """One part as it was kept: by whom, when, and the version a window must have seen."""

    code: str
    done: bool
    by: str
    at: datetime | None
    version: int = 0


@dataclass(frozen=True, slots=True)
class PackView:
    """An application as it stands."""

    id: UUID
    order: UUID
    circle: UUID
    case: str
    draft: Draft
    parts: tuple[PartView, ...]
    versions: dict[UUID, int]
    """Of each act and term, as a window must have seen it."""
    changed: datetime
    """When anything of its content was last written."""
    acts_at: datetime | None = None
    terms_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of the log that can be relied on, and why the rule suggests it; `chosen` already, if it is."""

    entry: str
    when: str
    says: str
    words: str
    doer: str
    because: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """A page of the log to choose from, and how many entries it was narrowed to."""

    lines: tuple[EntryLine, ...]
    found: int
    free: tuple[str, ...]
    """All that it was narrowed to and that is not relied on yet, on whatever page."""


@reads_one(permissions.SEE_PACK, Order)
def pack_of(actor: Actor, row: Order) -> UUID | None:
    """The application for an order; None where none was begun."""
    return OrderPack.objects.filter(order=row).values_list("pk", flat=True).first()


@reads_one(permissions.SEE_PACK, OrderPack)
def pack(actor: Actor, row: OrderPack) -> PackView:
    """An application with all that is drafted of it."""
    show, case = actor.keys.open, Case.objects.filter(circle=row.circle_id).first()
    kept = list(row.parts.select_related("by__user").order_by("part"))
    acts = list(row.acts.select_related("incident"))
    terms = list(row.terms.order_by("number"))
    lines = _acts(actor, acts)
    numbers = {str(one.id): one.number for one in lines}
    draft = Draft(
        case.reference if case else "", {one.part: json.loads(show(one.sheet)) for one in kept},
        frozenset(one.part for one in kept if one.done), lines,
        tuple(_term(actor, one, numbers) for one in terms),
        Incident.objects.filter(circle=row.circle_id, state="stands").count(),
    )  # fmt: skip
    return PackView(
        row.pk, row.order_id, row.circle_id, draft.reference, draft,
        tuple(PartView(one.part, one.done, one.by.user.name, one.at, one.version) for one in kept),
        {one.pk: one.version for one in (*acts, *terms)},
        max([row.at, *(one.at for one in kept), *(one.at for one in acts), *(one.at for one in terms)]),
        max((one.at for one in acts), default=None), max((one.at for one in terms), default=None),
    )  # fmt: skip


def _acts(actor: Actor, rows: list[PackAct]) -> tuple[Act, ...]:
    show = actor.keys.open
    timed = sorted(((row.time(show), row) for row in rows), key=lambda one: (packs.in_order(one[0]), one[1].pk))
    return tuple(
        Act(
            row.pk, number, when, show(row.act), row.incident.reference, tuple(row.kinds), row.told_by,
            show(row.source), show(row.prover), exhibits.read(show(row.exhibit)), row.grounds, _since(row),
        )
        for number, (when, row) in enumerate(timed, start=1)
    )  # fmt: skip


def _since(row: PackAct) -> str:
    if row.incident.state != "stands":
        return "withdrawn"
    return "corrected" if row.incident.number != row.entry_version else ""


def _term(actor: Actor, row: PackTerm, numbers: dict[str, int]) -> Term:
    show = actor.keys.open
    return Term(
        row.pk, row.number, row.library, show(row.text),
        tuple(sorted(numbers[one] for one in row.acts if one in numbers)), show(row.policed),
        {name: getattr(row, name) for name in packs.TOUCHES}, show(row.settled), show(row.provider),
        exhibits.read(show(row.map)),
    )  # fmt: skip


@reads_one(permissions.CHOOSE_ACTS, OrderPack)
def entries_to_choose(
    actor: Actor, row: OrderPack, *, kind: str = "", only: str = "", page: int = 1, most: int = 25
) -> EntriesPage:
    """A page of the log to choose acts from, narrowed to a kind or to what the rule suggests (`only` suggested)."""
    case = Case.objects.get(circle=row.circle_id)
    marks = evidence.entry_marks.run(actor, case)
    told = [selecting.Candidate(one.reference, one.when, one.kinds, one.doer) for one in marks]
    sheets = {one.part: json.loads(actor.keys.open(one.sheet)) for one in row.parts.filter(part="others")}
    why = {one.entry: one.because for one in selecting.suggested(told, packs.warned_days(Draft("", sheets)))}
    chosen = set(row.acts.values_list("incident__reference", flat=True))
    wanted = [
        one.reference for one in marks
        if (not kind or kind in one.kinds) and (only != "suggested" or one.reference in why)
    ]  # fmt: skip
    here = wanted[(page - 1) * most : page * most]
    pages = {one.view.reference: one for one in standing.run(actor, case, entries=here)} if here else {}
    lines = tuple(_line(pages[one], why.get(one, ()), one in chosen) for one in here if one in pages)
    return EntriesPage(lines, len(wanted), tuple(one for one in wanted if one not in chosen))


def _line(page: IncidentPage, because: tuple[str, ...], chosen: bool) -> EntryLine:
    view = page.view
    return EntryLine(
        view.reference, view.when.says(), view.says, selecting.in_few_words("", page.telling.words),
        page.history[0].doer, because, chosen,
    )  # fmt: skip


@reads_one(permissions.CHOOSE_ACTS, OrderPack)
def exhibits_to_choose(actor: Actor, row: OrderPack) -> tuple[ExhibitOf, ...]:
    """The files of the case that have a reference as an exhibit."""
    case = Case.objects.get(circle=row.circle_id)
    return tuple(
        exhibits.of_file(one.reference, one.name, one.size or 0, one.sha256)
        for one in chronology.exhibits.run(actor, case)
        if one.reference
    )


@reads_one(permissions.SEE_PACK, OrderPack)
def never_named(actor: Actor, row: OrderPack) -> int:
    """How many things of the case must never leave. The words are shown to who may see them, on their own page."""
    listed = people.never_leaves.run(actor, Circle.objects.get(pk=row.circle_id))
    return sum(1 for one in listed if one.withdrawn_at is None)
