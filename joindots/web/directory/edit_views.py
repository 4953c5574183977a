"""Adding a listing and correcting one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.directory import actions, queries
from joindots.directory.rules.listing import Listing
from joindots.directory.rules.national import national_listings
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import LOCAL
from joindots.web.directory.forms import Sheet, listing_of, lists_of, sent, standing
from joindots.web.typed import seen


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """List a service; or make a listing of one's own of a national one."""
    actor = actor_of(request)
    may = actions.add_service.may(actor)
    if not may:
        raise NotAllowed(may.reason)
    code = (request.POST or request.GET).get("instead", "")
    if code and code not in national_listings():
        raise NotFound
    before = national_listings()[code] if code else Listing(name="")
    sheet, trouble = standing(before, everybody=True), ""
    if request.method == "POST":
        sheet = sent(request.POST)
        try:
            refuse_unless_shown(request, actor)
            listing = listing_of(sheet, before, actor.at.astimezone(LOCAL).date())
            reference = actions.add_service(
                actor, listing, everybody=sheet.everybody, confirmed="confirmed" in sheet.ticks, stands_for=code
            )
            return redirect("web:service", service=reference)
        except RuleBroken as broken:
            trouble = str(broken)
    return _form(request, sheet, {"trouble": trouble, "instead": code})


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, service: str) -> HttpResponse:
    """Correct a listing of one's own agency."""
    actor = actor_of(request)
    view = queries.service(actor, service)
    if view.national or not view.own:
        raise NotFound
    may = actions.correct_service.may(actor, seen(service, {"version": str(view.version)}))
    if not may:
        raise NotAllowed(may.reason)
    sheet, trouble, status = standing(view.listing, everybody=view.audience != "own"), "", 200
    version = str(view.version)
    if request.method == "POST":
        sheet, version = sent(request.POST), request.POST.get("version", "")
        try:
            listing = listing_of(sheet, view.listing, actor.at.astimezone(LOCAL).date())
            actions.correct_service(
                actor, seen(service, request.POST), listing, everybody=sheet.everybody,
                confirmed="confirmed" in sheet.ticks,
            )  # fmt: skip
            return redirect("web:service", service=service)
        except (RuleBroken, OutOfDate) as refused:
            trouble, status = str(refused), refused.status
    return _form(request, sheet, {"trouble": trouble, "view": view, "version": version}, status)


def _form(request: HttpRequest, sheet: Sheet, more: dict[str, object], status: int = 200) -> HttpResponse:
    context = {"sheet": sheet, "here": "services", **lists_of(sheet), **more}
    return render(
        request,
        "directory/service_form.html",
        context,
        status=status if status != 200 else 422 if more["trouble"] else 200,
    )
