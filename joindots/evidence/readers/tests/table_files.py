"""What the tests of tables share: reading bytes as a named file, and picking out what came."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.reading import read
from joindots.evidence.readers.records import Communication, Coverage, Item, NotUnderstood, Question
from joindots.evidence.readers.source import Source


def items(name: str, data: bytes | str, *answers: Answer) -> list[Item]:
    """Every item of a file by the reader that claims it."""
    raw = data.encode() if isinstance(data, str) else data
    return list(read(Source.from_bytes(name, raw), Answers(answers), HashOnly()))


def records(found: Iterable[Item]) -> list[Communication]:
    return [item for item in found if isinstance(item, Communication)]


def questions(found: Iterable[Item]) -> dict[str, Question]:
    return {item.question: item for item in found if isinstance(item, Question)}


def not_understood(found: Iterable[Item]) -> list[NotUnderstood]:
    return [item for item in found if isinstance(item, NotUnderstood)]


def coverage(found: list[Item]) -> Coverage:
    last = found[-1]
    assert isinstance(last, Coverage)
    return last


def moment(record: Communication) -> tuple[str | None, str | None, str]:
    """Earliest and latest without the zone, and the precision."""
    ends = (record.at_earliest, record.at_latest)
    low, high = (at.strftime("%Y-%m-%d %H:%M:%S") if at else None for at in ends)
    return low, high, record.precision


def assert_tiles(found: Iterable[Item], data: bytes) -> None:
    """The places of records and of what was not understood cover every byte once, in the file's order."""
    at = 0
    for item in found:
        if isinstance(item, Communication | NotUnderstood):
            assert item.place.byte == at, item
            assert item.place.length is not None
            at += item.place.length
    assert at == len(data)


def workbook(*rows: list[Any], title: str = "Sheet1", **more: list[list[Any]]) -> bytes:
    """A workbook of one sheet, and of further sheets by name."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for name, others in more.items():
        extra = book.create_sheet(name)
        for row in others:
            extra.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
