"""Looking for a service, and one service's page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.directory import actions, queries
from joindots.directory.queries import Hit, ServiceView
from joindots.directory.rules.fitting import ORDER
from joindots.directory.rules.listing import (
    ACCESS,
    ALL,
    COST_WORDS,
    REFERRAL_WORDS,
    RELATIONS,
    TAKEN_WORDS,
)
from joindots.directory.rules.opening import hours_say
from joindots.directory.rules.places import area_says, district_of
from joindots.directory.rules.tables import needs
from joindots.kernel.problems import OutOfDate, RuleBroken
from joindots.web.directory.asking import NAMES, choices, opening_says, sheet_of, shut_out_says
from joindots.web.typed import seen, whole

MOST_DAYS = 3650


@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Search by place and what is needed, or by the name of a service."""
    actor = actor_of(request)
    typed = request.GET.get("where", "")
    short = district_of(typed)
    if short and short != typed:  # no whole postcode stays in an address
        left = {name: request.GET[name] for name in (*NAMES, "name") if request.GET.get(name)}
        return redirect(f"{reverse('web:services')}?{urlencode({**left, 'where': short})}")
    sheet, name = sheet_of(request.GET), request.GET.get("name", "")[:80].strip()
    matches = queries.find(actor, sheet.asked) if sheet.any else None
    context = {
        "sheet": sheet, "name": name, "matches": matches, "hits": _shown(matches.hits if matches else (), actor),
        "instead": _shown(matches.instead if matches else (), actor), "order": ORDER, "here": "services",
        "shut_out": list(shut_out_says(matches.none.shut_out)) if matches and matches.none else [],
        "named": queries.named(actor, name) if name or not sheet.any else None, **choices(sheet), **_may(actor),
    }  # fmt: skip
    return render(request, "directory/services.html", context)


def _may(actor: Actor) -> dict[str, bool]:
    return {"may_add": bool(actions.add_service.may(actor)), "may_exchange": bool(actions.bring_in.may(actor))}


def _shown(hits: tuple[Hit, ...], actor: Actor) -> list[tuple[Hit, str]]:
    return [(hit, opening_says(hit.service.listing.hours, actor.at)) for hit in hits]


@require_http_methods(["GET", "POST"])
def service(request: HttpRequest, service: str) -> HttpResponse:
    """One service: what it says and how sure that is; confirming it, taking it off."""
    actor = actor_of(request)
    view = queries.service(actor, service)
    trouble, status = "", 200
    if request.method == "POST":
        try:
            _do(request, actor, view)
            return redirect("web:service", service=service)
        except (RuleBroken, OutOfDate) as refused:
            trouble, status = str(refused), refused.status
            view = queries.service(actor, service)
    return render(request, "directory/service.html", _page(actor, view, trouble), status=status)


def _do(request: HttpRequest, actor: Actor, view: ServiceView) -> None:
    wanted, ref = request.POST.get("do", ""), seen(view.reference, request.POST)
    if wanted == "confirm" and view.national:
        actions.confirm_national(actor, view.reference)
    elif wanted == "confirm":
        wait = whole(request.POST.get("wait", "").strip(), None, digits=4)
        actions.confirm_service(actor, ref, wait_days=min(wait, MOST_DAYS) if wait is not None else None)
    elif wanted == "off":
        actions.take_off(actor, ref)
    elif wanted == "back":
        actions.put_back(actor, ref)


def _page(actor: Actor, view: ServiceView, trouble: str) -> dict[str, object]:
    one = view.listing
    ref = Ref(view.reference)
    return {
        "view": view, "one": one, "trouble": trouble, "here": "services",
        "open": opening_says(one.hours, actor.at), "week": hours_say(one.hours),
        "areas": [area_says(code) for code in one.areas], "needs": [needs()[code].label for code in one.needs],
        "relations": _relations(one.relations), "taken": TAKEN_WORDS[one.taken],
        "referral": REFERRAL_WORDS[one.referral], "cost": COST_WORDS[one.cost],
        "access": [ACCESS[code] for code in one.access],
        "may_confirm": actions.confirm_national.may(actor) if view.national else view.own
        and actions.confirm_service.may(actor, ref),
        "may_correct": view.own and not view.national and actions.correct_service.may(actor, ref),
        "may_copy": view.national and not view.replaced and actions.add_service.may(actor),
        "may_off": view.own and not view.national and actions.take_off.may(actor, ref),
        "may_back": view.own and view.gone and actions.put_back.may(actor, ref),
    }  # fmt: skip


def _relations(codes: tuple[str, ...]) -> str:
    if ALL in codes:
        return "whoever it is, not only former partners"
    return ", ".join(RELATIONS[code] for code in codes if code in RELATIONS) or "not told"
