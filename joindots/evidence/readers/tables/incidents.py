"""A person's own log of incidents: one record a row, in their words, with the time as vague as they told it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from joindots.evidence.readers.records import Communication, Identity, Item, NotUnderstood, QuestionName
from joindots.evidence.readers.stamps import Order, OrderProof, Stamp, stamp
from joindots.evidence.readers.tables.around import excerpt, is_last_line, is_total
from joindots.evidence.readers.tables.clocks import NEVER, Clocks, When
from joindots.evidence.readers.tables.columns import Columns
from joindots.evidence.readers.tables.merged import filled
from joindots.evidence.readers.tables.rows import Piece, Row, Table
from joindots.evidence.readers.tables.session import Extent, Session, leftover
from joindots.evidence.readers.tables.swapped import Swapped
from joindots.evidence.readers.tables.years import Years
from joindots.evidence.readers.vague import Told, count_in, read_count, read_when

ENOUGH_DATES = 4
"""A log is not always kept in order: that many different dates must run one way before it proves anything."""
_TO_24 = re.compile(r"(?<![\d:./-])(?:1[3-9]|2[0-3]|00)[:.][0-5]\d(?![\d/-])")
_TOTAL = re.compile(r"(?:grand |sub-?)?totals?\b|sum\b", re.IGNORECASE)
_NO_TIME = re.compile(
    r"[?\u2013-]+|n/?a|nil|tbc|(?:exact )?time (?:not known|unknown)|(?:unknown|no) time|not (?:known|sure|recorded)|"
    r"unknown|unk|unsure|(?:don'?t|do not) know|(?:can'?t|cannot) remember",
    re.IGNORECASE,
)
"""What stands in a cell for the time where nobody knows it: the day beside it is in no doubt."""
_YEAR = re.compile(r"\d{4}|[/.-]\d\d$")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EMPTY_CLOCK = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?$")
_NO_SECONDS = re.compile(r"(?<![\d:])(\d{1,2}:\d{2}):00(?:\.0+)?(?=\s*(?:[ap]\.?m\b.*)?$)", re.IGNORECASE)
_SECONDS = re.compile(r":\d{2}:(?!00)\d{2}")
_APPROX = re.compile(r"\bapprox|\babout\b", re.IGNORECASE)
_FIGURES = re.compile(r"[\d.:,;/ -]+")
_RUN_TOGETHER = re.compile(r"(?:19|20)\d{6}")
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
    real: bool = False
    """A date of the sheet's own that it may have swapped, here in figures with the day first."""

    @property
    def all(self) -> str:
        """Everything said about the time, as one text."""
        start = f"{self.day} {self.time}".strip()
        return f"{start} to {self.ends}" if self.ends and start else start


def read_incidents(table: Table, columns: Columns, session: Session) -> Iterator[Item]:
    """Every row of a log in the file's own order. A row of several acts stays one record, with its count."""
    log = _Log(table, columns, session)
    log.survey()
    yield from log.clocks.order_question()
    yield from log.swapped.question()
    extent = Extent()
    for index, piece in enumerate(log.pieces()):
        if not isinstance(piece, Row):
            yield piece
            continue
        words = log.words(piece)
        told = log.told(words, index)
        when = log.when(words, told, index)
        if (why := _no_entry(piece, columns, words, told)) is not None:
            yield NotUnderstood(piece.place, why, excerpt(piece.values))
            continue
        extent.add(when)
        yield _record(piece, columns, session, words, told, when)
    session.coverage.append(extent.coverage("log", "own_log"))
    yield from log.clocks.other_questions()


Why = Literal["headings", "around", "unknown_line"]


def _no_entry(row: Row, columns: Columns, words: _Words, told: Told | None) -> Why | None:
    """Why a row tells of no act, if it does not: a day on which nothing is written, a total, a last line."""
    date_, what, ref = (row.value(columns.places.get(name)) for name in ("date", "what", "ref"))
    if told is not None:
        # A month over the days below it, or a day of a calendar that was left empty.
        return "headings" if set(row.values) <= {"", date_, ref} else None
    if is_total(words.shown) or (not words.shown and is_total(what)):
        return "headings"
    if is_last_line(row.values):
        return "around"
    return "unknown_line" if not what or _TOTAL.match(words.shown) else None


