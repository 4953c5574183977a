"""Small pictures that were made of files, files found inside others, and the words that pictures show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.evidence import permissions
from joindots.evidence.models import Exhibit, SourceFile, Thumbnail, Transcript
from joindots.evidence.rules import screenshots, tidy_name
from joindots.evidence.rules.screenshots import Sheet

MOST_INSIDE = 200


@dataclass(frozen=True, slots=True)
class Inside:
    """A file found inside another, as its own page and the page of that file show it."""

    id: UUID
    source: int
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Said:
    """One version of the words of a picture: number 0 is the machine's."""

    number: int
    by: str
    at: datetime
    sheet: Sheet

    @property
    def confirmed(self) -> bool:
        """Whether a person said so."""
        return self.number != Transcript.SUGGESTED


@reads_one(permissions.SEE_EVIDENCE, SourceFile)
def thumbnail(actor: Actor, source: SourceFile) -> bytes | None:
    """The small picture of a file, as a PNG; None while nobody has looked."""
    return _png(actor, Thumbnail.objects.filter(source=source).first())


@reads_one(permissions.SEE_EVIDENCE, Exhibit)
def thumbnail_inside(actor: Actor, row: Exhibit) -> bytes | None:
    """The small picture of a file found inside another; None while nobody has looked."""
    return _png(actor, Thumbnail.objects.filter(exhibit=row).first())


@reads_one(permissions.SEE_EVIDENCE, SourceFile)
def inside(actor: Actor, source: SourceFile) -> tuple[Inside, ...]:
    """The first 200 files that were found inside a file, in the order in which they came."""
    return tuple(_inside(actor, row) for row in source.exhibits.order_by("id")[:MOST_INSIDE])


@reads_one(permissions.SEE_EVIDENCE, Exhibit)
def inside_one(actor: Actor, row: Exhibit) -> Inside:
    """One file found inside another."""
    return _inside(actor, row)


@reads_one(permissions.SEE_EVIDENCE, SourceFile)
def words_shown(actor: Actor, source: SourceFile) -> tuple[Said, ...]:
    """Every version of the words that a picture shows, newest first."""
    rows = source.transcripts.select_related("by__user").order_by("-number")
    show = actor.keys.open_bytes
    return tuple(Said(row.number, row.by.user.name, row.at, screenshots.decoded(show(row.sheet))) for row in rows)


def _png(actor: Actor, row: Thumbnail | None) -> bytes | None:
    return actor.keys.open_bytes(row.png) if row else None


def _inside(actor: Actor, row: Exhibit) -> Inside:
    show = actor.keys.open
    return Inside(row.pk, row.source_id, tidy_name(show(row.name)), show(row.sha256), row.size)
