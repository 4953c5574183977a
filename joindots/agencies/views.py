"""Choosing which membership to act as, setting one's own password, and what the passkey pages take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from allauth.core import ratelimit
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.roles import Role
from joindots.agencies import enrolling, holding
from joindots.agencies.actors import ACTING, NotSignedIn, memberships_of, second_factor_at
from joindots.agencies.adapters import tries_key


@dataclass(frozen=True, slots=True)
class Choice:
    """One membership to act as."""

    id: str
    agency: str
    roles: str


def understood(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that takes a passkey's answer: one that no browser gives is refused, where the libraries break on it."""

    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (ValueError, RecursionError) as broken:
            raise BadRequest from broken

    return page


@require_http_methods(["GET", "POST"])
def membership(request: HttpRequest) -> HttpResponse:
    """One acting membership at a time, chosen by whoever has several."""
    if not request.user.is_authenticated or second_factor_at(request) is None:
        raise NotSignedIn
    mine = [
        Choice(str(one.pk), one.agency.name, ", ".join(Role(code).words for code in sorted(one.role_set)))
        for one in memberships_of(request)
    ]
    wanted = request.POST.get("membership", "")
    if wanted in {one.id for one in mine}:
        request.session[ACTING] = wanted
        return redirect("web:today")
    return render(request, "agencies/membership.html", {"choices": mine, "missed": request.method == "POST"})


@require_http_methods(["GET", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """What the reader sent when their session had ended: to be looked over, sent, or dropped."""
    if not request.user.is_authenticated or second_factor_at(request) is None:
        raise NotSignedIn
    if request.method == "POST":
        holding.drop_sent(request, "drop")
        return redirect("agencies:held")
    found = holding.held_here(request)
    return render(request, "agencies/held.html", {"found": found, "here": "held"})


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Set one's own password with a code handed over in person."""
    reason = ""
    if request.method == "POST":
        first, again = request.POST.get("password", ""), request.POST.get("again", "")
        username = request.POST.get("username", "")
        if first != again:
            reason = "The two passwords differ. Type the same one twice."
        elif not ratelimit.consume(request, action="enrol", key=f"enrol:{tries_key(request, username)}"):
            return ratelimit.respond_429(request)
        else:
            done = enrolling.enrol(username, request.POST.get("code", ""), first, request.at)  # type: ignore[attr-defined]
            if done:
                return redirect("account_login")
            reason = str(done.reason)
    status = 422 if reason else 200
    return render(request, "agencies/enrol.html", {"reason": reason}, status=status)
