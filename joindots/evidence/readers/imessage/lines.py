"""The shapes of lines in imessage-exporter's text: stamps, receipts, announcements; and lines with places.

The exporter writes English whatever the phone's language, with the month by name, so a date is never in
doubt; the clock is that of the computer that made the export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import BinaryIO, Literal, NamedTuple

LONGEST_LINE = 1 << 20
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_STAMP = r"([A-Z][a-z]{2,8}) (\d{1,2}), (\d{4}) {1,2}(\d{1,2}):(\d\d):(\d\d) ([AP]M)"
_HEAD = re.compile(_STAMP + r"(?: \(Read by (?P<who>.+?) after (?P<after>.+)\))?", re.ASCII)
_LONGEST_STAMP = 30
_FIRST = re.compile(rb"[A-Z][a-z]{2,8} \d{1,2}, \d{4} ")
ANNOUNCED = re.compile(
    r"(?P<who>.+?) (?P<what>added .+ to the conversation\.?|removed .+ from the conversation\.?"
    r"|left the conversation\.?|renamed the conversation to .*|named the conversation .*"
    r"|(?:changed|removed) the (?:group photo|chat background)\.?|changed their phone number\.?"
    r"|kept an audio message\.?|unsent a message[!.]|performed unknown action -?\d+\.?)"
)
NO_ANNOUNCEMENT = "Unable to format announcement!"
NESTED = "    "
"""A reply is shown again under the message it answers, set in by this much."""


class Line(NamedTuple):
    """One line with its place. A line longer than can be held comes in parts; only the first `starts`."""

    byte: int
    number: int
    text: str
    length: int
    starts: bool
    valid: bool


class Stamp(NamedTuple):
    """A line that begins with a moment: of a message (with a receipt perhaps) or of an announcement."""

    at: datetime
    shown: str
    rest: str
    read_by: str | None = None
    read_after: str | None = None


Kind = Literal["message", "announcement", "unreadable"]


def lines_of(stream: BinaryIO) -> Iterator[Line]:
    """Every line of the stream; bytes that are not UTF-8 are marked as lost in `text`."""
    byte, number, starts = 0, 1, True
    while raw := stream.readline(LONGEST_LINE):
        body = raw.rstrip(b"\r\n")
        if byte == 0:
            body = body.removeprefix(b"\xef\xbb\xbf")
        try:
            text, valid = body.decode(), True
        except UnicodeDecodeError:
            text, valid = body.decode("utf-8", "replace"), False
        yield Line(byte, number, text, len(raw), starts, valid)
        byte += len(raw)
        starts = raw.endswith(b"\n")
        number += starts


def stamp(text: str) -> Stamp | None:
    """The moment that a line begins with, or None. A date that no calendar has is none."""
    if ":" not in text[:_LONGEST_STAMP] or not text[:1].isupper():
        return None
    found = _HEAD.match(text)
    if not found:
        return None
    month = _MONTHS.get(found[1][:3].lower())
    hour = int(found[4])
    if month is None or not 1 <= hour <= 12:
        return None
    try:
        day = date(int(found[3]), month, int(found[2]))
        at = datetime.combine(day, time(hour % 12 + 12 * (found[7] == "PM"), int(found[5]), int(found[6])))
    except ValueError:
        return None
    shown = text[: found.end(7)]
    return Stamp(at, shown, text[found.end() :], found["who"], found["after"])


def begins(data: bytes) -> bool:
    """Whether bytes from a file's start may be such an export: cheap, before any line is cut."""
    return bool(_FIRST.search(data))
