"""The orders of a case, one order, writing down what happened to it, and which orders are possible."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import london_day
from joindots.law.episode import Happened
from joindots.law.life import all_events
from joindots.law.routes import not_held
from joindots.law.routes import possible as possible_orders
from joindots.orders import actions, queries
from joindots.orders.rules import INVESTIGATIONS, MAY_LEAVE, MOST_LETTERS, MOST_NAME, MOST_WHY, NO_FURTHER
from joindots.orders.rules.service import HOW, MOST, SERVES
from joindots.people import queries as people
from joindots.web.justice.places import near_names
from joindots.web.orders.changed import says_changed, window
from joindots.web.orders.forms import (
    CLOCKED,
    FIELD_OF,
    Unreadable,
    choices_of_facts,
    day_typed,
    facts_typed,
    happened_typed,
    service_typed,
)
from joindots.web.typed import case_ref, seen, whole

FURTHER = frozenset({"main_granted", "renewed", "order_made", "order_made_none_owed", *MAY_LEAVE})
"""Events after which an order can stand until a further order."""
SPECIAL = frozenset({"forced_marriage_po", "fgm_po", "shpo", "s91_14", "cro"})
"""Kinds for a harm or a proceeding of their own: they stand after the others, folded."""


@require_http_methods(["GET", "POST"])
def orders(request: HttpRequest, reference: str) -> HttpResponse:
    """The orders of a case, and beginning one."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    field, error, status = "", "", 200
    if request.method == "POST":
        try:
            on = day_typed(request.POST, "on")
            assert on is not None
            made = actions.consider(actor, Ref(head.circle), on=on, why=request.POST.get("why", ""))
            return redirect("web:order", order=made)
        except Unreadable as wrong:
            field, error, status = wrong.field, str(wrong), 422
        except RuleBroken as broken:
            field = {"step_ahead": "on", "second_needed": ""}.get(broken.reason.code, "why")
            error, status = str(broken), 422
    context = {
        "head": head, "tab": "orders", "orders": queries.orders(actor, Ref(head.circle)), "given": request.POST,
        "may": actions.consider.may(actor, Ref(head.circle)), "today": london_day(actor.at), "field": field,
        "error": error, "most": MOST_LETTERS, "is_open": head.state == "open", **_asks(actor, head),
        "near": near_names(actor, head),
    }  # fmt: skip
    return render(request, "orders/orders.html", context, status=status)


def _asks(actor: Actor, head: casework.CaseHead) -> dict[str, object]:
    """What was asked of forces in this case, for who may ask."""
    circle = Ref(head.circle)
    if not actor.may(queries.asks_of.permission):
        return {}
    return {"asks": queries.asks_of(actor, circle), "may_ask": actions.ask_for_order.may(actor, circle)}


@require_http_methods(["GET", "POST"])
def possible(request: HttpRequest, reference: str) -> HttpResponse:
    """Which orders the law leaves open by a few facts. Nothing typed here is kept."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    queries.orders(actor, Ref(head.circle))  # for who may see orders alone
    facts = facts_typed(request.POST, london_day(actor.at))
    asked = request.method == "POST"
    told = possible_orders(facts) if asked else ()
    main = [one for one in told if one.order.code not in SPECIAL]
    context = {
        "head": head, "tab": "orders", "given": request.POST, "facts": facts, **choices_of_facts(),
        "groups": [(answer, [one for one in main if one.answer == answer]) for answer in ("open", "ask", "shut")],
        "special": [one for one in told if one.order.code in SPECIAL], "asked": asked,
        "not_held": not_held(facts.system) if asked else "",
    }  # fmt: skip
    return render(request, "orders/possible.html", context)


@require_GET
def order(request: HttpRequest, order: UUID) -> HttpResponse:
    """One order: where it stands, what is to be seen to, its terms, and everything that happened."""
    return order_page(request, order)


def order_page(request: HttpRequest, key: UUID, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page, with what stood in the way of something that was asked of it."""
    actor = actor_of(request)
    page = queries.order(actor, Ref(key))
    told = page.line.told_on is not None
    may = (actions.note_step if told else actions.record).may(actor, Ref(key))
    beside = queries.beside(actor, Ref(key))
    context = {
        "told": told, "others": queries.others_in_force(actor, Ref(key)), "may_tick": may and not told,
        "beside": beside, "steps": [(one, beside.services.get(one.number)) for one in page.steps],
        "people": _people(actor, page) if may else (),
        "head": head_of(actor, page), "tab": "orders", "page": page, "trouble": trouble, "may": may,
        "most_name": MOST_NAME, "most": MOST_WHY, "given": request.POST if trouble else {},
    }  # fmt: skip
    return render(request, "orders/order.html", context, status=status)


