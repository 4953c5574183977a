"""Saying on a row that an entry of the log and a record are one act, or are not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology.rules.grouping.spans import Place
from joindots.evidence import actions
from joindots.evidence import queries as evidence
from joindots.evidence.rules.links import SAME_ACT, End
from joindots.kernel.problems import NotFound

NEAR = timedelta(days=2)
MOST_NEAR = 50


def near_entries(
    actor: Actor, ref: Ref, line: evidence.Line, without: Collection[str]
) -> tuple[evidence.IncidentView, ...]:
    """Entries that may tell of the same act as a record: those of two days around it, and those of no known time."""
    moment = line.when.earliest
    found = []
    for one in evidence.incidents_of(actor, ref):
        first, last = one.when.earliest, one.when.latest
        early = first is not None and moment is not None and moment < first - NEAR
        late = last is not None and moment is not None and moment > last + NEAR
        if one.reference not in without and not early and not late:
            found.append(one)
    return tuple(found[:MOST_NEAR])


def say_same(actor: Actor, ref: Ref, entry: str, place: Place, why: str) -> None:
    """An entry and a record tell of one act: it is counted once, and both stay."""
    actions.link(actor, ref, kind=SAME_ACT, ends=(End(entry=entry), End(source=place[0], seq=place[1])), why=why)


def say_not_same(actor: Actor, ref: Ref, entry: str, places: Collection[Place], why: str) -> None:
    """They are not: every link that says so is undone, and stays with who undid it."""
    undone = 0
    for link, ends in evidence.same_acts(actor, ref):
        told = {(source, seq) for name, source, seq in ends if not name}
        if any(name == entry for name, _, _ in ends) and not told.isdisjoint(places):
            actions.undo_link(actor, Ref(link), why=why)
            undone += 1
    if not undone:
        raise NotFound
