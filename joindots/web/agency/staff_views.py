"""The agency's staff: who is there, who joins and leaves, and what takes a second person."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.roles import Role
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.casework import actions as casework
from joindots.circles import actions as circles
from joindots.circles import queries as knowing
from joindots.helpline import queries as helpline
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

NOTHING_PASSED = words(
    "passed_none", "Nothing could be passed on: all of it is in cases that nobody else has yet. Hand the cases over "
    "first; what is to be done goes with each.",
)  # fmt: skip
ROLE_CHOICES = tuple((role.value, role.words) for role in Role)


@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """The agency's members, and adding one, or bringing back one who left."""
    actor = actor_of(request)
    code, error = None, ""
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            username, roles = request.POST.get("username", "").strip()[:80], tuple(request.POST.getlist("roles"))
            if "back" in request.POST:
                code = circles.bring_back(actor, username=username, roles=roles)
            else:
                name = request.POST.get("name", "").strip()[:120]
                code = circles.add_staff(actor, username=username, name=name, roles=roles)
        except RuleBroken as broken:
            error = str(broken)
    return _page(request, actor, code=code, error=error)


@require_POST
def act(request: HttpRequest, membership: UUID) -> HttpResponse:
    """End a membership, or ask for other roles or for a new second factor."""
    actor = actor_of(request)
    wanted = request.POST.get("do", "")
    try:
        if wanted in ("end", "end_at_once"):
            circles.end_membership(actor, membership=membership, at_once=wanted == "end_at_once")
        elif wanted == "recover":
            circles.ask_recovery(actor, membership=membership)
        elif wanted == "roles":
            circles.ask_roles(actor, membership=membership, roles=tuple(request.POST.getlist("roles")))
    except RuleBroken as broken:
        return _page(request, actor, error=str(broken))
    return redirect("web:staff")


@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, membership: UUID) -> HttpResponse:
    """What somebody who leaves still has in hand, where each goes to somebody else, and the end of the membership."""
    actor = actor_of(request)
    found, error = knowing.in_hand(actor, membership), ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "pass_on":
                if not casework.pass_tasks_on(actor, giver=membership):
                    raise RuleBroken(NOTHING_PASSED)
                return redirect("web:staff_leaving", membership=membership)
            circles.end_membership(actor, membership=membership, at_once=request.POST.get("do") == "end_at_once")
            return redirect("web:staff")
        except RuleBroken as broken:
            error = str(broken)
    context = {
        "found": found, "error": error, "may_pass": casework.pass_tasks_on.may(actor), "here": "staff",
        "membership": membership, "may_hand": actor.may(casework.ask_to_take.permission),
        "runs_line": actor.may(helpline.waits.permission),
    }  # fmt: skip
    return render(request, "agency/leaving.html", context, status=422 if error else 200)


@require_POST
def decide(request: HttpRequest, act: UUID) -> HttpResponse:
    """Decide as the second person. A code, if there is one, is shown this once."""
    actor = actor_of(request)
    try:
        code = circles.decide_staff(actor, act=act, agreed=request.POST.get("agreed") == "yes")
    except RuleBroken as broken:
        return _page(request, actor, error=str(broken))
    return _page(request, actor, code=code) if code else redirect("web:staff")


def _page(request: HttpRequest, actor: Actor, *, code: object = None, error: str = "") -> HttpResponse:
    context = {
        "staff": knowing.staff(actor), "acts": knowing.staff_acts(actor), "roles": ROLE_CHOICES, "code": code,
        "error": error, "may_manage": circles.add_staff.may(actor), "may_decide": circles.decide_staff.may(actor),
        "given": request.POST if error else {}, "given_roles": request.POST.getlist("roles") if error else (),
        "here": "staff", "waits": ", ".join(Role(role).words for role in getattr(code, "waits", ())),
    }  # fmt: skip
    return render(request, "web/staff.html", context, status=422 if error else 200)
