"""Places in a UTF-16 file, for records that were read from its text in UTF-8."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from joindots.evidence.readers.records import Communication, Item, NotUnderstood
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.whatsapp.chatfile import Chat

_CONTINUING = bytes(range(0x80, 0xC0))
_FOUR_BYTES = bytes(range(0xF0, 0x100))
"""First bytes of those characters that take two units of UTF-16."""


class Widths:
    """Turns spans of the UTF-8 reading into spans of the UTF-16 file. Spans must come in order and tile."""

    def __init__(self, chat: Chat) -> None:
        self._stream = chat.open()
        self._at = 0

    def of(self, length: int, end: int | None) -> tuple[int, int]:
        """Byte and length in the file of the next `length` bytes of UTF-8; the last span runs to the file's end."""
        at = self._at
        while length > 0:
            text = self._stream.read(min(length, 1 << 20))
            if not text:
                break
            length -= len(text)
            characters = len(text.translate(None, _CONTINUING))
            self._at += 2 * (characters + len(text) - len(text.translate(None, _FOUR_BYTES)))
        if end is not None:
            self._at = end
        return at, self._at - at


def in_file(chat: Chat, items: Iterator[Item], source: Source) -> Iterator[Item]:
    """The items with their places in the file as given."""
    widths = Widths(chat)
    held: Communication | NotUnderstood | None = None
    size = next((m.size for m in source.members if m.name == chat.member), source.size)
    for item in items:
        if not isinstance(item, Communication | NotUnderstood):
            if held is not None:
                yield _placed(held, widths, size)
                held = None
            yield item
            continue
        if held is not None:
            yield _placed(held, widths, None)
        held = item
    if held is not None:
        yield _placed(held, widths, size)


def _placed(item: Communication | NotUnderstood, widths: Widths, end: int | None) -> Item:
    byte, length = widths.of(item.place.length or 0, end)
    return msgspec.structs.replace(item, place=msgspec.structs.replace(item.place, byte=byte, length=length))
