"""Turns a document into what the templates read: texts made fit for a page, split into volumes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joindots.documents.contents import ChronologyDocument, Count, Entry, Exhibit, Message
from joindots.documents.typeset.signs import Shown, for_page, visible
from joindots.kernel.when import LOCAL, day_says

VOLUME = 2_500
"""Messages in one annex file: some sixty pages, and the press stays small."""
EARLY = 250
"""A volume may end this much early, between two entries."""
PART = 2_000
"""Entries in one chronology file."""
FULL = 5_000
"""Signs of one entry's words on the page."""
LONG = 800
"""Signs of words from which an entry may break across pages; shorter ones are kept whole."""
MOST_LINES = 400
"""Sentences of one list on a page; the rest is counted and stands in the JSON."""


@dataclass(frozen=True, slots=True)
class Volume:
    """One annex file: its name and the first and last message number in it."""

    number: int
    first: int
    last: int

    @property
    def name(self) -> str:
        """`annex-01`."""
        return f"annex-{self.number:02d}"


def volumes(messages: Iterable[Message], size: int) -> Iterator[tuple[Volume, list[Message]]]:
    """Split messages into volumes of at most `size`, between two entries where one ends near the limit."""
    batch: list[Message] = []
    number = 1
    for message in messages:
        if len(batch) == size or (len(batch) >= size - EARLY and message.entry != batch[-1].entry):
            yield Volume(number, batch[0].number, batch[-1].number), batch
            batch, number = [], number + 1
        batch.append(message)
    if batch:
        yield Volume(number, batch[0].number, batch[-1].number), batch


def annex_data(document: ChronologyDocument, volume: Volume, messages: list[Message], at: datetime) -> dict[str, Any]:
    """What `annex.typ` reads."""
    title = f"Annex {volume.number}: messages {volume.first:,} to {volume.last:,}"
    return {
        "title": title,
        "lead": f"The messages behind the bundles of the chronology, each as it stands in its source. "
        f"Numbers lead to the chronology and to {_RECORDS}.",
        **_sheet(document, at, "Annex"),
        "messages": [_message(message) for message in messages],
    }


_RECORDS = "records.csv"


def _message(message: Message) -> list[Shown]:
    # One flat list a message: thousands of them are read by the template.
    return [
        f"{message.number:,}",
        for_page(message.heading),
        for_page(message.when),
        for_page(message.who),
        for_page(message.words),
        for_page(message.note),
        for_page(message.source),
    ]


def chronology_data(
    document: ChronologyDocument, exhibits: tuple[Exhibit, ...], annex: tuple[Volume, ...], at: datetime
) -> list[tuple[str, dict[str, Any]]]:
    """What `chronology.typ` reads: the main file, and further parts when there are very many entries."""
    entries = document.entries
    parts = [entries[start : start + PART] for start in range(0, len(entries), PART)] or [()]
    pages: list[tuple[str, dict[str, Any]]] = []
    for number, part in enumerate(parts, start=1):
        name = "chronology" if number == 1 else f"chronology-part-{number:02d}"
        data = {
            "front": number == 1,
            "title": document.title if number == 1 else f"{document.title}, part {number}",
            **_sheet(document, at, "Chronology"),
            "months": _months(part, annex),
            "parts": _parts_say(entries, len(parts)) if number == 1 else "",
        }
        pages.append((name, {**data, **(_front(document, exhibits, annex) if number == 1 else {})}))
    return pages


def _sheet(document: ChronologyDocument, at: datetime, what: str) -> dict[str, Any]:
    foot = [what, *([document.reference] if document.reference else []), f"records to {moment_says(at)}"]
    foot = [f"For {document.recipient} only", *foot] if document.recipient else foot
    return {
        "foot": for_page(" · ".join([*foot, *([document.state] if document.state else [])])),
        "plain_title": visible(document.title),
        "plain": False,
    }


def moment_says(at: datetime) -> str:
    """`Thu 13 Nov 2025, 22:15`, in London time."""
    return f"{day_says(at)}, {at.astimezone(LOCAL):%H:%M}"


def _parts_say(entries: tuple[Entry, ...], count: int) -> str:
    if count == 1:
        return ""
    return (
        f"This file holds entries 1 to {PART:,}. Entries {PART + 1:,} to {len(entries):,} follow in "
        f"{count - 1} more {'file' if count == 2 else 'files'}, chronology-part-02.pdf and on."
    )


def _months(entries: Iterable[Entry], annex: tuple[Volume, ...]) -> list[dict[str, Any]]:
    months: list[dict[str, Any]] = []
    for entry in entries:
        if not months or months[-1]["heading"] != entry.heading:
            months.append({"heading": entry.heading, "entries": []})
        months[-1]["entries"].append(_entry(entry, annex))
    return months


def _entry(entry: Entry, annex: tuple[Volume, ...]) -> dict[str, Any]:
    lines = list(entry.lines)
    if entry.messages:
        lines.append(_annex_says(entry.messages, annex))
    return {
        "number": f"{entry.number:,}",
        "when": for_page(entry.when),
        "title": for_page(entry.title),
        "kind": for_page(entry.kind),
        "certainty": for_page(entry.certainty),
        "mark": entry.mark,
        "words": for_page(entry.words, FULL),
        "long": len(entry.words) > LONG,
        "lines": [for_page(line) for line in lines],
        "sources": for_page("; ".join(entry.sources)),
        "exhibits": ", ".join(f"{number}" for number in entry.exhibits),
    }


