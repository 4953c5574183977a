"""The desk, and the service's health."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from joindots.access.actor import Actor
from joindots.agencies.actors import actor_of
from joindots.casework import actions as casework_actions
from joindots.casework import queries as casework
from joindots.circles import queries as circles
from joindots.evidence.readers.sandbox.parent import standing_walls
from joindots.jobs import queries as jobs
from joindots.kernel.when import day_says, midnight
from joindots.web.desk.rows import ORDERS, grouped
from joindots.web.desk.settings_views import ORDER
from joindots.web.desk.team_views import week_of
from joindots.web.desk.today import Desk, desk_of

TABS = ("today", "coming", "others", "later")


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The desk: what needs the reader today, what comes within a fortnight, what waits on others, what was put off."""
    actor = actor_of(request)
    if not casework.cases.may(actor):
        return redirect(_desk_without_cases(actor))
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else "today"
    desk = desk_of(actor, [actor.membership_id])
    number = casework.open_number(actor)
    order = request.COOKIES.get(ORDER, "")
    order = order if order in ORDERS else "reason"
    everybody = request.GET.get("safe") == "all"
    context = {
        "at": actor.at, "desk": desk, "open": number, "tabs": _tabs(desk, tab, number), "here": "today", "tab": tab,
        "groups": grouped(actor, desk, getattr(desk, tab), order=order, safe_for_all=everybody), "own": True,
        "empty": _nothing(desk, tab), "orders": [(code, says, code == order) for code, (says, _) in ORDERS.items()],
        "everybody": everybody, "gone": request.GET.get("said") == "gone", "may_ask": _may_ask(actor),
        "week": week_of(actor), "may_hand_over": bool(casework_actions.hand_over.may(actor)),
    }  # fmt: skip
    return render(request, "desk/today.html", context)


def _may_ask(actor: Actor) -> bool:
    return bool(actor.may(casework_actions.ask_agency.permission))


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the desk: its words, how many stand under it (None: not counted), where it leads."""

    words: str
    number: int | None
    link: str
    here: bool


def _tabs(desk: Desk, tab: str, number: int) -> list[Tab]:
    named = {"today": gettext("Today"), "coming": gettext("Coming"), "others": gettext("Waiting on others"),
             "later": gettext("Put off")}  # fmt: skip
    shown = [one for one in TABS if one != "later" or desk.later or tab == "later"]
    mine = [Tab(named[one], len(getattr(desk, one)), f"?tab={one}", one == tab) for one in shown]
    cases = reverse("web:cases")
    closed = Tab(gettext("Closed"), None, f"{cases}?state=closed", False)
    return [*mine, Tab(gettext("All"), number, cases, False), closed]


def _nothing(desk: Desk, tab: str) -> str:
    """What an empty tab says: what is there instead, and that it is all that the reader may know of."""
    if desk.missing:
        return gettext("Nothing more is known of. What did not load may hold something for you.")
    if tab == "later":
        return gettext("You have put nothing off.")
    if tab == "others":
        return gettext("Nothing waits on others.")
    if tab == "coming":
        return gettext("Nothing more comes in the next 14 days.")
    number = len(desk.others)
    waiting = ngettext("%(n)d thing waits on others.", "%(n)d things wait on others.", number) % {"n": number}
    if not number:
        waiting = gettext("Nothing waits on others.")
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
