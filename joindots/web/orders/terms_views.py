"""The terms of an order: its conditions, and whom it protects."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.law.orders import condition_kinds
from joindots.orders import actions, queries
from joindots.orders.rules import MOST_LETTERS, MOST_WHY
from joindots.web.orders.changed import says_changed, window
from joindots.web.orders.forms import FIELD_OF, Unreadable, day_typed
from joindots.web.orders.order_views import head_of, order_page
from joindots.web.typed import membership_typed, seen, whole


@require_http_methods(["GET", "POST"])
def condition(request: HttpRequest, order: UUID) -> HttpResponse:
    """Write down a condition of the order in the court's own words."""
    actor = actor_of(request)
    page = queries.order(actor, Ref(order))
    add = actions.note_condition if page.line.told_on else actions.add_condition
    given, field, error, status = request.POST, "library", "", 200
    if request.method == "POST":
        try:
            add(
                actor, seen(order, given), library=given.get("library", ""), text=given.get("text", ""),
                place=given.get("place", ""), starts=day_typed(given, "starts", needed=False),
                ends=day_typed(given, "ends", needed=False), under=whole(given.get("under", ""), None),
            )  # fmt: skip
            return redirect("web:order", order=order)
        except Unreadable as wrong:
            field, error, status = wrong.field, str(wrong), 422
        except OutOfDate as late:
            field, error, status = "", says_changed(page, given), late.status
        except RuleBroken as broken:
            code = broken.reason.code
            field = "text" if code.startswith("words") else FIELD_OF.get(code, "library")
            error, status = str(broken.reason), broken.status
    context = {
        "window": window(request, actor, page, late=status == OutOfDate.status),
        "head": head_of(actor, page), "tab": "orders", "page": page, "library": condition_kinds().values(),
        "given": given, "field": field, "error": error, "most": MOST_LETTERS, "most_place": MOST_WHY,
        "under": whole(given.get("under", ""), len(page.terms) - 1),
        "may": add.may(actor, Ref(order)),
    }  # fmt: skip
    return render(request, "orders/condition.html", context, status=status)


@require_POST
def protect(request: HttpRequest, order: UUID) -> HttpResponse:
    """List somebody whom the order protects."""
    actor = actor_of(request)
    act = actions.note_protected if queries.order(actor, Ref(order)).line.told_on else actions.protect
    try:
        act(
            actor, seen(order, request.POST), name=request.POST.get("name", ""),
            person=membership_typed(request.POST.get("person", "")),
        )  # fmt: skip
    except (RuleBroken, OutOfDate) as broken:
        return order_page(request, order, trouble=str(broken.reason), status=broken.status)
    return redirect("web:order", order=order)


@require_POST
def take_off(request: HttpRequest, order: UUID) -> HttpResponse:
    """Strike a condition or a protected person."""
    actor, given = actor_of(request), request.POST
    try:
        key = UUID(given.get("key", ""))
    except ValueError:
        raise NotFound from None
    told = queries.order(actor, Ref(order)).line.told_on is not None
    why, row = given.get("why", ""), seen(order, given)
    try:
        if given.get("what") == "condition" and given.get("how") == "lifted":
            lift = actions.note_lifted if told else actions.lift
            lift(actor, row, key=key, on=day_typed(given, "lifted_on", needed=False), why=why)
        else:
            take = actions.note_taken_off if told else actions.take_off
            take(actor, row, what=given.get("what", ""), key=key, why=why)
    except Unreadable as wrong:
        return order_page(request, order, trouble=str(wrong), status=422)
    except (RuleBroken, OutOfDate) as broken:
        return order_page(request, order, trouble=str(broken.reason), status=broken.status)
    return redirect("web:order", order=order)