class _Log:
    """The dates and times of one log, and what the whole of it shows about how they are written."""

    def __init__(self, table: Table, columns: Columns, session: Session) -> None:
        self.table = table
        self.places = columns.places
        about = session.about(table)
        self.about = bool(_APPROX.search(columns.heading("time")))
        proof = OrderProof(enough=ENOUGH_DATES, stated=table.stated_order(columns))
        self.clocks = Clocks(session.source, session.answers, proof, about)
        self.swapped = Swapped(session, proof, " ".join(filter(None, (about, "real dates"))))
        self.day24 = False
        self.midnights = True
        self.seconds = False
        self.years = Years(self._read)

    def survey(self) -> None:
        """Look through the whole table before any row is read."""
        place = self.places.get("date")
        no_year = False
        for row in self._rows():
            shown = row.value(place)
            if place is not None and _kind(row, place) == "date":
                # A sheet's own dates are no words of the person's: they prove nothing about the order of those.
                self.swapped.feed(shown)
            else:
                self.clocks.proof.feed(shown)
                no_year = no_year or (bool(shown) and not _YEAR.search(shown))
            self.midnights = self.midnights and (":" not in shown or bool(_EMPTY_CLOCK.search(shown)))
            clock = f"{_EMPTY_CLOCK.sub('', shown)} {row.value(self.places.get('time'))}"
            self.day24 = self.day24 or bool(_TO_24.search(clock))
            self.seconds = self.seconds or bool(_SECONDS.search(clock))
        if no_year:
            for index, piece in enumerate(self.pieces()):
                if isinstance(piece, Row):
                    self.years.feed(index, self.words(piece).all)
            self.years.settle()

    def pieces(self) -> Iterator[Piece]:
        """The table from its start, with what merged cells share between rows."""
        return filled(self.table.pieces(), but=(self.places.get("count"), self.places.get("ref")))

    def _rows(self) -> Iterator[Row]:
        return (piece for piece in self.pieces() if isinstance(piece, Row))

    def words(self, row: Row) -> _Words:
        """When a row happened, in its own words and in those it is read by."""
        shown_day, day, real = self._day(row, self.places.get("date"))
        shown_time, time = self._time(row, self.places.get("time"))
        if not day and stamp(time):
            day, time = time, ""
        if day and _NO_TIME.fullmatch(time):
            time = ""
        if time:
            day = _EMPTY_CLOCK.sub("", day)
        if time and _ISO_DAY.fullmatch(day):
            day = _spelt(date.fromisoformat(day))
        shown_end, end, _ = self._day(row, self.places.get("date_to"))
        time_to = row.value(self.places.get("time_to"))
        ends = f"{end} {time_to}".strip() if end != day or time_to else ""
        if shown_time:
            shown_day = _EMPTY_CLOCK.sub("", shown_day)
        shown = " ".join(filter(None, (shown_day, shown_time)))
        shown_ends = " ".join(filter(None, (shown_end, time_to))) if ends else ""
        return _Words(f"{shown} to {shown_ends}" if shown_ends else shown, day, time, ends, real)

    def _time(self, row: Row, place: int | None) -> tuple[str, str]:
        """The time as shown, and the words to read it by."""
        shown, clock = row.value(place), row.clock(place)
        clock = self._to_minute(clock) if clock == shown else clock[:5]
        return shown, f"about {clock}" if self.about and clock[:1].isdigit() else clock

    def _to_minute(self, shown: str) -> str:
        """Without the seconds a program adds: a log in which every second is 00 was written to the minute."""
        return shown if self.seconds else _NO_SECONDS.sub(r"\1", shown)

    def _day(self, row: Row, place: int | None) -> tuple[str, str, bool]:
        """The cell as shown, the words to read it by, and whether it is a date the sheet may have swapped."""
        shown = row.value(place)
        if place is None or not shown:
            return "", "", False
        if row.is_number(place):
            found = self.table.from_serial(float(shown))
            if found is None:
                together = f"{shown[:4]}-{shown[4:6]}-{shown[6:]}" if _RUN_TOGETHER.fullmatch(shown) else shown
                return shown, together, False
            return shown, found.isoformat(" ") if found.time() != datetime.min.time() else _spelt(found.date()), False
        read_by = self._to_minute(_EMPTY_CLOCK.sub("", shown) if self.midnights else shown)
        if _kind(row, place) == "date" and self.swapped.suspected:
            return shown, self.swapped.words(read_by), True
        return shown, read_by, False

    def told(self, words: _Words, index: int) -> Told | None:
        """The interval of all words; of the day alone where the rest is no other time but cannot be read."""
        order = self.swapped.order if words.real else self.clocks.order
        year = self.years.lent.get(index)
        told = self._read(words.all, year, order)
        other = f"{words.time} {words.ends}".strip()
        if told is None and other and (_FIGURES.fullmatch(other) or not _ELSEWHEN.search(other)):
            told = self._read(words.day, year, order)
        if told is not None and year is not None:
            return told._replace(flags=(*told.flags, "settled_by_order"))
        return told

    def _read(self, words: str, year: int | None, order: Order | None = None) -> Told | None:
        return read_when(words, order, self.clocks.zone, year, day24=self.day24)

    def when(self, words: _Words, told: Told | None, index: int) -> When:
        """The time fields of a record."""
        if told is None:
            return NEVER
        if {"dst_ambiguous", "dst_gap"} & set(told.flags) and told.precision in ("minute", "second"):
            read = stamp(words.all) or _clock_read(told, self.clocks)
            if read is not None:
                return self.clocks.when(read, index, words.shown)
        answered = self.swapped.answer is not None if words.real else self.clocks.order_answered
        basis = "offset_in_file" if told.offset else self.clocks.basis
        open_: tuple[QuestionName, ...] = ("date_order",) if told.order_open and not answered else ()
        return When(told.earliest, told.latest, told.precision, basis, told.flags, open_)


def _clock_read(told: Told, clocks: Clocks) -> Stamp | None:
    """What the clock showed, where its hour came twice."""
    if "dst_gap" in told.flags:
        return None
    local = told.earliest.astimezone(clocks.zone.info).replace(tzinfo=None)
    return Stamp(local, local, "second" if told.precision == "second" else "minute")


def _kind(row: Row, place: int) -> str:
    return row.kinds[place] if place < len(row.kinds) else "text"


def _spelt(day: date) -> str:
    """A day in words, so that nothing follows from its form for the time beside it."""
    return f"{day.day} {day:%B} {day.year}"


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
