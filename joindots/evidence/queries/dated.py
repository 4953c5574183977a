"""Acts whose time may lie in a window: entries and contact of others, by codes and times alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import Communication, IncidentVersion, Reading, held_rows
from joindots.evidence.rules import A_DAY, codes
from joindots.evidence.rules.entries import State
from joindots.kernel.when import Precision, When


@dataclass(frozen=True, slots=True)
class ActMark:
    """An entry of the log, or a contact of a file, without its words: what it is known by, its time, and codes."""

    entry: str
    """The reference of the entry; empty for a contact, which is known by its file and place in it."""
    key: UUID | None
    source: int
    seq: int
    when: When
    came: datetime
    """When it came to be known here: written or corrected, or read from its file."""
    kinds: tuple[str, ...]
    doer: str
    channel: str
    kind: str
    direction: str
    talk: tuple[int, int]
    """Sender and conversation, by their numbers in the file."""


@reads_one(permissions.SEE_EVIDENCE, Case)
def acts_dated(actor: Actor, case: Case, start: datetime, end: datetime | None) -> tuple[ActMark, ...]:
    """Every entry that stands, and every contact that is not the person's own, whose time may lie in a window: from
    `start` on, before `end` where there is one. In order of time; nothing of no time at all. Nothing is opened.
    """
    found = [*_entries(case, start, end), *_contacts(case, start, end)]
    return tuple(sorted(found, key=lambda one: (one.when.earliest or start, one.entry, one.source, one.seq)))


def _entries(case: Case, start: datetime, end: datetime | None) -> Iterator[ActMark]:
    rows = IncidentVersion.objects.filter(
        _late_enough(start), incident__circle=case.circle_id, incident__state=State.STANDS,
        number=F("incident__number"),
    )  # fmt: skip
    if end is not None:
        rows = rows.filter(Q(earliest=None) | Q(earliest__lt=end))
    columns = (
        "incident__reference",
        "incident",
        "earliest",
        "latest",
        "precision",
        "time_flags",
        "at",
        "kinds",
        "doer",
    )
    for reference, key, first, last, precision, flags, at, kinds, doer in rows.values_list(*columns):
        when = When(first, last, Precision(precision), flags=tuple(flags.split()))
        yield ActMark(reference, key, 0, 0, when, at, tuple(kinds), doer, "", "", "", (0, 0))


def _late_enough(start: datetime) -> Q:
    """Of which some reading is not before a moment: a time with no end known may be, one that is not known is not."""
    return Q(latest__gte=start) | Q(latest=None, earliest__isnull=False)


WIDEST = timedelta(days=400)
"""How far before a window a contact may begin whose time is known so loosely that it may reach into it."""


LONGEST = 10**9
"""Seconds: a time known more loosely than thirty years is known no closer by saying more."""


def _contacts(case: Case, start: datetime, end: datetime | None) -> Iterator[ActMark]:
    came = dict(Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD).values_list("source", "at"))
    if not came:
        return
    near = Q(earliest__gte=start) | Q(earliest__gte=start - WIDEST, spread__gte=A_DAY)
    told = Q(contact=True) | Q(channel=codes.CHANNEL_OF["log"])
    rows = Communication.objects.filter(held_rows(case.circle_id), near, told, repeat_of=None)
    rows = rows.exclude(direction=codes.DIRECTION_OF["out"])
    if end is not None:
        rows = rows.filter(earliest__lt=end)
    columns = (
        "source", "seq", "earliest", "spread", "precision", "channel", "kind", "direction", "sender", "thread",
    )  # fmt: skip
    for source, seq, first, spread, precision, channel, kind, direction, sender, thread in rows.values_list(*columns):
        last = first + timedelta(seconds=min(spread, LONGEST))
        if last < start:
            continue
        when = When(first, last, Precision(codes.PRECISIONS[precision]))
        yield ActMark(
            "", None, source, seq, when, came[source], (), "", codes.CHANNELS[channel], codes.KINDS[kind],
            codes.DIRECTIONS[direction], (sender, thread),
        )  # fmt: skip
