"""When the rows of a statement happened: the day, and the time of day where the bank's own clock tells one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from joindots.evidence.readers.stamps import Stamp, stamp
from joindots.evidence.readers.tables.columns import Columns
from joindots.evidence.readers.tables.rows import Row, Table

FILLING = frozenset({time(0), time(12)})
"""Clocks that a program writes where it knows the day alone."""
_OFFSETS = {
    "gmt": 0, "utc": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "pst": -8, "pdt": -7, "mst": -7, "mdt": -6, "cst": -6,
    "cdt": -5, "est": -5, "edt": -4,
}  # fmt: skip
_NOON = datetime(2000, 1, 1, 12)  # noqa: DTZ001 - a clock on a wall
_EMPTY = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?$")
_RUN_TOGETHER = re.compile(r"(?:19|20)\d{6}")


@dataclass(slots=True)
class BankTimes:
    """First fed with every row; then gives each row's date.

    A bank that writes one time on every row only fills the cell: then its dates are days of its books.
    """

    table: Table
    columns: Columns
    _clocks: set[time] = field(default_factory=set)
    _rows: int = 0

    def feed(self, row: Row) -> None:
        """Take note of a row's clock."""
        read = self._read(row)[1]
        if read is not None:
            self._rows += 1
            at = read.dmy or read.mdy
            self._clocks.add(at.time() if at and read.precision != "day" else time(0))

    @property
    def told(self) -> bool:
        """Whether the times of day are the payments' own."""
        return not self._clocks <= FILLING and (len(self._clocks) > 1 or self._rows == 1)

    def of(self, row: Row) -> tuple[str, Stamp | None]:
        """The row's date as shown, and as read."""
        shown, read = self._read(row)
        if read is None or (self.told and (read.dmy or read.mdy or _NOON).time() not in FILLING):
            return shown, read
        return shown, whole_day(read)

    def began(self, row: Row) -> Stamp | None:
        """When the payment was begun, where a lesser column tells its own time of day: it lasted until the other."""
        lesser = self.columns.spare.get("date")
        for place in lesser if lesser and self.told and row.value(self.columns.places["date"]) else ():
            if (read := stamp(self._day(row, place))) and read.precision != "day":
                return read
        return None

    def _read(self, row: Row) -> tuple[str, Stamp | None]:
        places = self.columns.places
        place = places["date"]
        if not row.value(place):
            # A payment still on its way, or sent back, has no day of the books: then its own day stands.
            place = next((one for one in self.columns.spare.get("date", ()) if row.value(one)), place)
        shown, day = row.value(place), self._day(row, place)
        clock = row.clock(places.get("time"))
        read = stamp(f"{_EMPTY.sub('', day)} {clock}") if clock else None
        if read is None and (read := stamp(day)) and clock:
            read = whole_day(read)
        if zone := row.value(places.get("zone")):
            read = _in_zone(read, zone)
        return f"{shown} {row.value(places['time'])}".strip() if clock else shown, read

    def _day(self, row: Row, place: int) -> str:
        """The cell to read the date from: a sheet's bare number is a date by the sheet's own calendar."""
        shown = row.value(place)
        if not row.is_number(place) or _RUN_TOGETHER.fullmatch(shown):
            return shown
        found = self.table.from_serial(float(shown))
        return found.isoformat(" ") if found else ""


def whole_day(read: Stamp) -> Stamp:
    """The day alone."""
    first, second = (r and r.replace(hour=0, minute=0, second=0) for r in (read.dmy, read.mdy))
    return Stamp(first, second, "day")


def _in_zone(read: Stamp | None, zone: str) -> Stamp | None:
    """The date with the offset that its own column names; the day alone where that name is not known."""
    if read is None or read.precision == "day" or read.offset is not None:
        return read
    offsets = {_offset(zone.strip(), at) for at in (read.dmy, read.mdy) if at}
    offset = offsets.pop() if len(offsets) == 1 else None
    return whole_day(read) if offset is None else read._replace(offset=offset)


def _offset(zone: str, local: datetime) -> timedelta | None:
    if zone.casefold() in _OFFSETS:
        return timedelta(hours=_OFFSETS[zone.casefold()])
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    first, second = (local.replace(tzinfo=info, fold=fold).utcoffset() for fold in (0, 1))
    return first if first == second else None
