"""What goes when a circle is erased: every row of evidence. Times, counts and marks of accounts stand clear in them."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from joindots.evidence.models.arriving import Sending
from joindots.evidence.models.cyber import Capture, DeviceNote
from joindots.evidence.models.entries import EntryDraft, Incident
from joindots.evidence.models.files import Communication, DayCount, Page, Reading, SourceFile
from joindots.evidence.models.gaps import CoverageGap
from joindots.evidence.models.links import Link
from joindots.evidence.models.pictures import Thumbnail, Transcript

ROWS: Final[tuple[tuple[Any, str], ...]] = (
    (Communication, "source__circle"), (DayCount, "source__circle"), (Page, "circle"), (Reading, "circle"),
    (Thumbnail, "circle"), (Transcript, "circle"), (Link, "circle"), (Capture, "circle"), (DeviceNote, "circle"),
    (CoverageGap, "circle"), (EntryDraft, "circle"), (Sending, "circle"), (Incident, "circle"), (SourceFile, "circle"),
)  # fmt: skip
"""In an order in which none is asked for by one that stands, and the many go by one statement each."""


def empty(circle: UUID) -> None:
    """Delete every row of a circle's evidence; no other part's rows lead to any."""
    for model, of in ROWS:
        model._default_manager.filter(**{of: circle}).delete()
