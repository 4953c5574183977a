"""The files beside the messages of an archive: found by the name a message gives, kept once, handed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from joindots.evidence.readers.formats import MediaSink
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.records import Attachment, Media, NotUnderstood, Place
from joindots.evidence.readers.source import DAMAGE, Source


class Shelf:
    """The members of an archive that are no messages. A source that is no archive has none."""

    def __init__(self, source: Source, sink: MediaSink) -> None:
        self._source = source
        self._sink = sink
        self._left = {member.name: member for member in source.members}
        self._kept: dict[str, Media] = {}
        self._new: list[Attachment | NotUnderstood] = []
        self.empty = not source.members

    def read(self, name: str) -> None:
        """Say that a member was read as messages: it is no attachment."""
        self._left.pop(name, None)

    def find(self, name: str, folder: str = "") -> str | None:
        """The member that a message means: beside the message's file, or counted from the archive's top."""
        plain = name.removeprefix("./")
        for member in (folder + plain, plain):
            if member in self._left or member in self._kept:
                return member
        return None

    def media(self, name: str | None, folder: str = "", kind: str | None = None, member: str | None = None) -> Media:
        """What a message carries: with hash and size where the archive holds it, else the name alone."""
        found = member or (self.find(name, folder) if name and self._source.members else None)
        if found is None:
            return Media(name, present=False, type=kind)
        kept = self._keep(found)
        return Media(name, kept.present, kept.sha256, kept.size, kind)

    def new(self) -> Iterator[Attachment | NotUnderstood]:
        """The files kept since the last call, and those that turned out to be damaged."""
        if self._new:
            found, self._new = self._new, []
            yield from found

    def rest(self, belongs: Callable[[str], bool]) -> Iterator[Attachment | NotUnderstood]:
        """Members that no message named: kept where they belong to messages, else named and not read.

        The rest of a whole download (posts, settings, advertisements) stays in the archive, which is kept
        as it is: taking it out would hand on what nobody asked for.
        """
        for name in list(self._left):
            if belongs(name):
                self._keep(name)
                yield from self.new()
            else:
                yield NotUnderstood(Place(member=name), "not_read")

    def _keep(self, name: str) -> Media:
        if name not in self._kept:
            self._left.pop(name, None)
            self._kept[name] = self._take(name)
        return self._kept[name]

    def _take(self, name: str) -> Media:
        place = Place(member=name)
        try:
            stream = self._source.open_member(name)
        except NotReadable as error:
            self._new.append(NotUnderstood(place, "broken", str(error.reason)))
            return Media(name)
        try:
            with stream:
                sha256, size = self._sink.keep(name, stream)
        except DAMAGE as error:
            self._new.append(NotUnderstood(place, "broken", str(error)))
            return Media(name)
        self._new.append(Attachment(name, sha256, size, place))
        return Media(name, True, sha256, size)
