"""Messenger and Instagram downloads: the ordinary one and the separate one of encrypted chats, file or zip.

Messages are given in the file's order, newest first as Meta writes them. The ordinary download ends
where a chat became encrypted; its coverage says so (`encrypted_chats_separate`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.json_leaves import leaves_of, unknown
from joindots.evidence.readers.json_stream import pieces
from joindots.evidence.readers.meta.messages import Voices
from joindots.evidence.readers.meta.threads import Event, odd_head, read_thread
from joindots.evidence.readers.problems import NotReadable, not_readable
from joindots.evidence.readers.records import Channel, Item, Media, NotUnderstood, Place
from joindots.evidence.readers.senders import Senders, Threads
from joindots.evidence.readers.shelf import Shelf
from joindots.evidence.readers.source import DAMAGE, Source

ORDINARY = re.compile(r"(?P<top>.*?)messages/(?:[a-z0-9_]+/)?(?P<thread>[^/]+)/message(?:_(?P<part>\d+))?\.json")
"""`messages/inbox/NAME_ID/message_1.json` and every folder beside `inbox`; in the oldest without folder and number."""
LOOSE = re.compile(r"(?P<top>(?:[^/]+/)*)message(?:_(?P<part>\d+))?\.json")
"""A thread packed by hand, without the folders above it."""
ENCRYPTED = re.compile(r"(?P<top>(?:[^/]+/){0,3})(?P<thread>[^/]+)_(?P<part>\d+)\.json")
_INBOX = re.compile(
    r"messages/(?:inbox|archived_threads|message_requests|filtered_threads|e2ee_cutover)/[^/]+/message_\d+\.json$"
)
_HEAD = 4096
_MARKS = (
    (b'"participants"', b'"messages"', b'"sender_name"'),
    (b'"participants"', b'"messages"', b'"thread_path"'),
    (b'"messages"', b'"sender_name"', b'"timestamp_ms"'),
    (b'"participants"', b'"messages"', b'"senderName"'),
    (b'"participants"', b'"messages"', b'"threadName"'),
)
_CHANNELS: tuple[tuple[bytes, Channel], ...] = (
    (b"your_instagram_activity", "instagram"),
    (b"your_facebook_activity", "messenger"),
    (b"your_activity_across_facebook", "messenger"),
)
_DOWNLOAD = re.compile(r"(facebook|instagram)-.+\.zip", re.IGNORECASE)
_BY_NAME: dict[str, Channel] = {"facebook": "messenger", "instagram": "instagram", "": "other"}
_DATA = (".json", ".html", ".txt", ".csv")
SEPARATE = ("encrypted_chats_separate",)


def _is_thread(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and any(
        all(mark in head for mark in marks) for marks in _MARKS
    )


def _files_of(source: Source) -> list[str]:
    """The message files of a zip: thread by thread in the archive's order, each thread's parts by number."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for member in source.members:
        if not member.name.endswith(".json") or "__MACOSX/" in member.name:
            continue
        ordinary = ORDINARY.fullmatch(member.name) or LOOSE.fullmatch(member.name)
        match = ordinary or ENCRYPTED.fullmatch(member.name)
        if match and (_INBOX.search(member.name) or _looks_like_one(source, member.name, encrypted=not ordinary)):
            thread = member.name.rpartition("/")[0] if ordinary else member.name
            found.setdefault((match["top"], thread), []).append((int((match["part"] or "0")[:9]), member.name))
    return [name for parts in found.values() for _, name in sorted(parts)]


def _looks_like_one(source: Source, name: str, *, encrypted: bool) -> bool:
    try:
        with source.open_member(name) as stream:
            head = stream.read(_HEAD)
    except (NotReadable, OSError, *DAMAGE):  # a damaged member is listed as such, later
        return False
    return _is_thread(head) and (not encrypted or b'"threadName"' in head)


def claims(source: Source) -> bool:
    """Whether the file has the shape of a thread, or the zip holds one."""
    return bool(_files_of(source)) if source.members else _is_thread(source.head)


def read(source: Source, answers: Answers, sink: MediaSink) -> Iterator[Item]:
    """Every message in the file's order, every leaf not understood, the open question and the coverage."""
    return _Download(source, answers, sink).items()


