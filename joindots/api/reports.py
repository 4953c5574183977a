"""A force's feed of reports: as JSON or CSV, safe to send again, every row that is not taken in is named with the cure,
and kept for whoever looks after the feed until it comes in whole.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, ValidationError

from joindots.access.actor import Actor
from joindots.api.service import REFUSALS, chosen_from, partner
from joindots.casework import actions, queries
from joindots.casework.rules import RELATION_WORDS, same_number
from joindots.casework.rules import referring as rule
from joindots.kernel.identities import key_of_address, key_of_number
from joindots.kernel.problems import NotAllowed, RuleBroken
from joindots.kernel.words import words
from joindots.law.tables import police_forces

router = Router(tags=["reports"])
MOST = 500
"""Rows of one request: each opens a case, and a request should end within seconds."""
MOST_BYTES = 2_000_000


class Report(Schema):
    """One report of stalking to the police, by the force's own crime reference."""

    crime_reference: Annotated[str, Field(min_length=1, max_length=60)]
    force: Annotated[str, chosen_from(police_forces())]
    reported_on: date
    name: Annotated[str, Field(min_length=1, max_length=120, description="Of the person who is being stalked")]
    relation: Annotated[str, chosen_from(RELATION_WORDS)] = "not_known"
    stage: Annotated[str, chosen_from(rule.STAGE_WORDS)] = "reported"
    suspect: Annotated[str, Field(max_length=120)] = ""
    suspect_number: Annotated[str, Field(max_length=40)] = ""
    suspect_email: Annotated[str, Field(max_length=254)] = ""
    offered: Annotated[str, chosen_from(rule.OFFERED_WORDS)] = "not_known"
    """Whether a specialist was offered."""
    offered_on: date | None = None
    offered_by: Annotated[str, chosen_from(["", *rule.BY_WORDS])] = ""
    taken: Annotated[str, chosen_from(["", *rule.TAKEN_WORDS])] = ""
    why_not: Annotated[str, chosen_from(["", *rule.WHY_NOT_WORDS])] = ""
    as_of: Annotated[
        date | None, Field(description="The day it stood so with you: needed only to go back to what you told before")
    ] = None


class Row(Schema):
    """What became of one row: `made`, `changed` (with what), `before` (it stands so already) or `rejected` with the
    cure.
    """

    row: int
    crime_reference: str
    state: str
    case: str = ""
    changed: Annotated[list[str], Field(description="Of a row that was taken as a change: stage, offer")] = []
    words: str = ""


class Fed(Schema):
    """What became of a feed, row by row. A row that is rejected holds back no other."""

    made: int
    changed: int
    before: int
    rejected: int
    rows: list[Row]


BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": {"type": "array", "maxItems": MOST, "items": {"type": "object"}}},
        "text/csv": {"schema": {"type": "string"}},
    },
}


@router.post(
    "/reports", response={200: Fed, **REFUSALS}, openapi_extra={"requestBody": BODY}, summary="Hand in reports"
)
def feed(request: HttpRequest) -> Fed:
    """Each row opens a case of the token's agency once; sent again it changes nothing. A row that tells something else
    of a report is taken as its next version. At most 500 rows a request; the answer names those rejected.
    """
    actor = partner(request, "reports")
    rows = [_fed(actor, number, told) for number, told in enumerate(_rows(request), 1)]
    counts = {state: sum(row.state == state for row in rows) for state in ("made", "changed", "before", "rejected")}
    return Fed(**counts, rows=rows)


def _rows(request: HttpRequest) -> list[Any]:
    """The rows of the body, not yet looked at."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise RuleBroken(words("feed_large", "Send at most {most} bytes at one time.", most=MOST_BYTES))
    kind = (request.content_type or "").lower()
    rows = _of_csv(body) if kind == "text/csv" else _of_json(body)
    if len(rows) > MOST:
        raise RuleBroken(words("feed_long", "Send at most {most} reports at one time.", most=MOST))
    return rows


def _of_csv(body: bytes) -> list[Any]:
    try:
        table = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
        return [{name: cell for name, cell in row.items() if cell} for row in table]
    except (UnicodeDecodeError, csv.Error):
        raise RuleBroken(
            words("feed_csv", "This CSV could not be read. Send UTF-8 with a first line of column names.")
        ) from None


def _of_json(body: bytes) -> list[Any]:
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise RuleBroken(words("feed_json", "Send a JSON list of reports, or CSV as text/csv."))
    return rows


def _fed(actor: Actor, number: int, told: Any) -> Row:
    named = told.get("crime_reference", "") if isinstance(told, dict) else ""
    shown = named[:60] if isinstance(named, str) else ""
    try:
        report = Report.model_validate(told)
        mark = ("own", same_number(report.crime_reference))
        if mark in queries.here_already(actor, [mark]):
            changed = actions.take_told(actor, crime_reference=report.crime_reference, told=_again(report))
            return Row(
                row=number, crime_reference=shown, state="changed" if changed else "before", changed=list(changed)
            )
        return Row(row=number, crime_reference=shown, state="made", case=_made(actor, report, mark))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(map(str, first["loc"])) or "row"
        why = f"{place}: {first['msg']}"
    except (RuleBroken, NotAllowed) as refused:
        why = str(refused)
    if actions.keep_rejected.may(actor):
        actions.keep_rejected(actor, row=_rejected(number, shown, told), why=why)
    return Row(row=number, crime_reference=shown, state="rejected", words=why)


def _rejected(number: int, crime_reference: str, told: Any) -> actions.RejectedRow:
    """What is kept of a row: of the columns that a report has and no others, for what else came was not asked for."""
    cells = told if isinstance(told, dict) else {}
    said = tuple((name, str(cells[name])) for name in Report.model_fields if name in cells)
    return actions.RejectedRow(number, crime_reference, said, json.dumps(told, sort_keys=True, default=str))


def _again(report: Report) -> actions.ToldAgain:
    """What a row tells of a report that is here: only of what it names, for a column left out tells nothing."""
    offer = actions.Offer(report.offered, report.offered_on, report.offered_by, "", report.taken, report.why_not)
    named = report.model_fields_set
    return actions.ToldAgain(
        report.stage if "stage" in named else None, offer if "offered" in named else None, report.as_of
    )


def _made(actor: Actor, report: Report, mark: tuple[str, str]) -> str:
    """The case of a report, with the report and the offer written down: all of it, or nothing."""
    return actions.open_reported(
        actor, victim=report.name, relation=report.relation, own_number=report.crime_reference,
        known=actions.Known(suspect=report.suspect, suspect_identifiers=_identifiers(report), once=mark),
        told=actions.Reported(
            report.force, report.reported_on, report.stage,
            actions.Offer(report.offered, report.offered_on, report.offered_by, "", report.taken, report.why_not),
            _again(report),
        ),
    )  # fmt: skip


def _identifiers(report: Report) -> tuple[tuple[str, str], ...]:
    found = []
    for kind, typed, key in (
        ("number", report.suspect_number, key_of_number(report.suspect_number)),
        ("email", report.suspect_email, key_of_address(report.suspect_email)),
    ):
        if typed.strip():
            found.append((kind, key) if key else ("as_given", typed.strip()))
    return tuple(found)
