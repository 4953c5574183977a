"""What evidence keeps: files as they came and what was read from them, entries of the log, and links between them."""

from joindots.evidence.models.arriving import Sending
from joindots.evidence.models.cyber import Capture, DeviceNote
from joindots.evidence.models.entries import EntryDraft, Incident, IncidentVersion
from joindots.evidence.models.files import (
    COLUMNS,
    Communication,
    DayCount,
    Exhibit,
    Page,
    Reading,
    SourceFile,
    by_these,
    held_rows,
    number,
    these,
)
from joindots.evidence.models.gaps import CoverageGap
from joindots.evidence.models.links import Link, LinkEnd
from joindots.evidence.models.pictures import Thumbnail, Transcript
from joindots.evidence.models.seen import AccountSeen

__all__ = [
    "COLUMNS", "AccountSeen", "Capture", "Communication", "CoverageGap", "DayCount", "DeviceNote", "EntryDraft",
    "Exhibit", "Incident", "IncidentVersion", "Link", "LinkEnd", "Page", "Reading", "Sending", "SourceFile",
    "Thumbnail", "Transcript", "by_these", "held_rows", "number", "these",
]  # fmt: skip
