"""The log of proceedings of a case: what was brought where, hearings, outcome, and what it took in time and money."""

from __future__ import annotations

import re
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
from joindots.justice.rules import proceedings as rules
from joindots.justice.rules.proceedings import Brought, Took
from joindots.web.justice.places import places
from joindots.web.justice.rows import typed_to, with_typed
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, day, maybe_day, row, tried
from joindots.web.work.fields import Asking, Field

TIMES, POUNDS = re.compile(r"(\d{1,5})(?:[.,](\d{1,2}))?"), re.compile(r"£?\s*(\d{1,7}(?:,\d{3})*)(?:\.(\d{1,2}))?")


@require_http_methods(["GET", "POST"])
def proceedings(request: HttpRequest, reference: str) -> HttpResponse:
    """Proceedings with their totals, and the routes against them as the law has them."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    circle, given = Ref(head.circle), request.POST
    trouble = None
    if request.method == "POST":
        trouble = tried(given, _deeds(actor, circle))
        if trouble is None:
            return redirect("web:proceedings", reference=reference)
    page = queries.proceedings(actor, circle)
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "proceedings"), "trouble": trouble,
        "given": given, "page": page, "fields": _fields(typed_to(given, "log")), "listed": with_typed(page.rows, given),
        "steps": rules.STEPS.items(),
        "outcomes": rules.OUTCOMES.items(), "may": actions.log_proceeding.may(actor, circle),
    }  # fmt: skip
    return render(request, "justice/proceedings.html", context, status=trouble.status if trouble else 200)


def _deeds(actor: Actor, circle: Ref) -> dict[str, Any]:
    def log(given: Given) -> None:
        said = {name: given.get(name, "") for name in ("forum", "brought", "body", "reference", "what")}
        told = Brought(began_on=maybe_day(given, "began_on"), next_on=maybe_day(given, "next_on"),
                       shown=given.get("shown", "") or "not_known", **said)  # fmt: skip
        actions.log_proceeding(actor, circle, new=told)

    def note(given: Given) -> None:
        step = Took(
            given.get("kind", ""), day(given, "on"), given.get("said", ""), minutes_typed(given.get("hours", "")),
            pence_typed(given.get("pounds", "")), maybe_day(given, "then_on"),
        )  # fmt: skip
        actions.note_proceeding(actor, row(given), step=step)

    def end(given: Given) -> None:
        actions.end_proceeding(
            actor, row(given), outcome=given.get("outcome", ""), on=day(given, "ended_on"), how=given.get("how", "")
        )

    return {"log": log, "note": note, "end": end}


def minutes_typed(typed: str) -> int | None:
    """Hours as typed (`9`, `1.5`) in minutes; None where nothing was typed, -1 for anything else."""
    text = typed.strip()
    if not text:
        return None
    found = TIMES.fullmatch(text)
    return int(found[1]) * 60 + round(60 * float(f"0.{found[2] or 0}")) if found else -1


def pence_typed(typed: str) -> int | None:
    """Pounds as typed (`£1,250.50`) in pence; None where nothing was typed, -1 for anything else."""
    text = typed.strip()
    if not text:
        return None
    found = POUNDS.fullmatch(text)
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0")) if found else -1


def _fields(given: Given) -> list[Field]:
    asking = Asking(given)

    def capital(known: Any) -> list[tuple[str, str]]:
        return [(code, says[0].upper() + says[1:]) for code, says in known.items()]

    return [
        asking.choice("forum", _("Where?"), capital(rules.FORUMS), kind="select", ask=_("Choose")),
        asking.text("body", _("Which court or body?")),
        asking.choice("brought", _("Who brought it?"), capital(rules.BROUGHT), otherwise="reported"),
        asking.text("began_on", _("Day it began"), kind="date", hint=_("Leave it empty if nobody knows.")),
        asking.text("reference", _("Its reference number")),
        asking.text("what", _("What is asked for or alleged"), kind="area"),
        asking.choice("shown", _("Was an address or another safe place shown in it?"), capital(rules.SHOWN),
                      otherwise="not_known"),
        asking.text("next_on", _("Its next day"), kind="date"),
    ]  # fmt: skip
