"""The long work of evidence: reading a file behind walls, batch by batch, so that it can go on after a kill."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.evidence import actions, codes, queries, rules
from joindots.evidence.actions.reading import BATCH, DAYS, Batch
from joindots.evidence.actions.repeats import Days, Repeats
from joindots.evidence.findings import MOST_PLACES, Findings, Sender
from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.duplicates import Spool, export_of
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import (
    OWN_THINGS,
    Attachment,
    Communication,
    Coverage,
    Item,
    NotUnderstood,
    Question,
)
from joindots.evidence.readers.sandbox.parent import read_in_child
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.vault.files import CHUNK, Sealer

HELD = "held"
"""The step after which the reading is visible: resumed work goes on with grouping."""
STRIDE = BATCH // 4
"""Places of which one transaction says what they repeat."""
YIELDS = 5
"""The child that reads steps back behind the pages. This process does not: it may hold SQLite's turn to write."""
SPOOLED = 1 << 14
"""Records between two signs of life while they are compared."""


class ReadFile:
    """Reads one source file. `job.subject` is its id."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Read, keep, count, hold, then group repeats. What was there before stays until the new reading is whole."""
        ref = Ref(int(job.subject))
        if job.step != HELD:
            yield from self._read(actor, ref)
        size = queries.file(actor, ref).file.size
        yield Progress(HELD, size, size)
        while actions.drop_reading(actor, ref, past_only=True):
            yield Progress(HELD, size, size)
        for _ in _group(actor, ref):
            yield Progress(HELD, size, size)
        yield Progress("ready", size, size)

    def forget(self, actor: Actor, job: Job) -> None:
        """Delete what an unfinished reading left."""
        _drop(actor, Ref(int(job.subject)), "")

    def _read(self, actor: Actor, ref: Ref) -> Iterator[Progress]:
        begun = actions.begin_reading(actor, ref)
        original = queries.original(actor, ref)
        taken = _Taken(begun.kept)
        at = [0]
        reading = read_in_child(
            original.open, original.name, original.sha256, Answers(begun.answers), _SealedMedia(actor, ref),
            progress=lambda byte: at.__setitem__(0, byte), yields=YIELDS,
        )  # fmt: skip
        try:
            with reading:
                for batch in reading.batches():
                    for full in taken.take(batch):
                        actions.keep_batch(actor, Ref(begun.reading), batch=full)
                    yield Progress("read", min(at[0], original.size), original.size)
        except NotReadable as refusal:
            _drop(actor, ref, refusal.reason.code)
            raise
        for rest in taken.rest():
            actions.keep_batch(actor, Ref(begun.reading), batch=rest)
        yield Progress("sorted", original.size, original.size)
        _clear(actor, ref, taken.found.channels)
        days = list(taken.days.items())
        for at_day in range(0, len(days) or 1, DAYS):
            counts = days[at_day : at_day + DAYS]
            actions.count_days(actor, Ref(begun.reading), counts=counts, first=not at_day)
        actions.hold_reading(
            actor, Ref(begun.reading), format_name=reading.format.name if reading.format else "", found=taken.found,
            records_read=taken.records, span=(taken.earliest, taken.latest),
        )  # fmt: skip