def _people(actor: Actor, page: queries.OrderPage) -> tuple[tuple[UUID, str], ...]:
    """Whom of the case an order may protect: everybody but the person reported."""
    if not people.people_in.may(actor, Ref(page.circle)):
        return ()
    return tuple((one.id, one.name) for one in people.people_in(actor, Ref(page.circle)) if one.stands_as != "suspect")


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, order: UUID, event: str) -> HttpResponse:
    """Write down that something happened; only what the order's life allows now is offered."""
    actor = actor_of(request)
    page = queries.order(actor, Ref(order))
    label = all_events().get(event)
    if label is None:
        raise NotFound
    told = page.line.told_on is not None
    offered = next((one for one in page.offered if one.event == event), None)
    field, error, status = "on", "", 200
    if request.method == "POST":
        try:
            new = happened_typed(event, request.POST)
            _record(actor, seen(order, request.POST), event, new, request.POST, told=told)
            return redirect("web:order", order=order)
        except Unreadable as wrong:
            field, error, status = wrong.field, str(wrong), 422
        except RuleBroken as broken:
            field, error, status = FIELD_OF.get(broken.reason.code, "on"), str(broken.reason), broken.status
        except OutOfDate as late:
            field, error, status = "", says_changed(page, request.POST), late.status
    context = {
        "window": window(request, actor, page, late=status == OutOfDate.status),
        "head": head_of(actor, page), "tab": "orders", "page": page, "offered": offered, "label": label, "told": told,
        "event": event, "given": request.POST, "field": field, "error": error, "investigations": INVESTIGATIONS.items(),
        "most": MOST_LETTERS, "most_why": MOST_WHY,
        "may": (actions.note_step if told else actions.record).may(actor, Ref(order)),
        "serves": event in SERVES and not told, "how": HOW.items(), "clocked": event in CLOCKED, "most_service": MOST,
        "further": event in FURTHER or (event == "appeal_allowed" and not page.made), "leaves": event in MAY_LEAVE,
        "no_further": page.line.kind in NO_FURTHER,
    }  # fmt: skip
    return render(request, "orders/record.html", context, status=status)


def _record(actor: Actor, row: Ref, event: str, new: Happened, given: Mapping[str, str], *, told: bool) -> None:
    """Write a step down, of an order of ours or of one that somebody told of."""
    note = given.get("note", "")
    if told:
        actions.note_step(actor, row, new=new, note=note)
        return
    actions.record(
        actor, row, new=new, note=note, why_not_told=given.get("why_not_told", ""),
        service=service_typed(given) if event in SERVES else None,
    )  # fmt: skip


@require_POST
def strike(request: HttpRequest, order: UUID) -> HttpResponse:
    """Strike the last step, written down wrongly; it is kept, and shown struck."""
    actor = actor_of(request)
    number = whole(request.POST.get("number", ""), 0)
    act = actions.note_strike if queries.order(actor, Ref(order)).line.told_on else actions.strike
    try:
        act(actor, seen(order, request.POST), number=number, why=request.POST.get("why", ""))
    except (RuleBroken, OutOfDate) as broken:
        return order_page(request, order, trouble=str(broken.reason), status=broken.status)
    return redirect("web:order", order=order)


def head_of(actor: Actor, page: queries.OrderPage) -> casework.CaseHead:
    """The case that an order stands in."""
    if not page.case:
        raise NotFound
    return casework.case(actor, case_ref(page.case))