class _Download:
    """One reading of one download, or of one file of it."""

    def __init__(self, source: Source, answers: Answers, sink: MediaSink) -> None:
        self._source = source
        self._shelf = Shelf(source, sink)
        self._answer = answers.to(source.sha256, source.name, "owner")
        self._senders = Senders()
        self._threads = Threads()
        beside = {_named(member.name.encode()) for member in source.members} - {None}
        self._beside = beside.pop() if len(beside) == 1 else None
        self._circles: dict[str, frozenset[str]] = {}
        self._seq = 0

    def items(self) -> Iterator[Item]:
        """The whole download. A file that breaks off gives what came before."""
        files = _files_of(self._source) if self._source.members else [None]
        for name in files:
            if name:
                self._shelf.read(name)
        for name in files:
            yield from self._file(name)
        folders = tuple({folder for name in files if name for folder in _beside(name)})
        yield from self._shelf.rest(lambda name: not name.endswith(_DATA) and name.startswith(folders))
        if self._senders.seen:
            yield self._senders.question(self._source, self._likely())
        yield from self._threads.coverage()

    def _file(self, name: str | None) -> Iterator[Item]:
        opened = partial(self._source.open_member, name) if name else self._source.open
        size = next((one.size for one in self._source.members if one.name == name), self._source.size)
        try:
            thread, events = read_thread(opened, size)
        except NotReadable as error:
            yield NotUnderstood(Place(member=name), "broken", str(error.reason))
            return
        ordinary = ORDINARY.fullmatch(name or "")
        folder = name.rpartition("/")[0] + "/" if name and "/" in name else ""
        channel: Channel = "messenger" if thread.encrypted else self._channel(name, opened)
        media = partial(self._media, ordinary["top"] if ordinary else folder, folder)
        voices = Voices(self._source.sha256, thread, channel, self._answer, media)
        one_chat = name if thread.encrypted else folder
        self._circles.setdefault(one_chat or "", frozenset(thread.participants))
        stretch = self._threads.stretch(channel, thread.name, () if thread.encrypted else SEPARATE)
        for event in events:
            place = Place(member=name, pointer=event.pointer)
            if event.what == "message":
                one, leaves = voices.read(event.value, place, self._seq, events.odd)
                self._seq += 1
                stretch.add(one.at_earliest, one.at_latest)
                if voices.asks:
                    self._senders.add(one)
                yield one
                if leaves:
                    yield from unknown(name, leaves)
                if not self._shelf.empty:
                    yield from self._shelf.new()
            else:
                yield from self._no_message(event, place)
        if voices.asks and self._senders.seen:
            self._senders.also(voices.people)

    def _no_message(self, event: Event, place: Place) -> Iterator[Item]:
        if event.what == "head":
            yield from unknown(place.member, odd_head(event))
        elif event.what == "leaf":
            yield from unknown(place.member, leaves_of(event.value, event.pointer))
        elif event.what == "too_long":
            yield NotUnderstood(place, "too_long", event.value)
        elif self._seq or self._source.members:
            yield NotUnderstood(place, "broken", event.value)
        else:
            raise _cut_off(self._source, event.pointer)

    def _media(self, top: str, folder: str, name: str) -> Media:
        """The file that a message names: from the top of the download, or beside the thread where that was cut off."""
        near = folder + "/".join(name.rsplit("/", 2)[-2:])
        return self._shelf.media(name, top, member=None if self._shelf.find(name, top) else self._shelf.find(near))

    def _channel(self, name: str | None, opened: Callable[[], BinaryIO]) -> Channel:
        """Which of the two it is: by the folders, by the names of files in the messages; never by a guess."""
        if self._source.members:
            told = _DOWNLOAD.fullmatch(self._source.name)
            return _named((name or "").encode()) or self._beside or _BY_NAME[told[1].lower() if told else ""]
        with opened() as stream:
            for part, _ in pieces(stream):
                if found := _named(part):
                    return found
        return "other"

    def _likely(self) -> frozenset[str]:
        """Whoever is in every thread of a download, where the threads are with different people: no proof."""
        circles = set(self._circles.values())
        return frozenset.intersection(*circles) if len(circles) > 1 else frozenset()


def _beside(name: str) -> tuple[str, ...]:
    """The folders whose pictures and sounds belong to the messages of a file."""
    if ORDINARY.fullmatch(name):
        return (name.partition("messages/")[0] + "messages/",)
    folder = name[: name.rfind("/") + 1]
    if LOOSE.fullmatch(name):
        return (folder,)
    return (f"{folder}media/", f"{folder[: folder.rstrip('/').rfind('/') + 1]}media/")


def _named(text: bytes) -> Channel | None:
    return next((channel for mark, channel in _CHANNELS if mark in text), None)


def _cut_off(source: Source, pointer: str) -> Exception:
    return not_readable(
        "meta_broken",
        "{name} is damaged or cut off before the first message ({place}). It is kept as it is. Unpack the "
        "download again, or ask Meta for a new one.",
        name=source.name,
        place=pointer or "at its beginning",
    )


FORMAT = Format("meta", "a Messenger or Instagram download (JSON)", claims, read)
