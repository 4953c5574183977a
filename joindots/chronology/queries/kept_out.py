"""What is kept out of disclosure, and which pictures somebody looked over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.chronology import permissions
from joindots.chronology.models import KeptOut, LookedOver
from joindots.chronology.rules.disclosing.copies import MAIL, OFFICE, PAGE, PDF, TEXT
from joindots.evidence.models import Exhibit, Reading, SourceFile
from joindots.kernel.when import day_says
from joindots.people.tasks import only_on_her_side
from joindots.vault import files
from joindots.vault.models import Tier

IMAGES, SOUND, NOT_SAID = "image/", "audio/", ""
PHOTO, ANY = "photo", "exhibit"


@dataclass(frozen=True, slots=True)
class KeptOutView:
    """One mark: what it is on, in words; which words of it; who, when, why; and who lifted it."""

    id: UUID
    version: int
    what: str
    entry: str
    source: int | None
    record: bool
    part: str
    why: str
    by: str
    at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lifted_why: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One standing mark as the maker of a pack needs it. `address` is that of a file which is kept out whole."""

    entry: str
    source: int | None
    seq: int | None
    mark: str
    address: str
    part: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the case: where it is, and who looked it over when, if anybody did. `told` is whether only its
    words may be copied: a mail, a page, an Office file.
    """

    name: str
    source: int | None
    exhibit: UUID | None
    told: bool
    by: str
    at: datetime | None


@reads_one(permissions.KEEP_OUT, Case)
def kept_out_of(actor: Actor, case: Case) -> tuple[KeptOutView, ...]:
    """What is kept out of disclosure, newest first; lifted marks stay in the list."""
    only_on_her_side(actor, case.circle_id)
    rows = KeptOut.objects.filter(circle=case.circle_id).select_related(
        "incident", "source", "exhibit", "by__user", "lifted_by__user"
    )
    show = actor.keys.open
    return tuple(
        KeptOutView(
            row.pk, row.version, _what(actor, row), row.incident.reference if row.incident else "", row.source_id,
            row.seq is not None, show(row.part), show(row.why), row.by.user.name, row.at,
            row.lifted_by.user.name if row.lifted_by else "", row.lifted_at, show(row.lifted_why),
        )
        for row in rows.order_by("-at", "-id")
    )  # fmt: skip


@reads_one(permissions.DISCLOSE, Case)
def marks_of(actor: Actor, case: Case) -> tuple[Mark, ...]:
    """The marks that stand. One on a file that was removed is on the same bytes, if they were brought in again."""
    only_on_her_side(actor, case.circle_id)
    rows = KeptOut.objects.filter(circle=case.circle_id, lifted_at=None).select_related("incident")
    now = dict(SourceFile.objects.filter(circle=case.circle_id).values_list("address", "pk"))
    return tuple(
        Mark(
            row.incident.reference if row.incident else "", row.source_id or now.get(row.address), row.seq, row.mark,
            "" if row.seq is not None else row.address, actor.keys.open(row.part),
        )
        for row in rows.order_by("at", "id")
    )  # fmt: skip


@reads_one(permissions.KEEP_OUT, Case)
def pictures_of(actor: Actor, case: Case) -> tuple[Picture, ...]:
    """Every picture, paper, recording and other single file of the case, and who looked it over.

    A look that was taken back counts for nothing.
    """
    only_on_her_side(actor, case.circle_id)
    looks = LookedOver.objects.filter(circle=case.circle_id, taken_back_at=None).select_related("by__user")
    looked = {row.source_id or row.exhibit_id: row for row in looks.order_by("at")}
    held = Reading.objects.filter(circle=case.circle_id, state=Reading.State.HELD, format=PHOTO)
    photos = set(held.values_list("source", flat=True))
    found: list[Picture] = []
    for photo in _files(case.circle_id).order_by("given_at", "id"):
        seen = looked.get(photo.pk)
        told = photo.pk not in photos
        found.append(Picture(actor.keys.open(photo.name), photo.pk, None, told, *_who_looked(seen)))
    kinds = Q(kind__in=(PDF, TEXT, MAIL, PAGE, NOT_SAID))
    for family in (IMAGES, SOUND, *OFFICE):
        kinds |= Q(kind__startswith=family)
    inside = Exhibit.objects.filter(kinds, circle=case.circle_id).order_by("source", "id")
    for row in inside:
        told = not row.kind.startswith((IMAGES, SOUND))
        found.append(Picture(actor.keys.open(row.name), None, row.pk, told, *_who_looked(looked.get(row.pk))))
    return tuple(found)


@reads_one(permissions.DISCLOSE, Case)
def looked_over(actor: Actor, case: Case) -> frozenset[str]:
    """The addresses of pictures somebody looked over: one content is one picture, wherever it was found."""
    only_on_her_side(actor, case.circle_id)
    rows = LookedOver.objects.filter(circle=case.circle_id, taken_back_at=None).select_related("source", "exhibit")
    return frozenset(one.address for row in rows if (one := row.source or row.exhibit))


@reads_one(permissions.DISCLOSE, Case)
def address_of(actor: Actor, case: Case, sha256: str) -> str:
    """The keyed address under which a content is kept in the case."""
    only_on_her_side(actor, case.circle_id)
    return files.address(actor.keys.cabinet.key(case.circle_id, Tier.NARRATIVE), sha256)


@reads_one(permissions.DISCLOSE, Case)
def key_of_marks(actor: Actor, case: Case) -> bytes:
    """The key by which places in files are marked."""
    only_on_her_side(actor, case.circle_id)
    return actor.keys.cabinet.key(case.circle_id, Tier.NARRATIVE)


@reads_one(permissions.MAKE_PACK, Case)
def files_with(actor: Actor, case: Case, contents: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[UUID, ...]]:
    """The kept files that have these contents (SHA-256): those brought in, and those found inside them."""
    key = actor.keys.cabinet.key(case.circle_id, Tier.NARRATIVE)
    wanted = {files.address(key, sha256) for sha256 in contents}
    sources = SourceFile.objects.filter(circle=case.circle_id).order_by("given_at", "id").values_list("pk", "address")
    inside = Exhibit.objects.filter(circle=case.circle_id).order_by("source", "id").values_list("pk", "address")
    return tuple(pk for pk, at in sources if at in wanted), tuple(pk for pk, at in inside if at in wanted)


def _files(circle: UUID) -> QuerySet[SourceFile]:
    """Files that were brought in by themselves and are no lists of records."""
    held = Reading.objects.filter(circle=circle, state=Reading.State.HELD, format__in=(PHOTO, ANY))
    return SourceFile.objects.filter(circle=circle, pk__in=held.values("source"))


def _who_looked(row: LookedOver | None) -> tuple[str, datetime | None]:
    return (row.by.user.name, row.at) if row else ("", None)


def _what(actor: Actor, row: KeptOut) -> str:
    """What a mark is on. A record is told by its file and number, for its words may be the very ones."""
    if row.incident is not None:
        return f"log entry {row.incident.reference}, written on {day_says(row.incident.made_at)}"
    kept = row.source or row.exhibit
    name = actor.keys.open(kept.name) if kept else "a file that was removed"
    return f"record {row.seq + 1:,} of {name}" if row.seq is not None else name
