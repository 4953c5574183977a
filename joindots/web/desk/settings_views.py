"""How somebody likes their desk: the order of its rows, and whether single keys do anything; kept by the browser alone.

Neither says anything of a person or a case, so both are plain cookies and stand in no table.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.agencies.actors import actor_of
from joindots.web.desk.rows import ORDERS

ORDER: Final = "desk-order"
KEYS: Final = "single-keys"
A_YEAR: Final = 365 * 24 * 3600


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """Remember the order chosen for the rows of the desk."""
    actor_of(request)
    answer = redirect("web:today")
    chosen = request.POST.get("order", "")
    _keep(request, answer, ORDER, chosen if chosen in ORDERS else "reason")
    return answer


@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, and the switch by which single letters do nothing (for who speaks to a computer, or trembles)."""
    actor_of(request)
    if request.method == "POST":
        answer: HttpResponse = redirect("web:keys")
        _keep(request, answer, KEYS, "off" if request.POST.get("keys") == "off" else "on")
        return answer
    return render(request, "desk/keys.html", {"off": request.COOKIES.get(KEYS) == "off"})


def _keep(request: HttpRequest, answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="Strict", secure=request.is_secure())
