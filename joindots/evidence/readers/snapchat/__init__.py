"""Snapchat's "My Data": chat_history.json (older and newer form), snap_history.json and talk_history.json.

Only chats that someone saved are in it, so that an empty day proves nothing: the coverage says
`saved_chats_only`. Of snaps it holds that they were sent, never what they showed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.json_leaves import leaves_of, unknown
from joindots.evidence.readers.json_stream import Broken, TooLong, Walk
from joindots.evidence.readers.problems import NotReadable, not_readable
from joindots.evidence.readers.records import Item, Media, NotUnderstood, Place
from joindots.evidence.readers.senders import Threads
from joindots.evidence.readers.shelf import Shelf
from joindots.evidence.readers.snapchat.rows import SESSIONS, FileKind, Rows, Where
from joindots.evidence.readers.source import Source

_FILE = re.compile(r"(?:.*/)?(?P<kind>chat|snap|talk)_history(?:_\d+)?\.json")
_SECTION = re.compile(r"(?P<way>Received|Sent)(?: Saved| Unsaved)? (?P<kind>Chat|Snap) History")
_CALLS = re.compile(r"(?P<way>Incoming|Outgoing|Completed) Calls")
_MEDIA = re.compile(r"(?:.*/)?chat_media/(?P<date>\d{4}-\d\d-\d\d)_(?P<id>.+?)(?:\.\w+)?")
_ROW = re.compile(rb'"Media Type"\s*:')
_CREATED = re.compile(rb'"Created(?:\(microseconds\))?"\s*:')
_SECTION_IN_HEAD = re.compile(rb'^\s*\{\s*"(?:Received|Sent)(?: Saved| Unsaved)? (?:Chat|Snap) History"\s*:')
_CALLS_IN_HEAD = re.compile(rb'"(?:Incoming|Outgoing) Calls"\s*:\s*\[')
LIMITS: dict[FileKind, tuple[str, ...]] = {
    "chat": ("saved_chats_only",),
    "snap": ("snaps_without_content",),
    "talk": ("calls_without_names",),
}


def _kind_of(name: str, head: bytes) -> FileKind:
    """Which of the three files it is: by its name, else by what stands in it."""
    match = _FILE.fullmatch(name)
    kind = match["kind"] if match else None
    if kind == "talk" or (kind is None and _CALLS_IN_HEAD.search(head)):
        return "talk"
    snaps = b"Snap History" in head or (_ROW.search(head) and b'"Content"' not in head and b'"Text"' not in head)
    return "snap" if kind == "snap" or (kind is None and snaps) else "chat"


def _is_mine(head: bytes) -> bool:
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    return bool(
        _SECTION_IN_HEAD.search(head)
        or (_ROW.search(head) and _CREATED.search(head) and (b'"From"' in head or b'"To"' in head))
        or (_CALLS_IN_HEAD.search(head) and (b"Date & Time" in head or b'"Outgoing Calls"' in head))
    )


def claims(source: Source) -> bool:
    """Whether the head has the shape of one of the three files, or the zip holds one under its own name."""
    if source.members:
        return any(_FILE.fullmatch(member.name) for member in source.members)
    return _is_mine(source.head)


def read(source: Source, _answers: Answers, sink: MediaSink) -> Iterator[Item]:
    """Every row in the file's order, every leaf not understood, and the coverage. Nothing is asked."""
    return _Download(source, sink).items()


class _Download:
    """One reading of one download, or of one file of it."""

    def __init__(self, source: Source, sink: MediaSink) -> None:
        self._source = source
        self._shelf = Shelf(source, sink)
        self._threads = Threads()
        self._rows = Rows(source.sha256, self._media)
        self._seq = 0
        self._pictures: dict[str, str] = {}
        for member in source.members:
            if match := _MEDIA.fullmatch(member.name):
                self._pictures.setdefault(match["id"], member.name)

    def items(self) -> Iterator[Item]:
        """The whole download. A file that breaks off gives what came before."""
        names: list[str | None] = [one.name for one in self._source.members if _FILE.fullmatch(one.name)]
        for name in names:
            self._shelf.read(name or "")
        for name in names or [None]:
            opened = partial(self._source.open_member, name) if name else self._source.open
            try:
                with opened() as stream:
                    yield from self._file(Walk(stream), name, opened)
            except NotReadable as error:
                if name is None:
                    raise
                yield NotUnderstood(Place(member=name), "broken", str(error.reason))
        yield from self._shelf.rest(lambda name: "chat_media/" in name)
        yield from self._threads.coverage()

    def _file(self, walk: Walk, name: str | None, opened: Any) -> Iterator[Item]:
        with opened() as stream:
            kind = _kind_of(name or self._source.name, stream.read(1 << 16))
        try:
            for section in walk.members():
                if walk.peek() == "[":
                    yield from self._section(walk, section, kind, name)
                else:
                    yield from unknown(name, walk.leaves())
            walk.finish()
        except (Broken, TooLong) as end:
            if not self._seq and name is None:
                raise _cut_off(self._source, end.pointer) from None
            yield NotUnderstood(Place(member=name, pointer=end.pointer), "broken", end.excerpt)

    def _section(self, walk: Walk, section: str, kind: FileKind, name: str | None) -> Iterator[Item]:
        where = _where(section, kind)
        prefix = walk.pointer + "/"
        limits = LIMITS[where.file]
        index = -1
        for index, row in enumerate(walk.records()):
            place = Place(member=name, pointer=f"{prefix}{index}")
            if not isinstance(row, dict):
                yield from _no_row(row, place)
                continue
            one, leaves = self._rows.read(row, where, place, self._seq, walk.odd)
            self._seq += 1
            self._threads.stretch("snapchat", one.thread, limits).add(one.at_earliest, one.at_latest)
            yield one
            if leaves:
                yield from unknown(name, leaves)
            if not self._shelf.empty:
                yield from self._shelf.new()
        if index < 0 and where.party:
            self._threads.stretch("snapchat", where.party, limits)  # a chat with nothing saved

    def _media(self, name: str, kind: str | None) -> Media:
        member = self._pictures.get(name) or self._pictures.get(name.replace("/", "_"))
        return self._shelf.media(name, kind=kind, member=member)


def _where(section: str, kind: FileKind) -> Where:
    if match := _SECTION.fullmatch(section):
        return Where("snap" if match["kind"] == "Snap" else "chat", section, None, match["way"] == "Sent")
    if match := _CALLS.fullmatch(section):
        sent = {"Outgoing": True, "Incoming": False}.get(match["way"])
        return Where("talk", section, None, sent)
    if section in SESSIONS:
        return Where("talk", section, None, None)
    return Where(kind, section, section, None)


def _no_row(value: Any, place: Place) -> Iterator[Item]:
    if isinstance(value, TooLong):
        yield NotUnderstood(place, "too_long", value.excerpt)
    else:
        yield from unknown(place.member, leaves_of(value, place.pointer or ""))


def _cut_off(source: Source, pointer: str) -> Exception:
    return not_readable(
        "snapchat_broken",
        "{name} is damaged or cut off before the first message ({place}). It is kept as it is. Unpack the "
        "download again, or ask Snapchat for a new one.",
        name=source.name,
        place=pointer or "at its beginning",
    )


FORMAT = Format("snapchat", "a Snapchat download (JSON)", claims, read)