class RemoveFile:
    """Removes one file. `job.subject` is its id.

    First what its records stood for counts by itself again; only then is it hidden, deleted in small steps, and the
    files that are left are compared anew. An act may be counted twice on the way; none is ever lost.
    """

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Goes on after a kill from wherever it was."""
        case = casework.of_circle(actor, Ref(job.circle_id))
        ref, size = Ref(int(job.subject)), job.total
        if any(one.id == ref.key for one in queries.files_of(actor, case)):
            yield Progress("clear", 0, size)
            _clear(actor, ref)
            actions.hide(actor, ref)
            while actions.drop_reading(actor, ref):
                yield Progress("drop", 0, size)
            actions.end_removing(actor, ref)
        yield Progress("gone", size, size)
        compared: set[int] = set()
        for one in queries.held_sources(actor, case):
            if one.source not in compared:
                for _ in _group(actor, Ref(one.source), compared):
                    yield Progress("gone", size, size)
        yield Progress("ready", size, size)

    def forget(self, actor: Actor, job: Job) -> None:
        """Stopped: the file stays, if all of it is there."""
        actions.keep_after_all(actor, Ref(int(job.subject)))


def _drop(actor: Actor, ref: Ref, code: str) -> None:
    while actions.drop_reading(actor, ref, code=code):
        continue


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


def _clear(actor: Actor, ref: Ref, channels: Collection[str] = ()) -> None:
    """Before a file is read anew or removed: what repeats its old records stands for itself meanwhile."""
    held = queries.held_sources(actor, Ref(queries.file(actor, ref).file.case))
    mine = next((one for one in held if one.source == ref.key), None)
    if mine is not None:
        for one in _alike(held, mine.source, {*channels, *mine.found.channels}):
            while actions.clear_repeats(actor, Ref(one.source), generation=one.generation):
                continue


def _group(actor: Actor, ref: Ref, compared: set[int] | None = None) -> Iterator[None]:
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
        days: Days = Counter()
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
    first = place = 0
    for place, _ in one.records():
        record = next(grouped)
        file, _, stands = (record.dup_group or "").rpartition("-")
        if (files[file], int(stands)) != (one.source, place):
            repeats[place] = (files[file], int(stands))
            days[_day(record)] += rules.is_contact(record)
        if place - first + 1 == STRIDE:
            yield first, place, repeats
            first, repeats = place + 1, {}
    if place >= first:
        yield first, place, repeats


def _day(one: Communication) -> tuple[date | None, int, int]:
    return rules.day_of(one), codes.CHANNEL_OF[one.channel], codes.DIRECTION_OF[one.direction]


class _Taken:
    """Takes items as they come: numbers senders and threads, counts days, fills batches."""

    def __init__(self, kept: int) -> None:
        self.skip = kept
        self.records = 0
        self.found = Findings()
        self.days: Days = Counter()
        self.earliest: datetime | None = None
        self.latest: datetime | None = None
        self._rows: list[tuple[Any, ...]] = []
        self._words: list[Communication] = []
        self._senders: dict[tuple[str | None, str | None], int] = {}
        self._exports: set[object] = set()
        self._threads: dict[str | None, int] = {}

    def take(self, items: list[Item]) -> Iterator[Batch]:
        """Every whole batch that these items fill. What was kept before a kill is passed over."""
        for item in items:
            if type(item) is Communication:
                row = self._row(item)
                self.records += 1
                if self.records > self.skip:
                    self._rows.append(row)
                    self._words.append(item)
                if len(self._rows) == BATCH:
                    yield from self.rest()
            else:
                self._note(item)

    def rest(self) -> Iterator[Batch]:
        """What waits, packed, if anything does."""
        if self._rows:
            yield Batch.of(self.records - len(self._rows), self._rows, self._words)
            self._rows, self._words = [], []

    def _row(self, one: Communication) -> tuple[Any, ...]:
        """The values of `models.COLUMNS`."""
        contact = rules.is_contact(one)
        self._count(one, contact)
        earliest, latest = one.at_earliest, one.at_latest
        return (
            earliest, self.records, codes.CHANNEL_OF[one.channel], codes.KIND_OF[one.kind],
            codes.DIRECTION_OF[one.direction], codes.PRECISION_OF[one.precision], self._sender(one),
            self._thread(one.thread), rules.spread(earliest, latest), contact,
        )  # fmt: skip

    def _count(self, one: Communication, contact: bool) -> None:
        if one.channel not in self.found.channels:
            self.found.channels.append(one.channel)
        self.found.kinds[one.kind] = self.found.kinds.get(one.kind, 0) + 1
        if (export := export_of(one)) not in self._exports:
            self._exports.add(export)
            self.found.exports += 1
        if contact:
            self.days[_day(one)] += 1
        if one.at_earliest and (self.earliest is None or one.at_earliest < self.earliest):
            self.earliest = one.at_earliest
        if one.at_latest and (self.latest is None or one.at_latest > self.latest):
            self.latest = one.at_latest

    def _sender(self, one: Communication) -> int:
        who = (one.sender.shown, one.sender.key)
        number = self._senders.get(who)
        if number is None:
            number = self._senders[who] = len(self.found.senders)
            self.found.senders.append(Sender(*who))
        self.found.senders[number].count += 1
        return number

    def _thread(self, name: str | None) -> int:
        number = self._threads.get(name)
        if number is None:
            number = self._threads[name] = len(self.found.threads)
            self.found.threads.append(name)
        return number

    def _note(self, item: Item) -> None:
        match item:
            case Question():
                self.found.questions.append(item)
            case Coverage():
                self.found.coverage.append(item)
            case NotUnderstood() if len(self.found.places) < MOST_PLACES:
                self.found.places.append(item)
            case NotUnderstood():
                self.found.places_more += 1
            case Attachment():
                pass


class _SealedMedia:
    """Seals each file found inside a source while it streams out of it."""

    def __init__(self, actor: Actor, source: Ref) -> None:
        self.actor = actor
        self.source = source

    def keep(self, name: str, stream: BinaryIO) -> tuple[str, int]:
        """SHA-256 and size, when it is sealed and kept."""
        sealer = Sealer()
        try:
            while piece := stream.read(CHUNK):
                sealer.write(piece)
            sealed = sealer.close()
        except BaseException:
            sealer.drop()
            raise
        actions.keep_exhibit(self.actor, self.source, name=name, kind="", sealed=sealed)
        return sealed.sha256, sealed.size
