"""Small WhatsApp exports for tests: read them, and check that every byte has its place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

from joindots.evidence.readers.answers import Answer, Answers
from joindots.evidence.readers.media import HashOnly
from joindots.evidence.readers.records import (
    Attachment,
    Communication,
    Coverage,
    Item,
    NotUnderstood,
    Question,
)
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.whatsapp import FORMAT


@dataclass
class Chat:
    """What was read, by kind of item."""

    records: list[Communication] = field(default_factory=list)
    strays: list[NotUnderstood] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return [one.kind for one in self.records]

    @property
    def texts(self) -> list[str | None]:
        return [one.text for one in self.records]

    @property
    def names(self) -> list[str | None]:
        return [one.sender.shown for one in self.records]

    @property
    def times(self) -> list[str]:
        return [f"{one.at_earliest:%Y-%m-%d %H:%M:%S}" for one in self.records if one.at_earliest]

    def asked(self) -> set[str]:
        return {one.question for one in self.questions}

    def question(self, name: str) -> Question:
        return next(one for one in self.questions if one.question == name)


def read(text: str | bytes, *, name: str = "chat.txt", **answers: Any) -> Chat:
    """Read a chat with answers such as `owner="Me"`; check that its places tile the file."""
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    source = Source.from_bytes(name, data)
    chat = read_source(source, tuple(Answer(question, value) for question, value in answers.items()))  # type: ignore[arg-type]
    if not source.members:
        check_tiles(chat, data)
    return chat


def read_source(source: Source, answers: tuple[Answer, ...] = (), sink: Any = None) -> Chat:
    chat = Chat()
    lists = {
        Communication: chat.records, NotUnderstood: chat.strays, Question: chat.questions,
        Attachment: chat.attachments, Coverage: chat.coverage,
    }  # fmt: skip
    for item in FORMAT.read(source, Answers(answers), sink or HashOnly()):
        chat.items.append(item)
        lists[type(item)].append(item)  # type: ignore[arg-type, index]
    assert isinstance(chat.items[-1], Coverage)
    assert [one.seq for one in chat.records] == list(range(len(chat.records)))
    return chat


def check_tiles(chat: Chat, data: bytes, member: str | None = None) -> None:
    """Every byte of the text belongs to exactly one record or stray, in the file's order, and lines count true."""
    at, line = 0, 1
    for item in chat.items:
        if not isinstance(item, Communication | NotUnderstood) or item.place.member != member:
            continue
        place = item.place
        assert place.byte == at
        assert place.length
        if b"\x00" not in data[:100]:
            assert place.line == line
        line += data.count(b"\n", at, at + place.length)
        at += place.length
    assert at == len(data)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


class Keeping:
    """A media sink that remembers."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def keep(self, name: str, stream: BinaryIO) -> tuple[str, int]:
        self.kept[name] = stream.read()
        return f"sha-of-{name}", len(self.kept[name])


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text + "+00:00")
