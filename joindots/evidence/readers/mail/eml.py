"""Single mails saved as files (.eml, .emlx)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, BinaryIO

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.mail.fields import parse_header
from joindots.evidence.readers.mail.message import Reading
from joindots.evidence.readers.mail.mime import Window
from joindots.evidence.readers.mail.owner import Mailbox, Survey, mailbox_from_answer
from joindots.evidence.readers.mail.parts import contents_of
from joindots.evidence.readers.records import Item, NotUnderstood, Place
from joindots.evidence.readers.source import Source

_KNOWN = frozenset((
    "from", "to", "cc", "date", "subject", "received", "message-id", "mime-version", "content-type", "return-path",
    "delivered-to", "reply-to", "dkim-signature", "x-mailer", "x-received", "x-originating-ip",
))  # fmt: skip
_ENOUGH_KNOWN = 3
"""Header fields that make a file without a mail's name a mail."""
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
LONGEST_TAIL = 1 << 16
_ONE = rb"<key>([\w.-]{1,80})</key>\s*<(?:integer|real|string|date)>([^<]*)</(?:integer|real|string|date)>\s*"
_PAIR = re.compile(_ONE)
_NOTE = re.compile(
    rb"\s*<\?xml[^>]*>\s*(?:<!DOCTYPE[^>\[]*>\s*)?<plist[^>]*>\s*<dict>\s*(?:" + _ONE + rb")+</dict>\s*</plist>\s*\Z"
)
_COUNT = re.compile(rb"(\d{1,15})[ \t]*\r?\n")


def claims(source: Source) -> bool:
    """A file called .eml with one known header field, or any file that begins with three."""
    if source.members or not source.head:
        return False
    name = source.name.lower()
    head = source.head[_begins(source)[0] :]
    fields, _ = parse_header(head.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n")
    if b"\r" in head and b"\n" not in head:
        return False  # lines as an old Macintosh ended them: one long line to every mail reader
    known = len(_KNOWN & fields.keys())
    return known >= (1 if name.endswith((".eml", ".emlx", ".mht", ".mhtml")) else _ENOUGH_KNOWN)


def _begins(source: Source) -> tuple[int, int]:
    """Where the mail begins and ends: an .emlx file counts its bytes in the first line."""
    before = _BEFORE.match(source.head)
    start = before.end() if before else 0
    if source.name.lower().endswith(".emlx") and (count := _COUNT.match(source.head, start)):
        return count.end(), min(count.end() + int(count[1]), source.size)
    return start, source.size


def read(source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """The mail, its files, questions and coverage. What follows it in an .emlx is noted, or listed as not read."""
    _, end = _begins(source)
    survey = Survey()
    with source.open() as stream:
        window = _window(source, stream)
        survey.add(window.header_block())
        fields = window.header()
        contents = contents_of(window, fields, media, quoted=False)
        tail = b""
        if end < source.size:
            stream.seek(end)
            tail = stream.read(LONGEST_TAIL + 1)
    mailbox = mailbox_from_answer(source, answers)
    if mailbox is None:
        account = survey.proven()
        mailbox = Mailbox(account, asked=account is None)
    reading = Reading.of(source, answers, mailbox, survey)
    notes = _apple(tail)
    more: dict[str, Any] = {"apple_mail": notes} if notes else {}
    length = source.size if notes else end
    yield from reading.items(Place(None, 1, 0, length), fields, contents, **more)
    if length < source.size:
        yield NotUnderstood(Place(None, None, end, source.size - end), "unknown_leaf")
    yield from reading.last()


def _window(source: Source, stream: BinaryIO) -> Window:
    """The mail, its reading position at its first line."""
    start, end = _begins(source)
    window = Window.over(stream, end)
    window.fill()
    window.at = start
    return window


def _apple(tail: bytes) -> dict[str, str]:
    """What Apple Mail noted behind the mail: when it was received, its flags. Empty if it is not all of that form."""
    found = _NOTE.match(tail) if len(tail) <= LONGEST_TAIL else None
    return (
        {key.decode(): unescape(value.decode("utf-8", "replace")) for key, value in _PAIR.findall(tail)}
        if found
        else {}
    )


FORMAT = Format("eml", "a single e-mail", claims, read)
