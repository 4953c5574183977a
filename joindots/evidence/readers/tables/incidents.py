"""A person's own log of incidents: one record a row, in their words, with the time as vague as they told it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from joindots.evidence.readers.records import Communication, Identity, Item, NotUnderstood
from joindots.evidence.readers.stamps import OrderProof, Stamp, stamp
from joindots.evidence.readers.tables.clocks import NEVER, Clocks, When
from joindots.evidence.readers.tables.columns import Columns, order_in
from joindots.evidence.readers.tables.rows import Row, Table
from joindots.evidence.readers.tables.session import Extent, Session, leftover
from joindots.evidence.readers.vague import Told, count_in, read_count, read_when

ENOUGH_DATES = 4
"""A log is not always kept in order: that many different dates must run one way before it proves anything."""
_TO_24 = re.compile(r"(?<![\d:./-])(?:1[3-9]|2[0-3]|00)[:.][0-5]\d(?![\d/-])")
_EMPTY_CLOCK = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?$")
_ELSEWHEN = re.compile(
    r"\b(?:before|after|next|previous|day|days|week|weekend|month|until|to|since|following|later|earlier|eve|tomorrow|"
    r"yesterday|last|or|not|\d)\b",
    re.IGNORECASE,
)
_KEPT = {
    "where": "where", "witnesses": "witnesses", "effect": "effect", "reported": "reported", "evidence": "evidence",
    "ref": "ref", "kind": "kind_of_act", "notes": "notes",
}  # fmt: skip


class _Words(NamedTuple):
    """When it happened: as the file shows it, as it is read, and the day and time apart."""

    shown: str
    day: str
    time: str
    ends: str

    @property
    def all(self) -> str:
        """Everything said about the time, as one text."""
        start = f"{self.day} {self.time}".strip()
        return f"{start} to {self.ends}" if self.ends and start else start


class _Habits(NamedTuple):
    """What the whole table shows about how its times are written."""

    day24: bool
    midnights: bool


def read_incidents(table: Table, columns: Columns, session: Session) -> Iterator[Item]:
    """Every row of a log in the file's own order. A row of several acts stays one record, with its count."""
    proof = OrderProof(enough=ENOUGH_DATES, stated=order_in(columns.heading("date")))
    clocks = Clocks(session.source, session.answers, proof, session.about(table))
    habits = _survey(table, columns, proof)
    yield from clocks.order_question()
    extent = Extent()
    for index, piece in enumerate(table.pieces()):
        if not isinstance(piece, Row):
            yield piece
            continue
        words = _words(piece, columns, table, habits)
        told = _told(words, clocks, habits)
        when = _when(told, clocks, index)
        what = piece.value(columns.places.get("what"))
        if not what and told is None:
            yield NotUnderstood(piece.place, "unknown_line", " ".join(piece.cells.values())[:200])
            continue
        extent.add(when)
        yield _record(piece, columns, session, words, told, when)
    session.coverage.append(extent.coverage("log", "own_log"))
    yield from clocks.other_questions()


def _survey(table: Table, columns: Columns, proof: OrderProof) -> _Habits:
    day24, midnights = False, True
    place, clock = columns.places.get("date"), columns.places.get("time")
    for piece in table.pieces():
        if not isinstance(piece, Row):
            continue
        shown = piece.value(place)
        if place is None or _kind(piece, place) == "text":
            proof.feed(shown)
        # A sheet's own dates are no words of the person's: they prove nothing about the order of those.
        midnights = midnights and (":" not in shown or bool(_EMPTY_CLOCK.search(shown)))
        day24 = day24 or bool(_TO_24.search(f"{_EMPTY_CLOCK.sub('', shown)} {piece.value(clock)}"))
    return _Habits(day24, midnights)


def _kind(row: Row, place: int) -> str:
    return row.kinds[place] if place < len(row.kinds) else "text"


