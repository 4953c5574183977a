"""Builds exports of iPhone messages for the tests, and reads them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.imessage import FORMAT
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.records import Communication, NotUnderstood, Question
from joindots.evidence.readers.source import Source

SUMMER = "May 17, 2022  5:29:42 PM"


def items_of(text: str | bytes, *answers: Answer, name: str = "Sam Example.txt"):
    data = text.encode() if isinstance(text, str) else text
    source = Source.from_bytes(name, data)
    assert FORMAT.claims(source)
    return list(FORMAT.read(source, Answers(answers), HashOnly()))


def records_of(text: str | bytes, *answers: Answer, **more):
    return [item for item in items_of(text, *answers, **more) if isinstance(item, Communication)]


def questions_of(text: str, *answers: Answer, **more):
    return [item for item in items_of(text, *answers, **more) if isinstance(item, Question)]


def block(at: str, sender: str, *lines: str) -> str:
    return "\n".join((at, sender, *lines)) + "\n\n"


def tiles(data: bytes, items) -> bool:
    """Whether records and what was not understood cover the file once, in order, without a gap."""
    at = 0
    for item in items:
        if isinstance(item, Communication | NotUnderstood):
            if item.place.byte != at:
                return False
            at += item.place.length
    return at == len(data)


def hour_twice(*clocks: str) -> str:
    return block("Oct 29, 2022 11:00:00 PM", "Me", "before") + "".join(
        block(f"Oct 30, 2022  {clock} AM", "Sam Example", clock) for clock in clocks
    )


def minutes(count: int, start: int = 0) -> list[str]:
    first = datetime.combine(date(2022, 5, 17), time(9))
    return [shown(first + timedelta(minutes=start + n)) for n in range(count)]


def shown(at: datetime) -> str:
    hour = at.hour % 12 or 12
    return at.strftime("%b %d, %Y ") + f"{hour:2d}" + at.strftime(":%M:%S %p")