def _annex_says(messages: tuple[int, int], annex: tuple[Volume, ...]) -> str:
    first, last = messages
    held = [volume.number for volume in annex if volume.first <= last and first <= volume.last]
    named = f"annex {held[0]}" if len(held) == 1 else f"annexes {held[0]} to {held[-1]}" if held else "the annex"
    return f"Message {first:,} in {named}." if first == last else f"Messages {first:,} to {last:,} in {named}."


def _front(document: ChronologyDocument, exhibits: tuple[Exhibit, ...], annex: tuple[Volume, ...]) -> dict[str, Any]:
    return {
        "opening": for_page(document.opening),
        "recipient": for_page(document.recipient),
        "kept_back": [_count(count) for count in document.kept_back],
        "about": [for_page(name) for name in document.about],
        "reading": [for_page(line) for line in document.reading],
        "counts": [_count(count) for count in document.counts],
        "counted": [for_page(line) for line in document.counted],
        "questions": _lines(document.questions),
        "cannot": _lines(document.cannot_show),
        "coverage": [
            [for_page(line.source), for_page(line.channel), for_page(line.period), [for_page(x) for x in line.limits]]
            for line in document.coverage[:MOST_LINES]
        ],
        "coverage_more": max(len(document.coverage) - MOST_LINES, 0),
        "sources": [
            [
                for_page(line.name),
                for_page(line.says),
                size_says(line.size) if line.sha256 else "",
                line.sha256,
                _lines(line.lines),
            ]
            for line in document.sources  # a size beside a copy says how much was kept back
        ],
        "exhibits": [_exhibit(exhibit) for exhibit in exhibits],
        "volumes": [[f"{volume.name}.pdf", f"Messages {volume.first:,} to {volume.last:,}"] for volume in annex],
    }


def _lines(lines: tuple[str, ...]) -> list[Shown]:
    shown = [for_page(line) for line in lines[:MOST_LINES]]
    rest = len(lines) - MOST_LINES
    return [*shown, f"{rest:,} more of this kind are in records.json."] if rest > 0 else shown


def _count(count: Count) -> list[Shown]:
    of = "" if count.of is None else f"of {count.of:,} {count.of_says}".strip()
    return [for_page(count.says), f"{count.count:,}", for_page(of)]


def _exhibit(exhibit: Exhibit) -> list[Shown]:
    where = exhibit_path(exhibit) if exhibit.open else f"Not enclosed: {exhibit.why_not}"
    return [
        str(exhibit.number),
        for_page(exhibit.name),
        for_page(exhibit.says),
        size_says(exhibit.size) if exhibit.open or not exhibit.ending else "",
        for_page(where),
        exhibit.sha256,
    ]


def size_says(size: int) -> str:
    """`2.1 MB`; small files in bytes."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= step:
            return f"{size / step:.1f} {unit}"
    return f"{size} byte{'' if size == 1 else 's'}"


def exhibit_path(exhibit: Exhibit) -> str:
    """`exhibits/007-photo.jpg`: a plain name that every system can hold; the name as given is in the list."""
    if exhibit.ending:
        return f"exhibits/{exhibit.number:03d}.{exhibit.ending}"
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", exhibit.name.replace("\\", "/").rsplit("/", 1)[-1]).strip("-.")
    if len(stem) > 60:
        tail = Path(stem).suffix[:10]
        stem = stem[: 60 - len(tail)] + tail
    return f"exhibits/{exhibit.number:03d}-{stem or 'file'}"


_README = """{title}
{opening}
{recipient}Records to {moment}.

chronology.pdf
    The chronology: numbered entries, exhibits, what each source could show and what it cannot.
{annex}exhibits
    {exhibits}
records.csv, records.json
    Every record behind the chronology. In the table a quote stands before any cell that a spreadsheet
    would run as a formula, and control signs are written as [U+0000]. The JSON has the exact text.
{custody}
To check that nothing was changed: run verify.py beside the folder data (it needs Python 3 and changes
nothing), or compare manifest-sha256.txt with any tool for SHA-256. The folder is a BagIt bag (RFC 8493).
"""
_FILES = "Files as they were received, byte for byte. Some are listed and not enclosed; the list says why."
_COPIES = (
    "Copies made for this pack, with what must not leave kept back; the originals are kept. Some are listed and\n"
    "    not enclosed; the list says why."
)
_CUSTODY = """custody.pdf, custody.csv
    Who received, looked at, copied and handed on each exhibit, and when.
"""


def readme(document: ChronologyDocument, at: datetime, annexes: int) -> str:
    """The page in plain text that says what lies in the folder."""
    more = " and on" if annexes > 1 else ""
    annex = f"annex-01.pdf{more}\n    The messages behind the bundles, one by one.\n" if annexes else ""
    recipient = f"For {visible(document.recipient)} only.\n" if document.recipient else ""
    return _README.format(
        title=visible(document.title),
        opening=visible(document.opening),
        recipient=recipient,
        moment=f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        annex=annex,
        exhibits=_COPIES if document.recipient else _FILES,
        custody=_CUSTODY if document.custody else "",
    )
