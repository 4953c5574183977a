"""One reading of a file of tables: numbering, which column means what, and rows whose columns are not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from joindots.evidence.readers.answers import NOT_SURE, Answers
from joindots.evidence.readers.problems import not_readable
from joindots.evidence.readers.records import (
    Candidate,
    Channel,
    Communication,
    Coverage,
    Item,
    Question,
)
from joindots.evidence.readers.source import Source
from joindots.evidence.readers.tables.clocks import When
from joindots.evidence.readers.tables.columns import (
    MEANINGS,
    NEEDED,
    Columns,
    Kind,
    from_answer,
    kind_of_answer,
    plain_heading,
)
from joindots.evidence.readers.tables.headings import NEVER_CARRIED
from joindots.evidence.readers.tables.rows import Row, Table

_NAMES: dict[Kind, str] = {"bank": "A bank statement", "calls": "A list of calls", "incidents": "A log of incidents"}


@dataclass(slots=True)
class Session:
    """What all tables of one file share. `several` is set where questions must name their sheet."""

    source: Source
    answers: Answers
    several: bool = False
    seq: int = 0
    coverage: list[Coverage] = field(default_factory=list)

    def next(self) -> tuple[str, int]:
        """The id and number of the next record, in the file's order from 0."""
        seq, self.seq = self.seq, self.seq + 1
        return f"{self.source.sha256[:16]}-{seq}", seq

    def about(self, table: Table) -> str | None:
        """The sheet's name, where the file has several."""
        return table.sheet if self.several else None

    def answer(self, question: Any, table: Table) -> Any:
        """The answer to a question of this table, or None."""
        return self.answers.to(self.source.sha256, self.source.name, question, self.about(table))


@dataclass(slots=True)
class Extent:
    """First and last moment of the rows seen."""

    earliest: datetime | None = None
    latest: datetime | None = None

    def add(self, when: When) -> None:
        """Widen by a row's interval, if it has one."""
        if when.earliest is not None and (self.earliest is None or when.earliest < self.earliest):
            self.earliest = when.earliest
        if when.latest is not None and (self.latest is None or when.latest > self.latest):
            self.latest = when.latest

    def coverage(self, channel: Channel, *limits: str) -> Coverage:
        """What this table could show."""
        return Coverage(channel, self.earliest, self.latest, limits)


def columns_of(table: Table, session: Session) -> tuple[Columns | None, Question | None]:
    """The table's columns, by certain headings or by the answer; without either, the question to ask."""
    found = table.layout.columns
    if found is not None and found.complete:
        return found, None
    answer = session.answer("columns", table)
    if answer is not None and answer != NOT_SURE:
        return from_answer(answer, kind_of_answer(answer), table.layout.headings, table.name), None
    if answer is not None or not table.layout.headings:
        return None, None
    return None, _question(table, session, found)


def _question(table: Table, session: Session, found: Columns | None) -> Question:
    kinds: tuple[Kind, ...] = (found.kind,) if found else ("incidents", "calls", "bank")
    forms = " ".join(f"{_NAMES[kind]} needs {NEEDED[kind]}; it may have {', '.join(MEANINGS[kind])}." for kind in kinds)
    words = (
        "What does each column of this table hold? Answer with the heading for each meaning, such as "
        f'{{"date": "When", "what": "What happened"}}. {forms}'
    )
    sample = table.layout.sample
    details = tuple(
        Candidate(heading, says=next((row[at] for row in sample if at < len(row) and row[at]), "")[:80])
        for at, heading in enumerate(table.layout.headings)
        if plain_heading(heading) not in NEVER_CARRIED
    )
    first = next((row for row in sample if any(row)), ())
    shown = [
        cell
        for heading, cell in zip(table.layout.headings, first, strict=False)
        if cell and plain_heading(heading) not in NEVER_CARRIED
    ]
    return Question(
        session.source.sha256, session.source.name, "columns", words, table.layout.headings,
        " | ".join(shown)[:200], session.about(table), details,
    )  # fmt: skip


def unknown_rows(table: Table, session: Session, asked: bool) -> Iterator[Item]:
    """Rows of a table whose columns nobody named yet: the cells as they are, and no time guessed."""
    for piece in table.pieces():
        if not isinstance(piece, Row):
            yield piece
            continue
        id_, seq = session.next()
        yield Communication(
            id=id_, source_file=session.source.sha256, place=piece.place, seq=seq, channel="other", kind="unknown",
            certainty_of_sender="unknown", extra=leftover(piece, None), open=("columns",) if asked else (),
        )  # fmt: skip
    session.coverage.append(Coverage("other", None, None))


def leftover(row: Row, columns: Columns | None) -> dict[str, Any]:
    """The cells of columns without a meaning, by heading, and which cells were merged. Never a balance."""
    used = set(columns.places.values()) if columns else set()
    extra: dict[str, Any] = {
        heading: value
        for at, (heading, value) in enumerate(zip(row.headings, row.values, strict=False))
        if value and at not in used and plain_heading(heading) not in NEVER_CARRIED
    }
    if row.merged:
        extra["merged_cells"] = list(row.merged)
    return extra


def refuse_answer(session: Session, question: str, form: str) -> Exception:
    """The refusal of an answer in the wrong form."""
    return not_readable(
        "answer_form",
        'The answer to "{question}" for {name} must be {form}, or not_sure.',
        question=question, name=session.source.name, form=form,
    )  # fmt: skip
