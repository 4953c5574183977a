"""Order watch: acts that may lie inside an order, laid beside its conditions, and what people decided of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.access.roles import REPORTED
from joindots.casework.models import owned_by
from joindots.casework.rules import State as CaseState
from joindots.circles.models import in_known
from joindots.evidence import queries as evidence
from joindots.kernel.words import Words, words
from joindots.law.episode import Terms
from joindots.orders import permissions, tasks
from joindots.orders.models import Breach, Decided, Order, OrderCondition, OrderSpan
from joindots.orders.queries.life import Struck
from joindots.orders.rules import watch as rules
from joindots.orders.rules.watch import BREACH, CANT_TELL, OUTCOMES, VERDICTS
from joindots.orders.tasks.watch import (
    ActFound,
    Key,
    acts_found,
    asked_of,
    binds_until,
    case_of,
    decided_by_act,
    standing_conditions,
    stands_of,
    waits_of,
)


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What somebody decided of an act by a condition."""

    id: UUID
    verdict: str
    why: str
    by: str
    at: datetime
    struck: Struck | None

    @property
    def says(self) -> str:
        """The verdict in words."""
        return VERDICTS[self.verdict]


@dataclass(frozen=True, slots=True)
class Beside:
    """A condition laid beside an act: its own words, place and days, and what was decided."""

    id: UUID
    number: int
    text: str
    place: str
    since: date | None
    ends: date | None
    label: Words | None
    """That the act came after the condition was made by a change, and before that was served."""
    vague: tuple[Words, ...]
    struck: bool
    """Whether it was taken off the order since: what was decided of it stays to be read."""
    decided: DecisionView | None
    past: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True)
class ActView:
    """An act that may lie inside an order, in its own words."""

    name: str
    stands: str
    """How it stands, as its form hands it back: a window in which it stood otherwise decides nothing."""
    says: str
    label: Words | None
    vague: tuple[Words, ...]
    channel: str
    who: str
    where: str
    texts: tuple[str, ...]
    many: int
    entry: str
    at: str
    """Where its own page is: the entry's reference, or its file and place."""
    beside: tuple[Beside, ...]

    @property
    def waits(self) -> bool:
        """Whether a condition was not decided yet."""
        return any(one.decided is None and not one.struck for one in self.beside)


@dataclass(frozen=True, slots=True)
class BreachView:
    """A recorded breach: one event by one condition, and what followed."""

    id: UUID
    version: int
    condition: int
    text: str
    act_on: date
    act: str
    arrested_on: date | None
    charged_on: date | None
    outcome_on: date | None
    outcome: str
    words: str
    by: str
    at: datetime
    decision: UUID
    stale: Words | None
    """That what it rests on was withdrawn, or is known for another time, since it was decided."""

    @property
    def outcome_says(self) -> str:
        """The outcome in words."""
        return OUTCOMES.get(self.outcome, "")


@dataclass(frozen=True, slots=True)
class WatchPage:
    """Acts dated inside an order: a part of them, how many there are and wait, and the breaches recorded."""

    order: UUID
    case: str
    acts: tuple[ActView, ...]
    total: int
    waiting: int
    unsure: int
    """Acts of which somebody could not tell."""
    typed: bool
    """Whether any condition is written down."""
    breaches: tuple[BreachView, ...]
    spans: tuple[rules.Span, ...]


@dataclass(frozen=True, slots=True)
class WatchWaiting:
    """Acts dated inside an order that came to be known since all before them was decided."""

    circle: UUID
    order: UUID
    entries: int
    files: int
    since: datetime


@reads_one(permissions.SEE_WATCH, Order)
def watch(
    actor: Actor, row: Order, *, waiting_only: bool = True, unsure_only: bool = False, skip: int = 0, most: int = 20
) -> WatchPage:
    """The acts of a case that may lie inside an order, in order of time, each beside the order's conditions.

    `unsure_only`: those of which somebody could not tell, to be looked at again when more is known.
    """
    case = case_of(row)
    found = acts_found(actor, row)
    conditions, decisions = standing_conditions(row), decided_by_act(row)
    waits = [one for one in found if waits_of(one, conditions, decisions)] if conditions else found
    unsure = _unsure(row, found)
    listed = unsure if unsure_only else waits if waiting_only else found
    shown = listed[skip : skip + most]
    entries = [one.first.entry for one in shown if one.first.entry]
    places = [(mark.source, mark.seq) for one in shown for mark in one.marks[:MOST_TEXTS] if not mark.entry]
    lines = evidence.lines_of(actor, case, entries, places) if shown else {}
    past, taken_off = _past(row, shown), list(row.conditions.exclude(struck_at=None).order_by("number"))
    episode = tasks.episode_of(row, tasks.steps_of([row.pk])[row.pk])
    acts = tuple(_act(actor, one, lines, conditions, past, taken_off, episode.terms) for one in shown)
    return WatchPage(
        row.pk, str(case.key), acts,
        len(listed), len(waits), len(unsure), bool(conditions), _breaches(actor, row),
        tasks.spans(row, episode),
    )  # fmt: skip


