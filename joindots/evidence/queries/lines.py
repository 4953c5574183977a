"""What stands in the files, in order of time: days, lines, and words looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from heapq import merge

from django.db.models import F, Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import pages, permissions, rules
from joindots.evidence.models import Communication, Page, Reading, held_rows, these
from joindots.evidence.queries import incidents
from joindots.evidence.queries.counts import counts_by_day
from joindots.evidence.queries.incidents import IncidentPage
from joindots.evidence.queries.shown import EVERYTHING, Day, Line, Only
from joindots.evidence.readers import records
from joindots.evidence.rules import codes
from joindots.evidence.rules.entries import direction_of
from joindots.evidence.rules.entry_records import record_of
from joindots.kernel.when import day_says


@reads_one(permissions.SEE_EVIDENCE, Case)
def days_of(actor: Actor, case: Case, only: Only = EVERYTHING) -> tuple[Day, ...]:
    """Every day that any held reading has contact or a row of a log on, in order; days not known come last."""
    told: dict[date | None, list[int]] = {}
    for one in counts_by_day.run(actor, case, only):
        if only.lets(one):
            place = 3 if one.channel == "log" else {"in": 0, "out": 1}.get(one.direction, 2)
            told.setdefault(one.day, [0, 0, 0, 0, 0])[place] += one.number
    for day, kinds, doer in incidents.entry_days.run(actor, case):
        if only.lets_entry(kinds, doer):
            told.setdefault(day, [0, 0, 0, 0, 0])[4] += 1
    in_order = sorted(told.items(), key=lambda one: (one[0] is None, one[0] or date.min))
    return tuple(Day(day, *numbers) for day, numbers in in_order)


@reads_one(permissions.SEE_EVIDENCE, Case)
def lines_between(
    actor: Actor, case: Case, start: datetime, end: datetime, most: int = 500, skip: int = 0, only: Only = EVERYTHING
) -> tuple[tuple[Line, ...], int]:
    """Communications and entries that begin within a window, in order, at most `most` after `skip`; and how many."""
    rows = Communication.objects.filter(
        held_rows(case.circle_id),
        these(only.channels, only.direction, only.senders),
        earliest__gte=start,
        earliest__lt=end,
        spread__lt=rules.A_DAY,
        repeat_of=None,
    )
    entries = _entries(actor, case, only, (start, end), dated=True)
    shown = _together(actor, rows.order_by("earliest", "source", "seq"), entries, skip, most)
    return tuple(shown), rows.count() + len(entries)


@reads_one(permissions.SEE_EVIDENCE, Case)
def lines_without_day(
    actor: Actor, case: Case, most: int = 500, skip: int = 0, only: Only = EVERYTHING
) -> tuple[Line, ...]:
    """Communications and entries whose day is not known: no time at all, or one that spans more than a day."""
    no_day = Q(earliest=None) | Q(spread__gte=rules.A_DAY)
    rows = Communication.objects.filter(
        held_rows(case.circle_id), these(only.channels, only.direction, only.senders), no_day, repeat_of=None,
        contact=True,
    )  # fmt: skip
    entries = _entries(actor, case, only, dated=False)
    in_order = rows.order_by(F("earliest").asc(nulls_last=True), "source", "seq")
    return tuple(_together(actor, in_order, entries, skip, most))


@reads_one(permissions.SEE_EVIDENCE, Case)
def search(actor: Actor, case: Case, words: str, most: int = 200) -> tuple[tuple[Line, ...], int]:
    """Communications and entries that hold these words, by opening and scanning; and how many do."""
    wanted = rules.folded(words).casefold()
    entries = [one for one in (_entries(actor, case, EVERYTHING) if wanted else ()) if _holds(one, wanted)]
    held = list(_held_readings(case))
    hits = [
        (reading.source_id, reading.generation, seq)
        for reading in (held if wanted else ())
        for seq in _seqs_holding(actor, reading, wanted)
    ]
    places: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for source, generation, seq in hits[:most]:
        places[source, generation].append(seq)
    found = Q(pk__in=())
    for (source, generation), seqs in places.items():
        found |= Q(source=source, generation=generation, seq__in=seqs)
    mine = Communication.objects.filter(found, source__circle=case.circle_id)
    in_order = mine.order_by(F("earliest").asc(nulls_last=True), "source", "seq")
    return tuple(_together(actor, in_order, entries, 0, most)), len(hits) + len(entries)


@reads_one(permissions.SEE_EVIDENCE, Case)
def line_at(actor: Actor, case: Case, source: int, generation: int, seq: int) -> Line | None:
    """One communication of a file of the case by its place in a reading; None where there is none."""
    rows = Communication.objects.filter(source__circle=case.circle_id, source=source, generation=generation, seq=seq)
    return next(iter(_lines(actor, rows)), None)


@reads_one(permissions.SEE_EVIDENCE, Case)
def lines_of(
    actor: Actor, case: Case, entries: Collection[str], places: Collection[tuple[int, int]]
) -> dict[str | tuple[int, int], Line]:
    """These entries and contacts with their words: by reference, and by file and place."""
    told: dict[str | tuple[int, int], Line] = {}
    if entries:
        found = incidents.standing.run(actor, case, entries=entries)
        told |= {page.view.reference: _entry_line(page) for page in found}
    seqs: defaultdict[int, list[int]] = defaultdict(list)
    for source, seq in places:
        seqs[source].append(seq)
    here = Q(pk__in=())
    for source, wanted in seqs.items():
        here |= Q(source=source, seq__in=wanted)
    if places:
        rows = Communication.objects.filter(held_rows(case.circle_id), here)
        told |= {(line.source, line.seq): line for line in _lines(actor, rows)}
    return told


def _entries(
    actor: Actor, case: Case, only: Only, window: tuple[datetime, datetime] | None = None, dated: bool | None = None
) -> list[Line]:
    """The entries that stand as lines in order of time: of a window, and of a known day or none, where that is said."""
    pages = incidents.standing.run(actor, case, window, dated)
    let = (page for page in pages if only.lets_entry(page.view.kinds, page.view.doer))
    return sorted((_entry_line(page) for page in let), key=_place_of)


def _entry_line(page: IncidentPage) -> Line:
    view, telling = page.view, page.telling
    record = record_of(
        view.reference, telling, view.written_by, view.written_at, files=[one.enclosed for one in page.files],
        doer=page.history[0].doer, found=page.found[0].says if page.found else "",
    )  # fmt: skip
    told = {"writer": f"seen by {view.written_by}", "client": "as told"}.get(telling.told_by, "told by somebody else")
    certainty = "seen_by_writer" if telling.told_by == "writer" else "told_by_victim"
    source = f"log entry, {view.written_by}, {day_says(view.written_at)}"
    return Line(
        0, 0, telling.when, "log entry", view.says, direction_of(view.doer), page.history[0].doer or told,
        record.text, True, False, certainty, (), (), record, view.reference,
        f"{source}, corrected" if view.number > 1 else source,
    )  # fmt: skip


def _holds(line: Line, wanted: str) -> bool:
    """Whether any of an entry's words, or its kinds, hold what is looked for (folded, in small letters)."""
    beside = (str(value) for value in line.record.extra.values())
    told = (line.text or "", line.when.given, line.entry, *beside)
    return any(wanted in rules.folded(one).casefold() for one in told)


