"""What is linked with entries of the log: files that show them, and messages and entries of the same act."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import pages, permissions
from joindots.evidence.models import Exhibit, Incident, Link, LinkEnd, Reading, SourceFile
from joindots.evidence.queries.files_shown import Shown
from joindots.evidence.queries.lines import line_at
from joindots.evidence.queries.shown import Line
from joindots.evidence.rules import links
from joindots.vault.models import Tier


@dataclass(frozen=True, slots=True)
class EndView:
    """One thing that is linked. All are empty where it was a file that was removed."""

    entry: str = ""
    """The reference of an entry of the log."""
    file: Shown | None = None
    """A whole file, or the one in which the record stands."""
    record: bool = False
    """Whether one record of the file is meant."""
    line: Line | None = None
    """The record as it is read now; None where the file, read anew, holds none at that place any more."""

    @property
    def gone(self) -> bool:
        """Whether the file was removed."""
        return not self.entry and self.file is None


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link: who made it, when and why, who undid it; and what stands at its ends."""

    id: UUID
    version: int
    kind: str
    by: str
    at: datetime
    why: str
    ended_by: str
    ended_at: datetime | None
    ended_why: str
    ends: tuple[EndView, ...]

    @property
    def stands(self) -> bool:
        """Whether it was not undone."""
        return self.ended_at is None


@reads_one(permissions.SEE_EVIDENCE, Incident)
def links_of(actor: Actor, row: Incident) -> tuple[LinkView, ...]:
    """The links of an entry in the order in which they were made, undone ones too, each without the entry itself."""
    mine = Link.objects.filter(ends__incident=row).select_related("by__user", "ended_by__user")
    return tuple(_view(actor, one, row.pk) for one in mine.order_by("at", "id"))


@reads_one(permissions.SEE_EVIDENCE, Link)
def link_view(actor: Actor, row: Link) -> LinkView:
    """One link with all its ends."""
    return _view(actor, row, None)


@reads_one(permissions.SEE_EVIDENCE, Case)
def same_acts(actor: Actor, case: Case) -> tuple[tuple[UUID, tuple[tuple[str, int, int], ...]], ...]:
    """Every standing link of one act: its id, and its ends as (entry, 0, 0) or ("", source, seq), where the records
    stand in the readings that are shown now. Records that are in no such reading any more are left out.
    """
    rows = LinkEnd.objects.filter(link__circle=case.circle_id, link__kind=links.SAME_ACT, link__ended_at=None)
    told: defaultdict[UUID, list[tuple[str, int, int]]] = defaultdict(list)
    for end in rows.select_related("incident").order_by("link", "id"):
        if end.incident is not None:
            told[end.link_id].append((end.incident.reference, 0, 0))
        elif end.source_id is not None and (place := _place_of(actor, case.circle_id, end)) is not None:
            told[end.link_id].append(("", end.source_id, place[1]))
    return tuple((link, tuple(ends)) for link, ends in told.items())


def _place_of(actor: Actor, circle: UUID, end: LinkEnd) -> tuple[int, int] | None:
    """Generation and place of a linked record in the reading that is shown now: where it stood, or wherever its mark
    stands; None where the file, read anew, holds none such.
    """
    held = Reading.objects.filter(source=end.source_id, state=Reading.State.HELD).first()
    if held is None or end.seq is None:
        return None
    key = actor.keys.cabinet.key(circle, Tier.NARRATIVE)
    number, place = divmod(end.seq, pages.RECORDS)
    page = held.pages.filter(number=number).first()
    if page is not None:
        records = pages.unpacked(actor.keys.open_bytes(page.words))
        if place < len(records) and links.mark_of(key, records[place].place) == end.mark:
            return held.generation, end.seq
    for page in held.pages.in_turn():
        for at, record in enumerate(pages.unpacked(actor.keys.open_bytes(page.words)), page.number * pages.RECORDS):
            if links.mark_of(key, record.place) == end.mark:
                return held.generation, at
    return None


def _view(actor: Actor, row: Link, without: UUID | None) -> LinkView:
    show = actor.keys.open
    ends = row.ends.select_related("incident", "source", "exhibit")
    return LinkView(
        row.pk, row.version, row.kind, row.by.user.name, row.at, show(row.why),
        row.ended_by.user.name if row.ended_by else "", row.ended_at, show(row.ended_why),
        tuple(_end(actor, row, one) for one in ends if without is None or one.incident_id != without),
    )  # fmt: skip


def _end(actor: Actor, link: Link, end: LinkEnd) -> EndView:
    if end.incident is not None:
        return EndView(end.incident.reference)
    kept: SourceFile | Exhibit | None = end.source or end.exhibit
    if kept is None:
        return EndView()
    file = Shown.of(actor, kept)
    if end.seq is None:
        return EndView(file=file)
    place = _place_of(actor, link.circle_id, end) if link.ended_at is None else None
    case = Case.objects.get(circle=link.circle_id)
    line = line_at.run(actor, case, kept.pk, *place) if place else None
    return EndView(file=file, record=True, line=line)
