"""Choosing which membership to act as."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.roles import Role
from joindots.agencies.actors import ACTING, NotSignedIn, memberships_of, second_factor_at


@dataclass(frozen=True, slots=True)
class Choice:
    """One membership to act as."""

    id: str
    agency: str
    roles: str


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
