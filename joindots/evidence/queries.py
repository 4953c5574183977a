"""Files, their readings and what stands in them, as their reader may see it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.casework.models import Case
from joindots.evidence import codes, findings, pages, permissions, rules
from joindots.evidence.models import PAGE_RECORDS, Communication, DayCount, Exhibit, Page, Reading, SourceFile
from joindots.evidence.readers import records
from joindots.evidence.readers.answers import Answer
from joindots.kernel.problems import NotFound
from joindots.kernel.when import When
from joindots.vault import files
from joindots.vault.models import Tier

CERTAINTY_WORDS = {
    "claimed": "sender as claimed", "withheld": "sender withheld", "told_by_victim": "as told",
    "unknown": "sender not known",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileView:
    """One source file, as the list of a case's files shows it."""

    id: int
    version: int
    name: str
    size: int
    given_by: str
    given_at: datetime
    state: str
    code: str
    format: str
    records: int
    contacts: int
    open_questions: int
    not_understood: int
    earliest: datetime | None
    latest: datetime | None
    exhibits: int
    case: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """One source file with all that its reading found."""

    file: FileView
    sha256: str
    found: findings.Findings
    answers: tuple[Answer, ...]
    questions: tuple[records.Question, ...]
    circle: UUID


@dataclass(frozen=True, slots=True)
class Original:
    """A kept file that can be opened as it came, as often as needed."""

    name: str
    sha256: str
    size: int
    kind: str
    open: Callable[[], BinaryIO] = field(repr=False)


