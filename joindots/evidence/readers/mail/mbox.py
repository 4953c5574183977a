"""Mailboxes in one file (mbox): cut into mails in bounded memory, every byte in one mail or listed."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.mail.message import ENVELOPE, Reading
from joindots.evidence.readers.mail.mime import HEADER_CAP, Window, blank_line
from joindots.evidence.readers.mail.owner import Mailbox, Survey, mailbox_from_answer
from joindots.evidence.readers.mail.parts import contents_of
from joindots.evidence.readers.records import Item, NotUnderstood, Place
from joindots.evidence.readers.source import Source

CHUNK = 1 << 20
LARGE = 8 << 20
"""Bytes of one mail above which it is streamed from the file in place of being held."""
NEAR = 8_192
"""Bytes after "From " that decide whether it begins a mail."""
EXCERPT = 120

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ \t]+"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATED = (
    rb"From (?:[^\s]{1,320} {1,2}|[^\n]{0,500}?)"
    + _DAY
    + rb"(?:"
    + _MONTH
    + rb"[ \t]+\d{1,2}|\d{1,2}[ \t]+"
    + _MONTH
    + rb"(?:[ \t]+\d{4})?)"
    rb"[ \t]+\d{1,2}:\d\d[^\n]{0,200}\n"
    rb"(?=[!-9;-~]+[ \t]*:|>?From |\r?\n|\Z)"
)
_UNDATED = (
    rb"From [^\s]{1,320}[ \t]*\r?\n"
    rb"(?=(?i:from|to|date|subject|received|return-path|message-id|mime-version|delivered-to|x-[a-z-]+)[ \t]*:)"
)
_BEGINS = re.compile(rb"(" + _DATED + rb")|" + _UNDATED)
_NEXT = b"\nFrom "
_SURE = frozenset(("from", "received", "return-path"))
_USUAL = _SURE | {
    "to", "date", "subject", "message-id", "mime-version", "content-type", "delivered-to", "cc", "bcc", "reply-to",
    "x-mozilla-status", "x-mozilla-status2", "x-uidl", "x-gm-thrid", "x-gmail-labels", "content-transfer-encoding",
}  # fmt: skip
_ENOUGH = 3
"""Usual fields that make what follows a doubtful "From " line the header of a mail."""
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*")


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One mail with its "From " line, as bytes of the file; `data` is None where it is large.

    `blank` is the length of the blank line that parts it from the next mail. `begins` is where its
    "From " line stands; None for bytes before the first mail.
    """

    byte: int
    line: int
    length: int
    blank: int
    begins: int | None
    data: bytes | None


def split(stream: BinaryIO, ends: Iterable[int] | None = None, *, numbered: bool = True) -> Iterator[Piece]:
    """Cut an mbox at each "From " line that begins a mail: a dated one after a blank line that a header follows.

    Some writers leave out the date, or the blank line where a mail's last line has none. Then what
    follows must be a mail's header for sure: a person may begin a line with "From" and another with "To:".
    `ends` are the ends of all pieces if an earlier pass found them. Without `numbered`, lines are
    not counted.
    """
    splitter = _Splitter(stream, numbered)
    return splitter.pieces() if ends is None else splitter.known(ends)


class _Splitter:
    def __init__(self, stream: BinaryIO, numbered: bool) -> None:
        self.stream = stream
        self.numbered = numbered
        self.buffer = stream.read(CHUNK)
        self.base = 0
        self.start = 0
        self.line = 1
        self.lines = 0
        self.dropped = 0
        self.begins: int | None = None
        self.ended = not self.buffer

        before = _BEFORE.match(self.buffer)
        first = before.end() if before else 0
        if begins_mail(self.buffer, first):
            self.begins = first

    def pieces(self) -> Iterator[Piece]:
        look = 0
        while True:
            sure = len(self.buffer) if self.ended else len(self.buffer) - NEAR
            found = self.buffer.find(_NEXT, look, sure + len(_NEXT) - 1)
            while found >= 0:
                if found >= (self.begins or 0) and self._divides(found):
                    yield self._piece(found + 1)
                found = self.buffer.find(_NEXT, found + 1, sure + len(_NEXT) - 1)
            if self.ended:
                break
            look = self._more(max(sure, self.start, look))
        if len(self.buffer) > self.start or self.dropped:
            yield self._piece(len(self.buffer))

    def _divides(self, found: int) -> bool:
        """Whether the line behind `found` begins the next mail; a doubtful one never does inside a header."""
        match = _BEGINS.match(self.buffer, found + 1)
        if match is None:
            return False
        if match.lastindex and _after_blank(self.buffer, found):
            return True
        in_body = self.dropped or blank_line(self.buffer, self.start, found + 1) >= 0
        return bool(in_body) and _header_follows(self.buffer, found + 1)

    def known(self, ends: Iterable[int]) -> Iterator[Piece]:
        """The same pieces, once it is known where each of them ends."""
        for end in ends:
            while self.base + len(self.buffer) < end and not self.ended:
                self._more(len(self.buffer))
            yield self._piece(min(end - self.base, len(self.buffer)))

    def _more(self, look: int) -> int:
        """Read on. What no piece needs is dropped; a piece that grows too large is only counted."""
        if look - self.start > LARGE:
            until = look - 8
            self.lines += self.buffer.count(b"\n", self.start, until)
            self.dropped += until - self.start
            self.start = until
        data = self.stream.read(CHUNK)
        self.ended = not data
        self.buffer = self.buffer[self.start :] + data
        self.base += self.start
        look -= self.start
        self.start = 0
        return look

    def _piece(self, end: int) -> Piece:
        buffer, start, dropped = self.buffer, self.start, self.dropped
        length = end - start + dropped
        blank = 2 if buffer.endswith(b"\n\r\n", start, end) else 1 if buffer.endswith(b"\n\n", start, end) else 0
        data = None if length > LARGE else buffer[start : end - blank]
        piece = Piece(self.base + start - dropped, self.line, length, blank, self.begins, data)
        if self.numbered:
            self.line += self.lines + buffer.count(b"\n", start, end)
        self.start, self.lines, self.dropped, self.begins = end, 0, 0, 0
        return piece


