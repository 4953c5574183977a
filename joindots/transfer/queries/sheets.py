"""Spreadsheets of cases, as whoever brings them in sees them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

import msgspec

from joindots.access.actor import Actor
from joindots.access.door import reads, reads_one
from joindots.transfer import permissions
from joindots.transfer.models import CaseSheet, ColumnsKnown
from joindots.transfer.rules import columns
from joindots.transfer.rules.columns import Mapping
from joindots.transfer.rules.survey import Survey, Tried
from joindots.vault import files
from joindots.vault.keys import purpose_key


@dataclass(frozen=True, slots=True)
class SheetView:
    """One spreadsheet: where it stands, what it shows of itself, what was said about it, what became of its rows."""

    id: UUID
    version: int
    state: str
    name: str
    size: int
    given_by: str
    given_at: datetime
    job: UUID | None
    survey: Survey
    mapping: Mapping | None
    tried: Tried
    rows: int
    done: int
    brought: int
    repeats: int
    rejected: int


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A spreadsheet's bytes."""

    name: str
    sha256: str
    open: Callable[[], BinaryIO] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the agency said of the same headings before; empty where it said nothing yet."""

    meanings: tuple[str, ...]
    date_order: str
    known: bool


@reads(permissions.BRING_IN_CASES)
def sheets(actor: Actor) -> tuple[SheetView, ...]:
    """The spreadsheets that the actor may know of, newest first."""
    rows = CaseSheet.objects.visible_to(actor).select_related("given_by__user").order_by("-given_at")
    return tuple(_view(actor, row) for row in rows[:50])


@reads_one(permissions.BRING_IN_CASES, CaseSheet)
def sheet(actor: Actor, row: CaseSheet) -> SheetView:
    """One spreadsheet."""
    return _view(actor, row)


@reads_one(permissions.BRING_IN_CASES, CaseSheet)
def sheet_file(actor: Actor, row: CaseSheet) -> SheetFile:
    """A spreadsheet's bytes, to be read behind walls."""
    path = files.folder() / row.circle_id.hex / row.address
    key, size = base64.b64decode(actor.keys.open(row.file_key)), row.size
    return SheetFile(actor.keys.open(row.name), actor.keys.open(row.sha256), lambda: files.open_file(path, key, size))


@reads_one(permissions.BRING_IN_CASES, CaseSheet)
def remembered(actor: Actor, row: CaseSheet, headings: tuple[str, ...]) -> Remembered:
    """What the actor's agency said of these headings before; else what well-known headings suggest."""
    known = ColumnsKnown.objects.filter(agency=actor.agency_id, print=_print_of(headings)).first()
    if known is None:
        return Remembered(columns.suggested(headings), "", False)
    return Remembered(columns.from_remembered(headings, known.meanings), known.date_order, True)


@reads_one(permissions.BRING_IN_CASES, CaseSheet)
def left_out(actor: Actor, row: CaseSheet) -> Iterator[dict[str, Any]]:
    """Every row that did not come in, in the file's order: its row, whether a repeat, why, and its cells."""
    rows = row.left_out.order_by("number").iterator(chunk_size=500)
    return iter([{**msgspec.json.decode(actor.keys.open(one.told)), "repeat": one.repeat} for one in rows])


def _print_of(headings: tuple[str, ...]) -> bytes:
    """The keyed print of a set of headings; its key outlives rotations, for nothing is kept to make it anew from."""
    said = columns.set_of(headings).encode("utf-8", "surrogatepass")
    return hmac.digest(purpose_key("case_headings"), said, hashlib.sha256)


def _view(actor: Actor, row: CaseSheet) -> SheetView:
    show = actor.keys.open_bytes
    survey, mapping, tried = show(row.survey), show(row.mapping), show(row.tried)
    return SheetView(
        row.pk, row.version, row.state, actor.keys.open(row.name), row.size, row.given_by.user.name, row.given_at,
        row.job,
        msgspec.json.decode(survey, type=Survey) if survey else Survey(),
        msgspec.json.decode(mapping, type=Mapping) if mapping else None,
        msgspec.json.decode(tried, type=Tried) if tried else Tried(),
        row.rows, row.done, row.brought, row.repeats, row.rejected,
    )  # fmt: skip
