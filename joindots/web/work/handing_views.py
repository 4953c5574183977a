"""Handing cases over, for leave or for good, and accepting what a colleague hands over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules.handing import WHY_WORDS
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.web.work.doing import Given, an_id, maybe_day, row, tried, words_of
from joindots.web.work.fields import Asking


@require_http_methods(["GET", "POST"])
def handovers(request: HttpRequest) -> HttpResponse:
    """Cases that are handed over: to accept, asked for, and answered."""
    actor = actor_of(request)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "accept": lambda given: actions.answer_handover(actor, handover=an_id(given, "row"), accepted=True),
            "decline": lambda given: actions.answer_handover(actor, handover=an_id(given, "row"), accepted=False),
            "back": lambda given: actions.take_back_handover(actor, row(given)),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:handovers")
    lines = casework.handovers(actor)
    context = {
        "waiting": [one for one in lines if one.waits], "over": [one for one in lines if not one.waits],
        "trouble": trouble, "may_give": bool(actions.hand_over.may(actor)),
    }  # fmt: skip
    return render(request, "work/handovers.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand over some or all of a worker's cases; what was promised in each is shown with it.

    From a case that case alone is ticked: whoever is asked can look at all that are.
    """
    actor = actor_of(request)
    staff = casework.takers(actor)
    whose = _whose(request.POST.get("whose", "") or request.GET.get("whose", ""), actor.membership_id, staff)
    given, trouble = request.POST, None
    if request.method == "POST":
        trouble = tried(given, {
            "hand": lambda sent: actions.hand_over(
                actor, cases=sent.getlist("case"), receiver=_colleague(sent), why=sent.get("why", ""),
                note=words_of(sent, "note"), back_on=maybe_day(sent, "back_on")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:handovers")
    cases = casework.cases_of(actor, whose)
    ticked = (given or request.GET).getlist("case")
    chosen = set(ticked) if ticked or given else {one.line.reference for one in cases}
    asking = Asking(given)
    context = {
        "cases": [(one, one.line.reference in chosen) for one in cases], "whose": whose, "trouble": trouble,
        "staff": staff, "leads": bool(actions.ask_to_take.permission.roles & actor.roles),
        "me": actor.membership_id, "fields": [
            asking.choice("to", _("To whom"), [(str(one), name) for one, name in staff if one != whose],
                          kind="select", ask="Choose a colleague"),
            asking.choice("why", _("Why"), WHY_WORDS),
            asking.text("back_on", _("Back on"), kind="date", hint=_("If you know it.")),
            asking.text("note", _("What to keep in mind"), kind="area",
                        hint=_("Your colleague reads it with each of these cases.")),
        ],
    }  # fmt: skip
    return render(request, "work/hand_over.html", context, status=trouble.status if trouble else 200)


def _colleague(given: Given) -> UUID:
    """To whom it goes."""
    if not given.get("to"):
        raise RuleBroken(words("no_colleague", "Choose a colleague."))
    return an_id(given, "to")


def _whose(typed: str, mine: UUID, staff: tuple[tuple[UUID, str], ...]) -> UUID:
    """Whose cases are handed over: one's own, or those of a colleague that a lead named."""
    return next((one for one, _name in staff if str(one) == typed), mine)
