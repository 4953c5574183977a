"""Packs of a case, and what a new one is made from."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import Pack
from joindots.chronology.rules.given import SourceRead, group
from joindots.evidence import findings
from joindots.evidence import queries as evidence
from joindots.evidence.readers.records import Attachment, Communication, Place
from joindots.kernel.problems import NotFound
from joindots.vault import files


@dataclass(frozen=True, slots=True)
class PackView:
    """One pack, as the list shows it."""

    id: UUID
    case: str
    made_by: str
    made_at: datetime
    as_at: datetime
    ready: bool
    entries: int
    records: int
    open_questions: int
    size: int
    sha256: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack's bytes, and the name under which it leaves: it names nobody."""

    name: str
    size: int
    open: Callable[[], BinaryIO] = field(repr=False)


@reads_one(permissions.GET_PACK, Case)
def packs_of(actor: Actor, case: Case) -> tuple[PackView, ...]:
    """The packs made of a case, newest first."""
    rows = Pack.objects.filter(circle=case.circle_id).select_related("made_by__user").order_by("-made_at")
    return tuple(_view(actor, row, case.reference) for row in rows)


@reads_one(permissions.GET_PACK, Pack)
def pack(actor: Actor, row: Pack) -> PackView:
    """One pack."""
    return _view(actor, row, row.circle.case.reference)


@reads_one(permissions.GET_PACK, Pack)
def pack_file(actor: Actor, row: Pack, *, leaves: bool = False) -> PackFile:
    """A pack, to be downloaded. Every copy that leaves is noted, for its custody. NotFound while it is being made."""
    if not row.ready:
        raise NotFound
    if leaves:
        actor.record(row.circle_id, "chronology.pack_taken", pack=row.pk)
    path = files.folder() / row.circle_id.hex / row.address
    key = base64.b64decode(actor.keys.open(row.file_key))
    size = row.size
    name = f"chronology-{row.circle.case.reference}-{row.as_at:%Y-%m-%d}.zip"
    return PackFile(name, size, lambda: files.open_file(path, key, size))


@reads_one(permissions.MAKE_PACK, Case)
def sources_read(actor: Actor, case: Case, scratch: BinaryIO) -> tuple[SourceRead, ...]:
    """Every file of the case as it was read, records that show one act in one group.

    `scratch` is a file in memory: words may not touch the disk.
    """
    held = evidence.held_sources(actor, Ref(case.reference))
    sources = tuple(_source(one) for one in held)
    group(sources, scratch)
    return sources


def _source(one: evidence.HeldSource) -> SourceRead:
    records: list[Communication] = [record for _, record in one.records()]
    return SourceRead(
        one.name, one.sha256, one.size, one.format.replace("_", " "), records, list(one.found.places),
        findings.still_open(one.found, one.answers),
        [Attachment(name, sha256, size, Place(), kind or None) for name, sha256, size, kind in one.inside],
        list(one.found.coverage), blank_days=one.blank_days, id=one.source,
    )  # fmt: skip


def _view(actor: Actor, row: Pack, case: str) -> PackView:
    about = tuple(actor.keys.open(row.about).splitlines())
    return PackView(
        row.pk, case, row.made_by.user.name, row.made_at, row.as_at, row.ready, row.entries, row.records,
        row.open_questions, row.size, actor.keys.open(row.sha256), about,
    )  # fmt: skip
