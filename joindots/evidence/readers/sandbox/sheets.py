"""The rows of a spreadsheet (CSV, XLSX) that somebody brought in, read in a child behind walls."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.sandbox.cells import Cells, Piece
from joindots.evidence.readers.sandbox.limits import MIB, Limits
from joindots.evidence.readers.sandbox.parent import Opener, read_in_child

MOST_ROWS = 20_000
LIMITS = Limits(file=32 * MIB, seconds=30, output=64 * MIB, output_ratio=8)
_pieces = msgspec.msgpack.Decoder(list[Piece])


def rows_in_child(opener: Opener, name: str, sha256: str) -> Iterator[Piece]:
    """Every table with its rows. NotReadable for anything but a table, or one of more than 20,000 rows."""
    found: list[Piece] = []
    rows = 0

    def take(payload: bytearray) -> None:
        nonlocal rows
        pieces = _pieces.decode(payload)
        rows += sum(type(piece) is Cells for piece in pieces)
        if rows > MOST_ROWS:
            raise not_readable(
                "sheet_long",
                "{name} has more than {most} rows. Split it into several files and bring them in one after the other.",
                name=name, most=f"{MOST_ROWS:,}",
            )  # fmt: skip
        found.extend(pieces)

    with read_in_child(opener, name, sha256, limits=LIMITS, lines=take, as_rows=True) as reading:
        for _ in reading.batches():
            continue
    yield from found
