"""Files and their readings: what was found in each, what is asked, and their bytes."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Sum

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.casework.models import Case
from joindots.evidence import findings, pages, permissions, pieces
from joindots.evidence.models import Communication, CoverageGap, Exhibit, Reading, Sending, SourceFile
from joindots.evidence.pieces import Piece
from joindots.evidence.queries.shown import Asked, Covered, FilePage, FileView, HeldSource, Original
from joindots.evidence.readers import records
from joindots.evidence.rules import keeping, tidy_name
from joindots.kernel.problems import NotFound
from joindots.vault import files
from joindots.vault.models import Tier

SHOWN = (Reading.State.HELD, Reading.State.CHOOSING)
"""Readings that a file's own page shows. What is counted and listed comes from held ones alone."""


@reads_one(permissions.SEE_EVIDENCE, Case)
def files_of(actor: Actor, case: Case) -> tuple[FileView, ...]:
    """The files of a case, newest first."""
    rows = (
        SourceFile.objects.filter(circle=case.circle_id).select_related("given_by__user").order_by("-given_at", "-id")
    )
    held = {row.source_id: row for row in Reading.objects.filter(circle=case.circle_id, state__in=SHOWN)}
    exhibits = dict(
        Exhibit.objects.filter(circle=case.circle_id).values_list("source").annotate(number=Count("id"))
    )  # fmt: skip
    return tuple(_view(actor, row, held.get(row.pk), exhibits.get(row.pk, 0), case.reference) for row in rows)


@reads_one(permissions.SEE_EVIDENCE, SourceFile)
def file(actor: Actor, source: SourceFile, *, looks: bool = False) -> FilePage:
    """One file with its questions and findings. That somebody looks at its page is noted, for its custody."""
    if looks:
        actor.record(source.circle_id, "evidence.file_looked_at", source=source.pk)
    held = source.readings.filter(state__in=SHOWN).first()
    show = actor.keys.open_bytes
    found = findings.decoded(show(held.findings)) if held else findings.Findings()
    given = findings.decoded_answers(show(held.answers)) if held else ()
    choice = keeping.decoded(show(held.choice)) if held else keeping.WHOLE_FILE
    reference = Case.objects.get(circle=source.circle_id).reference
    view = _view(actor, source, held, source.exhibits.count(), reference)
    questions = tuple(findings.still_open(found, given))
    return FilePage(view, actor.keys.open(source.sha256), found, given, questions, source.circle_id, choice)


@reads_one(permissions.GET_ORIGINAL, SourceFile)
def original(actor: Actor, source: SourceFile, *, leaves: bool = False) -> Original:
    """A file as it came, byte for byte. Every copy that leaves is noted, for its custody."""
    if leaves:
        actor.record(source.circle_id, "evidence.original_taken", source=source.pk)
    return _original(actor, source, "application/octet-stream")


@reads_one(permissions.GET_ORIGINAL, Exhibit)
def exhibit(actor: Actor, row: Exhibit, *, leaves: bool = False) -> Original:
    """A file found inside another, byte for byte. Every copy that leaves is noted, for its custody."""
    if leaves:
        actor.record(row.circle_id, "evidence.original_taken", exhibit=row.pk, source=row.source_id)
    return _original(actor, row, row.kind)


@reads_one(permissions.BRING_IN, Sending)
def pieces_of(actor: Actor, row: Sending) -> list[Piece]:
    """The pieces of a file that the actor is sending, when all have come; nobody else may go on with it."""
    if row.by_id != actor.membership_id:
        raise NotFound
    return pieces.decoded(actor.keys.open_bytes(row.pieces)) if row.come == row.size else []


@reads_one(permissions.GET_ORIGINAL, Case)
def by_content(actor: Actor, case: Case, sha256: str) -> Original | None:
    """A kept file of the case by its SHA-256, source or found inside one; None if there is none."""
    owner_key = actor.keys.cabinet.key(case.circle_id, Tier.NARRATIVE)
    address = files.address(owner_key, sha256)
    for model in (SourceFile, Exhibit):
        row = model._default_manager.filter(circle=case.circle_id, address=address).first()
        if row is not None:
            return _original(actor, row, "application/octet-stream")
    return None


@reads_one(permissions.SEE_EVIDENCE, Case)
def exhibits_of(actor: Actor, case: Case) -> tuple[tuple[UUID, int, str, str, int], ...]:
    """The files found inside others: id, source, name, SHA-256, size."""
    rows = Exhibit.objects.filter(circle=case.circle_id).order_by("source", "id")
    show = actor.keys.open
    return tuple((row.pk, row.source_id, show(row.name), show(row.sha256), row.size) for row in rows)


