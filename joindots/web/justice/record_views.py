"""What was put on record against each of the two people of a case, and what became of it."""

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
from joindots.casework.rules.tasks import BASIS_WORDS, REPLY_DAYS
from joindots.justice import actions, queries
from joindots.justice.rules import allegations as rules
from joindots.justice.rules.allegations import Put
from joindots.law.tables import police_forces
from joindots.web.justice.places import near_names, places
from joindots.web.justice.rows import typed_to, with_typed
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, day, maybe_day, maybe_whole, row, tried
from joindots.web.work.fields import Asking, Field

TYPED = ("against", "kind", "complained", "force", "by_whom", "complainant", "reference", "mirrors", "what")


@require_http_methods(["GET", "POST"])
def on_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Notices, warnings, orders, arrests and crimes on record against either, with numbers; challenging them."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    circle, given = Ref(head.circle), request.POST
    trouble = None
    if request.method == "POST":
        trouble = tried(given, _deeds(actor, circle))
        if trouble is None:
            return redirect("web:on_record", reference=reference)
    page = queries.on_record(actor, circle)
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "record"), "trouble": trouble, "given": given,
        "parts": [(rules.AGAINST["victim"], with_typed(page.victim, given), page.of_victim),
                  (rules.AGAINST["suspect"], with_typed(page.suspect, given), page.of_suspect)],
        "fields": _fields(typed_to(given, "put")), "bases": BASIS_WORDS.items(), "days": REPLY_DAYS,
        "may": actions.put_on_record.may(actor, circle), "near": near_names(actor, head),
    }  # fmt: skip
    return render(request, "justice/on_record.html", context, status=trouble.status if trouble else 200)


def _deeds(actor: Actor, circle: Ref) -> dict[str, Any]:
    def put(given: Given) -> None:
        said = {name: given.get(name, "") for name in TYPED}
        told = Put(on=maybe_day(given, "on"), until=maybe_day(given, "until"), **said)
        actions.put_on_record(actor, circle, put=told)

    def challenge(given: Given) -> None:
        actions.challenge(
            actor, row(given), to=given.get("to_whom", ""), ask=given.get("ask", ""), basis=given.get("basis", ""),
            on=day(given, "asked_on"), days=maybe_whole(given, "days") or REPLY_DAYS,
        )  # fmt: skip

    def settle(given: Given) -> None:
        actions.settle_put(
            actor, row(given), to=given.get("to", ""), on=day(given, "settled_on"), said=given.get("said", "")
        )

    return {"put": put, "challenge": challenge, "settle": settle,
            "tie": lambda given: actions.tie_to_review(actor, row(given))}  # fmt: skip


def _fields(given: Given) -> list[Field]:
    asking = Asking(given)
    forces = sorted(((one.code, one.name) for one in police_forces().values()), key=lambda pair: pair[1])
    return [
        asking.choice("against", _("Against whom?"), {code: says.capitalize() for code, says in rules.AGAINST.items()},
                      otherwise="victim"),
        asking.choice("kind", _("What?"), {code: says[0].upper() + says[1:] for code, says in rules.KINDS.items()},
                      kind="select", ask=_("Choose")),
        asking.text("on", _("Day"), kind="date", hint=_("Leave it empty if nobody knows.")),
        asking.text("until", _("Last day, if it has one"), kind="date"),
        asking.choice("force", _("Which police force?"), forces, kind="select", ask=_("None, or another body")),
        asking.text("by_whom", _("Or which other body")),
        asking.choice("complained", _("Whose complaint led to it?"),
                      {code: says.capitalize() for code, says in rules.COMPLAINED.items()}),
        asking.text("complainant", _("Their name, if another")),
        asking.text("reference", _("Its reference or crime number")),
        asking.text("mirrors", _("Which earlier report does it turn round?"),
                    hint=_("Its crime number, if this tells the same events the other way.")),
        asking.text("what", _("What it says, as told"), kind="area"),
    ]  # fmt: skip
