"""Files that show what entries of the log tell: pictures and others that somebody linked with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import Exhibit, LinkEnd, SourceFile
from joindots.evidence.rules import links, tidy_name
from joindots.evidence.rules.entry_records import Enclosed


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept file that shows something: one that was brought in (`source`), or one found inside such (`exhibit`)."""

    source: int
    exhibit: UUID | None
    name: str
    sha256: str
    size: int
    kind: str

    @classmethod
    def of(cls, actor: Actor, kept: SourceFile | Exhibit) -> Self:
        """A kept file, with its name and hash opened by the actor's ring."""
        name, sha256 = tidy_name(actor.keys.open(kept.name)), actor.keys.open(kept.sha256)
        if isinstance(kept, Exhibit):
            return cls(kept.source_id, kept.pk, name, sha256, kept.size, kept.kind)
        return cls(kept.pk, None, name, sha256, kept.size, "")

    @property
    def enclosed(self) -> Enclosed:
        """The same as an entry's record names it."""
        return Enclosed(self.name, self.sha256, self.size)


@reads_one(permissions.SEE_EVIDENCE, Case)
def shown_by_entry(actor: Actor, case: Case, entries: Collection[UUID] | None = None) -> dict[UUID, tuple[Shown, ...]]:
    """The files that show each entry of a case now, in the order in which they were linked; of these entries (None:
    all). Two questions to the database, however many entries there are.
    """
    told: defaultdict[UUID, list[Shown]] = defaultdict(list)
    standing = LinkEnd.objects.filter(link__circle=case.circle_id, link__kind=links.SHOWS, link__ended_at=None)
    entry_of = dict(standing.exclude(incident=None).values_list("link", "incident"))
    files = standing.filter(incident=None, seq=None).select_related("source", "exhibit")
    for end in files.order_by("link__at", "link"):
        kept: SourceFile | Exhibit | None = end.source or end.exhibit
        entry = entry_of.get(end.link_id)
        if kept is not None and entry is not None and (entries is None or entry in entries):
            told[entry].append(Shown.of(actor, kept))
    return {entry: tuple(found) for entry, found in told.items()}