@reads_one(permissions.SEE_EVIDENCE, Case)
def coverage_of(actor: Actor, case: Case) -> tuple[Covered, ...]:
    """What each file that was read could show: outside of it, no record does not mean that nothing happened."""
    rows = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD).select_related("source")
    show, show_bytes = actor.keys.open, actor.keys.open_bytes
    blank = CoverageGap.objects.days(case.circle_id)
    return tuple(
        _covered(row.source_id, show(row.source.name), findings.coverage_in(show_bytes(row.findings)), blank)
        for row in rows.order_by("source__given_at", "source_id")
    )


@reads(permissions.SEE_EVIDENCE)
def questions_waiting(actor: Actor, whose: Collection[UUID]) -> tuple[Asked, ...]:
    """Questions about files that wait for an answer, by case of these owners, of those the actor may know of."""
    rows = Reading.objects.visible_to(actor).filter(
        state__in=SHOWN, open_questions__gt=0, circle__case__owner__in=whose, circle__case__state="open"
    )
    told = rows.values_list("circle", "circle__case__reference").annotate(number=Sum("open_questions"), since=Min("at"))
    return tuple(Asked(*row) for row in told.order_by("since"))


@reads_one(permissions.SEE_EVIDENCE, Case)
def held_sources(actor: Actor, case: Case) -> tuple[HeldSource, ...]:
    """Every file of the case that was read, with its records: what repeats and packs are made from."""
    rows = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD).select_related("source")
    blank = CoverageGap.objects.days(case.circle_id)
    return tuple(_held_source(actor, row, blank) for row in rows.order_by("source__given_at", "source_id"))


@reads_one(permissions.SEE_EVIDENCE, Case)
def waiting_for_choice(actor: Actor, case: Case) -> tuple[tuple[str, str, int], ...]:
    """Files of which nothing is taken in before a person has chosen what: name, SHA-256, size."""
    rows = SourceFile.objects.filter(circle=case.circle_id, state=SourceFile.State.CHOOSING)
    show = actor.keys.open
    return tuple((show(row.name), show(row.sha256), row.size) for row in rows.order_by("given_at", "id"))


@reads_one(permissions.SEE_EVIDENCE, SourceFile)
def repeats_marked(actor: Actor, source: SourceFile, generation: int) -> list[int]:
    """Places of the records of a file that are marked as repeats of another's."""
    marked = Communication.objects.filter(source=source, generation=generation).exclude(repeat_of=None)
    return list(marked.values_list("seq", flat=True))


def _covered(source: int, name: str, told: findings.CoverageOnly, blank: list[date]) -> Covered:
    return Covered(source, name, told.coverage, told.left_days, sorted({*told.left_days, *blank}))


def _held_source(actor: Actor, row: Reading, blank: list[date]) -> HeldSource:
    show = actor.keys.open
    inside = tuple((show(one.name), show(one.sha256), one.size, one.kind) for one in row.source.exhibits.order_by("id"))
    found = findings.decoded(actor.keys.open_bytes(row.findings))
    return HeldSource(
        row.source_id, row.generation, show(row.source.name), show(row.source.sha256), row.source.size, row.format,
        found,
        findings.decoded_answers(actor.keys.open_bytes(row.answers)), inside, lambda: _records(actor, row),
        keeping.decoded(actor.keys.open_bytes(row.choice)), sorted({*found.left_days, *blank}),
    )  # fmt: skip


def _records(actor: Actor, reading: Reading) -> Iterator[tuple[int, records.Communication]]:
    """Every record of a reading with its place, page by page."""
    for page in reading.pages.in_turn():
        yield from enumerate(pages.unpacked(actor.keys.open_bytes(page.words)), page.number * pages.RECORDS)


def _view(actor: Actor, row: SourceFile, held: Reading | None, exhibits: int, case: str) -> FileView:
    return FileView(
        row.pk, row.version, actor.keys.open(row.name), row.size, row.given_by.user.name, row.given_at, row.state,
        row.code, held.format if held else "", held.records if held else 0, held.contacts if held else 0,
        held.open_questions if held else 0, held.not_understood if held else 0, held.earliest if held else None,
        held.latest if held else None, exhibits, case,
    )  # fmt: skip


def _original(actor: Actor, row: SourceFile | Exhibit, kind: str) -> Original:
    path = files.folder() / row.circle_id.hex / row.address
    key = base64.b64decode(actor.keys.open(row.file_key))
    if not path.exists():
        raise NotFound
    size = row.size
    name = tidy_name(actor.keys.open(row.name))  # that of a file found inside another is whatever its sender wrote
    return Original(name, actor.keys.open(row.sha256), size, kind, lambda: files.open_file(path, key, size))
