"""What an archive holds for the readers: which files belong together, and which stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

from joindots.evidence.readers.formats import Format
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.registry import READERS, offered
from joindots.evidence.readers.source import DAMAGE, ZIP_MARKS, Member, Source
from joindots.kernel.problems import Problem

TOGETHER = ("whatsapp", "sms_backup", "telegram", "meta", "snapchat", "imessage")
"""Readers that take a whole archive: the messages and the pictures beside them."""
CHATS = frozenset(("whatsapp", "imessage"))
"""Their texts name the files that were sent."""
DOWNLOADS = frozenset(("telegram", "meta", "snapchat"))
"""Whole accounts: their other tables and pictures are the account's own and no evidence by themselves."""
PICTURES = "photos"
EXHIBIT = "exhibit"
TAKEOUT = "Takeout/"
"""The top folder of a Google download, whatever the language: its other files are the account's own."""
_TEXTS = (".txt", ".json", ".xml")
_SURE = (".mbox", ".eml", ".emlx", ".msg", ".xml", ".json", ".zip")
_ANY = (
    *_SURE, ".mbx", ".txt", ".csv", ".tsv", ".xlsx", ".xlsm", ".ofx", ".qfx", ".jpg", ".jpeg", ".png", ".heic",
    ".heif", ".tif", ".tiff", ".webp", ".gif", ".avif",
)  # fmt: skip
_PICTURE = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".webp", ".gif", ".avif")
_SIGNS = (b'"messages"', b'"chats"', b'"Media Type"', b' History"', b' Calls"', b"Telegram")
"""One of these stands at the beginning of every JSON file with messages."""
_OF_A_CHAT = re.compile(r"-WA\d{4,}|(?:^|/)(?:\d{8}-[A-Z]|STK-|PTT-)|^attachments/")
"""How WhatsApp and iPhone exports name the files of a chat; others stand in the chat's text by their name."""
_DOCUMENT = re.compile(r"\[Content_Types\]\.xml|mimetype|AndroidManifest\.xml|META-INF/.*|content\.xml")
_ACTIVITY = re.compile(r"(?:your_(?:facebook|instagram)_activity|your_activity_across_facebook|messages)/")
MOST_ALIKE = 8
"""Files of one check sum that are compared; by chance there are never two that differ."""
MOST_NAMES = 200
"""Files whose names are looked for in a chat's text; more are taken for the chat's own."""


@dataclass(frozen=True, slots=True)
class Part:
    """Members read together by one reader, or one member read by itself (`alone`).

    `label` names the part to a person. `refused` says in a sentence why it cannot be opened, and `again`
    names the part that has the same bytes.
    """

    label: str
    reader: str
    members: tuple[str, ...]
    alone: bool = False
    refused: str | None = None
    again: str | None = None


@dataclass(slots=True)
class _Group:
    """What one reader takes together: the files that hold messages, and the folder they stand in."""

    reader: str
    root: str
    messages: list[str]
    beside: list[str]


def parts_of(source: Source) -> list[Part]:
    """The parts of an archive in its own order, those that no reader takes as exhibits.

    Nothing for a file that is an archive only in form: a workbook, a document, an app.
    """
    if any(_DOCUMENT.fullmatch(member.name) for member in source.members):
        return []
    groups = _groups(source)
    owned = {name for group in groups for name in group.messages}
    alone: list[Part] = []
    for member in source.members:
        if member.name in owned:
            continue
        group = _group_of(member.name, groups)
        part = _by_itself(source, member, group)
        if part:
            alone.append(part)
        elif group:
            group.beside.append(member.name)
        elif not _hidden(member.name) and not member.name.startswith(TAKEOUT):
            alone.append(Part(member.name, EXHIBIT, (member.name,), alone=True))
    alone = list(_each_once(source, _not_of_a_chat(source, alone, groups)))
    together = [Part(one.messages[0], one.reader, (*one.messages, *one.beside)) for one in groups]
    order = {member.name: place for place, member in enumerate(source.members)}
    return sorted((*together, *alone), key=lambda part: order[part.members[0]])


def _groups(source: Source) -> list[_Group]:
    """What the readers of whole archives find. Each Telegram export is one by itself."""
    found: dict[tuple[str, str], _Group] = {}
    for member in source.members:
        if not member.name.lower().endswith(_TEXTS) or _hidden(member.name):
            continue
        reader = _owner(source.only((member,)))
        if reader is None:
            continue
        root = _root(reader, member.name)
        key = (reader, root if reader == "telegram" else "")
        group = found.setdefault(key, _Group(reader, root, [], []))
        group.messages.append(member.name)
        group.root = _common(group.root, root)
    return list(found.values())


def _hidden(name: str) -> bool:
    """A computer's own notes beside the files."""
    last = name.rpartition("/")[2]
    return name.startswith("__MACOSX/") or last.startswith("._") or last in (".DS_Store", "Thumbs.db", "desktop.ini")


