"""A spreadsheet of cases: taken in, looked at, its columns named, tried, and brought in row by row."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.casework import actions as casework
from joindots.casework import queries as cases
from joindots.circles import actions as circles
from joindots.evidence.rules import tidy_name
from joindots.jobs import actions as jobs
from joindots.kernel.problems import OutOfDate
from joindots.kernel.words import Words, words
from joindots.transfer import permissions
from joindots.transfer.models import CaseSheet, ColumnsKnown, LeftOut
from joindots.transfer.rules import columns
from joindots.transfer.rules.columns import Mapping
from joindots.transfer.rules.rows import CaseRow, Refused
from joindots.transfer.rules.states import SheetState, sheet_can
from joindots.transfer.rules.survey import Survey, Tried
from joindots.vault import files
from joindots.vault.files import SealedFile
from joindots.vault.keys import purpose_key
from joindots.vault.models import Tier

CASES = "transfer.cases"


@dataclass(frozen=True, slots=True)
class RowDone:
    """What became of a row: the new case's reference, or nothing where none was opened."""

    reference: str | None
    again: bool
    """The row had been dealt with before; nothing was done."""


@makes(permissions.BRING_IN_CASES)
def take_sheet(actor: Actor, *, name: str, sealed: SealedFile) -> UUID:
    """Keep a spreadsheet in a circle of its own, in which the actor alone stands, and queue a look at it."""
    circle = circles.open_circle(actor, purpose="bringing in cases")
    owner_key = actor.keys.cabinet.key_or_new(circle.pk, Tier.NARRATIVE, actor.at)
    row = CaseSheet(circle=circle, given_by_id=actor.membership_id, given_at=actor.at, size=sealed.size)
    row.address = files.address(owner_key, sealed.sha256)
    key = base64.b64encode(sealed.key).decode()
    actor.keys.seal(row, name=tidy_name(name), sha256=sealed.sha256, file_key=key)
    files.settle(sealed, circle.pk, owner_key)
    actor.record(circle.pk, "transfer.sheet_taken", sheet=row.pk, size=sealed.size)
    row.job = _queue(actor, row)
    row.save(force_insert=True)
    return row.pk


@writes(permissions.BRING_IN_CASES, CaseSheet, when=lambda row: sheet_can(row.state, SheetState.MAPPING))
def keep_survey(actor: Actor, row: CaseSheet, *, survey: Survey) -> None:
    """Keep what the file shows of itself; from now on its columns are asked for, unless it cannot be read."""
    row.state = SheetState.UNREADABLE if survey.why or not survey.tables else SheetState.MAPPING
    _keep(actor, row, "survey", msgspec.json.encode(survey))
    actor.record(row.circle_id, "transfer.sheet_looked_at", sheet=row.pk, tables=len(survey.tables))


@writes(permissions.BRING_IN_CASES, CaseSheet, when=lambda row: sheet_can(row.state, SheetState.CHECKING))
def map_columns(actor: Actor, row: CaseSheet, *, mapping: Mapping) -> UUID:
    """Keep which column means what, remember it for the agency, and queue a trial that changes nothing."""
    survey = msgspec.json.decode(actor.keys.open_bytes(row.survey), type=Survey)
    if not 0 <= mapping.sheet < len(survey.tables):
        raise OutOfDate
    table = survey.tables[mapping.sheet]
    headings = table.named_by(mapping.heading_row)
    columns.can_map(mapping, len(headings), [row for row, _ in table.first_rows]).or_raise()
    _remember(actor, headings, mapping)
    row.state = SheetState.CHECKING
    _keep(actor, row, "mapping", msgspec.json.encode(mapping))
    actor.record(row.circle_id, "transfer.columns_named", sheet=row.pk, meanings=sorted({*mapping.meanings} - {""}))
    row.job = _queue(actor, row)
    row.save(update_fields=("job",))
    return row.job


@writes(permissions.BRING_IN_CASES, CaseSheet, when=lambda row: sheet_can(row.state, SheetState.CHECKED))
def keep_tried(actor: Actor, row: CaseSheet, *, tried: Tried) -> None:
    """Keep what the trial found. With the question of day and month open, the columns are asked for again."""
    row.state = SheetState.MAPPING if tried.order_example else SheetState.CHECKED
    row.rows = tried.rows
    _keep(actor, row, "tried", msgspec.json.encode(tried), "rows")
    actor.record(row.circle_id, "transfer.sheet_tried", sheet=row.pk, good=tried.good, rejected=tried.rejected)


@writes(permissions.BRING_IN_CASES, CaseSheet, when=lambda row: sheet_can(row.state, SheetState.MAPPING))
def check_again(actor: Actor, row: CaseSheet) -> None:
    """Back to the columns: a trial was stopped."""
    row.state = SheetState.MAPPING
    row.save(update_fields=("state",))
    actor.record(row.circle_id, "transfer.trial_stopped", sheet=row.pk)