def _unsure(row: Order, found: Sequence[ActFound]) -> list[ActFound]:
    rows = Decided.objects.filter(order=row, struck_at=None, verdict=CANT_TELL)
    keys = {(entry, source or 0, seq or 0) for entry, source, seq in rows.values_list("incident", "source", "seq")}
    return [one for one in found if one.key in keys] if keys else []


MOST_TEXTS = 12
"""Messages of one run whose words are shown; the rest stand in the list by day."""


@reads_one(permissions.SEE_ORDERS, Order)
def breaches(actor: Actor, row: Order) -> tuple[BreachView, ...]:
    """The breaches of an order that are recorded and stand."""
    return _breaches(actor, row)


@reads(permissions.DECIDE_BREACH)
def watch_waiting(actor: Actor, whose: Collection[UUID], most: int) -> tuple[WatchWaiting, ...]:
    """Orders that these people look after, or in cases they own, with acts in them that nobody decided, oldest first.

    By what came since all was decided: what was decided long ago is not read. Orders are taken in the order in which
    they wait, and counted only as many as are asked for.
    """
    known = Q(in_known(actor, picked=True), circle__case__state=CaseState.OPEN, circle__state="open")
    mine = Q(order__by__in=list(whose), order__keeping__keeper=None) | Q(order__keeping__keeper__in=list(whose))
    spans = OrderSpan.objects.filter(known, mine | owned_by(whose))
    near = spans.filter(Exists(_with_entries(_same("pk"))) | Exists(_with_files(_same("pk")))).order_by("since", "pk")
    orders = list(dict.fromkeys(near.values_list("order", flat=True)[: 2 * most]))[:most]
    found = [*_counted(_with_entries, orders), *_counted(_with_files, orders)]
    told: dict[UUID, WatchWaiting] = {}
    for entries, (order, circle, since, number) in found:
        one = told.get(order) or WatchWaiting(circle, order, 0, 0, since)
        told[order] = replace(one, entries=number) if entries else replace(one, files=number)
    actor.keys.prepare(one.circle for one in told.values())
    shown = [one for one in told.values() if actor.keys.side(one.circle) != REPORTED]
    actor.visit.shows(one.circle for one in shown)
    return tuple(sorted(shown, key=lambda one: (one.since, one.order)))


AT_A_TIME = 500
VERSIONS, READINGS = "circle__incident_versions__", "circle__readings__"


def _counted(
    narrowed: Callable[[QuerySet[OrderSpan]], QuerySet[OrderSpan]], orders: Sequence[UUID]
) -> Iterator[tuple[bool, tuple[UUID, UUID, datetime, int]]]:
    """How many entries, or files, wait in each of these orders; an act in two spans of one order counts once."""
    entries = narrowed is _with_entries
    number = Count(f"{VERSIONS}incident" if entries else f"{READINGS}source", distinct=True)
    for start in range(0, len(orders), AT_A_TIME):
        spans = narrowed(OrderSpan.objects.filter(order__in=orders[start : start + AT_A_TIME]))
        for row in spans.values_list("order", "circle", "since").annotate(number=number).order_by():
            yield entries, row


def _with_entries(spans: QuerySet[OrderSpan]) -> QuerySet[OrderSpan]:
    """Those with entries that came since, may lie in them, and were not decided whole."""
    new = VERSIONS
    return spans.filter(  # in one call: each further one would join the versions anew
        ~Exists(_decided(f"{new}incident", f"{new}earliest")),
        Q(**{f"{new}latest": None}) | Q(**{f"{new}latest__gte": F("starts")}),
        Q(ends=None) | Q(**{f"{new}earliest": None}) | Q(**{f"{new}earliest__lt": F("ends")}),
        Q(**{f"{new}earliest__isnull": False}) | Q(**{f"{new}latest__isnull": False}),
        **{f"{new}at__gt": F("since"), f"{new}number": F(f"{new}incident__number"),
           f"{new}incident__state": "stands"},
    )  # fmt: skip


def _same(key: str) -> QuerySet[OrderSpan]:
    """The span that a query around this one is about."""
    return OrderSpan.objects.filter(pk=OuterRef(key))


def _decided(entry: str, time: str) -> QuerySet[Decided]:
    """What was decided whole of the entry and the order that a query around this one is about, as its time stands."""
    then = Q(act_at=OuterRef(time)) | Q(act_at=None)
    return Decided.objects.filter(then, order=OuterRef("order"), incident=OuterRef(entry), struck_at=None, whole=True)


def _with_files(spans: QuerySet[OrderSpan]) -> QuerySet[OrderSpan]:
    """Those with files read since, whose contact may lie in them."""
    new = READINGS
    return spans.filter(
        Q(ends=None) | Q(**{f"{new}earliest": None}) | Q(**{f"{new}earliest__lt": F("ends")}),
        **{f"{new}state": "held", f"{new}at__gt": F("since"), f"{new}latest__gte": F("starts"),
           f"{new}contacts__gt": 0},
    )  # fmt: skip


