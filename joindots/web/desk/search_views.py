"""Search: one box for a reference, name, number or plate. What is typed stands in no address and no log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from joindots.access import parts
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework

MOST = 100


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What is met by the words typed, of what the reader may know of. It is asked by a form, never by an address."""
    actor = actor_of(request)
    casework.cases_met.refuse_role(actor)
    typed = " ".join(request.POST.get("typed", "").split())[:MOST]
    found = parts.found(actor, typed)[:MOST] if typed else []
    return render(request, "desk/search.html", {"typed": typed, "found": found, "here": "find"})
