"""Captures of pages and profiles, and what came of looks at devices, as their reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import Capture, DeviceNote
from joindots.evidence.queries.files_shown import Shown
from joindots.evidence.queries.found import NoteView
from joindots.evidence.rules import cyber
from joindots.kernel.when import Precision, When


@dataclass(frozen=True, slots=True)
class CaptureView:
    """A capture: what it is of, when it was captured as claimed, when it was received, its file and who noted it."""

    id: UUID
    version: int
    address: str
    account: str
    shows: str
    who: str
    when: When
    received: datetime | None
    """When its file came; None where the file was removed."""
    file: Shown | None
    form: str
    by: str
    at: datetime
    why: str
    ended_by: str
    ended_at: datetime | None
    ended_why: str

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.ended_at is None

    @property
    def shows_words(self) -> str:
        """What it shows."""
        return cyber.SHOWS[self.shows]

    @property
    def who_words(self) -> str:
        """Who captured it, as claimed."""
        return self.by if self.who == "writer" else cyber.WHO_CAPTURED[self.who]

    @property
    def after_receipt(self) -> bool:
        """Whether it claims to have been captured after it was received, which cannot be."""
        return self.received is not None and self.when.certainly_after(self.received)


@reads_one(permissions.SEE_EVIDENCE, Case)
def captures_of(actor: Actor, case: Case) -> tuple[CaptureView, ...]:
    """The captures of a case, the newest noted first, withdrawn ones too."""
    rows = Capture.objects.filter(circle=case.circle_id).select_related("source", "by__user", "ended_by__user")
    return tuple(_view(actor, row) for row in rows.order_by("-at", "-id"))


@reads_one(permissions.SEE_EVIDENCE, Case)
def checks_of(actor: Actor, case: Case) -> dict[str, tuple[NoteView, ...]]:
    """What came of the looks of a case, by the code of the check, the newest first; of each thing its newest note."""
    told: dict[str, list[NoteView]] = {}
    seen: set[UUID] = set()
    rows = DeviceNote.objects.filter(circle=case.circle_id).select_related("by__user", "incident")
    for row in rows.order_by("-at", "-number", "-id"):
        if row.incident_id is not None and row.incident_id in seen:
            continue
        if row.incident_id is not None:
            seen.add(row.incident_id)
        told.setdefault(row.check_code, []).append(NoteView.of(actor, row))
    return {code: tuple(found) for code, found in told.items()}


def _view(actor: Actor, row: Capture) -> CaptureView:
    show = actor.keys.open
    when = When(
        row.earliest, row.latest, Precision(row.precision), row.zone_basis, tuple(row.time_flags.split()),
        show(row.given),
    )  # fmt: skip
    file = Shown.of(actor, row.source) if row.source else None
    return CaptureView(
        row.pk, row.version, cyber.shown_address(show(row.address)), show(row.account), row.shows, row.who, when,
        row.source.given_at if row.source else None, file, cyber.form_of(file.name if file else ""), row.by.user.name,
        row.at, show(row.why), row.ended_by.user.name if row.ended_by else "", row.ended_at, show(row.ended_why),
    )  # fmt: skip
