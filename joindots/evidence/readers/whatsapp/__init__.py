"""Chats that WhatsApp exports: a text file from Android or iPhone, alone or in a zip with its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from joindots.evidence.readers.answers import Answers
from joindots.evidence.readers.formats import Format, MediaSink
from joindots.evidence.readers.records import Attachment, Item, Media, NotUnderstood, Place
from joindots.evidence.readers.source import DAMAGE, Source
from joindots.evidence.readers.whatsapp.bodies import media_type
from joindots.evidence.readers.whatsapp.chatfile import Chat, chats, claims, no_header
from joindots.evidence.readers.whatsapp.preparing import Prepared
from joindots.evidence.readers.whatsapp.reading import Reading
from joindots.evidence.readers.whatsapp.widths import in_file


def read(source: Source, answers: Answers, media: MediaSink) -> Iterator[Item]:
    """Every message of every chat in the source, its media files first, its questions and coverage last."""
    return chain.from_iterable(_parts(source, answers, media))


def _parts(source: Source, answers: Answers, media: MediaSink) -> Iterator[Iterator[Item]]:
    found = chats(source)
    if not found:
        raise no_header(source.name)
    files: dict[str, Media] = {}
    yield _media(source, found, media, files)
    seq = 0
    for chat in found:
        reading = Reading(Prepared(source, chat, answers, _beside(chat, files), several=len(found) > 1), seq)
        yield reading.items() if chat.encoding == "utf-8" else in_file(chat, reading.items(), source)
        seq = reading.seq


def _beside(chat: Chat, files: dict[str, Media]) -> dict[str, Media]:
    """The files that a chat may mean, by name: those in its own folder, else one of that name in another."""
    folder, _, _ = (chat.member or "").rpartition("/")
    own: dict[str, Media] = {}
    others: dict[str, Media | None] = {}
    for path, media in files.items():
        where, _, name = path.rpartition("/")
        if where == folder:
            own[name] = media
        else:
            others[name] = None if name in others else media
    return {name: media for name, media in others.items() if media} | own


def _media(source: Source, found: list[Chat], sink: MediaSink, files: dict[str, Media]) -> Iterator[Item]:
    """Hand every other file of the archive to the sink. One that is damaged is listed, and the rest go on."""
    texts = {chat.member for chat in found}
    for member in source.members:
        if member.name in texts:
            continue
        place = Place(member=member.name, byte=0, length=member.size)
        name = member.name.rpartition("/")[2]
        kind = media_type(name)
        try:
            with source.open_member(member.name) as stream:
                sha256, size = sink.keep(member.name, stream)
        except DAMAGE:
            yield NotUnderstood(place, "broken", member.name)
            continue
        files[member.name] = Media(name, True, sha256, size, kind)
        yield Attachment(member.name, sha256, size, place, kind)


FORMAT: Final = Format("whatsapp", "WhatsApp chats", claims, read)
