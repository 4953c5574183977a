"""A file of listings, read row by row: what can be taken in, what cannot and why; each is known again (pure)."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from joindots.directory.rules.listing import Listing, can_be_listed, line
from joindots.directory.rules.packages import NO_ROWS, TOO_LARGE, services_of
from joindots.directory.rules.places import area_code
from joindots.directory.rules.reading import places_in, record_of, secret_in
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

MOST_BYTES = 8 << 20
MOST_ROWS = 5_000
NAME_TELLS = "Its place is kept secret, and its own name tells it. Add it by hand under another name."
NO_NEED = "Nothing in it speaks of a kind of help that this service looks for."


@dataclass(frozen=True, slots=True)
class Row:
    """One service of the file. `why` says why it cannot be taken in; empty where it can."""

    number: int
    name: str
    why: str
    listing: Listing | None = None
    key: str = ""
    digest: str = ""
    gone: bool = False
    assured_on: date | None = None
    lost: tuple[str, ...] = ()
    """What of it is not taken over, in words."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What was read from a file: its form, its rows in order, and these as a column keeps them."""

    form: str
    rows: tuple[Row, ...]
    data: bytes = b""


def areas_typed(typed: str) -> tuple[str, ...]:
    """Codes of areas from `CA1, CA2, Northshire`."""
    return tuple(dict.fromkeys(area_code(piece) for piece in typed.split(",") if piece.strip()))


def read_file(data: bytes, source: str, areas: tuple[str, ...], day: date, *, all_needs: bool) -> Arrived:
    """The rows of an Open Referral file: JSON (a page, a list, lines or one service) or a zip of its tables.

    RuleBroken where nothing of it can be read. A service without any need that is looked for here is left out unless
    `all_needs`: a council's whole directory holds football clubs.
    """
    if not line(source):
        raise RuleBroken(words("no_source", "Say whose file this is, such as the council’s name."))
    if len(data) > MOST_BYTES:
        raise RuleBroken(TOO_LARGE)
    form, services = services_of(data)
    rows: list[Row] = []
    seen: dict[str, int] = {}
    if len(services) > MOST_ROWS:
        raise RuleBroken(words("too_many_rows", "Give a file of at most {most} services.", most=MOST_ROWS))
    opened = [_opened(one) for one in services]
    hidden = [one is not None and secret_in(one) for one in opened]
    secret = frozenset(
        place for one, kept in zip(opened, hidden, strict=True) if one and kept for place in places_in(one)
    )
    for number, (one, kept) in enumerate(zip(opened, hidden, strict=True), 1):
        with_secret = kept or (one is not None and bool(secret & places_in(one)))
        row = _row(number, one, source, areas, day, all_needs=all_needs, secret=with_secret)
        if row.key and row.key in seen:
            row = replace(row, why=f"Its id stands in row {seen[row.key]} already.", listing=None, key="")
        seen.setdefault(row.key, number)
        rows.append(row)
    if not rows:
        raise RuleBroken(NO_ROWS)
    return Arrived(form, tuple(rows), packed(tuple(rows)))


def packed(rows: tuple[Row, ...]) -> bytes:
    """Rows as a column keeps them."""
    return zlib.compress(msgspec.json.encode(rows), 3)


def unpacked(data: bytes) -> tuple[Row, ...]:
    """Rows from what a column keeps."""
    return msgspec.json.decode(zlib.decompress(data), type=tuple[Row, ...]) if data else ()


def source_key(source: str, own_id: str) -> str:
    """By what a service of a publisher is known again, whatever the file is called."""
    return hashlib.sha256(f"{' '.join(source.casefold().split())}|{own_id}".encode()).hexdigest()


def _opened(one: Any) -> dict[str, Any] | None:
    """The service of a row, which may stand in a wrapper; None for what is none."""
    if not isinstance(one, dict):
        return None
    inner = one.get("service")
    return inner if isinstance(inner, dict) and "name" not in one else one


def _row(
    number: int, one: dict[str, Any] | None, source: str, areas: tuple[str, ...], day: date, *, all_needs: bool,
    secret: bool,
) -> Row:  # fmt: skip
    if one is None:
        return Row(number, "", "It is no service: an object with names and values is needed.")
    record = record_of(one, areas, day, secret=secret)
    if record.tells:
        return Row(number, "", NAME_TELLS)
    name, key = record.listing.name, source_key(source, record.own_id)
    if record.gone:
        return Row(number, name, "", None, key, "", gone=True)
    allowed = can_be_listed(record.listing)
    if not allowed:
        return Row(number, name, str(allowed.reason))
    if not record.listing.needs and not all_needs:
        return Row(number, name, NO_NEED)
    digest = hashlib.sha256(msgspec.json.encode((record.listing, record.assured_on))).hexdigest()
    return Row(number, name, "", record.listing, key, digest, assured_on=record.assured_on, lost=record.lost)


def counted(rows: tuple[Row, ...]) -> tuple[int, int]:
    """How many rows there are, and how many cannot be taken in."""
    return len(rows), sum(1 for row in rows if row.why)
