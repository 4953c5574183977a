"""What stands in the files, in order of time: days, lines, and words looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Sum

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import codes, pages, permissions, rules
from joindots.evidence.models import Communication, DayCount, Page, Reading
from joindots.evidence.queries.shown import EVERYTHING, Day, Line, Only
from joindots.evidence.readers import records


@reads_one(permissions.SEE_EVIDENCE, Case)
def days_of(actor: Actor, case: Case, only: Only = EVERYTHING) -> tuple[Day, ...]:
    """Every day that any held reading has contact or a row of a log on, in order; days not known come last."""
    held = held_rows(case)
    rows = (
        DayCount.objects.filter(held, only_these(only)).values("day", "channel", "direction")
        .annotate(number=Sum("contacts") - Sum("repeats")).order_by(F("day").asc(nulls_last=True))
    )  # fmt: skip
    told: dict[date | None, list[int]] = {}
    for row in rows:
        place = {"in": 0, "out": 1}.get(codes.DIRECTIONS[row["direction"]], 2)
        if row["channel"] == codes.CHANNEL_OF["log"]:
            place = 3
        told.setdefault(row["day"], [0, 0, 0, 0])[place] += row["number"]
    return tuple(Day(day, *numbers) for day, numbers in told.items())


@reads_one(permissions.SEE_EVIDENCE, Case)
def lines_between(
    actor: Actor, case: Case, start: datetime, end: datetime, most: int = 500, skip: int = 0, only: Only = EVERYTHING
) -> tuple[tuple[Line, ...], int]:
    """Communications that begin within a window, in order, at most `most` after `skip`; and how many there are."""
    rows = Communication.objects.filter(
        held_rows(case), only_these(only), earliest__gte=start, earliest__lt=end, spread__lt=rules.A_DAY, repeat_of=None
    )
    picked = list(rows.order_by("earliest", "source", "seq")[skip : skip + most])
    return tuple(_lines(actor, picked)), rows.count()


@reads_one(permissions.SEE_EVIDENCE, Case)
def lines_without_day(
    actor: Actor, case: Case, most: int = 500, skip: int = 0, only: Only = EVERYTHING
) -> tuple[Line, ...]:
    """Communications whose day is not known: no time at all, or one that spans more than a day."""
    no_day = Q(earliest=None) | Q(spread__gte=rules.A_DAY)
    rows = Communication.objects.filter(held_rows(case), only_these(only), no_day, repeat_of=None, contact=True)
    picked = rows.order_by(F("earliest").asc(nulls_last=True), "source", "seq")[skip : skip + most]
    return tuple(_lines(actor, list(picked)))


@reads_one(permissions.SEE_EVIDENCE, Case)
def search(actor: Actor, case: Case, words: str, most: int = 200) -> tuple[tuple[Line, ...], int]:
    """Communications of the case that hold these words, by opening and scanning; and how many do."""
    wanted = rules.folded(words).casefold()
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
    return tuple(_lines(actor, mine.order_by(F("earliest").asc(nulls_last=True), "source", "seq"))), len(hits)


def _seqs_holding(actor: Actor, reading: Reading, wanted: str) -> Iterator[int]:
    """Places of the records of a reading that say these words; only words are unpacked."""
    for page in reading.pages.in_turn():
        first = page.number * pages.RECORDS
        told = pages.words_of(actor.keys.open_bytes(page.words))
        yield from (first + place for place in pages.holding(wanted, told))


def _held_readings(case: Case) -> QuerySet[Reading]:
    """The readings that are shown, in the order in which their files came."""
    held = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD)
    return held.order_by("source__given_at", "source_id")


def only_these(only: Only) -> Q:
    """Index rows, and counts by day, of these channels and this direction."""
    wanted = Q(channel__in=[codes.CHANNEL_OF[one] for one in sorted(only.channels)]) if only.channels else Q()
    return wanted & Q(direction=codes.DIRECTION_OF[only.direction]) if only.direction else wanted


def held_rows(case: Case) -> Q:
    """The rows of held readings of the case; nothing at all where there is none.

    One clause for each generation and not for each file: a case may hold hundreds of files, and in this form both
    databases go straight to the rows by the index that begins with source and generation.
    """
    sources: defaultdict[int, list[int]] = defaultdict(list)
    for source, generation in _held_readings(case).values_list("source", "generation"):
        sources[generation].append(source)
    held = Q(pk__in=())
    for generation, files in sources.items():
        held |= Q(generation=generation, source__in=files)
    return held


def _lines(actor: Actor, rows: Iterable[Communication]) -> list[Line]:
    """Rows with their words, each page opened once."""
    rows = list(rows)
    words = _words(actor, rows)
    also: defaultdict[int, set[int]] = defaultdict(set)
    # SQLite takes the index of repeats only where its condition is said in the index's own words.
    repeats = Communication.objects.exclude(repeat_of=None).filter(repeat_of__in=[row.pk for row in rows])
    for stands, source in repeats.values_list("repeat_of", "source"):
        also[stands or 0].add(source)
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


def _line(row: Communication, record: records.Communication, also: list[int]) -> Line:
    hidden = "kept_back" in record.extra
    sender = "another person" if hidden else record.sender.shown or record.sender.key or "not known"
    text = None if hidden else record.text
    return Line(
        row.source_id, row.seq, rules.when_of(record), codes.CHANNEL_WORDS[record.channel],
        codes.KIND_WORDS[record.kind], record.direction, sender, text, row.contact, hidden,
        record.certainty_of_sender, tuple(also), record.open, record,
    )  # fmt: skip
