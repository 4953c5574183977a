"""Call lists from apps, and itemised bills, which show only the calls that were made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from joindots.evidence.readers.records import (
    Channel,
    Communication,
    Direction,
    Identity,
    Item,
    Kind,
    NotUnderstood,
    SenderCertainty,
)
from joindots.evidence.readers.stamps import OrderProof, Stamp, stamp
from joindots.evidence.readers.tables.around import excerpt, is_last_line, is_total
from joindots.evidence.readers.tables.call_words import (
    DATA,
    NOT_KNOWN,
    RECEIVED,
    TEXTS,
    direction_of,
    is_tariff,
    is_withheld,
    seconds,
)
from joindots.evidence.readers.tables.clocks import Clocks, When
from joindots.evidence.readers.tables.columns import Columns
from joindots.evidence.readers.tables.rows import Row, Table
from joindots.evidence.readers.tables.session import Extent, Session, leftover
from joindots.kernel.identities import key_of_number, plain

_SINCE_1970 = re.compile(r"^1\d{9}(?:\d{3})?$")
"""Seconds or milliseconds since 1970 in UTC, for 2001 to 2033."""
KEPT_BACK = "2"
"""Android's own mark, under `presentation`, of a caller who kept the number back."""
_LONE_NUMBER = re.compile(r"^\+?[\d\s().-]{3,}$")


class _Other(NamedTuple):
    """The other side of a call."""

    identity: Identity
    certainty: SenderCertainty
    extra: dict[str, Any]


def read_calls(table: Table, columns: Columns, session: Session) -> Iterator[Item]:
    """Every row of a call list in the file's own order."""
    proof = OrderProof(stated=table.stated_order(columns))
    clocks = Clocks(session.source, session.answers, proof, session.about(table))
    midnights, ways, tariffs = True, False, True
    for index, piece in enumerate(table.pieces()):
        if isinstance(piece, Row):
            shown, read = _date(piece, columns, table)
            clocks.survey(index, shown, read)
            midnights = midnights and (read is None or _is_midnight(read))
            ways = ways or (columns.has("direction") and _way(piece, columns) != NOT_KNOWN)
            tariffs = tariffs and is_tariff(piece.value(columns.places.get("direction")))
    clocks.settle()
    yield from clocks.order_question()
    yield from _records(table, columns, session, clocks, midnights, bill=not ways and _is_bill(columns, tariffs))
    yield from clocks.other_questions()


def _records(
    table: Table, columns: Columns, session: Session, clocks: Clocks, midnights: bool, bill: bool
) -> Iterator[Item]:
    extent = Extent()
    for index, piece in enumerate(table.pieces()):
        if not isinstance(piece, Row):
            yield piece
            continue
        shown, read = _date(piece, columns, table)
        channel, kind, direction = _what(piece, columns, bill)
        if read is None and (kind == "unknown" or bill):
            around = any(map(is_total, piece.values)) or is_last_line(piece.values)
            yield NotUnderstood(piece.place, "headings" if around else "unknown_line", excerpt(piece.values))
            continue
        if read is not None and midnights:
            read = read._replace(precision="day")
        when = clocks.when(read, index, shown)
        extent.add(when)
        yield _record(piece, columns, session, (channel, kind, direction), when, shown)
    session.coverage.append(extent.coverage("call", "outgoing_only" if bill else "call_list_may_be_cut"))


def _record(
    row: Row, columns: Columns, session: Session, what: tuple[Channel, Kind, Direction], when: When, shown: str
) -> Communication:
    channel, kind, direction = what
    other = _other(row, columns, direction)
    out = direction == "out"
    heading, length = columns.heading("duration"), row.value(columns.places.get("duration"))
    duration = _duration(row, columns, length, heading) if channel in ("call", "voicemail") else None
    extra = {**leftover(row, columns), **other.extra}
    for meaning in ("direction", "outcome", "cost"):
        if value := row.value(columns.places.get(meaning)):
            extra[meaning] = value
    if length and duration is None:
        extra["duration"] = length
    thread = other.identity.key or other.identity.shown
    if direction == "unknown":
        # Nobody says who rang whom: the other side is named, but made neither sender nor receiver.
        extra = {**extra, "other_side": other.identity.shown, "other_side_key": other.identity.key}
        other = _Other(Identity(), "unknown", {})
    id_, seq = session.next()
    known = (other.identity,) if other.identity != Identity() else ()
    return Communication(
        id=id_, source_file=session.source.sha256, place=row.place, seq=seq, channel=channel, kind=kind,
        thread=thread, direction=direction,
        sender=Identity() if out else other.identity, recipients=known if out else (),
        at_earliest=when.earliest, at_latest=when.latest, at_shown=shown or None, precision=when.precision,
        zone_basis=when.basis, time_flags=when.flags, duration_s=duration,
        text=row.value(columns.places.get("direction")) or None if kind == "system" else None,
        certainty_of_sender="account_shown" if out else other.certainty, extra=extra, open=when.open,
    )  # fmt: skip