@writes(permissions.BRING_IN_CASES, CaseSheet, when=lambda row: sheet_can(row.state, SheetState.BRINGING))
def bring(actor: Actor, row: CaseSheet) -> UUID:
    """Queue the bringing in of every row, in the actor's name."""
    row.state, row.done, row.brought, row.repeats, row.rejected = SheetState.BRINGING, 0, 0, 0, 0
    row.job = _queue(actor, row)
    row.save(update_fields=("state", "done", "brought", "repeats", "rejected", "job"))
    actor.record(row.circle_id, "transfer.sheet_begun", sheet=row.pk)
    return row.job


@writes(permissions.BRING_IN_CASES, CaseSheet, when=lambda row: sheet_can(row.state, SheetState.DONE))
def bring_row(
    actor: Actor, row: CaseSheet, *, number: int, place: int, cells: Sequence[str], told: CaseRow | Refused
) -> RowDone:
    """Deal with one row: open its case, or keep why not. The case and the count of rows done are one transaction.

    `number` counts rows from 1; one that is done already is passed over, so a repeat after a kill doubles nothing.
    """
    if number <= row.done:
        actor.record(row.circle_id, "transfer.row_again", sheet=row.pk, row=number)
        return RowDone(None, True)
    reference = None
    if isinstance(told, Refused):
        _leave_out(actor, row, number, place, cells, told.reason, repeat=False)
    elif cases.here_already(actor, [told.mark]):
        _leave_out(actor, row, number, place, cells, _repeat(told), repeat=True)
    else:
        reference = _open(actor, told)
        row.brought += 1
    row.done = number
    row.save(update_fields=("done", "brought", "repeats", "rejected"))
    actor.record(row.circle_id, "transfer.row_done", sheet=row.pk, row=number, opened=reference is not None)
    return RowDone(reference, False)


@writes(permissions.BRING_IN_CASES, CaseSheet, when=lambda row: sheet_can(row.state, SheetState.DONE))
def finish(actor: Actor, row: CaseSheet, *, rows: int) -> None:
    """Every row is dealt with."""
    row.state, row.rows = SheetState.DONE, rows
    row.save(update_fields=("state", "rows"))
    actor.record(row.circle_id, "transfer.sheet_done", sheet=row.pk, brought=row.brought, rejected=row.rejected)
    actor.record(
        actor.agency_id, "transfer.cases_brought_in", book_kind="agency", sheet=row.pk, brought=row.brought,
        repeats=row.repeats, rejected=row.rejected,
    )  # fmt: skip


@writes(permissions.BRING_IN_CASES, CaseSheet)
def remove_sheet(actor: Actor, row: CaseSheet) -> None:
    """Remove a spreadsheet and the list of its rejects for good. Cases that came from it stay."""
    files.drop(files.folder() / row.circle_id.hex / row.address)
    actor.record(row.circle_id, "transfer.sheet_removed", sheet=row.pk)
    row.delete()


def _open(actor: Actor, told: CaseRow) -> str:
    known = casework.Known(
        told.identifiers, told.address, told.suspect, told.suspect_identifiers, told.opened, once=told.mark
    )
    return casework.open_case(
        actor, victim=told.victim, relation=told.relation, own_number=told.own_number, summary=told.summary, known=known
    )


def _leave_out(
    actor: Actor, row: CaseSheet, number: int, place: int, cells: Sequence[str], why: Words, *, repeat: bool
) -> None:
    kept = LeftOut(circle_id=row.circle_id, sheet=row, number=number, repeat=repeat)
    told = {"row": place, "why": str(why), "cells": list(cells)}
    actor.keys.seal_bytes(kept, "told", msgspec.json.encode(told))
    kept.save()
    if repeat:
        row.repeats += 1
    else:
        row.rejected += 1


def _repeat(told: CaseRow) -> Words:
    if told.own_number:
        return words(
            "row_repeat", "A case with your number “{number}” is here already, or stands further up.",
            number=told.own_number,
        )  # fmt: skip
    return words("row_same", "A row that says exactly the same was brought in already, or stands further up.")


def _remember(actor: Actor, headings: list[str], mapping: Mapping) -> None:
    """Only columns that have names: `Column 3` of one file is not that of another."""
    if mapping.heading_row == 0:
        return
    said = columns.set_of(headings).encode("utf-8", "surrogatepass")
    told: dict[str, object] = {"meanings": columns.by_heading(headings, mapping.meanings)}
    if mapping.date_order:  # not asked yet of this file: what was said of an earlier one stays
        told["date_order"] = mapping.date_order
    ColumnsKnown.objects.update_or_create(
        agency_id=actor.agency_id, print=hmac.digest(purpose_key("case_headings"), said, hashlib.sha256), defaults=told
    )


def _keep(actor: Actor, row: CaseSheet, column: str, plain: bytes, *also: str) -> None:
    actor.keys.seal_bytes(row, column, plain)
    row.save(update_fields=("state", column, *also))


def _queue(actor: Actor, row: CaseSheet) -> UUID:
    return jobs.start(actor, Ref(row.circle_id), kind=CASES, subject=str(row.pk))
