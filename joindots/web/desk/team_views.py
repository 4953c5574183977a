"""The team lead's view: who carries what, what is late with whom, what waits; for care, never for ranking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.helpline import queries as helpline
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.web.desk.rows import grouped
from joindots.web.desk.today import desk_of
from joindots.web.typed import membership_typed

MOST = 200
"""Workers on one page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One colleague: how many open cases, and whether they are away."""

    worker: casework.WorkerLine
    away: bool


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Everybody of the team by name, and what is late with any of them; or one colleague's desk, to help or cover."""
    actor = actor_of(request)
    workers = casework.workers(actor)[:MOST]
    asked = membership_typed(request.GET.get("who", ""))
    one = next((each for each in workers if each.membership == asked), None)
    if asked and one is None:
        raise NotFound
    desk = desk_of(actor, [one.membership] if one else [each.membership for each in workers])
    day = london_day(actor.at)
    late = [due for due in desk.today if due.on < day]
    context = {
        "lines": [] if one else [_line(each, day) for each in workers], "one": one, "desk": desk, "late": len(late),
        "groups": grouped(actor, desk, desk.today if one else late), "owners": one is None, "here": "team",
        "queue": len(casework.queue(actor)) if casework.queue.may(actor) else None,
        "care": helpline.care(actor) if helpline.care.may(actor) else (),
    }  # fmt: skip
    return render(request, "desk/team.html", context)


def _line(worker: casework.WorkerLine, day: date) -> Line:
    away = bool(worker.away_from and worker.away_from <= day and (not worker.away_until or day <= worker.away_until))
    return Line(worker, away)
