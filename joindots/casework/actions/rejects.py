"""Rows of a force's feed that were not taken in: kept once for each crime reference until one comes in whole."""

from __future__ import annotations

import json
from dataclasses import dataclass

from joindots.access.actor import Actor
from joindots.access.door import Ref, makes, writes
from joindots.agencies.models import Agency
from joindots.casework import permissions
from joindots.casework.models import RejectedReport
from joindots.casework.rules import cases as rules
from joindots.casework.rules.referring import can_put_away
from joindots.casework.rules.saying import can_say
from joindots.circles import actions as circles
from joindots.kernel.words import words

PURPOSE = "a row of a feed that was not taken in"
CUT = 500


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row as it came: which one it was, its crime reference if it has one, and what it said of a report's columns."""

    number: int
    crime_reference: str
    told: tuple[tuple[str, str], ...]
    whole: str
    """All that came, by which the same row is known again. It is not kept."""


@makes(permissions.REPORT)
def keep_rejected(actor: Actor, *, row: RejectedRow, why: str) -> None:
    """Keep a row that was not taken in, for the leads of the agency whose feed it is. The same one is kept once.

    Sent again as it was it only counts; sent otherwise, under the same reference, it waits as it came last.
    """
    Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.agency_id)  # two senders of one row
    number = rules.same_number(row.crime_reference)
    mark = RejectedReport.marked(actor.agency_id, f"number|{number}" if number else f"row|{row.whole}")
    now = RejectedReport.marked(actor.agency_id, f"row|{row.whole}|{why}")
    kept = RejectedReport.objects.filter(agency=actor.agency_id, mark=mark).first()
    again = kept is not None and kept.print == now
    if kept is None:
        circle = circles.open_circle(actor, purpose=PURPOSE)
        circles.lead_in(actor, Ref(circle.pk), purpose=PURPOSE)
        kept = RejectedReport(
            circle=circle, agency_id=actor.agency_id, mark=mark, came_at=actor.at, times=0, version=0
        )  # fmt: skip
    kept.number, kept.last_at, kept.sender = row.number, actor.at, actor.name[:120]
    kept.times, kept.version = kept.times + 1, kept.version + 1
    if not again:
        kept.print, kept.state, kept.ended_at, kept.ended_by = now, "waiting", None, ""
        actor.keys.seal(kept, told=json.dumps([(name, text[:CUT]) for name, text in row.told]), why=why)
    kept.save()
    actor.record(kept.circle_id, "casework.report_rejected", again=again)


@writes(permissions.REPORT, RejectedReport, when=lambda row: can_put_away(row.state))
def put_away_rejected(actor: Actor, row: RejectedReport, *, why: str) -> None:
    """Say why nothing more is to come of a row that was not taken in. What it said is cleared."""
    can_say(why, words("away_why", "Write in a few words what became of it, for example whom you told.")).or_raise()
    row.state, row.ended_at, row.ended_by = "away", actor.at, actor.name[:120]
    actor.keys.seal(row, told="", why=why)
    row.save()
    actor.record(row.circle_id, "casework.reject_put_away")