def _is_bill(columns: Columns, tariffs: bool) -> bool:
    """Where no row says which way it went: a bill names the number called, or a cost beside a number."""
    priced = columns.has("cost") and columns.has("number", "to") and not columns.has("from")
    return columns.has("number_called") or (priced and tariffs)


def _way(row: Row, columns: Columns) -> tuple[Kind, Direction]:
    return direction_of(row.value(columns.places.get("direction")), row.value(columns.places.get("outcome")))


def _what(row: Row, columns: Columns, bill: bool) -> tuple[Channel, Kind, Direction]:
    kind, direction = _way(row, columns)
    if bill:
        kind, direction = "call_made", "out"
        said = {word for cell in row.values if len(cell) < 40 for word in cell.casefold().split()}
        if said & DATA and not _number(row, columns, "out"):
            return "other", "system", "unknown"
        if said & RECEIVED:
            return "call", *NOT_KNOWN
        if said & TEXTS:
            return "sms", "text", "out"
    if (kind, direction) == NOT_KNOWN and columns.has("number_called") and row.value(columns.places["number_called"]):
        return "call", "unknown", "unknown"
    return "voicemail" if kind == "voicemail" else "call", kind, direction


def _other(row: Row, columns: Columns, direction: Direction) -> _Other:
    number, name = _number(row, columns, direction), row.value(columns.places.get("name"))
    if not number and _LONE_NUMBER.match(plain(name)):
        number, name = name, ""
    hidden = not number and row.cells.get(_presentation(row), "") == KEPT_BACK
    if hidden or is_withheld(number) or (not number and is_withheld(name)):
        # A name beside a withheld number is the phone's or the person's note, never an account shown.
        extra = {"name": name} if name and not is_withheld(name) else {}
        return _Other(Identity(), "withheld", extra)
    shown = number if not name or is_withheld(name) else name
    if not shown:
        return _Other(Identity(), "unknown", {})
    key = key_of_number(number) if number else None
    return _Other(Identity(shown, key), "account_shown", {"number": number} if number and shown != number else {})


def _presentation(row: Row) -> str:
    return next((heading for heading in row.headings if heading.casefold() == "presentation"), "")


def _number(row: Row, columns: Columns, direction: Direction) -> str:
    order = (
        ("number_called", "to", "number", "from") if direction == "out" else ("number", "from", "number_called", "to")
    )
    for meaning in order:
        if direction == "unknown" and meaning in ("from", "to") and columns.has("from") and columns.has("to"):
            continue
        if value := row.value(columns.places.get(meaning)):
            return value
    return ""


def _duration(row: Row, columns: Columns, shown: str, heading: str) -> int | None:
    place = columns.places.get("duration")
    if place is None or not shown:
        return None
    if row.kinds and place < len(row.kinds) and row.kinds[place] == "time" and shown.count(":") == 1:
        # A sheet's clock without seconds: 1:20 may be minutes and seconds typed into hours and minutes.
        return None
    return seconds(shown, heading)


def _date(row: Row, columns: Columns, table: Table) -> tuple[str, Stamp | None]:
    """The date as shown, with the time beside it, and what it reads as."""
    place = columns.places.get("date", columns.places.get("time"))
    shown = row.value(place)
    read_from = shown
    if place is not None and row.is_number(place) and (found := table.from_serial(float(shown))):
        read_from = found.isoformat(" ") if found.time() != datetime.min.time() else found.date().isoformat()
    elif _SINCE_1970.match(shown):
        return shown, _since_1970(int(shown))
    clock = row.clock(columns.places.get("time")) if columns.has("date") else ""
    if clock:
        shown = f"{shown} {row.value(columns.places['time'])}"
        if whole := stamp(clock):
            return shown, whole
        read_from = f"{_day_only(read_from)} {clock}"
    return shown, stamp(read_from)


def _day_only(shown: str) -> str:
    """The day of a date that stands beside a column for the time, without an empty clock of its own."""
    return re.sub(r"[T ]00:00(?::00(?:\.0+)?)?$", "", shown)


def _since_1970(count: int) -> Stamp:
    at = datetime.fromtimestamp(count // 1000 if count > 10**11 else count, UTC).replace(tzinfo=None)
    return Stamp(at, at, "second", timedelta(0))


def _is_midnight(read: Stamp) -> bool:
    at = read.dmy or read.mdy
    return at is not None and read.offset is None and (at.hour, at.minute, at.second) == (0, 0, 0)
