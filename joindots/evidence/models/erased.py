"""What goes when a circle is erased: every row of evidence. Times, counts and marks of accounts stand clear in them."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import OperationalError, transaction

from joindots.evidence.models.arriving import Sending
from joindots.evidence.models.cyber import Capture, DeviceNote
from joindots.evidence.models.entries import EntryDraft, Incident
from joindots.evidence.models.files import Communication, DayCount, Page, Reading, SourceFile
from joindots.evidence.models.gaps import CoverageGap
from joindots.evidence.models.links import Link
from joindots.evidence.models.pictures import Thumbnail, Transcript
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

ROWS: Final[tuple[tuple[Any, str], ...]] = (
    (Communication, "source__circle"), (DayCount, "source__circle"), (Page, "circle"), (Reading, "circle"),
    (Thumbnail, "circle"), (Transcript, "circle"), (Link, "circle"), (Capture, "circle"), (DeviceNote, "circle"),
    (CoverageGap, "circle"), (EntryDraft, "circle"), (Sending, "circle"), (Incident, "circle"), (SourceFile, "circle"),
)  # fmt: skip
"""In an order in which none is asked for by one that stands, and the many go by one statement each."""


IN_HAND: Final[tuple[Any, ...]] = (
    SourceFile, Reading, Incident, Link, Transcript, Capture, DeviceNote, CoverageGap, EntryDraft, Sending,
)  # fmt: skip
"""Models of which somebody may have a row in hand while they want the circle's lock."""


def empty(circle: UUID) -> None:
    """Delete every row of a circle's evidence; no other part's rows lead to any.

    Whoever brings in or writes holds a row and then asks for the circle; whoever erases holds the circle. So the rows
    are asked for without waiting: refused where somebody has one in hand, and neither waits for the other for ever.
    """
    with transaction.atomic():
        try:
            for model in IN_HAND:
                _take(model, circle)
        except OperationalError:
            raise RuleBroken(
                words("erase_busy", "Somebody is bringing in or writing something here at this moment. "
                      "Wait until that is done, then erase it.")
            ) from None  # fmt: skip
        for model, of in ROWS:
            model._default_manager.filter(**{of: circle}).delete()


def _take(model: Any, circle: UUID) -> None:
    rows = model._default_manager.filter(circle=circle).order_by("pk").select_for_update(nowait=True)
    len(rows.values_list("pk"))
