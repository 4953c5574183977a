"""Running the line: hours, rota, the public form, what was not answered, care, needs unmet, and who may take calls."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.circles import actions as circles
from joindots.helpline import actions, queries
from joindots.helpline.rules import shift as rules
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.law.tables import police_forces
from joindots.web.helpline.call_views import day_of
from joindots.web.helpline.desk_views import moment_of
from joindots.web.typed import whole

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNMET_DAYS = 90


@require_GET
def shift(request: HttpRequest) -> HttpResponse:
    """The supervisor's view of the line."""
    return _page(request, actor_of(request))


@require_POST
def hours(request: HttpRequest) -> HttpResponse:
    """Set the opening hours."""
    actor = actor_of(request)
    told = {}
    try:
        for day in range(7):
            opens, closes = request.POST.get(f"opens{day}", ""), request.POST.get(f"closes{day}", "")
            if opens or closes:
                told[day] = (_time(opens), _time(closes))
        actions.set_hours(actor, hours=told)
    except RuleBroken as broken:
        return _page(request, actor, str(broken.reason), broken.status)
    return redirect("web:helpline_shift")


@require_POST
def rota(request: HttpRequest) -> HttpResponse:
    """Put somebody on the rota."""
    actor = actor_of(request)
    day = request.POST.get("day", "")
    try:
        starts, ends = moment_of(day, request.POST.get("starts", "")), moment_of(day, request.POST.get("ends", ""))
        if starts is None or ends is None:
            raise RuleBroken(words("turn_missing", "Enter the day, and when the turn starts and ends."))
        # A turn that ends at or before its start is one through the night.
        ends = ends + timedelta(days=1) if ends <= starts else ends
        actions.put_on_rota(
            actor, membership=_uuid(request.POST.get("membership", "")), starts=starts, ends=ends,
            out_of_hours="out_of_hours" in request.POST,
        )  # fmt: skip
    except RuleBroken as broken:
        return _page(request, actor, str(broken.reason), broken.status)
    return redirect("web:helpline_shift")


@require_POST
def off_rota(request: HttpRequest, turn: UUID) -> HttpResponse:
    """Take a turn off the rota."""
    actions.take_off_rota(actor_of(request), turn=turn)
    return redirect("web:helpline_shift")


@require_POST
def number(request: HttpRequest) -> HttpResponse:
    """Set the number by which anybody reaches the line."""
    actor = actor_of(request)
    try:
        actions.set_number(actor, number=request.POST.get("number", ""))
    except RuleBroken as broken:
        return _page(request, actor, str(broken.reason), broken.status)
    return redirect("web:helpline_shift")


@require_POST
def web(request: HttpRequest) -> HttpResponse:
    """Open or close the public form."""
    actor = actor_of(request)
    if request.POST.get("to") == "open":
        actions.open_web(actor)
    else:
        actions.close_web(actor)
    return redirect("web:helpline_shift")


@require_POST
def not_answered(request: HttpRequest) -> HttpResponse:
    """Note a call that nobody took."""
    actor = actor_of(request)
    try:
        at = moment_of(request.POST.get("day", ""), request.POST.get("clock", ""))
        waited = request.POST.get("waited", "").strip()
        if waited and not waited.isdecimal():
            raise RuleBroken(words("wait_unread", "Enter how many seconds it waited as a number, or leave it out."))
        actions.note_unanswered(
            actor, kind=request.POST.get("kind", ""), at=at or actor.at, waited=whole(waited, None, digits=6)
        )
    except RuleBroken as broken:
        return _page(request, actor, str(broken.reason), broken.status)
    return redirect("web:helpline_shift")


@require_POST
def not_answered_file(request: HttpRequest) -> HttpResponse:
    """Take calls that nobody took from a phone system's list, as pasted."""
    actor = actor_of(request)
    try:
        told = actions.bring_in_unanswered(actor, data=request.POST.get("data", ""))
    except RuleBroken as broken:
        return _page(request, actor, str(broken.reason), broken.status)
    return _page(request, actor, brought=told)


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """Who may take calls, and what is on record for each."""
    actor = actor_of(request)
    trouble = ""
    if request.method == "POST":
        try:
            day = day_of(request.POST.get("done_on", ""))
            actions.note_ready(
                actor, membership=_uuid(request.POST.get("membership", "")), step=request.POST.get("step", ""),
                done_on=day or london_day(actor.at),
            )  # fmt: skip
            return redirect("web:helpline_team")
        except RuleBroken as broken:
            trouble = str(broken.reason)
    steps = [(one.code, one.says) for one in rules.STEPS if one.code != "goodbye"]  # that has a page of its own
    context = {
        "members": queries.team(actor), "steps": steps, "trouble": trouble, "today": actor.at, "here": "helpline",
    }  # fmt: skip
    return render(request, "helpline/team.html", context, status=422 if trouble else 200)


@require_http_methods(["GET", "POST"])
def goodbye(request: HttpRequest, who: UUID) -> HttpResponse:
    """Somebody leaves the line: what is left with them, thanks, what stays on record; and that their way in ends."""
    actor = actor_of(request)
    trouble = ""
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            day = day_of(request.POST.get("done_on", "")) or london_day(actor.at)
            actions.note_ready(actor, membership=who, step="goodbye", done_on=day)
            return redirect("web:helpline_goodbye", who=who)
        except RuleBroken as broken:
            trouble = str(broken.reason)
    context = {
        "leaver": queries.leaver(actor, who), "trouble": trouble, "today": london_day(actor.at), "here": "helpline",
        "may_end": bool(circles.end_membership.may(actor)),
    }  # fmt: skip
    return render(request, "helpline/goodbye.html", context, status=422 if trouble else 200)


def _page(
    request: HttpRequest, actor: Actor, trouble: str = "", status: int = 200, brought: object = None
) -> HttpResponse:
    waits = queries.waits(actor)
    line = queries.line_state(actor)
    today = london_day(actor.at)
    forces = police_forces()
    unmet = [
        (one, forces[one.area].name if one.area in forces else "")
        for one in queries.unmet(actor, today - timedelta(days=UNMET_DAYS), today)
    ]
    context = {
        "waits": waits, "line": line, "rota": queries.rota(actor), "care": queries.care(actor), "unmet": unmet,
        "days": [(day, name, line.hours.get(day)) for day, name in enumerate(DAYS)], "brought": brought,
        "colleagues": queries.colleagues(actor), "desk": queries.desk(actor), "trouble": trouble, "at": actor.at,
        "here": "helpline",
    }  # fmt: skip
    return render(request, "helpline/shift.html", context, status=status)


def _time(typed: str) -> time:
    try:
        return time.fromisoformat(typed)
    except ValueError:
        raise RuleBroken(words("time_unread", "Enter times such as 09:30.")) from None


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