def _place_of(line: Line) -> tuple[bool, float]:
    moment = line.record.at_earliest
    return (moment is None, moment.timestamp() if moment else 0.0)


def _together(actor: Actor, rows: QuerySet[Communication], entries: Sequence[Line], skip: int, most: int) -> list[Line]:
    """A part of communications and entries in one order of time, of which only the communications it needs are read.

    A communication that stands at some place among all stands at most `len(entries)` places further ahead alone.
    """
    first = max(0, skip - len(entries))
    lines = _lines(actor, rows[first : skip + most])
    ahead = sum(_place_of(one) < _place_of(lines[0]) for one in entries) if lines and first else 0
    merged = list(merge(lines, entries[ahead:], key=_place_of))
    start = skip - first - ahead
    return merged[start : start + most]


def _seqs_holding(actor: Actor, reading: Reading, wanted: str) -> Iterator[int]:
    """Places of the records of a reading that say these words; only words are unpacked."""
    for page in reading.pages.in_turn():
        first = page.number * pages.RECORDS
        yield from (first + place for place in pages.saying(wanted, actor.keys.open_bytes(page.words)))


def _held_readings(case: Case) -> QuerySet[Reading]:
    """The readings that are shown, in the order in which their files came."""
    held = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD)
    return held.order_by("source__given_at", "source_id")


def _lines(actor: Actor, rows: Iterable[Communication]) -> list[Line]:
    """Rows with their words, each page opened once."""
    rows = list(rows)
    words = _words(actor, rows)
    also: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    # SQLite takes the index of repeats only where its condition is said in the index's own words.
    repeats = Communication.objects.exclude(repeat_of=None).filter(repeat_of__in=[row.pk for row in rows])
    for stands, source, seq in repeats.values_list("repeat_of", "source", "seq"):
        also[stands or 0].append((source, seq))
    return [_line(row, words[row.pk], sorted(also[row.pk])) for row in rows]


def _words(actor: Actor, rows: list[Communication]) -> dict[int, records.Communication]:
    """The records of these rows by the rows' ids. Of the pages only their places are asked for all files at once."""
    wanted: defaultdict[tuple[int, int, int], dict[int, int]] = defaultdict(dict)
    for row in rows:
        number, place = divmod(row.seq, pages.RECORDS)
        wanted[row.source_id, row.generation, number][place] = row.pk
    near = Page.objects.filter(
        reading__source__in={source for source, _, _ in wanted}, number__in={number for _, _, number in wanted}
    )
    spots = near.values_list("pk", "reading__source", "reading__generation", "number")
    places = {
        pk: wanted[source, generation, number]
        for pk, source, generation, number in spots
        if (source, generation, number) in wanted
    }
    told = {}
    for page in Page.objects.filter(pk__in=places):
        ids = places[page.pk]
        for place, record in pages.picked(actor.keys.open_bytes(page.words), ids):
            told[ids[place]] = record
    return told


def _line(row: Communication, record: records.Communication, also: list[tuple[int, int]]) -> Line:
    hidden = "kept_back" in record.extra
    sender = "another person" if hidden else record.sender.shown or record.sender.key or "not known"
    text = None if hidden else record.text
    return Line(
        row.source_id, row.seq, rules.when_of(record), codes.CHANNEL_WORDS[record.channel],
        codes.KIND_WORDS[record.kind], record.direction, sender, text, row.contact, hidden,
        record.certainty_of_sender, tuple(dict.fromkeys(source for source, _ in also)), record.open, record,
        places=((row.source_id, row.seq), *also),
    )  # fmt: skip
