"""A reading's life: begun, filled batch by batch, then held by one small transaction; or dropped.

Rows of a reading that is still arriving are shown by no query. A batch is its own short
transaction, so that nobody waits for the writer; after a kill the reading goes on after its last
whole batch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import Max

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.evidence import findings, pages, permissions
from joindots.evidence.findings import Findings
from joindots.evidence.models import AccountSeen, DayCount, Page, Reading, SourceFile, Transcript
from joindots.evidence.models import Communication as Index
from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.records import NOT_A_FAULT, Communication
from joindots.evidence.rules import codes, keeping, screenshots, seen
from joindots.evidence.rules.keeping import WHOLE_FILE, Choice
from joindots.evidence.rules.screenshots import Sheet
from joindots.evidence.rules.tallies import DayOf, packed
from joindots.kernel.problems import NotFound
from joindots.vault.blind import blind_all, generations

BATCH = pages.RECORDS * 8
"""Records of one transaction (measured: it holds SQLite's one writer for 30 ms of processor time)."""
DROPPED_ROWS, DROPPED_PAGES = BATCH * 2, 64
"""What one transaction deletes: 0.5 to 1 MB, which SQLite overwrites."""
DAYS = 1500
"""Rows of day counts that one transaction writes."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A reading to fill: its id, how many records it already has, and the answers it reads with."""

    reading: UUID
    kept: int
    answers: tuple[Answer, ...]
    choice: Choice = WHOLE_FILE
    words: Sheet | None = None
    """What a person confirmed that the file, a picture, says; and by which version."""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Up to 2,048 records ready to be kept: their index rows, and their words in pages.

    It is made before the transaction begins, for nobody else can write while that lasts.
    """

    first: int
    """Place of the first of them among the file's records; a whole number of pages."""
    rows: list[tuple[Any, ...]]
    pages: list[bytes]

    @classmethod
    def of(cls, first: int, rows: list[tuple[Any, ...]], words: list[Communication]) -> Self:
        """Records from place `first` on, made ready; `rows` are values in the order of `models.COLUMNS`."""
        return cls(first, Index.objects.ready(rows), pages.all_packed(words))


@writes(permissions.BRING_IN, SourceFile)
def begin_reading(actor: Actor, source: SourceFile) -> Begun:
    """The reading to fill: the one that was arriving when a worker died, or a new one."""
    row = source.readings.filter(state=Reading.State.ARRIVING).first()
    if row is None:
        last = source.readings.aggregate(last=Max("generation"))["last"] or 0
        before = source.readings.filter(generation=last).first()
        row = Reading(circle_id=source.circle_id, source=source, generation=last + 1, at=actor.at)
        given = actor.keys.open_bytes(before.answers) if before else b""
        actor.keys.seal_bytes(row, "answers", given or findings.encoded_answers(()))
        chosen = actor.keys.open_bytes(before.choice) if before else b""
        actor.keys.seal_bytes(row, "choice", chosen or keeping.encoded(WHOLE_FILE))
        row.save()
    kept = Index.objects.filter(source=source, generation=row.generation).count()
    actor.record(source.circle_id, "evidence.reading_begun", source=source.pk, kept=kept)
    answers = findings.decoded_answers(actor.keys.open_bytes(row.answers))
    said = source.transcripts.exclude(number=Transcript.SUGGESTED).order_by("-number").first()
    words = screenshots.decoded(actor.keys.open_bytes(said.sheet)) if said else None
    choice = keeping.decoded(actor.keys.open_bytes(row.choice))
    return Begun(row.pk, kept, answers, choice, words, said.number if said else 0)


@writes(permissions.BRING_IN, Reading)
def keep_batch(actor: Actor, reading: Reading, *, batch: Batch) -> int:
    """Keep records: their index rows and their sealed pages. How many."""
    if reading.state != Reading.State.ARRIVING:
        raise NotFound
    Index.objects.insert(reading.source_id, reading.generation, batch.rows)
    rows = []
    for number, words in enumerate(batch.pages, batch.first // pages.RECORDS):
        page = Page(circle_id=reading.circle_id, reading=reading, number=number)
        actor.keys.seal_bytes(page, "words", words)
        rows.append(page)
    Page.objects.bulk_create(rows)
    actor.record(reading.circle_id, "evidence.batch_kept", source=reading.source_id, records=len(batch.rows))
    return len(batch.rows)


@writes(permissions.BRING_IN, Reading)
def hold_reading(
    actor: Actor, reading: Reading, *, format_name: str, found: Findings, records_read: int, span: tuple[Any, Any]
) -> None:
    """Make the whole reading visible, and the one before it past, in one small transaction."""
    source = SourceFile.objects.get(pk=reading.source_id)
    given = findings.decoded_answers(actor.keys.open_bytes(reading.answers))
    reading.source.readings.filter(state=Reading.State.HELD).update(state=Reading.State.PAST)
    reading.state, reading.format, reading.records = Reading.State.HELD, format_name, records_read
    counted = DayCount.objects.filter(source=source, generation=reading.generation)
    reading.contacts = sum(counted.exclude(channel=codes.CHANNEL_OF["log"]).values_list("contacts", flat=True))
    reading.open_questions = len(findings.still_open(found, given))
    reading.not_understood = sum(place.place.length or 1 for place in found.places if place.why not in NOT_A_FAULT)
    reading.earliest, reading.latest = span
    actor.keys.seal_bytes(reading, "findings", findings.encoded(found))
    reading.save()
    SourceFile.objects.filter(pk=source.pk).update(state=SourceFile.State.HELD, code="")
    _note_accounts(actor, reading, found)
    actor.record(reading.circle_id, "evidence.held", source=source.pk, records=records_read, format=format_name)


def _note_accounts(actor: Actor, reading: Reading, found: Findings) -> None:
    """Keep the marks of who writes in a file, so that a search across cases meets them; those of past readings go."""
    AccountSeen.objects.filter(reading__source=reading.source_id).delete()
    marks = seen.most_frequent((one.shown, one.key, one.count) for one in found.senders)
    generation = generations()[0]
    rows = [
        AccountSeen(circle_id=reading.circle_id, reading=reading, index=index, generation=generation)
        for index in blind_all([(seen.KIND, mark) for mark in marks], generation)
    ]
    for row, mark in zip(rows, marks, strict=True):
        actor.keys.seal(row, value=mark)
    AccountSeen.objects.bulk_create(rows)


@writes(permissions.BRING_IN, Reading)
def wait_for_choice(
    actor: Actor, reading: Reading, *, format_name: str, found: Findings, span: tuple[Any, Any]
) -> None:
    """Keep what a first look found, and nothing else, until a person has said what of the file is taken in."""
    if reading.state != Reading.State.ARRIVING:
        raise NotFound
    reading.state, reading.format = Reading.State.CHOOSING, format_name
    reading.earliest, reading.latest = span
    if found.survey:
        reading.records, reading.contacts = found.survey.records, found.survey.contacts
    given = findings.decoded_answers(actor.keys.open_bytes(reading.answers))
    reading.open_questions = len(findings.still_open(found, given)) + 1
    actor.keys.seal_bytes(reading, "findings", findings.encoded(found))
    reading.save()
    SourceFile.objects.filter(pk=reading.source_id).update(state=SourceFile.State.CHOOSING, code="")
    actor.record(reading.circle_id, "evidence.waits_for_choice", source=reading.source_id, records=reading.records)


@writes(permissions.BRING_IN, SourceFile)
def drop_reading(actor: Actor, source: SourceFile, *, code: str = "", past_only: bool = False) -> int:
    """Delete what an unfinished or past reading left, a batch at a time. 1 while something of it is left, then 0."""
    states = [Reading.State.PAST] if past_only else [Reading.State.PAST, Reading.State.ARRIVING]
    left = 0
    for row in source.readings.filter(state__in=states):
        left = int(_drop_some(row))
        if left:
            break
        # A reading that was stopped keeps its row, for the answers in it: resumed work reads with them.
        if row.state == Reading.State.PAST:
            row.delete()
    if code and source.state == SourceFile.State.ARRIVED:
        SourceFile.objects.filter(pk=source.pk).update(state=SourceFile.State.UNREADABLE, code=code[:40])
    actor.record(source.circle_id, "evidence.dropped", source=source.pk, code=code, left=left)
    return left


def _drop_some(row: Reading) -> bool:
    """Delete one batch of a reading: index rows first, then pages, then days. Whether any may be left."""
    of_reading = {"source": row.source_id, "generation": row.generation}
    found = (
        (Index.objects.filter(**of_reading), DROPPED_ROWS),
        (Page.objects.filter(reading=row), DROPPED_PAGES),
        (DayCount.objects.filter(**of_reading), DROPPED_ROWS),
    )
    for rows, most in found:
        ids = list(rows.values_list("pk", flat=True)[:most])
        rows.model._default_manager.filter(pk__in=ids).delete()
        if len(ids) == most:
            return True
    return False


@writes(permissions.BRING_IN, Reading)
def count_days(actor: Actor, reading: Reading, *, counts: Iterable[tuple[DayOf, int, int]], first: bool) -> None:
    """Keep how many contacts each day has by channel, direction, sender, and their hours; the `first` begins anew."""
    if reading.state != Reading.State.ARRIVING:
        raise NotFound
    if first:
        DayCount.objects.filter(source=reading.source_id, generation=reading.generation).delete()
    rows = [
        DayCount(source_id=reading.source_id, generation=reading.generation, day=day, channel=channel,
                 direction=direction, sender=sender, contacts=number, hours=packed(hours))
        for (day, channel, direction, sender), number, hours in counts
    ]  # fmt: skip
    DayCount.objects.bulk_create(rows)
    actor.record(reading.circle_id, "evidence.days_counted", source=reading.source_id, days=len(rows))
