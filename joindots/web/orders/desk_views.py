"""The orders' desk: what is due by date, hearings by day to print, who looks after what, and handing an order on."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.orders import actions, queries
from joindots.orders.rules import desk as rule
from joindots.orders.rules import letters
from joindots.web.orders.order_views import head_of
from joindots.web.typed import seen, whole
from joindots.web.work.doing import an_id, maybe_day, tried, trouble_of

EVERYTHING = 0


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What is to be seen to by date, of every order that the reader may know of; by kind, and by how far ahead."""
    actor, given = actor_of(request), request.GET
    kind = given.get("kind", "") if given.get("kind", "") in rule.KINDS else ""
    ahead = whole(given.get("ahead", ""), rule.SOON, digits=3)
    ahead = ahead if ahead in (*rule.AHEAD, EVERYTHING) else rule.SOON
    mine = given.get("mine") == "yes"
    page = queries.on_desk(actor, ahead=ahead or None, kind=kind, mine=mine, after=given.get("after", ""))
    listed = list(dict.fromkeys(one.order for one in page.lines))
    context = {
        "listed": listed[: letters.MOST_AT_ONCE], "more": len(listed) > letters.MOST_AT_ONCE,
        "macro": letters.OF_KIND.get(kind, ""),
        "page": page, "kind": kind, "ahead": ahead, "mine": mine, "here": "orders", "tab": "desk",
        "kinds": [(code, says, page.counts.get(code, 0) if ahead else "") for code, says in rule.KINDS.items()],
        "all": sum(page.counts.values()) if ahead else "", "aheads": rule.AHEAD, "empty": rule.EMPTY[kind],
        "may_send": bool(actor.may(actions.send_order_letter.permission)), "today": london_day(actor.at),
    }  # fmt: skip
    return render(request, "orders/desk.html", context)


@require_GET
def hearings(request: HttpRequest) -> HttpResponse:
    """The hearings of some weeks, by day, to print and take to court."""
    actor = actor_of(request)
    today = london_day(actor.at)
    trouble, first, last = None, today, today + timedelta(days=28)
    try:
        first = maybe_day(request.GET, "from") or first
        last = maybe_day(request.GET, "to") or max(last, first)
    except RuleBroken as broken:
        trouble = trouble_of(broken)
    lines = queries.hearings(actor, first, last)
    days: list[tuple[date, list[tuple[str, list[queries.DutyLine]]]]] = [
        (day, [(court, [one for _, one in same]) for court, same in groupby(found, key=lambda one: one[0])])
        for day, found in groupby(lines, key=lambda one: one[1].about)
    ]
    context = {"days": days, "first": first, "last": last, "here": "orders", "tab": "hearings", "trouble": trouble}
    return render(request, "orders/hearings.html", context, status=trouble.status if trouble else 200)


@require_GET
def load(request: HttpRequest) -> HttpResponse:
    """Who looks after how many orders, by name: for care and for handing over."""
    actor = actor_of(request)
    context = {"loads": queries.load(actor), "here": "orders", "tab": "load"}
    return render(request, "orders/load.html", context)


@require_http_methods(["GET", "POST"])
def keeping(request: HttpRequest, order: UUID) -> HttpResponse:
    """Who looks after an order, handing it on, and telling later of what could not be told first."""
    actor, trouble = actor_of(request), None
    page = queries.order(actor, Ref(order))
    if request.method == "POST":
        trouble = tried(request.POST, {
            "hand": lambda given: actions.hand_order(actor, seen(order, given), to=an_id(given, "to")),
            "tell": lambda given: actions.tell_since(
                actor, seen(order, given), number=whole(given.get("number", ""), 0), how=given.get("how", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:order_keeping", order=order)
    context = {
        "head": head_of(actor, page), "tab": "orders", "page": page, "trouble": trouble, "given": request.POST,
        "keeping": queries.keeping(actor, Ref(order)), "may": actions.hand_order.may(actor, Ref(order)),
    }  # fmt: skip
    return render(request, "orders/keeping.html", context, status=trouble.status if trouble else 200)
