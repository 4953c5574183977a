"""Every other order, notice and bail: begun by the police, or written down because somebody told of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.orders import actions, queries
from joindots.orders.rules import MOST_LETTERS, MOST_NAME, known_kinds, other_kinds
from joindots.web.orders.forms import Unreadable, day_typed
from joindots.web.typed import case_ref

FIELDS = {
    "order_kind": "kind", "step_ahead": "made", "told_by": "told_by", "told_by_long": "told_by",
    "told_ahead": "told_on", "ends_before_made": "ends", "words_missing": "why", "words_long": "why",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin another order or bail that the force or a court makes."""
    actor, given = actor_of(request), request.POST
    head = casework.case(actor, case_ref(reference))
    may, field, error, status = actions.begin_other.may(actor, Ref(head.circle)), "", "", 200
    queries.orders(actor, Ref(head.circle))  # for who may see orders alone
    if request.method == "POST":
        try:
            on = day_typed(given, "on")
            assert on is not None
            made = actions.begin_other(
                actor, Ref(head.circle), kind=given.get("kind", ""), on=on, why=given.get("why", "")
            )
            return redirect("web:order", order=made)
        except Unreadable as wrong:
            field, error, status = wrong.field, str(wrong), 422
        except RuleBroken as broken:
            code = broken.reason.code
            field, error, status = "on" if code == "step_ahead" else FIELDS.get(code, ""), str(broken), broken.status
    context = {
        "head": head, "tab": "orders", "given": given, "may": may, "field": field,
        "kinds": _sorted(other_kinds(london_day(actor.at))),
        "error": error, "most": MOST_LETTERS, "today": london_day(actor.at),
    }  # fmt: skip
    return render(request, "orders/other.html", context, status=status)


@require_http_methods(["GET", "POST"])
def known(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down an order that somebody told of: on their word, of that day."""
    actor, given = actor_of(request), request.POST
    head = casework.case(actor, case_ref(reference))
    may, field, error, status = actions.note_known.may(actor, Ref(head.circle)), "", "", 200
    queries.orders(actor, Ref(head.circle))
    if request.method == "POST":
        try:
            told_on, made = day_typed(given, "told_on"), day_typed(given, "made")
            ends = None if given.get("until") else day_typed(given, "ends")
            assert told_on is not None
            assert made is not None
            order = actions.note_known(
                actor, Ref(head.circle), kind=given.get("kind", ""), told_by=given.get("told_by", ""),
                told_on=told_on, made=made, ends=ends, words=given.get("why", ""),
            )  # fmt: skip
            return redirect("web:order", order=order)
        except Unreadable as wrong:
            field, error, status = wrong.field, str(wrong), 422
        except RuleBroken as broken:
            field, error, status = FIELDS.get(broken.reason.code, ""), str(broken), broken.status
    context = {
        "head": head, "tab": "orders", "given": given, "may": may, "field": field,
        "kinds": _sorted(known_kinds(london_day(actor.at))),
        "error": error, "most": MOST_LETTERS, "most_name": MOST_NAME, "today": london_day(actor.at),
    }  # fmt: skip
    return render(request, "orders/known.html", context, status=status)


def _sorted(kinds: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(kinds.items(), key=lambda pair: pair[1])
