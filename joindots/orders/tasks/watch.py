"""Acts that may lie inside an order's life, which conditions are asked of each, and which wait to be decided."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.evidence import queries as evidence
from joindots.kernel.problems import NotFound
from joindots.orders.models import Decided, Order, OrderCondition
from joindots.orders.rules import watch as rules
from joindots.orders.rules.watch import Placed, Span
from joindots.orders.tasks.life import episode_of, spans, steps_of

Key = tuple[UUID | None, int, int]
"""What an act is known by: an entry of the log, or a file and the place of its first record."""
JOINED = frozenset({"text", "media", "deleted", "unsent", "edited", "reaction", "location", "view_once"})
"""Kinds of record that run together in a conversation."""


@dataclass(frozen=True, slots=True)
class ActFound:
    """An act that may lie inside an order: its records in order of time, and where it lies."""

    name: str
    """As forms hand it back."""
    marks: tuple[evidence.ActMark, ...]
    placed: Placed

    @property
    def first(self) -> evidence.ActMark:
        """The record by which it is known."""
        return self.marks[0]

    @property
    def key(self) -> Key:
        """What decisions know it by."""
        return (self.first.key, self.first.source, self.first.seq)


def case_of(row: Order) -> Ref:
    """The case an order stands in."""
    case = Case.objects.filter(circle=row.circle_id).values_list("reference", flat=True).first()
    if case is None:
        raise NotFound
    return Ref(case)


def acts_found(actor: Actor, row: Order) -> list[ActFound]:
    """Every act that may lie inside an order's life, in order of time. A contact that is linked as one act with an
    entry stands with the entry.
    """
    bound = spans(row, episode_of(row, steps_of([row.pk])[row.pk]))
    marks = _once(actor, row, marks_near(actor, row, bound))
    runs = rules.runs(
        ((one.source, one.channel, one.direction, one.talk), one.when.earliest, not one.entry and one.kind in JOINED)
        for one in marks
    )
    found = []
    for places in runs:
        mine = tuple(marks[place] for place in places)
        placed = rules.placed(mine[0].when, bound)
        if placed is not None:
            first = mine[0]
            found.append(ActFound(first.entry or f"{first.source}-{first.seq}", mine, placed))
    return found


def marks_near(actor: Actor, row: Order, bound: Sequence[Span]) -> list[evidence.ActMark]:
    """Every record that may lie inside these spans, in order of time."""
    if not bound:
        return []
    over = [one.over for one in bound]
    end = None if None in over else max(one for one in over if one)
    near = evidence.acts_dated(actor, case_of(row), bound[0].made[0], end)
    return [one for one in near if rules.placed(one.when, bound) is not None]


def _once(actor: Actor, row: Order, marks: Sequence[evidence.ActMark]) -> Sequence[evidence.ActMark]:
    """Without contacts of which somebody said that an entry here tells of the same act."""
    entries = {one.entry for one in marks if one.entry}
    if not entries or len(entries) == len(marks):
        return marks
    same = evidence.same_acts(actor, case_of(row))
    told = {
        (source, seq) for _, ends in same if any(name in entries for name, _, _ in ends)
        for name, source, seq in ends if not name
    }  # fmt: skip
    return [one for one in marks if one.entry or (one.source, one.seq) not in told]


def standing_conditions(row: Order) -> list[OrderCondition]:
    """The conditions that are written down and not struck, by their numbers."""
    return list(row.conditions.filter(struck_at=None).order_by("number"))


def asked_of(act: ActFound, conditions: Iterable[OrderCondition]) -> list[OrderCondition]:
    """The conditions that may bind at the time of an act."""
    return [one for one in conditions if rules.binds_then(one.since, binds_until(one), act.first.when)]


def binds_until(one: OrderCondition) -> date | None:
    """The last day a condition binds: its own, or the day on which the court took it off."""
    days = [day for day in (one.ends, one.lifted_on) if day is not None]
    return min(days, default=None)


def decided_by_act(row: Order) -> Mapping[Key, Mapping[UUID, datetime | None]]:
    """Which conditions were decided of which acts, each with the time its act had then."""
    told: defaultdict[Key, dict[UUID, datetime | None]] = defaultdict(dict)
    rows = Decided.objects.filter(order=row, struck_at=None)
    for incident, source, seq, condition, act_at in rows.values_list(
        "incident", "source", "seq", "condition", "act_at"
    ):
        told[incident, source or 0, seq or 0][condition] = act_at
    return told


def waits_of(
    act: ActFound, conditions: Iterable[OrderCondition], decided: Mapping[Key, Mapping[UUID, datetime | None]]
) -> list[OrderCondition]:
    """The conditions by which an act was not decided yet, or was when its time stood otherwise: an entry whose time
    was mended, a contact whose file was read anew.
    """
    made = decided.get(act.key, {})
    return [
        one for one in asked_of(act, conditions)
        if one.pk not in made or made[one.pk] != act.first.when.earliest
    ]  # fmt: skip


def stands_of(act: ActFound, conditions: Iterable[OrderCondition]) -> str:
    """How an act and what is asked of it stand."""
    told = (act.name, act.first.when.earliest, act.first.when.latest, act.first.came, len(act.marks),
            [str(one.pk) for one in asked_of(act, conditions)])  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]
