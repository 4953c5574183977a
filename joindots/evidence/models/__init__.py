"""What evidence keeps: files as they came and what was read from them, and entries of the log."""

from joindots.evidence.models.entries import EntryDraft, Incident, IncidentVersion
from joindots.evidence.models.files import (
    COLUMNS,
    Communication,
    DayCount,
    Exhibit,
    Page,
    Reading,
    SourceFile,
    held_rows,
    number,
    these,
)

__all__ = [
    "COLUMNS", "Communication", "DayCount", "EntryDraft", "Exhibit", "Incident", "IncidentVersion", "Page", "Reading",
    "SourceFile", "held_rows", "number", "these",
]  # fmt: skip
