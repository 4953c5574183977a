"""Telegram Desktop's export in JSON: one chat or the whole account, alone or in a zip with its files.

A gap in the message numbers is never called a deletion: in small groups other chats use numbers too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.json_leaves import shown, unknown
from joindots.evidence.readers.json_stream import Broken, TooLong, Walk
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import Item, Media, NotUnderstood, Place
from joindots.evidence.readers.senders import Senders, Threads
from joindots.evidence.readers.shelf import Shelf
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.telegram.clock import Clock
from joindots.evidence.readers.telegram.facts import Facts, Head, facts_of, steps
from joindots.evidence.readers.telegram.messages import Chat

_MESSAGES = re.compile(rb'"messages"\s*:\s*\[')
_A_MESSAGE = re.compile(rb'"type"\s*:\s*"(?:message|service|unsupported)"')
_A_CHAT = re.compile(
    rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|replies|verify_codes'
    rb'|(?:private|public)_(?:group|supergroup|channel))"'
)
_ACCOUNT = re.compile(
    rb'"(?:chats|left_chats|personal_information|contacts|frequent_contacts|sessions|web_sessions)"\s*:\s*\{'
    rb'|"(?:profile_pictures|stories)"\s*:\s*\['
)
_BESIDE = frozenset((
    "contacts", "frequent_contacts", "sessions", "web_sessions", "profile_pictures", "stories", "profile_music",
    "ringtones", "other_data",
))  # fmt: skip
"""Parts of an account's export that hold no messages."""


def _result_of(source: Source) -> str | None:
    """The member of a zip that is the export: the `result.json` nearest the top."""
    found = [member.name for member in source.members if member.name.rsplit("/", 1)[-1] == "result.json"]
    return min(found, key=lambda name: (name.count("/"), name), default=None)


def claims(source: Source) -> bool:
    """Whether the head of the file, or of the zip's `result.json`, has the shape of a Telegram export."""
    head = source.head
    if source.members:
        member = _result_of(source)
        if member is None:
            return False
        with source.open_member(member) as stream:
            head = stream.read(1 << 16)
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    if _A_CHAT.search(head) and (_MESSAGES.search(head) or _ACCOUNT.search(head)):
        return True
    return bool(_A_MESSAGE.search(head) and b'"from_id"' in head) or bool(_ACCOUNT.search(head) and b"Telegram" in head)


def read(source: Source, answers: Answers, sink: MediaSink) -> Iterator[Item]:
    """Every message in the file's order, every leaf not understood, the open questions and the coverage."""
    return _Export(source, answers, sink).items()


class _Export:
    """One reading of one export."""

    def __init__(self, source: Source, answers: Answers, sink: MediaSink) -> None:
        self._source = source
        self._member = _result_of(source)
        self._folder = (self._member or "")[: -len("result.json")]
        self._shelf = Shelf(source, sink)
        self._clock = Clock(source, answers)
        self._answer = answers.to(source.sha256, source.name, "owner")
        self._senders = Senders()
        self._threads = Threads()
        self._facts = Facts()
        self._seq = 0

    def items(self) -> Iterator[Item]:
        """The whole export. A file that breaks off gives what came before."""
        if self._member:
            self._shelf.read(self._member)
        self._facts = facts_of(self._open, self._clock.nights, self._answer)
        if self._answer != NOT_SURE and not self._facts.named:
            self._answer = None  # an answer that names nobody here is none
        with self._open() as stream:
            walk = Walk(stream)
            try:
                yield from self._chats(walk)
                walk.finish()
            except (Broken, TooLong) as end:
                if not self._seq:
                    raise _cut_off(self._source, end.pointer) from None
                yield NotUnderstood(self._place(end.pointer), "broken", end.excerpt)
        belongs = self._folder + ("chats/" if self._facts.whole else "")
        yield from self._shelf.rest(lambda name: name.startswith(belongs))
        if self._senders.seen:
            yield self._senders.question(self._source)
        yield from self._clock.questions()
        yield from self._threads.coverage()

    def _open(self) -> BinaryIO:
        return self._source.open_member(self._member) if self._member else self._source.open()

    def _place(self, pointer: str) -> Place:
        return Place(member=self._member, pointer=pointer)

    def _chats(self, walk: Walk) -> Iterator[Item]:
        for chat, key in steps(walk):
            if key == "messages" and walk.peek() == "[":
                yield from self._messages(walk, chat)
            elif key in Head._fields:
                head = self._facts.heads.get(chat, Head()).with_field(key, value := walk.value())
                self._facts.heads[chat] = head
                if value is not None and getattr(head, key) != value:
                    yield from unknown(self._member, [(walk.pointer, value)])
            elif key in ("personal_information", "about"):
                for _ in walk.leaves():
                    pass
            elif not chat and key in _BESIDE:
                values = sum(1 for _ in walk.leaves())
                yield NotUnderstood(self._place(walk.pointer), "not_read", f"{values:,} values")
            else:
                yield from unknown(self._member, walk.leaves())

    def _messages(self, walk: Walk, pointer: str) -> Iterator[Item]:
        head = self._facts.heads.get(pointer, Head())
        chat = Chat(self._source.sha256, head, self._facts, pointer in self._facts.proven, self._answer, self._media)
        stretch = self._threads.stretch("telegram", chat.thread)
        prefix = f"{pointer}/messages/"
        for place, message in enumerate(walk.records()):
            where = Place(member=self._member, pointer=prefix + str(place))
            if not isinstance(message, dict):
                yield from self._no_message(message, where)
                continue
            one, leaves = chat.read(message, where, self._clock, (pointer, place), self._seq, walk.odd)
            self._seq += 1
            stretch.add(one.at_earliest, one.at_latest)
            if chat.asks:
                self._senders.add(one)
            yield one
            if leaves:
                yield from unknown(self._member, leaves)
            if not self._shelf.empty:
                yield from self._shelf.new()

    def _no_message(self, value: Any, place: Place) -> Iterator[Item]:
        if isinstance(value, TooLong):
            yield NotUnderstood(place, "too_long", value.excerpt)
        elif value is not None:
            yield NotUnderstood(place, "unknown_leaf", shown(value))

    def _media(self, name: str, kind: str | None) -> Media:
        return self._shelf.media(name, self._folder, kind)


def _cut_off(source: Source, pointer: str) -> Exception:
    return not_readable(
        "telegram_broken",
        "{name} is damaged or cut off before the first message ({place}). It is kept as it is. Export the "
        "chat from Telegram again, or copy the file again.",
        name=source.name,
        place=pointer or "at its beginning",
    )


FORMAT = Format("telegram", "a Telegram export (JSON)", claims, read)