@dataclass(frozen=True, slots=True)
class HeldSource:
    """A file that was read, and a way to go through its records; each pass opens its pages anew."""

    source: int
    generation: int
    name: str
    sha256: str
    size: int
    format: str
    found: findings.Findings
    answers: tuple[Answer, ...]
    inside: tuple[tuple[str, str, int, str], ...]
    records: Callable[[], Iterator[tuple[int, records.Communication]]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One communication, as the list by day shows it."""

    source: int
    seq: int
    when: When
    channel: str
    kind: str
    direction: str
    sender: str
    text: str | None
    contact: bool
    kept_back: bool
    certainty: str
    also: tuple[int, ...]
    """Other files that show the same act."""
    open: tuple[str, ...]
    record: records.Communication = field(repr=False)

    @property
    def says(self) -> str:
        """When, in words never more exact than it is known."""
        return self.when.says()

    @property
    def mark(self) -> str:
        """How certainty is underlined: exact, about or believed."""
        if self.certainty in ("told_by_victim", "claimed"):
            return "believed"
        return "exact" if self.when.exact and not self.open else "about"

    @property
    def certainty_words(self) -> str:
        """Certainty in words, for the underline alone may not carry it."""
        sure = CERTAINTY_WORDS.get(self.certainty, "")
        if self.open:
            return "a question is open"
        time = "Exact" if self.when.exact else "About"
        return f"{time}; {sure}" if sure else time


@dataclass(frozen=True, slots=True)
class Covered:
    """What one file could show, by its name."""

    source: int
    name: str
    coverage: tuple[records.Coverage, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """How much contact the files show on one day; `day` is None for times not known to the day."""

    day: date | None
    incoming: int
    outgoing: int
    unknown: int

    @property
    def total(self) -> int:
        """All contacts of the day."""
        return self.incoming + self.outgoing + self.unknown


@reads_one(permissions.SEE_EVIDENCE, Case)
def files_of(actor: Actor, case: Case) -> tuple[FileView, ...]:
    """The files of a case, newest first."""
    rows = (
        SourceFile.objects.filter(circle=case.circle_id).select_related("given_by__user").order_by("-given_at", "-id")
    )
    held = {row.source_id: row for row in Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD)}
    exhibits = dict(
        Exhibit.objects.filter(circle=case.circle_id).values_list("source").annotate(number=Count("id"))
    )  # fmt: skip
    return tuple(_view(actor, row, held.get(row.pk), exhibits.get(row.pk, 0), case.reference) for row in rows)


@reads_one(permissions.SEE_EVIDENCE, SourceFile)
def file(actor: Actor, source: SourceFile) -> FilePage:
    """One file with its questions and findings."""
    held = source.readings.filter(state=Reading.State.HELD).first()
    found = findings.decoded(actor.keys.open_bytes(held.findings)) if held else findings.Findings()
    given = findings.decoded_answers(actor.keys.open_bytes(held.answers)) if held else ()
    reference = Case.objects.get(circle=source.circle_id).reference
    view = _view(actor, source, held, source.exhibits.count(), reference)
    questions = tuple(findings.still_open(found, given))
    return FilePage(view, actor.keys.open(source.sha256), found, given, questions, source.circle_id)


@reads_one(permissions.GET_ORIGINAL, SourceFile)
def original(actor: Actor, source: SourceFile) -> Original:
    """A file as it came, byte for byte."""
    return _original(actor, source, "application/octet-stream")


@reads_one(permissions.GET_ORIGINAL, Exhibit)
def exhibit(actor: Actor, row: Exhibit) -> Original:
    """A file found inside another, byte for byte."""
    return _original(actor, row, row.kind)


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
def days_of(actor: Actor, case: Case) -> tuple[Day, ...]:
    """Every day that any held reading has contact on, in order; days not known come last."""
    held = _held(case)
    rows = (
        DayCount.objects.filter(held).values("day", "direction")
        .annotate(number=Sum("contacts") - Sum("repeats")).order_by(F("day").asc(nulls_last=True))
    )  # fmt: skip
    told: dict[date | None, list[int]] = {}
    for row in rows:
        place = {"in": 0, "out": 1}.get(codes.DIRECTIONS[row["direction"]], 2)
        told.setdefault(row["day"], [0, 0, 0])[place] += row["number"]
    return tuple(Day(day, *numbers) for day, numbers in told.items())


@reads_one(permissions.SEE_EVIDENCE, Case)
def coverage_of(actor: Actor, case: Case) -> tuple[Covered, ...]:
    """What each file that was read could show: outside of it, no record does not mean that nothing happened."""
    rows = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD).select_related("source")
    show, show_bytes = actor.keys.open, actor.keys.open_bytes
    return tuple(
        Covered(row.source_id, show(row.source.name), findings.coverage_in(show_bytes(row.findings)))
        for row in rows.order_by("source__given_at", "source_id")
    )


@reads(permissions.SEE_EVIDENCE)
def open_questions(actor: Actor) -> dict[str, int]:
    """How many questions about files wait for an answer, for each case the actor may know of."""
    rows = Reading.objects.visible_to(actor).filter(state=Reading.State.HELD, open_questions__gt=0)
    return dict(rows.values_list("circle__case__reference").annotate(Sum("open_questions")).order_by())


@reads_one(permissions.SEE_EVIDENCE, Case)
def lines_between(
    actor: Actor, case: Case, start: datetime, end: datetime, most: int = 500, skip: int = 0
) -> tuple[tuple[Line, ...], int]:
    """Communications that begin within a window, in order, at most `most` after `skip`; and how many there are."""
    rows = Communication.objects.filter(
        _held(case), earliest__gte=start, earliest__lt=end, spread__lt=rules.A_DAY, repeat_of=None
    )
    picked = list(rows.order_by("earliest", "source", "seq")[skip : skip + most])
    return tuple(_lines(actor, picked)), rows.count()


@reads_one(permissions.SEE_EVIDENCE, Case)
def lines_without_day(actor: Actor, case: Case, most: int = 500, skip: int = 0) -> tuple[Line, ...]:
    """Communications whose day is not known: no time at all, or one that spans more than a day."""
    no_day = Q(earliest=None) | Q(spread__gte=rules.A_DAY)
    rows = Communication.objects.filter(_held(case), no_day, repeat_of=None, contact=True)
    picked = rows.order_by(F("earliest").asc(nulls_last=True), "source", "seq")[skip : skip + most]
    return tuple(_lines(actor, list(picked)))


@reads_one(permissions.SEE_EVIDENCE, Case)
def search(actor: Actor, case: Case, words: str, most: int = 200) -> tuple[tuple[Line, ...], int]:
    """Communications of the case that hold these words, by opening and scanning; and how many do."""
    wanted = rules.folded(words).casefold()
    hits: list[tuple[int, int]] = []
    for reading in Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD):
        for place, record in _records(actor, reading):
            if record.text and wanted in rules.folded(record.text).casefold():
                hits.append((reading.source_id, place))
    if not wanted or not hits:
        return (), 0
    found = Q()
    for source, seq in hits[:most]:
        found |= Q(source=source, seq=seq)
    rows = Communication.objects.filter(_held(case)).filter(found).order_by(F("earliest").asc(nulls_last=True), "seq")
    return tuple(_lines(actor, list(rows))), len(hits)


@reads_one(permissions.SEE_EVIDENCE, Case)
def held_sources(actor: Actor, case: Case) -> tuple[HeldSource, ...]:
    """Every file of the case that was read, with its records: what repeats and packs are made from."""
    rows = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD).select_related("source")
    return tuple(_held_source(actor, row) for row in rows.order_by("source__given_at", "source_id"))


def _held_source(actor: Actor, row: Reading) -> HeldSource:
    show = actor.keys.open
    inside = tuple((show(one.name), show(one.sha256), one.size, one.kind) for one in row.source.exhibits.order_by("id"))
    return HeldSource(
        row.source_id, row.generation, show(row.source.name), show(row.source.sha256), row.source.size, row.format,
        findings.decoded(actor.keys.open_bytes(row.findings)),
        findings.decoded_answers(actor.keys.open_bytes(row.answers)), inside, lambda: _records(actor, row),
    )  # fmt: skip


def _records(actor: Actor, reading: Reading) -> Iterator[tuple[int, records.Communication]]:
    """Every record of a reading with its place, page by page."""
    for page in reading.pages.order_by("number").iterator(chunk_size=200):
        yield from enumerate(pages.unpacked(actor.keys.open_bytes(page.words)), page.number * PAGE_RECORDS)


def _held(case: Case) -> Q:
    """The rows of held readings of the case; nothing at all where there is none."""
    pairs = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD).values_list("source", "generation")
    held = Q(pk__in=())
    for source, generation in pairs:
        held |= Q(source=source, generation=generation)
    return held


def _lines(actor: Actor, rows: list[Communication]) -> list[Line]:
    """Rows with their words, each page opened once."""
    words = _words(actor, {(row.source_id, row.generation, row.seq // PAGE_RECORDS) for row in rows})
    also: dict[int, list[int]] = {}
    repeats = Communication.objects.filter(repeat_of__in=[row.pk for row in rows]).order_by("source")
    for stands, source in repeats.values_list("repeat_of", "source").distinct():
        also.setdefault(stands or 0, []).append(source)
    return [_line(row, words[(row.source_id, row.generation, row.seq)], also.get(row.pk, [])) for row in rows]


def _words(actor: Actor, wanted: set[tuple[int, int, int]]) -> dict[tuple[int, int, int], records.Communication]:
    found = Q(pk__in=())
    for source, generation, number in wanted:
        found |= Q(reading__source=source, reading__generation=generation, number=number)
    told = {}
    for page in Page.objects.filter(found).select_related("reading"):
        first = page.number * PAGE_RECORDS
        for place, record in enumerate(pages.unpacked(actor.keys.open_bytes(page.words)), first):
            told[(page.reading.source_id, page.reading.generation, place)] = record
    return told


def _line(row: Communication, record: records.Communication, also: list[int]) -> Line:
    hidden = "kept_back" in record.extra
    sender = "another person" if hidden else record.sender.shown or record.sender.key or "not known"
    text = None if hidden else record.text_mended or record.text
    return Line(
        row.source_id, row.seq, rules.when_of(record), codes.CHANNEL_WORDS[record.channel],
        codes.KIND_WORDS[record.kind], record.direction, sender, text, row.contact, hidden,
        record.certainty_of_sender, tuple(also), record.open, record,
    )  # fmt: skip


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
    return Original(
        actor.keys.open(row.name), actor.keys.open(row.sha256), size, kind, lambda: files.open_file(path, key, size)
    )
