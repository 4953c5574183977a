"""An invented document for the tests of packs."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime

from joindots.documents.contents import (
    ChronologyDocument,
    Count,
    CoverageLine,
    Entry,
    Exhibit,
    Message,
    SourceLine,
)

AS_AT = datetime(2025, 11, 13, 22, 15, 30, tzinfo=UTC)
HOSTILE = [
    '=HYPERLINK("http://example.org","press")',
    '#import "chronology.typ": * #sys.inputs #read("/etc/hosts") *bold* $x$ @ref <label> \\u{1}',
    "\u0000\u0007 nul and bell",
    "lone \ud83d surrogate",
    "\u202eright to left\u202c",
    "😀😀 👩‍👧 🇬🇧 ❤️ 👍🏽",
    "আমি তোমাকে দেখছি",
    "سلام عليكم שלום",
    "Pam wyt ti'n anwybyddu fi? ŵ ŷ â",
    "a" * 5_000,
    "\n\n\n",
    "é́́́̂̃",
]  # fmt: skip


def document(words=("where are you",), **given):
    """A document with one entry, one message and one row for each of `words`."""
    entries = tuple(
        Entry(n, "June 2025", "Tue 10 Jun 2025, 23:10", f"Message {n}", "WhatsApp", "Known to the minute", words=text,
              lines=(text,), sources=("chat.txt, line 1",), messages=(n, n))
        for n, text in enumerate(words, start=1)
    )  # fmt: skip
    fields = {
        "title": "Chronology",
        "opening": f"{len(entries)} entries.",
        "columns": ("record", "words"),
        "entries": entries,
        "messages": tuple(
            Message(n, n, "Tue 10 Jun 2025, 23:10", "Callum", text, heading=f"Entry {n}")
            for n, text in enumerate(words, 1)
        ),
        "rows": tuple({"record": n, "words": text} for n, text in enumerate(words, start=1)),
        "about": ("Callum Pryce",),
        "counts": (Count("Acts of contact", len(entries), len(entries), "records"),),
        "reading": ("Each entry has a number.",),
        "counted": ("An act is counted once.",),
        "sources": (SourceLine("chat.txt", "a" * 64, 12, "WhatsApp chat"),),
        "coverage": (CoverageLine("chat.txt", "WhatsApp", "June 2025", ("It may be cut.",)),),
        "cannot_show": ("What happened outside the periods.",),
        "questions": ("chat.txt: which comes first?",),
        "values": {"sources": []},
    }
    return ChronologyDocument(**{**fields, **given})


def exhibit(number=1, data=b"original bytes", **given):
    """A file held in memory."""
    fields = {"open": lambda: io.BytesIO(data)}
    return Exhibit(
        number, f"IMG {number}.jpg", hashlib.sha256(data).hexdigest(), len(data), "image/jpeg", **{**fields, **given}
    )
