"""The second person's pages: what waits for a decision, with kinds and numbers alone; no name, no word of a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from joindots.agencies.actors import actor_of
from joindots.chronology import actions as chronology_actions
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.release import State
from joindots.kernel.problems import RuleBroken
from joindots.web.disclosure.disclosure_views import NOT_FRESH
from joindots.web.downloads import prove


@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """What waits for this reader's decision as a second person."""
    waiting = chronologies.releases_waiting(actor_of(request))
    return render(request, "web/releases.html", {"waiting": waiting, "here": "releases"})


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, release: UUID) -> HttpResponse:
    """One release. People of the asker's own agency decide on the pack's page, which tells them more."""
    actor = actor_of(request)
    asked = chronologies.release_asked(actor, release)
    error = ""
    if request.method == "POST" and request.POST.get("do") in ("agree", "refuse"):
        try:
            told = chronology_actions.decide_release(actor, act=release, agreed=request.POST["do"] == "agree")
            return render(request, "web/release_decided.html", {"released": told is State.RELEASED, "here": "releases"})
        except RuleBroken as broken:
            if broken.reason.code == NOT_FRESH:
                return prove(reverse("web:release", args=(release,)))
            error = str(broken)
    if asked.own:
        return redirect("web:disclosure", disclosure=asked.disclosure)
    context = {"asked": asked, "error": error, "here": "releases"}
    return render(request, "web/release.html", context, status=422 if error else 200)
