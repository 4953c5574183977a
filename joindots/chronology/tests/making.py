"""Invented records and files for the tests of the chronology."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from joindots.chronology.rules.given import SourceRead
from joindots.evidence.readers.records import Communication, Coverage, Identity, Place

START = datetime(2025, 6, 10, 20, 0, tzinfo=UTC)
CALLUM = Identity("Callum Pryce", "tel:+447700900123")
MAYA = Identity("Maya", None)
PRIYA = Identity("Priya", "tel:+447700900456")


def record(seq=0, minutes=0.0, **given):
    """One message from Callum, `minutes` after the start, known to the second unless said otherwise."""
    at = START + timedelta(minutes=minutes)
    fields = {
        "id": f"r{seq}", "source_file": "a" * 64, "place": Place(line=seq + 1), "seq": seq, "channel": "whatsapp",
        "kind": "text", "thread": "Callum", "direction": "in", "sender": CALLUM, "at_earliest": at, "at_latest": at,
        "at_shown": "10/06/2025, 21:00", "precision": "second", "zone_basis": "utc_in_file", "text": f"words {seq}",
    }  # fmt: skip
    return Communication(**{**fields, **given})


def source(*communications, name="chat.txt", mark="a", **given):
    """One file; its coverage runs from its first record to its last."""
    times = [c.at_earliest for c in communications if c.at_earliest]
    given.setdefault("coverage", [Coverage("whatsapp", min(times), max(times))] if times else [])
    return SourceRead(name, mark * 64, 1_000, "WhatsApp chat", list(communications), **given)