def _past(row: Order, shown: Sequence[ActFound]) -> Mapping[tuple[Key, UUID], list[Decided]]:
    wanted = {one.key for one in shown}
    told: defaultdict[tuple[Key, UUID], list[Decided]] = defaultdict(list)
    rows = Decided.objects.filter(order=row).select_related("by__user", "struck_by__user").order_by("at", "pk")
    for one in rows:
        key = (one.incident_id, one.source_id or 0, one.seq or 0)
        if key in wanted:
            told[key, one.condition_id].append(one)
    return told


def _act(
    actor: Actor, act: ActFound, lines: Mapping[str | tuple[int, int], evidence.Line],
    conditions: Sequence[OrderCondition], past: Mapping[tuple[Key, UUID], list[Decided]],
    taken_off: Sequence[OrderCondition], terms: Sequence[Terms],
) -> ActView:  # fmt: skip
    first = act.first
    told = [lines.get(mark.entry or (mark.source, mark.seq)) for mark in act.marks[:MOST_TEXTS]]
    line = told[0]
    extra = line.record.extra if line else {}
    channel = (line.entry and line.kind) or f"{line.channel}, {line.kind}" if line else ""
    who = str(extra.get("who_did_it", "")) if first.entry else line.sender if line else ""
    return ActView(
        act.name, stands_of(act, conditions), line.when.says() if line else first.when.says(), act.placed.label,
        act.placed.vague, channel, who, str(extra.get("where", "")),
        tuple(one.text for one in told if one and one.text), len(act.marks), first.entry,
        first.entry or f"{first.source}-{first.seq}",
        tuple(
            _beside(actor, act, one, past.get((act.key, one.pk), []), terms)
            for one in (*asked_of(act, conditions), *(one for one in taken_off if (act.key, one.pk) in past))
        ),
    )  # fmt: skip


def _beside(
    actor: Actor, act: ActFound, row: OrderCondition, made: Sequence[Decided], terms: Sequence[Terms]
) -> Beside:
    when, until = act.first.when, binds_until(row)
    label, vague = rules.by_change(rules.change_of(terms, row.under), when)
    views = [(one, _decision(actor, one)) for one in made]
    now = next(
        (view for one, view in views
         if view.struck is None and one.act_at == act.first.when.earliest), None
    )  # fmt: skip
    return Beside(
        row.pk, row.number, actor.keys.open(row.text), actor.keys.open(row.place), row.since, until, label,
        tuple(one for one in (vague, rules.condition_vague(row.since, until, when)) if one),
        row.struck_at is not None, now,
        tuple(view for _, view in views if view is not now),
    )  # fmt: skip


def _decision(actor: Actor, row: Decided) -> DecisionView:
    struck = None
    if row.struck_at is not None and row.struck_by is not None:
        struck = Struck(row.struck_by.user.name, row.struck_at, actor.keys.open(row.struck_why))
    return DecisionView(row.pk, row.verdict, actor.keys.open(row.why), row.by.user.name, row.at, struck)


def _breaches(actor: Actor, row: Order) -> tuple[BreachView, ...]:
    rows = Breach.objects.filter(order=row, decided__struck_at=None, decided__verdict=BREACH)
    rows = rows.select_related("decided__by__user", "decided__condition", "decided__incident")
    stale = _stale(row)
    return tuple(
        BreachView(
            one.pk, one.version, one.decided.condition.number, actor.keys.open(one.decided.condition.text), one.act_on,
            one.decided.incident.reference if one.decided.incident else f"{one.decided.source_id}-{one.decided.seq}",
            one.arrested_on, one.charged_on, one.outcome_on, one.outcome, actor.keys.open(one.words),
            one.decided.by.user.name, one.decided.at, one.decided_id, stale.get(one.decided_id),
        )
        for one in rows.order_by("act_on", "decided__condition__number", "pk")
    )  # fmt: skip


WITHDRAWN = words("breach_withdrawn", "The entry it rests on was withdrawn since. Look at it, and take the breach back "
                  "if it no longer stands.")  # fmt: skip
MOVED = words("breach_moved", "The time of the act was mended since. Look at it, and decide it anew under All.")


def _stale(row: Order) -> dict[UUID, Words]:
    """Breaches of an order by their decisions whose entry was withdrawn or given another time since."""
    rows = Decided.objects.filter(order=row, struck_at=None, verdict=BREACH).exclude(incident=None)
    rows = rows.filter(incident__versions__number=F("incident__number"))
    told = {}
    for key, state, now, then in rows.values_list("pk", "incident__state", "incident__versions__earliest", "act_at"):
        if state != "stands":
            told[key] = WITHDRAWN
        elif now != then:
            told[key] = MOVED
    return told
