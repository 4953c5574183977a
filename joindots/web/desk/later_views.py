"""Putting a thing of one's own desk off to another day, with the reason; and taking it up again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules.desk import last_day
from joindots.kernel.dots import Due
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.web.desk.today import desk_of, due_says, mark_of, what_of
from joindots.web.typed import seen
from joindots.web.work.doing import maybe_day

GONE = "?said=gone"


@require_http_methods(["GET", "POST"])
def later(request: HttpRequest, mark: str) -> HttpResponse:
    """Ask why something can wait and until when; or put it off. What is not on the desk any more is said to be gone."""
    actor = actor_of(request)
    actions.put_off.refuse_role(actor)
    one = _on_desk(actor, mark)
    if one is None:
        return redirect(reverse("web:today") + GONE)
    trouble = ""
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            actions.put_off(
                actor, Ref(one.circle), kind=one.kind, what=what_of(one), reason=one.reason, on=one.on,
                until=maybe_day(request.POST, "until"), why=request.POST.get("why", ""),
            )  # fmt: skip
            return redirect("web:today")
        except RuleBroken as broken:
            trouble = str(broken.reason)
    return render(request, "desk/later.html", _context(request, actor, one, trouble), status=422 if trouble else 200)


@require_POST
def take_up(request: HttpRequest, row: UUID) -> HttpResponse:
    """It stands on the desk again."""
    actor = actor_of(request)
    refuse_unless_shown(request, actor)
    actions.take_up(actor, seen(row, request.POST))
    return redirect("web:today")


def _on_desk(actor: Actor, mark: str) -> Due | None:
    desk = desk_of(actor, [actor.membership_id])
    return next((one for one in (*desk.today, *desk.coming, *desk.others) if mark_of(one) == mark), None)


def _context(request: HttpRequest, actor: Actor, one: Due, trouble: str) -> dict[str, object]:
    day = london_day(actor.at)
    cases = casework.lines_of(actor, [one.circle]) if casework.lines_of.may(actor) else {}
    return {
        "due": one, "case": cases.get(one.circle), "tag": due_says(one, actor.at)[0], "trouble": trouble,
        "first": day + timedelta(days=1), "last": last_day(one.reason, one.on, day), "given": request.POST,
        "here": "today",
    }  # fmt: skip
