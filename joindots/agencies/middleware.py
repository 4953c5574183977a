"""The visit of a request: its moment, its session's limits, its trail before the first byte is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import is_valid_path, reverse

from joindots.access import door
from joindots.access.actor import Actor
from joindots.agencies import holding
from joindots.agencies.actors import ChooseMembership, NotSignedIn
from joindots.agencies.models import User
from joindots.agencies.second import where_to_give
from joindots.kernel.problems import OutOfDate, Problem
from joindots.kernel.words import words

Respond = Callable[[HttpRequest], HttpResponseBase]
BEGAN = "began_at"
DRAFT = "X-Draft"
RENEWS = "HX-Request"
"""A page that asks again by itself while work is under way says so: it keeps no session alive, nobody may be there."""


class ForNobodyElse:
    """Marks every answer as one that nothing keeps and nobody else's page holds, whichever layer below gave it.

    It stands outside the framework's own layers: their redirects name cases too.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.respond(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class VisitMiddleware:
    """Gives the request its moment, ends sessions past their limits, answers the four problems,
    and writes the trail of what was opened before anything is sent; if it cannot, nothing is.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.at = datetime.now(UTC)  # type: ignore[attr-defined]
        _limit_session(request)
        holding.remember(request)
        if RENEWS not in request.headers:
            request.session.stay(request.at)  # type: ignore[attr-defined]
        who = request.user
        response = self.respond(request)
        if isinstance(who, User) and not request.user.is_authenticated:  # they have just signed out
            request.session[holding.WAS] = str(who.pk)
        if request.method == "POST" and holding.OFFER in request.POST and 300 <= response.status_code < 400:
            holding.drop_sent(request)
        if response.status_code == 405:
            response = problem_page(request, WrongWay())
        actor = getattr(request, "_actor", None)
        if isinstance(actor, Actor):
            door.close(actor)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The four problems, and the way to sign-in, mapped once for all pages."""
        if isinstance(problem, NotSignedIn):
            return _to_sign_in(request)
        if isinstance(problem, ChooseMembership):
            if request.method == "POST":
                holding.hold(request)
            return redirect("agencies:membership")
        if isinstance(problem, Problem):
            return problem_page(request, problem)
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in, with what was sent held; a draft that a page saves by itself is told so, for it follows no way."""
    if request.method != "POST":
        return redirect(where_to_give(request))
    held = holding.hold(request)
    if DRAFT in request.headers:
        return HttpResponse(status=401 if held else 403)
    return redirect(where_to_give(request, reverse("agencies:held") if held else "", lost=not held))


class WrongWay(Problem):
    """An address that only takes what a form sends was opened as a page, or the other way about."""

    status = 405

    def __init__(self) -> None:
        super().__init__(
            words("wrong_way", "This address is no page of its own. Go to your desk and open it from there.")
        )


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page for a refusal: the same template and words whichever view raised it."""
    back = _came_from(request) if isinstance(problem, OutOfDate) else ""
    context = {"reason": str(problem), "status": problem.status, "back": back}
    return render(request, "problem.html", context, status=problem.status)


def _came_from(request: HttpRequest) -> str:
    """The page of ours from which a form was sent; empty where the browser does not say."""
    said = urlsplit(request.headers.get("Referer", ""))
    return said.path if said.netloc == request.get_host() and is_valid_path(said.path) else ""


def _limit_session(request: HttpRequest) -> None:
    """End a session after its longest time, or when the same person signed in anew elsewhere."""
    if not request.user.is_authenticated:
        return
    began = request.session.setdefault(BEGAN, request.at.timestamp())  # type: ignore[attr-defined]
    too_old = request.at - datetime.fromtimestamp(began, UTC) > timedelta(hours=settings.SESSION_HOURS)  # type: ignore[attr-defined]
    newer_elsewhere = request.user.session_key not in ("", request.session.session_key)
    if too_old or newer_elsewhere:
        was = str(request.user.pk)
        logout(request)
        request.session[holding.WAS] = was
