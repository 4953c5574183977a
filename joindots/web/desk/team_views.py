"""The team lead's view: who carries what, what is late with whom, what waits; for care, never for ranking."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.access.actor import Actor
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.helpline import queries as helpline
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.web.desk.today import Group, desk_of, grouped
from joindots.web.typed import membership_typed

MOST = 40
"""Workers on one page; their desks are asked one by one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One colleague: open cases, what needs them today, how much of it is late, what waits on others."""

    worker: casework.WorkerLine
    today: int
    late: int
    others: int
    away: bool


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Everybody of the team by name; or one colleague's desk, so that a lead can help or cover."""
    actor = actor_of(request)
    workers = casework.workers(actor)[:MOST]
    asked = membership_typed(request.GET.get("who", ""))
    one = next((each for each in workers if each.membership == asked), None)
    if asked and one is None:
        raise NotFound
    queue = len(casework.queue(actor)) if casework.queue.may(actor) else None
    context = {
        "lines": [] if one else [_line(actor, each) for each in workers], "one": one, "at": actor.at,
        "groups": _groups(actor, one) if one else (), "queue": queue,
        "care": helpline.care(actor) if helpline.care.may(actor) else (), "here": "team",
    }  # fmt: skip
    return render(request, "desk/team.html", context)


def _line(actor: Actor, worker: casework.WorkerLine) -> Line:
    desk, day = desk_of(actor, [worker.membership]), london_day(actor.at)
    late = sum(one.on < day for one in desk.today)
    away = bool(worker.away_from and worker.away_from <= day and (not worker.away_until or day <= worker.away_until))
    return Line(worker, len(desk.today), late, len(desk.others), away)


def _groups(actor: Actor, worker: casework.WorkerLine) -> tuple[Group, ...]:
    return grouped(actor, desk_of(actor, [worker.membership]).today)