def _words(row: Row, columns: Columns, table: Table, habits: _Habits) -> _Words:
    shown_day, day = _day(row, columns.places.get("date"), table, habits)
    time = row.value(columns.places.get("time"))
    if not day and stamp(time):
        day, time = time, ""
    if time:
        day = _EMPTY_CLOCK.sub("", day)
    if time and re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        day = _spelt(date.fromisoformat(day))
    shown_end, end = _day(row, columns.places.get("date_to"), table, habits)
    time_to = row.value(columns.places.get("time_to"))
    ends = f"{end} {time_to}".strip() if end != day or time_to else ""
    shown = " ".join(filter(None, (shown_day, time)))
    shown_ends = " ".join(filter(None, (shown_end, time_to))) if ends else ""
    return _Words(f"{shown} to {shown_ends}" if shown_ends else shown, day, time, ends)


def _day(row: Row, place: int | None, table: Table, habits: _Habits) -> tuple[str, str]:
    """The cell as shown, and the words to read it by: a serial number becomes its date."""
    shown = row.value(place)
    if place is None or not shown:
        return "", ""
    if row.is_number(place):
        found = table.from_serial(float(shown))
        if found is None:
            return shown, shown
        return shown, found.isoformat(" ") if found.time() != datetime.min.time() else _spelt(found.date())
    return shown, _EMPTY_CLOCK.sub("", shown) if habits.midnights else shown


def _spelt(day: date) -> str:
    """A day in words, so that nothing follows from its form for the time beside it."""
    return f"{day.day} {day:%B} {day.year}"


def _told(words: _Words, clocks: Clocks, habits: _Habits) -> Told | None:
    """The interval of all words; of the day alone where the rest says no other time, but nothing that can be read."""
    told = read_when(words.all, clocks.order, clocks.zone, day24=habits.day24)
    if told is None and (words.time or words.ends) and not _ELSEWHEN.search(f"{words.time} {words.ends}"):
        told = read_when(words.day, clocks.order, clocks.zone, day24=habits.day24)
    return told


def _when(told: Told | None, clocks: Clocks, index: int) -> When:
    if told is None:
        return NEVER
    if {"dst_ambiguous", "dst_gap"} & set(told.flags) and told.precision in ("minute", "second"):
        local = told.earliest.astimezone(clocks.zone.info).replace(tzinfo=None)
        if "dst_gap" in told.flags:
            local += timedelta(hours=1) if local.hour == 0 else timedelta(0)
        return clocks.when(Stamp(local, local, "second" if told.precision == "second" else "minute"), index)
    asked = told.order_open and not clocks.order_answered
    basis = "offset_in_file" if told.offset else clocks.basis
    return When(told.earliest, told.latest, told.precision, basis, told.flags, ("date_order",) if asked else ())


def _record(
    row: Row, columns: Columns, session: Session, words: _Words, told: Told | None, when: When
) -> Communication:
    who = row.value(columns.places.get("who"))
    count, about, extra = _count(row, columns, words)
    for meaning, name in _KEPT.items():
        if value := row.value(columns.places.get(meaning)):
            extra[name] = value
    if told and told.every:
        extra["days"] = [day.isoformat() for day in told.every]
    id_, seq = session.next()
    return Communication(
        id=id_, source_file=session.source.sha256, place=row.place, seq=seq, channel="log", kind="incident",
        sender=Identity(who or None), at_earliest=when.earliest, at_latest=when.latest, at_shown=words.shown or None,
        precision=when.precision, zone_basis=when.basis, time_flags=when.flags,
        text=row.value(columns.places.get("what")) or None,
        certainty_of_sender="told_by_victim" if who else "unknown", count=count, count_about=about,
        extra={**leftover(row, columns), **extra}, open=when.open,
    )  # fmt: skip


def _count(row: Row, columns: Columns, words: _Words) -> tuple[int, bool, dict[str, Any]]:
    """How many acts the row tells of: by its own column, or where its words say so plainly; else one."""
    shown = row.value(columns.places.get("count"))
    if shown:
        found = read_count(shown)
        return (*found, {}) if found else (1, False, {"count_in_words": shown})
    what = row.value(columns.places.get("what"))
    for name, text in (("what", what), ("date", words.shown)):
        if found := count_in(text):
            return (*found, {"count_from": name})
    return 1, False, {}
