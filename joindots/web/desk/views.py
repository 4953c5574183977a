"""The way in, the desk, and the service's health."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from joindots.access.actor import Actor
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.circles import queries as circles
from joindots.evidence import queries as evidence
from joindots.evidence.readers.sandbox.parent import standing_walls
from joindots.jobs import queries as jobs


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The way in: to the desk for who is signed in, to sign-in for everybody else."""
    return redirect("web:today" if request.user.is_authenticated else "account_login")


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The desk: what is open, and first what waits for an answer."""
    actor = actor_of(request)
    if not casework.cases.may(actor):
        return redirect(_desk_without_cases(actor))
    found = casework.cases(actor)
    asked = evidence.open_questions(actor) if evidence.open_questions.may(actor) else {}
    names = {line.reference: line for line in found.lines}
    waiting = [(reference, number, names.get(reference)) for reference, number in sorted(asked.items())]
    context = {"cases": found, "waiting": waiting, "at": actor.at, "here": "today"}
    return render(request, "web/today.html", context)


def _desk_without_cases(actor: Actor) -> str:
    """Where somebody begins whose work is not with cases: whatever page of theirs waits for them."""
    if circles.alerts.may(actor):
        return "web:alerts"
    if circles.staff.may(actor):
        return "web:staff"
    return "web:health" if jobs.health.may(actor) else "web:reference"


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """How the service is: which walls stand round the readers, and how long work goes."""
    actor = actor_of(request)
    found = jobs.health(actor)
    return render(
        request, "web/health.html", {"health": found, "missing": [str(one) for one in standing_walls().missing()]}
    )
