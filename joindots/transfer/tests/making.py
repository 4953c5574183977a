"""Spreadsheets for tests, and bringing them in as a person's clicks and a worker would."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from joindots.access.door import Ref
from joindots.casework.models import Case
from joindots.jobs import tasks
from joindots.transfer import actions, queries
from joindots.transfer.queries.sheets import SheetView
from joindots.transfer.rules.columns import Mapping
from joindots.vault.files import SealedFile, Sealer
from tests.stage import Stage

HEADINGS = ("Client name", "Our ref", "Date opened", "Relationship", "Notes", "Perpetrator", "Perpetrator phone")
MEANINGS = ("victim", "own_number", "opened", "relation", "summary", "suspect", "suspect_number")


def sheet(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """A spreadsheet as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode()


def sealed(data: bytes) -> SealedFile:
    """Bytes sealed as an upload would."""
    sealer = Sealer()
    sealer.write(data)
    return sealer.close()


def now(stage: Stage) -> Stage:
    """The stage at this moment, for workers read the clock."""
    stage.at = datetime.now(UTC)
    return stage


def work(stage: Stage, ref: Ref, who: str = "ruth") -> SheetView:
    """Do the waiting job of a spreadsheet, and give what its page would show."""
    job = queries.sheet(stage.actor(who), ref).job
    assert job is not None
    tasks.run(job)
    return seen(stage, ref, who)


def seen(stage: Stage, ref: Ref, who: str = "ruth") -> SheetView:
    """What a spreadsheet's page would show now."""
    return queries.sheet(now(stage).actor(who), ref)


def taken(stage: Stage, data: bytes, name: str = "cases.csv", who: str = "ruth") -> Ref:
    """A spreadsheet that was looked at."""
    ref = Ref(actions.take_sheet(now(stage).actor(who), name=name, sealed=sealed(data)))
    work(stage, ref, who)
    return ref


def tried(stage: Stage, data: bytes, meanings: tuple[str, ...] = MEANINGS, *, who: str = "ruth", **said: object) -> Ref:
    """A spreadsheet whose columns were named and that was tried."""
    ref = taken(stage, data, who=who)
    actions.map_columns(stage.actor(who), ref, mapping=Mapping(0, meanings, **said))  # type: ignore[arg-type]
    work(stage, ref, who)
    return ref


def brought(
    stage: Stage, data: bytes, meanings: tuple[str, ...] = MEANINGS, *, who: str = "ruth", **said: object
) -> Ref:
    """A spreadsheet that was brought in to its end."""
    ref = tried(stage, data, meanings, who=who, **said)
    actions.bring(stage.actor(who), ref)
    view = work(stage, ref, who)
    assert view.state == "done", view
    return ref


def numbers(stage: Stage, who: str = "ruth") -> list[str]:
    """The own numbers of every case there is, opened by who may."""
    actor = now(stage).actor(who)
    return sorted(actor.keys.open(row.own_number) for row in Case.objects.all())


def case_of(stage: Stage, number: str, who: str = "ruth") -> Case:
    """The case of an own number."""
    actor = now(stage).actor(who)
    return next(row for row in Case.objects.all() if actor.keys.open(row.own_number) == number)
