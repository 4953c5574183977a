"""A reading's life: begun, filled batch by batch, then held by one small transaction; or dropped.

Rows of a reading that is still arriving are shown by no query. A batch is its own short
transaction, so that nobody waits for the writer; after a kill the reading goes on after its last
whole batch.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db.models import Max

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.casework import rules as casework
from joindots.casework.models import Case
from joindots.evidence import codes, findings, pages, permissions
from joindots.evidence.actions.arriving import READ
from joindots.evidence.findings import Findings
from joindots.evidence.models import Communication as Index
from joindots.evidence.models import DayCount, Exhibit, Page, Reading, SourceFile
from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.records import NOT_A_FAULT, Communication
from joindots.jobs import actions as jobs
from joindots.kernel.problems import NotFound
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.models import Tier

BATCH = pages.RECORDS * 8
"""Records of one transaction (measured: it holds SQLite's one writer for 30 ms of processor time)."""
DROPPED_ROWS, DROPPED_PAGES = BATCH * 2, 64
"""What one transaction deletes: 0.5 to 1 MB, which SQLite overwrites."""
DAYS = 1500
"""Rows of day counts that one transaction writes."""
DayOf = tuple[tuple[date | None, int, int], int]
"""A day, channel and direction, and its contacts."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A reading to fill: its id, how many records it already has, and the answers it reads with."""

    reading: UUID
    kept: int
    answers: tuple[Answer, ...]


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
        row.save()
    kept = Index.objects.filter(source=source, generation=row.generation).count()
    actor.record(source.circle_id, "evidence.reading_begun", source=source.pk, kept=kept)
    return Begun(row.pk, kept, findings.decoded_answers(actor.keys.open_bytes(row.answers)))


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


@writes(permissions.BRING_IN, SourceFile)
def keep_exhibit(actor: Actor, source: SourceFile, *, name: str, kind: str, sealed: SealedFile) -> UUID:
    """Keep a file found inside a source, sealed in its circle's folder. Once for equal content."""
    owner_key = actor.keys.cabinet.key_or_new(source.circle_id, Tier.NARRATIVE, actor.at)
    address = files.address(owner_key, sealed.sha256)
    here = source.exhibits.filter(address=address).first()
    if here is not None or address == source.address:
        sealed.path.unlink(missing_ok=True)
        actor.record(source.circle_id, "evidence.exhibit_again", source=source.pk)
        return here.pk if here else UUID(int=source.pk)
    row = Exhibit(circle_id=source.circle_id, source=source, address=address, size=sealed.size, kind=kind[:60])
    key = base64.b64encode(sealed.key).decode()
    actor.keys.seal(row, name=name, sha256=sealed.sha256, file_key=key)
    files.settle(sealed, source.circle_id, owner_key)
    row.save()
    actor.record(source.circle_id, "evidence.exhibit_kept", source=source.pk, size=sealed.size)
    return row.pk


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
    actor.record(reading.circle_id, "evidence.held", source=source.pk, records=records_read, format=format_name)


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


@writes(permissions.ANSWER, SourceFile)
def answer(actor: Actor, source: SourceFile, *, answers: tuple[Answer, ...]) -> UUID:
    """Keep answers to a file's questions and queue a new reading with them; the held one stays meanwhile."""
    casework.can_work(casework.State(Case.objects.get(circle=source.circle_id).state)).or_raise()
    held = source.readings.filter(state=Reading.State.HELD).first()
    if held is None:
        raise NotFound
    source.readings.filter(state=Reading.State.ARRIVING).update(state=Reading.State.PAST)
    last = source.readings.aggregate(last=Max("generation"))["last"] or 0
    row = Reading(circle_id=source.circle_id, source=source, generation=last + 1, at=actor.at)
    before = findings.decoded_answers(actor.keys.open_bytes(held.answers))
    asked = {(one.question, one.about) for one in answers}
    together = (*(one for one in before if (one.question, one.about) not in asked), *answers)
    actor.keys.seal_bytes(row, "answers", findings.encoded_answers(together))
    row.save()
    actor.record(source.circle_id, "evidence.answered", source=source.pk, questions=sorted(q for q, _ in asked))
    return jobs.start(actor, Ref(source.circle_id), kind=READ, subject=str(source.pk), total=source.size)


@writes(permissions.BRING_IN, Reading)
def count_days(actor: Actor, reading: Reading, *, counts: Iterable[DayOf], first: bool) -> None:
    """Keep how many contacts each day has, by channel and direction; the `first` of several calls begins anew."""
    if reading.state != Reading.State.ARRIVING:
        raise NotFound
    if first:
        DayCount.objects.filter(source=reading.source_id, generation=reading.generation).delete()
    rows = [
        DayCount(source_id=reading.source_id, generation=reading.generation, day=day, channel=channel,
                 direction=direction, contacts=number)
        for (day, channel, direction), number in counts
    ]  # fmt: skip
    DayCount.objects.bulk_create(rows)
    actor.record(reading.circle_id, "evidence.days_counted", source=reading.source_id, days=len(rows))
