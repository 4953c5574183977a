"""Reads the text that imessage-exporter makes of an iPhone's or a Mac's messages: one file a conversation.

`Me` says which way a message went, so whose phone it is need not be asked. A reply is shown twice by the
exporter, under the message it answers and in its own place: it is one record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.imessage.chat import Chat
from joindots.evidence.readers.imessage.lines import ANNOUNCED, NO_ANNOUNCEMENT, begins, lines_of, stamp
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import Communication, Coverage, Item, Question
from joindots.evidence.readers.shelf import Shelf
from joindots.evidence.readers.source import Source

_HEAD = 4096
_LIMITS = ("texts_and_imessages_together",)
"""The text does not say which service carried a message."""
_TEXT = re.compile(r"\.txt$", re.IGNORECASE)


def claims(source: Source) -> bool:
    """A text that begins with a message's head, or an archive with such a text in it."""
    if source.members:
        return any(True for _ in _texts(source))
    return _is_export(source.head[:_HEAD])


def _is_export(head: bytes) -> bool:
    if not begins(head):
        return False
    lines = [line.text for line in lines_of(io.BytesIO(head))]
    written = [n for n, text in enumerate(lines) if text.strip()]
    first = lines[written[0]] if written else ""
    if first != NO_ANNOUNCEMENT and stamp(first) is None:
        return False
    return any(_is_head(lines, n) for n in written)


def _is_head(lines: list[str], n: int) -> bool:
    """Whether a line can only be a head: an announcement of a known kind, or a stamp with a sender below it."""
    found = stamp(lines[n])
    if found is None:
        return False
    if found.rest:
        return bool(ANNOUNCED.fullmatch(found.rest[1:]))
    return n + 1 < len(lines) and bool(lines[n + 1].strip())


def _texts(source: Source) -> Iterator[str]:
    for member in source.members:
        if _TEXT.search(member.name):
            with source.open_member(member.name) as stream:
                if _is_export(stream.read(_HEAD)):
                    yield member.name


def read(source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """Every item, chat by chat, and a coverage for each chat at the end."""
    shelf = Shelf(source, media)
    seq = 0
    asked: set[tuple[str, str | None]] = set()
    coverage: list[Coverage] = []
    for member in list(_texts(source)) if source.members else [None]:
        if member:
            shelf.read(member)
        chat = Chat(source, answers, partial(source.open_member, member) if member else source.open, shelf, member)
        for item in chat.items(seq):
            if isinstance(item, Question):
                if (item.question, item.about) in asked:
                    continue
                asked.add((item.question, item.about))
            seq += isinstance(item, Communication)
            yield item
            yield from shelf.new()
        coverage.append(Coverage("imessage", chat.first, chat.last, _LIMITS, chat.thread))
    if not seq:
        raise not_readable(
            "imessage_empty",
            "{name} looks like an export of iPhone messages, but no message in it could be read. It is kept as it "
            "is. Make the export again and bring that in.",
            name=source.name,
        )
    yield from shelf.rest(lambda _: True)
    yield from coverage


FORMAT = Format("imessage", "iPhone messages from imessage-exporter", claims, read)
