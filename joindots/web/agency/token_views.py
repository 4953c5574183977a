"""Keys of partners' systems: made here, agreed to by another person, ended here. A key is shown once."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.scopes import SCOPES
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.casework import queries as casework
from joindots.circles import actions
from joindots.circles import queries as circles
from joindots.kernel.problems import RuleBroken
from joindots.web.downloads import prove
from joindots.web.typed import membership_typed, whole

DAYS = 90


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The agency's tokens, and making one: for that one shows once more that it is oneself."""
    actor = actor_of(request)
    if request.method == "GET":
        return _page(request, actor)
    if not actor.fresh:
        return prove(reverse("web:tokens"))
    try:
        refuse_unless_shown(request, actor)
        member = membership_typed(request.POST.get("member", "")) or UUID(int=0)
        made = actions.make_token(
            actor, membership=member, name=request.POST.get("name", ""), scopes=request.POST.getlist("scope"),
            days=whole(request.POST.get("days", ""), 0),
        )  # fmt: skip
    except RuleBroken as broken:
        return _page(request, actor, trouble=str(broken), status=broken.status)
    return _page(request, actor, made=made)


@require_POST
def act(request: HttpRequest, token: UUID) -> HttpResponse:
    """Agree to a token, or end it."""
    actor = actor_of(request)
    try:
        if request.POST.get("do") == "agree":
            actions.agree_to_token(actor, token=token)
        else:
            actions.end_token(actor, token=token)
    except RuleBroken as broken:
        return _page(request, actor, trouble=str(broken), status=broken.status)
    return redirect("web:tokens")


def _page(
    request: HttpRequest, actor: Actor, *, trouble: str = "", made: actions.Made | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "tokens": circles.tokens(actor), "staff": circles.staff(actor), "may_make": actions.make_token.may(actor),
        "scopes": [(code, scope.words) for code, scope in SCOPES.items()], "trouble": trouble, "made": made,
        "feed_seen": bool(casework.rejected_reports.may(actor)), "feed_leads": ", ".join(casework.feed_leads(actor)),
        "typed": request.POST, "chosen": request.POST.getlist("scope"), "days": DAYS, "here": "staff",
    }  # fmt: skip
    return render(request, "agency/tokens.html", context, status=status)
