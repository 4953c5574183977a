"""The long work on a spreadsheet of cases: a look, a trial, and the bringing in, each read anew behind walls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db import IntegrityError

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as cases
from joindots.casework.queries import Mark
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.readers.sandbox.cells import Cells, Headings, Piece, Unread
from joindots.evidence.readers.sandbox.sheets import rows_in_child
from joindots.evidence.readers.stamps import Order
from joindots.jobs.models import Job
from joindots.jobs.tasks import Progress
from joindots.kernel.words import words
from joindots.transfer import actions, queries
from joindots.transfer.queries.sheets import SheetView
from joindots.transfer.rules.columns import Mapping
from joindots.transfer.rules.rows import RELATION_AS_GIVEN, CaseRow, Refused, case_of, order_of
from joindots.transfer.rules.states import SheetState
from joindots.transfer.rules.survey import MOST_LINES, Seen, Survey, Tried, TriedLine

EVERY = 25
"""Rows between two words of progress."""
TRIED_AT_ONCE = 500
"""Rows of a trial whose marks are looked up together."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One row to deal with: its number among those of its table, its place in the file, its cells."""

    number: int
    place: int
    cells: tuple[str, ...]
    unread: str = ""


class Cases:
    """Does the step at which a spreadsheet stands. `job.subject` is its id."""

    def run(self, actor: Actor, job: Job) -> Iterator[Progress]:
        """Look, try or bring in. Each can be repeated from its beginning: nothing is done twice."""
        ref = Ref(UUID(job.subject))
        view = queries.sheet(actor, ref)
        yield Progress("read", 0, view.rows)
        if view.state == SheetState.LOOKING:
            _look(actor, ref)
        elif view.state == SheetState.CHECKING:
            yield from _try(actor, ref, view)
        elif view.state == SheetState.BRINGING:
            yield from _bring(actor, ref, view)
        yield Progress("ready", view.rows, view.rows)

    def forget(self, actor: Actor, job: Job) -> None:
        """A stopped trial leaves nothing; of a stopped bringing in, the rows dealt with stay, and it can go on."""
        ref = Ref(UUID(job.subject))
        if queries.sheet(actor, ref).state == SheetState.CHECKING:
            actions.check_again(actor, ref)


def _pieces(actor: Actor, ref: Ref) -> Iterator[Piece]:
    file = queries.sheet_file(actor, ref)
    return rows_in_child(file.open, file.name, file.sha256)


def _look(actor: Actor, ref: Ref) -> None:
    survey = Survey()
    try:
        for piece in _pieces(actor, ref):
            match piece:
                case Headings():
                    survey.tables.append(Seen(piece.sheet, piece.named, list(piece.names)))
                case Cells():
                    survey.tables[-1].take(piece.row, piece.values)
                case Unread() if piece.why != "formula":
                    survey.tables[-1].unread += 1
    except NotReadable as refusal:
        survey = Survey([], str(refusal))
    survey.tables = [table for table in survey.tables if table.rows]
    if not survey.tables and not survey.why:
        survey.why = "There is no row in this file. Save the spreadsheet as CSV or XLSX and bring that in."
    actions.keep_survey(actor, ref, survey=survey)


def _try(actor: Actor, ref: Ref, view: SheetView) -> Iterator[Progress]:
    mapping = cast("Mapping", view.mapping)
    rows = _rows_of(_pieces(actor, ref), mapping)
    order, example = order_of(_days(rows, mapping), mapping.date_order)
    tried = Tried(rows=len(rows), order_example=example or "")
    seen: set[Mark] = set()
    for start in range(0, 0 if example else len(rows), TRIED_AT_ONCE):
        part = [(row, _told(row, mapping, order, actor)) for row in rows[start : start + TRIED_AT_ONCE]]
        seen |= cases.here_already(actor, {told.mark for _, told in part if isinstance(told, CaseRow)})
        for row, told in part:
            _count(tried, row, told, seen)
        yield Progress("read", start + len(part), len(rows))
    actions.keep_tried(actor, ref, tried=tried)


def _count(tried: Tried, row: Numbered, told: CaseRow | Refused, seen: set[Mark]) -> None:
    """Add one row to what the trial found. `seen` are the marks that are here, or stood further up."""
    if isinstance(told, Refused):
        tried.rejected += 1
        _line(tried, row, str(told.reason), repeat=False)
    elif told.mark in seen:
        tried.repeats += 1
        _line(tried, row, "It is here already, or stands further up.", repeat=True)
    else:
        tried.good += 1
        tried.without_number += not told.own_number
        tried.relations_as_words += RELATION_AS_GIVEN in told.summary
        tried.day_unknown += told.opened is None or told.opened.earliest is None
        tried.day_about += bool(
            told.opened and told.opened.earliest and told.opened.precision not in ("day", "minute", "second")
        )
        seen.add(told.mark)


def _line(tried: Tried, row: Numbered, why: str, *, repeat: bool) -> None:
    if len(tried.lines) < MOST_LINES:
        tried.lines.append(TriedLine(row.place, repeat, why))


def _bring(actor: Actor, ref: Ref, view: SheetView) -> Iterator[Progress]:
    """Row by row, after the last one that is done; each its own transaction."""
    mapping = cast("Mapping", view.mapping)
    rows = _rows_of(_pieces(actor, ref), mapping)
    order, _ = order_of(_days(rows, mapping), mapping.date_order)
    for row in rows[view.done :]:
        told = _told(row, mapping, order, actor)
        try:
            _one(actor, ref, row, told)
        except IntegrityError:
            # Somebody else brought the same number in at the same moment: now it is a repeat, and said so.
            _one(actor, ref, row, told)
        if row.number % EVERY == 0:
            yield Progress("bring", row.number, len(rows))
    actions.finish(actor, ref, rows=len(rows))


def _one(actor: Actor, ref: Ref, row: Numbered, told: CaseRow | Refused) -> None:
    actions.bring_row(actor, ref, number=row.number, place=row.place, cells=row.cells, told=told)


def _rows_of(pieces: Iterator[Piece], mapping: Mapping) -> list[Numbered]:
    """The rows of the chosen table below its headings; what could not be read as a row is one, to be rejected."""
    found: list[list[tuple[int, tuple[str, ...], str]]] = []
    formulas: set[int] = set()
    for piece in pieces:
        match piece:
            case Headings():
                found.append([])
                formulas = set()
            case Cells():
                found[-1].append((piece.row, piece.values, "formula" if piece.row in formulas else ""))
            case Unread(why="formula"):
                formulas.add(piece.row)
            case Unread():
                found[-1].append((piece.row, (piece.excerpt,), piece.why))
    tables = [table for table in found if any(why in ("", "formula") for _, _, why in table)]
    below = [row for row in tables[mapping.sheet] if mapping.heading_row <= 0 or row[0] > mapping.heading_row]
    return [Numbered(number, *row) for number, row in enumerate(below, start=1)]


def _told(row: Numbered, mapping: Mapping, order: Order | None, actor: Actor) -> CaseRow | Refused:
    if row.unread == "formula":
        return Refused(words("row_formula", "A formula in this row has no value. Open the file in the spreadsheet "
                             "program that made it, save it again, and bring that in."))  # fmt: skip
    if row.unread:
        return Refused(
            words("row_unread", "This row is not in the form of the others. Write one cell under each heading.")
        )
    return case_of(row.cells, mapping, order, actor.at)


def _days(rows: list[Numbered], mapping: Mapping) -> list[str]:
    if "opened" not in mapping.meanings:
        return []
    place = mapping.meanings.index("opened")
    return [row.cells[place] for row in rows if not row.unread and place < len(row.cells)]
