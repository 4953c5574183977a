"""A member's own calendar: its page, and the feed at its secret address."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from joindots.agencies.actors import actor_of
from joindots.kernel.problems import NotFound
from joindots.notices import actions, queries, work


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Make, replace or end the secret address; it is shown once, on the answer to the form that made it."""
    actor = actor_of(request)
    address = ""
    if request.method == "POST":
        if request.POST.get("do") == "end":
            actions.end_feed(actor)
        else:
            address = request.build_absolute_uri(reverse("web:calendar_feed", args=(actions.make_feed(actor),)))
    return render(request, "contact/calendar.html", {"made_at": queries.own_feed(actor), "address": address})


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for whoever has the address; any other address is as one that leads nowhere."""
    at: datetime = request.at  # type: ignore[attr-defined]
    made = work.feed(token[:100], at)
    if made is None:
        raise NotFound
    return HttpResponse(made, content_type="text/calendar; charset=utf-8")
