"""The helpline's desk: the next call, what waits, what was promised, and the sheet for the next shift."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.helpline import actions, queries
from joindots.helpline.rules import states
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words

EARLIEST, LATEST = 2000, 2100


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The adviser's desk."""
    return _desk(request, actor_of(request))


@require_POST
def open_call(request: HttpRequest) -> HttpResponse:
    """A call comes in: its record opens at once."""
    actor = actor_of(request)
    try:
        refuse_unless_shown(request, actor)
        made = actions.open_contact(actor, channel="call")
    except RuleBroken as broken:
        return _desk(request, actor, str(broken.reason), broken.status)
    return redirect("web:helpline_live", contact=made)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a contact that came in writing or in person."""
    actor = actor_of(request)
    trouble = ""
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            made = actions.open_contact(
                actor, channel=request.POST.get("channel", ""), caller=request.POST.get("caller", ""),
                came_at=moment_of(request.POST.get("came_day", ""), request.POST.get("came_time", "")),
            )  # fmt: skip
            if request.POST.get("typed", "").strip():
                actions.keep_line(actor, Ref(made), typed=request.POST["typed"])
            return redirect("web:helpline_live", contact=made)
        except RuleBroken as broken:
            trouble = str(broken.reason)
    context = {
        "trouble": trouble, "channels": list(states.CHANNELS.items()), "callers": list(states.CALLERS.items()),
        "given": {name: request.POST.get(name, "") for name in ("channel", "caller", "came_day", "came_time", "typed")},
        "here": "helpline",
    }  # fmt: skip
    return render(request, "helpline/enter.html", context, status=422 if trouble else 200)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take up a contact that waits."""
    actor = actor_of(request)
    try:
        made = actions.take_waiting(actor, reference=request.POST.get("contact", ""))
    except RuleBroken as broken:
        return _desk(request, actor, str(broken.reason), broken.status)
    return redirect("web:helpline_live", contact=made)


@require_POST
def listen(request: HttpRequest) -> HttpResponse:
    """Join a call to which one was asked."""
    made = actions.listen(actor_of(request), reference=request.POST.get("contact", ""))
    return redirect("web:helpline_live", contact=made)


@require_POST
def end_break(request: HttpRequest) -> HttpResponse:
    """End one's own break."""
    actions.end_pause(actor_of(request))
    return redirect("web:helpline")


@require_GET
def contacts(request: HttpRequest) -> HttpResponse:
    """Contacts that the reader may open."""
    rows = queries.mine(actor_of(request))
    return render(request, "helpline/contacts.html", {"rows": rows, "here": "helpline"})


@require_GET
def hand_over(request: HttpRequest) -> HttpResponse:
    """The sheet for the next shift."""
    actor = actor_of(request)
    return render(
        request, "helpline/hand_over.html", {"sheet": queries.hand_over(actor), "at": actor.at, "here": "helpline"}
    )


def moment_of(day: str, clock: str) -> datetime | None:
    """A day and a clock time as the browser's fields hand them back, in London; None where both are empty."""
    if not day.strip() and not clock.strip():
        return None
    try:
        made = datetime.fromisoformat(f"{day.strip()}T{clock.strip() or '12:00'}").replace(tzinfo=LOCAL)
        if not EARLIEST <= made.year <= LATEST:
            raise ValueError(made)
        return made
    except ValueError:
        raise RuleBroken(words("moment_unread", "Enter a day and a time, such as 18 November 2025, 14:30.")) from None


def _desk(request: HttpRequest, actor: Actor, trouble: str = "", status: int = 200) -> HttpResponse:
    context = {
        "desk": queries.desk(actor), "trouble": trouble, "at": actor.at, "here": "helpline",
        "runs": bool(queries.waits.may(actor)), "keeps_ready": bool(queries.team.may(actor)),
    }  # fmt: skip
    return render(request, "helpline/desk.html", context, status=status)
