"""Words of a screenshot: a machine's suggestion set in bubbles, and what a person confirmed, as records (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from joindots.evidence.readers.pictures.written import Box, Written
from joindots.evidence.readers.records import (
    Channel,
    Communication,
    Coverage,
    Direction,
    Identity,
    Place,
    Precision,
)
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import LOCAL

THEM, ME, OTHER, NONE = "them", "me", "other", "none"
WAYS: dict[str, Direction] = {THEM: "in", ME: "out", OTHER: "among_others"}
CHANNELS: tuple[Channel, ...] = (
    "whatsapp", "sms", "imessage", "messenger", "instagram", "snapchat", "telegram", "email", "other",
)  # fmt: skip
MOST_LINES, MOST_LETTERS, MOST_NAME = 200, 4_000, 120
UNSURE = 60
"""Of a word's certainty in per cent: from here down the page says that the machine was not sure."""
_CLOCK = re.compile(r"(?:^|\s)(\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?)(?:\s*[✓v/]{1,2})?$", re.IGNORECASE)
_A_DAY = re.compile(r"(?:yesterday|today|mon|tue|wed|thu|fri|sat|sun|\d{1,2}[ ./-])\S*(?: \S+){0,4}$", re.IGNORECASE)
_A_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)


class Line(msgspec.Struct, frozen=True):
    """One bubble: its box in the picture (none where a person typed it in), who wrote it, its words, its time as shown.

    `who`: `them`, `me` (the person this is kept for), `other`, or `none`: no message, such as a name at the top.
    `day` is the day that a person knows it was sent; what the picture shows, such as "Yesterday", is never turned into
    one. `sure` is what the machine thinks of its own reading, in per cent.
    """

    text: str
    who: str = NONE
    shown: str = ""
    day: date | None = None
    box: Box | None = None
    sure: int | None = None


class Sheet(msgspec.Struct, frozen=True):
    """All that is said of one picture: its size, the app it shows, the name of the other side as it shows it."""

    width: int
    height: int
    lines: tuple[Line, ...] = ()
    channel: Channel = "other"
    name: str = ""


def suggested(written: Written, right: str = ME) -> Sheet:
    """The machine's words in bubbles, top to bottom; `right` is who wrote what stands on the right, as a person said.

    The guess of each line's side saves a tap and no more: a person says for each who wrote it. A day between the
    bubbles, such as "Yesterday", is put before the times below it, as it is shown.
    """
    bubbles: list[list[_Read]] = []
    for line in sorted(_lines(written), key=lambda one: one.box[1]):
        last = bubbles[-1][-1] if bubbles else None
        if last is not None and _same_bubble(last, line, written.width):
            bubbles[-1].append(line)
        else:
            bubbles.append([line])
    lines_said: list[Line] = []
    day = ""
    for lines_of_one in bubbles[:MOST_LINES]:
        one = _bubble(lines_of_one, written, right)
        if one.who == NONE and _A_DAY.match(one.text):
            day = one.text
        lines_said.append(msgspec.structs.replace(one, shown=f"{day} {one.shown}" if day and one.shown else one.shown))
    return Sheet(written.width, written.height, tuple(lines_said))


def can_confirm(sheet: Sheet) -> Decision:
    """What a person confirms says of each line who wrote it, and names an app that is known."""
    if sheet.channel not in CHANNELS:
        return no("channel_unknown", "Choose the app that the picture shows, or “other”.")
    if not any(one.who in WAYS and one.text.strip() for one in sheet.lines):
        return no("no_lines", "Confirm at least one message: write what it says, and choose who wrote it.")
    if any(one.who in WAYS and not one.text.strip() for one in sheet.lines):
        return no(
            "line_empty", "A message without words stands among them. Write what it says, or choose “not a message”."
        )
    return YES


def can_follow(seen: int | None, last: int | None) -> Decision:
    """A version follows the one that its writer saw."""
    if seen == last:
        return YES
    return no("words_changed", "Somebody confirmed other words for this picture meanwhile. Open it again to see them.")


