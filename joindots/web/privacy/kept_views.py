"""What is kept and how long: what is due, one thing with its holds and erasing, certificates, periods."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.kernel.problems import NotFound
from joindots.privacy import actions, queries
from joindots.privacy.rules.keeping import HOLD_WORDS
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, maybe_day, maybe_whole, row, tried


@require_http_methods(["GET", "POST"])
def due(request: HttpRequest) -> HttpResponse:
    """What is due, and how long the agency keeps things."""
    actor, trouble = actor_of(request), None
    if request.method == "POST":
        trouble = tried(request.POST, {"period": partial(_period, request, actor)})
        if trouble is None:
            return redirect("web:kept")
    after = request.GET.get("after", "")
    page = queries.due_list(actor, after)
    context = {
        "due": page.lines, "more": page.after, "after": after, "periods": queries.periods(actor),
        "here": "privacy", "sub": "kept", "trouble": trouble, "may_set": actions.set_period.may(actor),
    }  # fmt: skip
    return render(request, "privacy/kept.html", context, status=trouble.status if trouble else 200)


def _period(request: HttpRequest, actor: Actor, given: Given) -> None:
    refuse_unless_shown(request, actor)
    months = maybe_whole(given, "months")
    actions.set_period(actor, rule=given.get("rule", ""), months=-1 if months is None else months)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, circle: UUID) -> HttpResponse:
    """One thing that is kept: held, kept longer, signed, agreed to, erased."""
    actor, ref, trouble, made = actor_of(request), Ref(circle), None, []
    view = queries.record(actor, ref)
    if request.method == "POST":
        deeds = {
            "hold": lambda given: actions.hold(
                actor, ref, kind=given.get("kind", ""), why=given.get("why", "").strip(),
                review_on=maybe_day(given, "review_on"),
            ),
            "lift": lambda given: actions.lift(actor, row(given), why=given.get("why", "").strip()),
            "keep": lambda given: actions.keep_longer(
                actor, ref, why=given.get("why", "").strip(), again_on=maybe_day(given, "again_on")
            ),
            "sign": lambda given: actions.sign_to_erase(actor, ref, checked=given.getlist("checked")),
            "agree": lambda _: actions.agree_to_erase(actor, ref, agreed=True),
            "refuse": lambda _: actions.agree_to_erase(actor, ref, agreed=False),
            "erase": lambda _: made.append(actions.erase(actor, ref)),
        }  # fmt: skip
        trouble = tried(request.POST, deeds)
        if made:
            return redirect("web:certificate", certificate=made[0])
        if trouble is None:
            return redirect("web:kept_record", circle=circle)
    context = {
        "view": view, "trouble": trouble, "given": request.POST, "here": "privacy", "sub": "kept",
        "kinds": HOLD_WORDS.items(), "checked": request.POST.getlist("checked"), "may": actions.hold.may(actor, ref),
    }  # fmt: skip
    return render(request, "privacy/kept_record.html", context, status=trouble.status if trouble else 200)


@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """What was erased."""
    context = {"found": queries.certificates(actor_of(request)), "here": "privacy", "sub": "certificates"}
    return render(request, "privacy/certificates.html", context)


@require_GET
def certificate(request: HttpRequest, certificate: str) -> HttpResponse:
    """One certificate, to be printed."""
    ref = case_ref(certificate)
    if not isinstance(ref.key, str):
        raise NotFound
    context = {"view": queries.certificate(actor_of(request), ref.key), "here": "privacy", "sub": "certificates"}
    return render(request, "privacy/certificate.html", context)
