"""Which records of a case's files tell of one act: compared, marked, and forgotten before a file is read anew."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.evidence import actions, queries, rules
from joindots.evidence.actions.reading import BATCH
from joindots.evidence.actions.repeats import Repeats
from joindots.evidence.readers.duplicates import Spool
from joindots.evidence.readers.records import OWN_THINGS, Communication
from joindots.evidence.rules.tallies import Days

STRIDE = BATCH // 4
"""Places of which one transaction says what they repeat."""
SPOOLED = 1 << 14
"""Records between two signs of life while they are compared."""


def _alike(held: Sequence[queries.HeldSource], source: int, channels: Collection[str]) -> list[queries.HeldSource]:
    """The other files that could tell of the same acts: those that share a channel with this one, or with one of them.

    Files compared with one of them must be compared with it too, or what they repeat of each other is forgotten.
    """
    wanted, known = set(channels) - OWN_THINGS, -1
    while len(wanted) != known:
        known = len(wanted)
        for one in held:
            if wanted & set(one.found.channels):
                wanted |= set(one.found.channels) - OWN_THINGS
    return [one for one in held if one.source != source and wanted & set(one.found.channels)]


def clear(actor: Actor, ref: Ref, channels: Collection[str] = ()) -> None:
    """Before a file is read anew or removed: what repeats its old records stands for itself meanwhile."""
    held = queries.held_sources(actor, Ref(queries.file(actor, ref).file.case))
    mine = next((one for one in held if one.source == ref.key), None)
    if mine is not None:
        for one in _alike(held, mine.source, {*channels, *mine.found.channels}):
            while actions.clear_repeats(actor, Ref(one.source), generation=one.generation):
                continue


def group(actor: Actor, ref: Ref, compared: set[int] | None = None) -> Iterator[None]:
    """Say which records of the case's files repeat another export's. Nothing to do where no channel is shared.

    The files that are compared with this one are noted in `compared`.
    """
    held = queries.held_sources(actor, Ref(queries.file(actor, ref).file.case))
    mine = next(one for one in held if one.source == ref.key)
    others = _alike(held, mine.source, mine.found.channels)
    if compared is not None:
        compared.update(one.source for one in others)
    if not others and mine.found.exports < 2:
        return
    together = [one for one in held if one is mine or one in others]
    spool = Spool(file=io.BytesIO())
    for one in together:
        for place, record in one.records():
            spool.add(record)
            if place % SPOOLED == 0:
                yield
    grouped = spool.grouped()
    files = {one.sha256[:16]: one.source for one in together}
    generations = {one.source: one.generation for one in together}
    for one in together:
        days = Days()
        marked = {place // STRIDE for place in queries.repeats_marked(actor, Ref(one.source), one.generation)}
        for first, last, repeats in _repeats(one, grouped, files, days):
            if not repeats and first // STRIDE not in marked:
                continue  # nothing changes: no transaction, no entry
            actions.mark_repeats(
                actor, Ref(one.source), generation=one.generation, first=first, last=last, repeats=repeats,
                generations=generations,
            )  # fmt: skip
            yield
        actions.count_repeats(actor, Ref(one.source), generation=one.generation, days=days)
        yield


def _repeats(
    one: queries.HeldSource, grouped: Iterator[Communication], files: dict[str, int], days: Days
) -> Iterator[tuple[int, int, Repeats]]:
    """The records of one file that another stands for, in batches of places; counts them by day into `days`."""
    repeats: Repeats = {}
    senders = {(sender.shown, sender.key): number for number, sender in enumerate(one.found.senders)}
    first = place = 0
    for place, _ in one.records():
        record = next(grouped)
        file, _, stands = (record.dup_group or "").rpartition("-")
        if (files[file], int(stands)) != (one.source, place):
            repeats[place] = (files[file], int(stands))
            if rules.is_contact(record):
                days.add(record, senders[record.sender.shown, record.sender.key])
        if place - first + 1 == STRIDE:
            yield first, place, repeats
            first, repeats = place + 1, {}
    if place >= first:
        yield first, place, repeats