def records(sheet: Sheet, *, sha256: str, file: str, number: int, first: int = 1) -> Iterator[Communication]:
    """The confirmed messages as records of the picture's file, in the order of the picture; `number` is the version."""
    said = (one for one in sheet.lines if one.who in WAYS and one.text.strip())
    for seq, one in enumerate(said, first):
        earliest, latest, precision = _when(one)
        yield Communication(
            id=f"{sha256[:16]}-{seq}",
            source_file=sha256,
            place=Place(pointer=_place(one)),
            seq=seq,
            channel=sheet.channel,
            kind="text",
            thread=sheet.name or None,
            direction=WAYS[one.who],
            sender=Identity(shown=sheet.name or None) if one.who == THEM else Identity(),
            at_earliest=earliest,
            at_latest=latest,
            at_shown=one.shown or None,
            precision=precision,
            zone_basis="asked" if earliest else "none",
            text=one.text.strip(),
            certainty_of_sender="claimed" if one.who == THEM and sheet.name else "told_by_victim",
            extra={"from_picture": {"file": file, "version": number, "box": list(one.box or ())}},
        )


def coverage(sheet: Sheet) -> Coverage:
    """A picture shows what is on it, and nothing of any other time."""
    return Coverage(sheet.channel, None, None, ("one_screenshot",), sheet.name or None)


def encoded(sheet: Sheet) -> bytes:
    """As stored."""
    return msgspec.msgpack.encode(sheet)


def decoded(data: bytes) -> Sheet:
    """As read back; an empty sheet where nothing is stored."""
    return msgspec.msgpack.decode(data, type=Sheet) if data else Sheet(0, 0)


class _Read(msgspec.Struct, frozen=True):
    text: str
    box: Box
    sure: int


def _lines(written: Written) -> list[_Read]:
    found: dict[int, list[tuple[str, Box, int]]] = {}
    for word in written.words:
        found.setdefault(word.line, []).append((word.text, word.box, word.sure))
    return [
        _Read(
            " ".join(text for text, _, _ in words), _around([box for _, box, _ in words]), min(s for _, _, s in words)
        )
        for words in found.values()
    ]


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _same_bubble(above: _Read, line: _Read, width: int) -> bool:
    """Lines of one bubble begin at one place, and less than a line's height lies between them.

    A time of day ends a bubble.
    """
    height = min(above.box[3] - above.box[1], line.box[3] - line.box[1])
    near = line.box[1] - above.box[3] < height
    under = abs(above.box[0] - line.box[0]) < width * 0.03
    lower_right = _CLOCK.fullmatch(line.text) is not None and line.box[0] > above.box[0]
    return near and (under or lower_right) and _CLOCK.search(above.text) is None


def _bubble(lines: Sequence[_Read], written: Written, right: str) -> Line:
    text, box = " ".join(one.text for one in lines), _around([one.box for one in lines])
    clock = _CLOCK.search(text)
    shown = clock[1] if clock else ""
    said = text[: clock.start()].strip() if clock else text
    left, space = box[0], written.width - box[2]
    middle = abs(left - space) < written.width * 0.08 and left > written.width * 0.2
    side = right if left > space else THEM if right == ME else ME
    at_top = box[3] < written.height * 0.1
    who = NONE if middle or at_top or not said else side
    return Line(said or text, who, shown if said else "", None, box, min(one.sure for one in lines))


def _place(one: Line) -> str:
    if one.box is None:
        return "typed in from the picture"
    left, top, right, bottom = one.box
    return f"box {left}, {top} to {right}, {bottom} of the picture"


def _when(one: Line) -> tuple[datetime | None, datetime | None, Precision]:
    """Known only where a person said the day; the clock is the picture's own."""
    if one.day is None:
        return None, None, "time_only" if _A_CLOCK.search(one.shown) else "none"
    clock = _clock(one.shown)
    begins = datetime.combine(one.day, clock or time(), LOCAL)
    if clock is None:
        ends = datetime.combine(one.day + timedelta(days=1), time(), LOCAL) - timedelta(microseconds=1)
        return begins.astimezone(UTC), ends.astimezone(UTC), "day"
    later = begins.replace(fold=1).astimezone(UTC)  # the hour that comes twice when the clocks go back
    return begins.astimezone(UTC), max(later, begins.astimezone(UTC)) + timedelta(seconds=59), "minute"


def _clock(shown: str) -> time | None:
    found = _A_CLOCK.search(shown)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