def begins_mail(buffer: bytes, at: int) -> bool:
    """Whether the line at `at` is an envelope line: dated and followed by a field, or bare and by a mail's header."""
    match = _BEGINS.match(buffer, at)
    return match is not None and (match.lastindex == 1 or _header_follows(buffer, at))


def _header_follows(buffer: bytes, at: int) -> bool:
    """Whether the line behind the one at `at` begins a header with a sender and some usual fields."""
    window = Window(buffer[buffer.find(b"\n", at) + 1 : at + NEAR])
    names = window.header().keys()
    return len(names & _USUAL) >= _ENOUGH and not _SURE.isdisjoint(names)


def _after_blank(buffer: bytes, newline: int) -> bool:
    """Whether the line that ends at `newline` is blank."""
    before = buffer[max(newline - 2, 0) : newline]
    return before[-1:] == b"\n" or before == b"\n\r"


def claims(source: Source) -> bool:
    """A file that begins with an envelope line, or is called .mbox and holds one."""
    if source.members:
        return False
    before = _BEFORE.match(source.head)
    if begins_mail(source.head, before.end() if before else 0):
        return True
    named = source.name.lower().endswith((".mbox", ".mbx", ".mboxrd"))
    return named and (b"\nFrom " in source.head or not source.size)


def read(source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """Every mail in the file's order, what lies before the first, then questions and coverage."""
    survey = Survey()
    ends = None
    mailbox = mailbox_from_answer(source, answers)
    if mailbox is None:
        ends = _look_through(source, survey)
        account = survey.proven()
        mailbox = Mailbox(account, asked=account is None)
    reading = Reading.of(source, answers, mailbox, survey)
    with source.open() as stream:
        for piece in split(stream, ends):
            yield from _items(source, reading, piece, media)
    yield from reading.last()


def _look_through(source: Source, survey: Survey) -> array[int]:
    """Look at every header, to tell whose mailbox it is. Gives where each mail ends: 8 bytes a mail."""
    ends = array("Q")
    with source.open() as stream:
        for piece in split(stream, numbered=False):
            ends.append(piece.byte + piece.length)
            if piece.begins is not None:
                survey.add(_header_of(source, piece))
    return ends


def _header_of(source: Source, piece: Piece) -> bytes:
    if piece.data is not None and (end := blank_line(piece.data, piece.begins or 0, HEADER_CAP)) >= 0:
        return piece.data[piece.begins : end]
    window, beside = _window(source, piece)
    header = window.header_block()
    if beside:
        beside.close()
    return header


def _window(source: Source, piece: Piece) -> tuple[Window, BinaryIO | None]:
    """The piece, its reading position at the "From " line, and the stream to close behind it."""
    if piece.data is not None:
        window, beside = Window(piece.data), None
    else:
        beside = source.open()
        beside.seek(piece.byte)
        window = Window.over(beside, piece.length - piece.blank)
        window.fill()
    window.at = piece.begins or 0
    return window, beside


def _items(source: Source, reading: Reading, piece: Piece, media: MediaSink) -> list[Item]:
    place = Place(None, piece.line, piece.byte, piece.length)
    if piece.begins is None:
        excerpt = (piece.data or b"")[:EXCERPT].decode("utf-8", "replace")
        return [NotUnderstood(place, "broken", excerpt)]
    window, beside = _window(source, piece)
    try:
        end = window.buffer.find(b"\n", window.at)
        envelope = window.buffer[window.at : end].decode("latin-1").rstrip("\r")
        window.at = end + 1
        fields = window.header()
        contents = contents_of(window, fields, media, quoted=True)
    finally:
        if beside:
            beside.close()
    fields[ENVELOPE] = [envelope]
    return reading.items(place, fields, contents)


FORMAT = Format("mbox", "a mailbox (mbox)", claims, read)
