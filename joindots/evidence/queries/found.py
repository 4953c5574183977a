"""What was found on devices and things, by the entry of the log that tells of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import DeviceNote
from joindots.evidence.rules import cyber
from joindots.evidence.rules.cyber import Noted


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note of a look: what came of it, what was done, who noted it and when."""

    noted: Noted
    by: str
    at: datetime
    entry: str
    """The reference of the entry that tells of what was found; empty where nothing was."""

    @classmethod
    def of(cls, actor: Actor, row: DeviceNote) -> Self:
        """A note, opened by the actor's ring."""
        entry = row.incident.reference if row.incident else ""
        return cls(row.noted(actor.keys.open), row.by.user.name, row.at, entry)

    @property
    def says(self) -> str:
        """What was found and what was done with it, in words."""
        return cyber.found_says(self.noted)

    @property
    def outcome_words(self) -> str:
        """What came of it."""
        return cyber.OUTCOMES[self.noted.outcome]


@reads_one(permissions.SEE_EVIDENCE, Case)
def notes_by_entry(
    actor: Actor, case: Case, entries: Collection[UUID] | None = None
) -> dict[UUID, tuple[NoteView, ...]]:
    """The notes of each entry that tells of something found, newest first; of these entries (None: all)."""
    rows = DeviceNote.objects.filter(circle=case.circle_id).exclude(incident=None)
    told: dict[UUID, list[NoteView]] = {}
    for row in rows.select_related("by__user", "incident").order_by("incident", "-number"):
        if row.incident is not None and (entries is None or row.incident_id in entries):
            told.setdefault(row.incident.pk, []).append(NoteView.of(actor, row))
    return {entry: tuple(found) for entry, found in told.items()}
