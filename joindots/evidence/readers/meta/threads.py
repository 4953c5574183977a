"""One message file of a Meta download: what it says of its thread, and its messages in the file's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, NamedTuple

from joindots.evidence.readers.json_leaves import leaves_of
from joindots.evidence.readers.json_stream import Broken, TooLong, Walk
from joindots.evidence.readers.meta.mend import mended

HELD = 16 << 20
"""Bytes up to which a file is held while its head is found; a longer one is read twice."""
SAID = frozenset((
    "is_still_participant", "thread_type", "joinable_mode", "magic_words", "image", "is_e2ee", "thread_key",
))  # fmt: skip
"""What a file says of its thread that touches no message."""
HEAD = frozenset(("participants", "title", "thread_path", "threadName"))


class Event(NamedTuple):
    """A piece of the file: a member of its head, a message, a leaf not understood, or its early end."""

    what: Literal["head", "message", "leaf", "too_long", "broken"]
    pointer: str
    value: Any


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread's names, mended."""

    title: str | None
    path: str | None
    participants: tuple[str, ...]
    encrypted: bool
    """Whether it is of the separate download of encrypted chats."""

    @property
    def name(self) -> str | None:
        """The title, or else the last part of the path, or whoever is in it."""
        return self.title or (self.path or "").rsplit("/", 1)[-1] or ", ".join(self.participants) or None


class Events:
    """The events of a file, any number of times; a short file is read once and held."""

    def __init__(self, opened: Callable[[], BinaryIO], size: int) -> None:
        self._opened = opened
        self.odd = False
        self._held = list(self._read()) if size <= HELD else None

    def __iter__(self) -> Iterator[Event]:
        return iter(self._held) if self._held is not None else self._read()

    def _read(self) -> Iterator[Event]:
        with self._opened() as stream:
            walk = Walk(stream)
            try:
                for key in walk.members():
                    yield from _member(walk, key)
                    self.odd = walk.odd
                walk.finish()
            except (Broken, TooLong) as end:
                yield Event("broken", end.pointer, end.excerpt)
            self.odd = walk.odd


def read_thread(opened: Callable[[], BinaryIO], size: int) -> tuple[Thread, Events]:
    """The head of a file, part of which stands behind the messages, and then its events."""
    events = Events(opened, size)
    return _thread(events), events


def odd_head(event: Event) -> Iterator[tuple[str, Any]]:
    """The leaves of a head's member that are not in the form known."""
    if event.pointer != "/participants":
        if not isinstance(event.value, str):
            yield from leaves_of(event.value, event.pointer)
        return
    people = event.value if isinstance(event.value, list) else [event.value]
    for index, person in enumerate(people):
        if isinstance(person, dict):
            more = {key: value for key, value in person.items() if key != "name" or not isinstance(value, str)}
            yield from leaves_of(more, f"{event.pointer}/{index}")
        elif not isinstance(person, str) or person is event.value:
            yield from leaves_of(person, f"{event.pointer}/{index}")


def _member(walk: Walk, key: str) -> Iterator[Event]:
    if key == "messages" and walk.peek() == "[":
        for place, message in enumerate(walk.records()):
            pointer = f"/messages/{place}"
            if isinstance(message, TooLong):
                yield Event("too_long", pointer, message.excerpt)
            else:
                yield Event("message" if isinstance(message, dict) else "leaf", pointer, message)
    elif key in HEAD:
        yield Event("head", walk.pointer, walk.value())
    elif key in SAID:
        for _ in walk.leaves():
            pass
    else:
        for pointer, value in walk.leaves():
            yield Event("leaf", pointer, value)


def _thread(events: Iterable[Event]) -> Thread:
    said = {event.pointer[1:]: event.value for event in events if event.what == "head"}
    right = "threadName" in said
    title = said.get("title", said.get("threadName"))
    path = said.get("thread_path")
    people = said.get("participants")
    names = (
        person.get("name") if isinstance(person, dict) else person
        for person in (people if isinstance(people, list) else ())
    )
    return Thread(
        (title if right else mended(title)) if isinstance(title, str) else None,
        mended(path) if isinstance(path, str) else None,
        tuple(name if right else mended(name) for name in names if isinstance(name, str)),
        right,
    )
