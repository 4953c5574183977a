"""The way in, the desk, and the service's health."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from joindots.access.actor import Actor
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.circles import queries as circles
from joindots.evidence.readers.sandbox.parent import standing_walls
from joindots.jobs import queries as jobs
from joindots.kernel.when import day_says, midnight
from joindots.web.desk.today import Desk, desk_of, grouped


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The way in: to the desk for who is signed in, to sign-in for everybody else."""
    return redirect("web:today" if request.user.is_authenticated else "account_login")


TABS = ("today", "coming", "others")


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The desk: what needs the reader today, what comes within a fortnight, what waits on others."""
    actor = actor_of(request)
    if not casework.cases.may(actor):
        return redirect(_desk_without_cases(actor))
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else "today"
    desk = desk_of(actor, [actor.membership_id])
    number = casework.open_number(actor)
    context = {
        "at": actor.at, "desk": desk, "open": number, "tabs": _tabs(desk, tab, number), "here": "today",
        "groups": grouped(actor, getattr(desk, tab)), "empty": _nothing(desk, tab),
    }  # fmt: skip
    return render(request, "desk/today.html", context)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the desk: its words, how many stand under it (None: not counted), where it leads."""

    words: str
    number: int | None
    link: str
    here: bool


def _tabs(desk: Desk, tab: str, number: int) -> list[Tab]:
    named = {"today": gettext("Today"), "coming": gettext("Coming"), "others": gettext("Waiting on others")}
    mine = [Tab(named[one], len(getattr(desk, one)), f"?tab={one}", one == tab) for one in TABS]
    cases = reverse("web:cases")
    closed = Tab(gettext("Closed"), None, f"{cases}?state=closed", False)
    return [*mine, Tab(gettext("All"), number, cases, False), closed]


def _nothing(desk: Desk, tab: str) -> str:
    """What an empty tab says: what is there instead, and that it is all that the reader may know of."""
    if tab == "others":
        return gettext("Nothing waits on others.")
    if tab == "coming":
        return gettext("Nothing more comes in the next 14 days.")
    waiting = ngettext("%(n)d thing waits on others.", "%(n)d things wait on others.", len(desk.others)) % {
        "n": len(desk.others)
    }
    if not desk.coming:
        return f"{gettext('Nothing needs you today.')} {waiting}"
    first = desk.coming[0]
    said = gettext("Nothing needs you today. Next due: %(day)s.") % {"day": day_says(midnight(first.on))}
    return f"{said} {waiting}"


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
