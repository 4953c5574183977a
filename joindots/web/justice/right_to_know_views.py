"""Right to ask and right to know: requests, checks, decisions, the safe meeting, the exact words, the follow-up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.justice import actions, queries
from joindots.justice.rules import disclosing as rules
from joindots.justice.rules.disclosing import Happened
from joindots.web.justice.places import near_names, places
from joindots.web.justice.rows import typed_to, with_typed
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, day, maybe_day, row, tried
from joindots.web.work.fields import Asking, Field


@require_http_methods(["GET", "POST"])
def right_to_know(request: HttpRequest, reference: str) -> HttpResponse:
    """Requests to be told, on the side of who is to be protected alone."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    circle, given = Ref(head.circle), request.POST
    trouble = None
    if request.method == "POST":
        trouble = tried(given, _deeds(actor, circle))
        if trouble is None:
            return redirect("web:right_to_know", reference=reference)
    page = queries.told_requests(actor, circle)
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "knowing"), "trouble": trouble, "given": given,
        "page": page, "fields": _fields(typed_to(given, "ask"), page), "listed": with_typed(page.rows, given),
        "told_to": rules.TOLD_TO.items(),
        "rights": rules.RIGHTS, "may": actions.ask_to_be_told.may(actor, circle), "near": near_names(actor, head),
    }  # fmt: skip
    return render(request, "justice/right_to_know.html", context, status=trouble.status if trouble else 200)


def _deeds(actor: Actor, circle: Ref) -> dict[str, Any]:
    def ask(given: Given) -> None:
        scheme, _colon, right = given.get("route", "").partition(":")
        actions.ask_to_be_told(
            actor, circle, scheme=scheme, right=right, asker=given.get("asker", ""),
            who_asked=given.get("who_asked", ""), about=given.get("about", ""), asked_on=day(given, "asked_on"),
            why=given.get("why", ""),
        )  # fmt: skip

    def step(given: Given) -> None:
        new = Happened(
            given.get("event", ""), day(given, "on"), given.get("said", ""), given.get("told_to", ""),
            given.get("exact", ""), "safely" in given, maybe_day(given, "next_on"),
        )  # fmt: skip
        actions.tell_step(actor, row(given), new=new)

    return {"ask": ask, "step": step}


def _fields(given: Given, page: queries.Telling) -> list[Field]:
    asking = Asking(given)
    routes = [
        (f"{scheme.code}:{right}", f"{scheme.label}: {rules.RIGHTS[right]}")
        for scheme, rights in page.open for right in rights
    ]  # fmt: skip
    return [
        asking.choice("route", _("Under which scheme?"), routes),
        asking.choice("asker", _("Who asked?"), {code: says.capitalize() for code, says in rules.ASKERS.items()}),
        asking.text("who_asked", _("Their name"),
                    hint=_("Sealed. Never told to the person asked about, nor shown to anybody who works with both.")),
        asking.text("about", _("About whom?")),
        asking.text("asked_on", _("Day of the request"), kind="date"),
        asking.text("why", _("Why"), kind="area"),
    ]  # fmt: skip