def _root(reader: str, name: str) -> str:
    """The folder that belongs to the export whose messages stand in this file."""
    folder = name[: name.rfind("/") + 1]
    if reader == "meta" and (match := _ACTIVITY.search(name)):
        return name[: match.start()]
    if reader == "snapchat" and folder.endswith("json/"):
        return folder[: -len("json/")]
    return folder


def _common(one: str, other: str) -> str:
    """The folder that holds both."""
    shared = []
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        shared.append(left + "/")
    return "".join(shared)


def _group_of(name: str, groups: Iterable[_Group]) -> _Group | None:
    """The group in whose folder a member stands; the innermost one."""
    inside = [group for group in groups if name.startswith(group.root)]
    return max(inside, key=lambda group: len(group.root), default=None)


def _by_itself(source: Source, member: Member, group: _Group | None) -> Part | None:
    """The member as a part of its own, if a reader claims it."""
    name = member.name.lower()
    if _hidden(member.name) or not name.endswith(_SURE if group and group.reader in DOWNLOADS else _ANY):
        return None
    if group and group.reader in CHATS and _OF_A_CHAT.search(member.name[len(group.root) :]):
        return None
    if name.endswith(_PICTURE):
        return Part(member.name, PICTURES, (member.name,), alone=True)
    try:
        if name.endswith((".zip", ".json")) and not _may_hold_messages(source, member):
            return None
        inner = source.inner(member, source.sha256)
        reader = next(form.name for form in offered(inner) if form.claims(inner))
    except (NotReadable, OSError, *DAMAGE) as error:
        said = str(error) if isinstance(error, Problem) else "it is damaged"
        return Part(member.name, "", (member.name,), alone=True, refused=said)
    if reader == EXHIBIT:
        return None
    return Part(member.name, PICTURES if reader == "photo" else reader, (member.name,), alone=True)


def _may_hold_messages(source: Source, member: Member) -> bool:
    """A quick look, for a download holds thousands of tables: an archive that may be opened, or JSON with a sign.

    An archive at the third level is not opened: it is kept as the file it is.
    """
    with source.open_member(member.name) as stream:
        head = stream.read(1 << 16)
    return source.depth == 0 if head[:4] in ZIP_MARKS else any(mark in head for mark in _SIGNS)


def _owner(source: Source) -> str | None:
    """The first reader of whole archives that claims a source. One that cannot be loaded claims nothing here."""
    return next((module for module, form in _formats() if form.claims(source)), None)


@lru_cache(maxsize=1)
def _formats() -> list[tuple[str, Format]]:
    found = []
    for reader in READERS:
        if reader.module in TOGETHER:
            with suppress(Exception):
                found.extend([(reader.module, form) for form in reader.formats()])
    return found


def _each_once(source: Source, parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, each that has the bytes of an earlier one marked: the same file twice tells nothing twice."""
    members = {member.name: member for member in source.members}
    alike: dict[tuple[int, int], list[str]] = {}
    for part in parts:
        member = members[part.label]
        earlier = alike.setdefault((member.crc, member.size), [])
        first = next((name for name in earlier if part.refused is None and _equal(source, name, part.label)), None)
        if first is None and len(earlier) < MOST_ALIKE:
            earlier.append(part.label)
        yield part if first is None else replace(part, again=first)


def _equal(source: Source, one: str, other: str) -> bool:
    """Whether two members have the same bytes; one that cannot be read is equal to none."""
    try:
        with source.open_member(one) as left, source.open_member(other) as right:
            while (data := left.read(1 << 20)) == right.read(1 << 20):
                if not data:
                    return True
    except (NotReadable, OSError, *DAMAGE):
        return False
    return False


def _not_of_a_chat(source: Source, alone: list[Part], groups: list[_Group]) -> Iterator[Part]:
    """The parts without those that a chat names: a document or a picture that was sent is the chat's."""
    chats = [group for group in groups if group.reader in CHATS]
    asked = [part for part in alone if (group := _group_of(part.label, groups)) and group.reader in CHATS]
    named = _names_in(source, [name for chat in chats for name in chat.messages], asked)
    for part in alone:
        if part in named:
            group = _group_of(part.label, groups)
            assert group is not None
            group.beside.append(part.label)
        else:
            yield part


def _names_in(source: Source, texts: Iterable[str], asked: list[Part]) -> list[Part]:
    """Which of these files a chat's text names."""
    if len(asked) > MOST_NAMES:
        return asked
    names: dict[bytes, list[Part]] = {}
    for part in asked:
        names.setdefault(part.label.rpartition("/")[2].encode(), []).append(part)
    found: list[Part] = []
    for text in texts if names else ():
        seam = b""
        with source.open_member(text) as stream:
            while chunk := stream.read(1 << 20):
                here = [name for name in names if name in seam + chunk]
                found.extend(part for name in here for part in names.pop(name))
                seam = chunk[-1024:]
    return found
