"""One row of the list by itself: the record or entry that an address names, with its neighbours."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.bundles import is_message
from joindots.chronology.rules.grouping.spans import Place
from joindots.chronology.rules.pictures.told import DAY
from joindots.evidence import queries as evidence
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day, midnight
from joindots.web.chronology.days import Entry, entries_of
from joindots.web.chronology.decided import Decided

MOST_LINES = 1000
NEAR = timedelta(hours=6)
"""How far around a record rows are looked at on a day too full to be read whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """The row that a page is about, and its neighbours in the same conversation on the same day."""

    entry: Entry
    before: Entry | None
    after: Entry | None

    @property
    def stands(self) -> str:
        """How it stands, as its form hands it back: a window in which it stood otherwise decides nothing."""
        here = [line.entry or line.places for line in self.entry.lines]
        beside = [one.place if one else "" for one in (self.before, self.after)]
        told = repr((here, beside, self.entry.accepted, self.entry.episode, self.entry.beside))
        return hashlib.sha256(told.encode()).hexdigest()[:20]


def place_typed(text: str) -> Place | None:
    """The record meant by `source-seq` in an address, if it can be one."""
    source, _, seq = text.partition("-")
    if source.isdecimal() and seq.isdecimal() and len(source) < 20 and len(seq) < 10:
        return int(source), int(seq)
    return None


def row_of(actor: Actor, ref: Ref, place: Place, made: Decided) -> Row:
    """The row in which a record stands, as the list shows it."""
    generation, moment = chronologies.moment_of(actor, ref, place)
    if not generation:
        raise NotFound
    names = {one.source: one.name for one in evidence.coverage_of(actor, ref)}
    rows = entries_of(_around(actor, ref, moment), names, made=made)
    at = next((n for n, row in enumerate(rows) if any(place in line.places for line in row.lines)), None)
    if at is None:  # too far down a list too long to be read whole: it stands by itself
        line = evidence.line_at(actor, ref, place[0], generation, place[1])
        rows, at = entries_of((line,) if line else (), names, made=made), 0
    if not rows:
        raise NotFound
    near = [row for row in rows if _same_conversation(row, rows[at])]
    here = near.index(rows[at])
    after = near[here + 1] if here + 1 < len(near) else None
    return Row(rows[at], near[here - 1] if here else None, after)


def _around(actor: Actor, ref: Ref, moment: datetime | None) -> Sequence[evidence.Line]:
    """The lines of a record's day, or of some hours of a very full one; those without a day where it has none."""
    if moment is None:
        return evidence.lines_without_day(actor, ref, MOST_LINES)
    start, end = midnight(london_day(moment)), midnight(london_day(moment) + DAY)
    lines, total = evidence.lines_between(actor, ref, start, end, MOST_LINES)
    if total > len(lines):
        start, end = max(start, moment - NEAR), min(end, moment + NEAR)
        lines, _ = evidence.lines_between(actor, ref, start, end, 5 * MOST_LINES)
    return lines


def row_of_entry(actor: Actor, ref: Ref, entry: str, made: Decided) -> Row:
    """An entry of the log as a row of its own."""
    view = next((one for one in evidence.incidents_of(actor, ref) if entry and one.reference == entry), None)
    if view is None:
        raise NotFound
    lines: Sequence[evidence.Line] = ()
    if view.day is not None and view.when.earliest:
        moment = view.when.earliest
        lines, _ = evidence.lines_between(actor, ref, moment, moment + timedelta(microseconds=1), MOST_LINES)
    else:
        lines = evidence.lines_without_day(actor, ref, MOST_LINES)
    mine = [line for line in lines if line.entry == entry]
    rows = entries_of(mine, {}, made=Decided(grouping=made.grouping))
    if not rows:
        raise NotFound
    return Row(rows[0], None, None)


def _same_conversation(one: Entry, other: Entry) -> bool:
    a, b = one.line, other.line
    if not (is_message(a.record) and is_message(b.record)):
        return a is b
    return (a.source, a.record.channel, a.record.thread) == (b.source, b.record.channel, b.record.thread)
