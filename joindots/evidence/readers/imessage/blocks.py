"""Cuts an export into blocks: a head (moment, sender), the lines below it, up to the next head."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from joindots.evidence.readers.imessage import order
from joindots.evidence.readers.imessage.body import RESPONDED
from joindots.evidence.readers.imessage.clock import EARLIEST, LATEST, Clock
from joindots.evidence.readers.imessage.lines import (
    ANNOUNCED,
    NESTED,
    NO_ANNOUNCEMENT,
    Kind,
    Line,
    Stamp,
    lines_of,
    stamp,
)

LONGEST = 8 << 20
"""Bytes of one block; a longer one is passed over and said to be too long."""
MOST_VOICES = 10_000
"""Names noted of one conversation. No real one has as many; a hostile one could fill the memory."""
ME = "Me"
THEM = "them"


@dataclass(slots=True)
class Block:
    """One head with its lines. `body` is what follows the sender's line, blank lines at its end left out."""

    kind: Kind
    byte: int
    line: int
    stamp: Stamp | None
    sender: str = ""
    body: list[Line] = field(default_factory=list)
    length: int = 0
    valid: bool = True
    too_long: bool = False
    quoted: int = 0


@dataclass(slots=True)
class Voice:
    """One sender's name, how often it stands in the file, and the first and last time as shown."""

    count: int
    first: str
    last: str
    theirs_read: bool = False
    """"Read by them" stands only at what the owner sent."""


def blocks(stream: BinaryIO, quoted: frozenset[int] = frozenset()) -> Iterator[Block]:
    """Every block, tiling the stream. Heads whose numbers are in `quoted` are part of the block they stand in."""
    number = -1
    block: Block | None = None
    blank = True
    for line, following in _with_next(lines_of(stream)):
        found = _head(line, following, blank) if blank and line.starts else None
        quotation = False
        if found and found[0] != "unreadable":
            number += 1
            quotation = number in quoted and block is not None
        if block is None or (found and not quotation):
            if block is not None:
                yield _closed(block)
            kind, at = found or ("unreadable", None)
            block = Block(kind, line.byte, line.number, at)
            if at is None:
                _add(block, line)
        else:
            block.quoted += quotation
            _add(block, line)
        block.length += line.length
        block.valid &= line.valid
        blank = line.text == "" and line.starts
    if block is not None:
        yield _closed(block)


def _with_next(lines: Iterable[Line]) -> Iterator[tuple[Line, Line | None]]:
    before: Line | None = None
    for line in lines:
        if before is not None:
            yield before, line
        before = line
    if before is not None:
        yield before, None


def _head(line: Line, following: Line | None, blank: bool) -> tuple[Kind, Stamp | None] | None:
    found = stamp(line.text)
    alone = following is None or following.text == ""
    if found is None:
        return ("unreadable", None) if line.text == NO_ANNOUNCEMENT and alone and blank else None
    if not found.rest:
        return ("unreadable" if alone else "message", found)
    return ("announcement", found) if alone and found.rest.startswith(" ") else None


def _add(block: Block, line: Line) -> None:
    if block.length + line.length > LONGEST:
        block.too_long = True
        block.body.clear()
    elif block.kind == "message" and not block.sender and not block.body:
        block.sender = line.text.strip()
    elif not block.too_long:
        block.body.append(line)


def _closed(block: Block) -> Block:
    while block.body and block.body[-1].text == "":
        block.body.pop()
    return block


class Survey:
    """What a first pass learns of one file: voices, replies, doubtful hours and quotations."""

    def __init__(self, clock: Clock, quoted: frozenset[int] = frozenset()) -> None:
        self.clock = clock
        self.quoted = quoted
        self.moments = array("q")
        self.voices: dict[str, Voice] = {}
        self.readers: set[str] = set()
        """Who read what others sent: "you", or the owner's name where the export was made with one."""
        self.replies: dict[tuple[str, str], deque[int]] = {}
        """How many lines each reply has, by its moment and sender, so that its copy can be told."""
        self.group = False

    def look(self, stream: BinaryIO) -> None:
        """Go through the file once."""
        for block in blocks(stream, self.quoted):
            if block.stamp is None or block.kind == "unreadable":
                continue
            self._time(block, block.stamp)
            if block.kind == "announcement":
                found = ANNOUNCED.fullmatch(block.stamp.rest[1:])
                self.group |= bool(found and found["what"].startswith(("added", "removed", "renamed", "named", "left")))
                continue
            self._voice(block, block.stamp)
            if block.body and block.body[-1].text == RESPONDED:
                key = (block.stamp.shown, block.sender)
                self.replies.setdefault(key, deque()).append(len(block.body) - 1)

    def _time(self, block: Block, at: Stamp) -> None:
        self.clock.look(at.at, block.byte, f"{at.shown} {block.sender or at.rest}".strip())
        if EARLIEST <= at.at < LATEST:
            local = at.at
            self.moments.append((local.toordinal() * 86_400) + local.hour * 3600 + local.minute * 60 + local.second)
        else:
            self.moments.append(self.moments[-1] if self.moments else 0)

    def _voice(self, block: Block, at: Stamp) -> None:
        voice = self.voices.get(block.sender)
        if voice is None and len(self.voices) == MOST_VOICES:
            return
        if voice is None:
            voice = self.voices[block.sender] = Voice(0, at.shown, at.shown)
        voice.count += 1
        voice.last = at.shown
        if at.read_by == THEM:
            voice.theirs_read = True
        elif at.read_by:
            self.readers.add(at.read_by)


def survey(opened: Callable[[], BinaryIO], make: Callable[[], Clock]) -> Survey:
    """A first pass; a second where some heads turn out to be quotations."""
    first = Survey(make())
    with opened() as stream:
        first.look(stream)
    quoted = order.quoted(first.moments)
    if not quoted:
        return first
    second = Survey(make(), quoted)
    with opened() as stream:
        second.look(stream)
    return second


def nested_stamp(line: Line) -> Stamp | None:
    """The head of a reply shown again under the message that it answers."""
    if not line.text.startswith(NESTED):
        return None
    found = stamp(line.text[len(NESTED) :])
    return found if found and not found.rest else None
