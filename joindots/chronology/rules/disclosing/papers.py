"""A chronology's document as it may be disclosed: the columns allowed, every text once more looked over (pure)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from joindots.chronology.rules.wording import many
from joindots.documents.contents import Cell, ChronologyDocument, Count, Entry, Message

Redact = Callable[[str], str]
COLUMNS: Final = (
    "record", "entry", "message", "act", "episode", "counted_as", "count", "count_about", "when", "at_earliest",
    "at_latest", "precision", "at_shown", "zone_basis", "time_flags", "channel", "kind", "thread", "direction",
    "sender", "sender_key", "recipients", "certainty_of_sender", "words", "beside", "duration_s", "amount_pence",
    "currency", "forwarded", "edited_at", "kept_back", "open_questions", "source", "line",
)  # fmt: skip
"""What of a record may leave: an allow-list. No name of a file, no place inside one, no SHA-256 of an original."""
_LOG_FILE: Final = "log-entries.json"
_BY_MEANING: Final = "nothing was left out by meaning"
COUNTED: Final = (
    "No computer judged intent, threat or truth. What is kept back was named by a person, or is the words of people "
    "whom the pack is not about; this list says how much of each kind.",
    "No SHA-256 of an original stands here: from a short file, and its copy with a word kept back, the word could be "
    "found by trying. Whoever made this pack holds them.",
)


def paper(document: ChronologyDocument, redact: Redact, recipient: str, kept_back: Mapping[str, int],
          says: Callable[[str], str], open_questions: int) -> ChronologyDocument:  # fmt: skip
    """The document for one recipient. `kept_back` is what was kept back by kind; `says` gives a kind in words."""
    counted = tuple(redact(one) for one in document.counted if _BY_MEANING not in one and _LOG_FILE not in one)
    open_says = (f"{many(open_questions, 'question')} about the files {_is(open_questions)} not answered yet.",)
    return replace(
        document,
        title=redact(document.title),
        opening=redact(document.opening),
        columns=COLUMNS,
        entries=tuple(_entry(one, redact) for one in document.entries),
        messages=_messages(document.messages, redact),
        rows=_rows(document.rows, redact),
        about=tuple(redact(one) for one in document.about),
        state="",
        counts=tuple(replace(one, says=redact(one.says), of_says=redact(one.of_says)) for one in document.counts),
        counted=(*counted, *COUNTED),
        reading=tuple(redact(one) for one in document.reading),
        sources=tuple(
            replace(one, name=redact(one.name), sha256="", says=redact(one.says), lines=tuple(map(redact, one.lines)))
            for one in document.sources
        ),
        coverage=tuple(
            replace(one, source=redact(one.source), channel=redact(one.channel), limits=tuple(map(redact, one.limits)))
            for one in document.coverage
        ),
        cannot_show=(*map(redact, document.cannot_show), *(open_says if open_questions else ())),
        questions=(),
        values={"kept_back": {says(kind): number for kind, number in kept_back.items()}, "for": redact(recipient)},
        recipient=redact(recipient),
        kept_back=tuple(Count(says(kind), number) for kind, number in kept_back.items()),
    )  # fmt: skip


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _entry(one: Entry, redact: Redact) -> Entry:
    return replace(
        one, heading=redact(one.heading), when=redact(one.when), title=redact(one.title), kind=redact(one.kind),
        certainty=redact(one.certainty), words=redact(one.words), lines=tuple(map(redact, one.lines)),
        sources=tuple(map(redact, one.sources)),
    )  # fmt: skip


def _messages(messages: Iterable[Message], redact: Redact) -> Iterator[Message]:
    for one in messages:
        yield replace(
            one, when=redact(one.when), who=redact(one.who), words=redact(one.words), note=redact(one.note),
            source=redact(one.source), heading=redact(one.heading),
        )  # fmt: skip


def _rows(rows: Iterable[Mapping[str, Cell]], redact: Redact) -> Iterator[dict[str, Cell]]:
    for row in rows:
        yield {column: _cell(row.get(column), redact) for column in COLUMNS}


def _cell(cell: Cell, redact: Redact) -> Any:
    return redact(cell) if isinstance(cell, str) else cell
