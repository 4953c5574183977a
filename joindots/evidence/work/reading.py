"""Reading one file: looked through, perhaps waiting for a choice, then kept, counted, held and grouped."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain
from typing import BinaryIO

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.evidence import actions, queries
from joindots.evidence.actions.reading import DAYS, Batch
from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Item
from joindots.evidence.readers.sandbox.parent import ChildReading, read_in_child
from joindots.evidence.rules import keeping, screenshots
from joindots.evidence.work.grouping import clear, group
from joindots.evidence.work.taking import NOTHING_KEPT, Taken
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.vault.files import CHUNK, Sealer

HELD = "held"
"""The step after which the reading is visible: resumed work goes on with grouping."""
YIELDS = 5
"""The child that reads steps back behind the pages. This process does not: it may hold SQLite's turn to write."""


class ReadFile:
    """Reads one source file. `job.subject` is its id."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Read, keep, count, hold, then group repeats. What was there before stays until the new reading is whole.

        Where a person is to choose what of it is taken in, the work ends before anything is kept, and begins anew with
        the choice.
        """
        ref = Ref(int(job.subject))
        if job.step != HELD:
            begun = actions.begin_reading(actor, ref)
            if begun.choice.ask and (yield from self._look(actor, ref, begun)):
                return
            yield from self._read(actor, ref, begun)
        size = queries.file(actor, ref).file.size
        yield Progress(HELD, size, size)
        while actions.drop_reading(actor, ref, past_only=True):
            yield Progress(HELD, size, size)
        for _ in group(actor, ref):
            yield Progress(HELD, size, size)
        yield Progress("ready", size, size)

    def forget(self, actor: Actor, job: Job) -> None:
        """Delete what an unfinished reading left."""
        _drop(actor, Ref(int(job.subject)), "")

    def _look(self, actor: Actor, ref: Ref, begun: actions.Begun) -> Generator[Progress, None, bool]:
        """A first look, which keeps nothing. Whether the work now waits for a choice."""
        taken = Taken(NOTHING_KEPT)
        original = queries.original(actor, ref)
        reading = _reading(original, begun, None, at := [0])
        for _ in _items(actor, ref, reading, taken):
            yield Progress("read", min(at[0], original.size) // 2, original.size)
        found = taken.survey()
        if not keeping.worth_asking(found.channels, taken.days.total, len(found.senders)):
            return False
        actions.wait_for_choice(
            actor, Ref(begun.reading), format_name=_format(reading), found=found, span=(taken.earliest, taken.latest)
        )
        yield Progress("ready", original.size, original.size)
        return True

    def _read(self, actor: Actor, ref: Ref, begun: actions.Begun) -> Iterator[Progress]:
        original = queries.original(actor, ref)
        taken = Taken(begun.kept, begun.choice)
        reading = _reading(original, begun, _SealedMedia(actor, ref), at := [0])
        for full in _items(actor, ref, reading, taken):
            for batch in full:
                actions.keep_batch(actor, Ref(begun.reading), batch=batch)
            yield Progress("read", min(at[0], original.size), original.size)
        for rest in chain(taken.take(_said_in(begun, original)), taken.rest()):
            actions.keep_batch(actor, Ref(begun.reading), batch=rest)
        yield Progress("sorted", original.size, original.size)
        found = taken.finish()
        if taken.left_media:
            actions.drop_exhibits(actor, ref, contents=frozenset(taken.left_media))
        clear(actor, ref, found.channels)
        days = [(where, number, taken.days.hours[where]) for where, number in taken.days.numbers.items()]
        for at_day in range(0, len(days) or 1, DAYS):
            counts = days[at_day : at_day + DAYS]
            actions.count_days(actor, Ref(begun.reading), counts=counts, first=not at_day)
        actions.hold_reading(
            actor, Ref(begun.reading), format_name=_format(reading), found=found, records_read=taken.records,
            span=(taken.earliest, taken.latest),
        )  # fmt: skip


def _reading(
    original: queries.Original, begun: actions.Begun, media: _SealedMedia | None, at: list[int]
) -> ChildReading:
    """The file being read in a child; `at` holds the byte it has come to."""
    return read_in_child(
        original.open, original.name, original.sha256, Answers(begun.answers), media,
        progress=lambda byte: at.__setitem__(0, byte), yields=YIELDS,
    )  # fmt: skip


def _items(actor: Actor, ref: Ref, reading: ChildReading, taken: Taken) -> Iterator[list[Batch]]:
    """The batches that each piece of the file fills. A file that cannot be read leaves nothing."""
    try:
        with reading:
            for batch in reading.batches():
                yield list(taken.take(batch))
    except NotReadable as refusal:
        _drop(actor, ref, refusal.reason.code)
        raise


def _said_in(begun: actions.Begun, original: queries.Original) -> list[Item]:
    """The messages that a picture shows, as a person confirmed them, and that it shows no others."""
    if begun.words is None:
        return []
    said = screenshots.records(begun.words, sha256=original.sha256, file=original.name, number=begun.version)
    return [*said, screenshots.coverage(begun.words)]


def _format(reading: ChildReading) -> str:
    return reading.format.name if reading.format else ""


def _drop(actor: Actor, ref: Ref, code: str) -> None:
    while actions.drop_reading(actor, ref, code=code):
        continue


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
