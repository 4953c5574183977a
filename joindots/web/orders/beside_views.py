"""Steps with a day beside an order's life: written down, and struck."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from joindots.agencies.actors import actor_of
from joindots.kernel.problems import OutOfDate, RuleBroken
from joindots.orders import actions
from joindots.web.orders.forms import Unreadable, clock_typed, day_typed
from joindots.web.orders.order_views import order_page
from joindots.web.typed import seen


@require_POST
def tick(request: HttpRequest, order: UUID) -> HttpResponse:
    """Write one down, with its day."""
    actor, given = actor_of(request), request.POST
    try:
        on = day_typed(given, "on")
        assert on is not None
        actions.tick(
            actor, seen(order, given), code=given.get("code", ""), on=on, note=given.get("note", ""),
            clock=clock_typed(given),
        )  # fmt: skip
    except Unreadable as wrong:
        return order_page(request, order, trouble=str(wrong), status=422)
    except (RuleBroken, OutOfDate) as broken:
        return order_page(request, order, trouble=str(broken.reason), status=broken.status)
    return redirect(reverse("web:order", args=[order]) + "#beside")


@require_POST
def untick(request: HttpRequest, order: UUID) -> HttpResponse:
    """Strike one; it is kept, and shown struck."""
    actor, given = actor_of(request), request.POST
    try:
        actions.untick(actor, seen(order, given), code=given.get("code", ""), why=given.get("why", ""))
    except (RuleBroken, OutOfDate) as broken:
        return order_page(request, order, trouble=str(broken.reason), status=broken.status)
    return redirect(reverse("web:order", args=[order]) + "#beside")
