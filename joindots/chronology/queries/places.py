"""Where the records that a decision names stand now: in the reading that is shown, known again by their marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import GroupingStep
from joindots.chronology.rules.grouping.spans import Place, Spans, tidy
from joindots.evidence import pages
from joindots.evidence.models import Reading
from joindots.evidence.rules.links import mark_of
from joindots.vault.models import Tier


@dataclass(frozen=True, slots=True)
class Found:
    """Where the records of one decision stand, and how many of its runs are held no more."""

    spans: Spans = field(default_factory=dict)
    lost: int = 0


@reads_one(permissions.SEE_GROUPING, Case)
def settled(actor: Actor, case: Case, rows: Sequence[GroupingStep]) -> dict[UUID, Found]:
    """For each decision the places of its records in the readings that are shown now.

    A file read anew since keeps its records in their places as a rule: both ends of each run are looked at, and where
    their marks differ they are looked for. A run whose ends are nowhere, or whose file was removed, is lost: it stands
    in the history and counts for nothing until somebody groups anew.
    """
    held = _held(case.circle_id) if any(row.runs for row in rows) else {}
    moved = _moved(actor, case.circle_id, rows, held)
    found = {}
    for row in rows:
        runs = []
        for source, first, last, *_ in row.runs:
            if source not in held:
                continue
            if row.readings.get(str(source)) == held[source].generation:
                runs.append((source, first, last))
            elif (ends := moved.get((row.pk, source, first))) is not None:
                runs.append((source, *ends))
        found[row.pk] = Found(tidy(runs), len(row.runs) - len(runs))
    return found


@reads_one(permissions.SEE_GROUPING, Case)
def marks_at(actor: Actor, case: Case, places: Iterable[Place]) -> tuple[dict[Place, str], dict[str, int]]:
    """The marks of records in the readings that are shown now, and the generation of each file's reading by the file's
    id as text. A place that holds no record is left out.
    """
    held = _held(case.circle_id)
    generations = {str(source): reading.generation for source, reading in held.items()}
    return _marks(actor, case.circle_id, held, places), generations


def _held(circle: UUID) -> dict[int, Reading]:
    rows = Reading.objects.filter(circle=circle, state=Reading.State.HELD).defer("findings", "answers")
    return {row.source_id: row for row in rows}


def _moved(
    actor: Actor, circle: UUID, rows: Sequence[GroupingStep], held: dict[int, Reading]
) -> dict[tuple[UUID, int, int], tuple[int, int]]:
    """The new ends of runs in files that were read anew, by decision, file and first place before."""
    asked = [
        (row.pk, *run)
        for row in rows for run in row.runs
        if run[0] in held and row.readings.get(str(run[0])) != held[run[0]].generation
    ]  # fmt: skip
    if not asked:
        return {}
    ends = {(source, seq) for _, source, first, last, *_ in asked for seq in (first, last)}
    now = _marks(actor, circle, held, ends)
    elsewhere = {
        (source, mark) for _, source, first, last, *marks in asked
        for seq, mark in zip((first, last), marks, strict=True) if now.get((source, seq)) != mark
    }  # fmt: skip
    places = _searched(actor, circle, held, elsewhere)
    found = {}
    for pk, source, first, last, *marks in asked:
        new = [
            seq if now.get((source, seq)) == mark else places.get((source, mark), -1)
            for seq, mark in zip((first, last), marks, strict=True)
        ]
        if 0 <= new[0] <= new[1]:
            found[pk, source, first] = (new[0], new[1])
    return found


def _marks(actor: Actor, circle: UUID, held: dict[int, Reading], places: Iterable[Place]) -> dict[Place, str]:
    """Marks of records, each page opened once."""
    wanted: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for source, seq in places:
        wanted[source, seq // pages.RECORDS].add(seq % pages.RECORDS)
    key = actor.keys.cabinet.key(circle, Tier.NARRATIVE) if wanted else b""
    found: dict[Place, str] = {}
    for (source, number), here in sorted(wanted.items()):
        reading = held.get(source)
        page = reading.pages.filter(number=number).first() if reading else None
        if page is None:
            continue
        data = actor.keys.open_bytes(page.words)
        there = [place for place in here if place < len(pages.words_of(data))]
        for place, record in pages.picked(data, there):
            found[source, number * pages.RECORDS + place] = mark_of(key, record.place)
    return found


def _searched(
    actor: Actor, circle: UUID, held: dict[int, Reading], wanted: set[tuple[int, str]]
) -> dict[tuple[int, str], int]:
    """Where records of these marks stand, by going through the files that hold them: rare, after another reading."""
    key = actor.keys.cabinet.key(circle, Tier.NARRATIVE) if wanted else b""
    found = {}
    for source in {source for source, _ in wanted}:
        for page in held[source].pages.in_turn():
            for place, record in enumerate(pages.unpacked(actor.keys.open_bytes(page.words))):
                mark = mark_of(key, record.place)
                if (source, mark) in wanted:
                    found[source, mark] = page.number * pages.RECORDS + place
    return found
