"""Data that may have got out, or a drill of it: begun by one question, walked step by step, closed."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotAllowed, NotFound, RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words
from joindots.privacy import actions, queries
from joindots.privacy.rules.breach import OUT
from joindots.web.typed import case_ref, seen
from joindots.web.work.doing import Given, Trouble, tried


@require_http_methods(["GET", "POST"])
def breaches(request: HttpRequest) -> HttpResponse:
    """Begin one by the first question; those that are open, and those that were closed."""
    actor, trouble = actor_of(request), None
    may = actions.begin_breach.may(actor)
    if not may:
        raise NotAllowed(may.reason)
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            return redirect("web:breach", breach=_begin(actor, request.POST))
        except RuleBroken as broken:
            trouble = Trouble(str(broken), broken.status)
        except NotFound:
            trouble = Trouble(
                "There is no case by this reference that you may know of. Leave it empty, or check it.", 422
            )
    now = actor.at.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M")
    context = {
        "found": queries.breaches(actor), "trouble": trouble, "given": request.POST, "now": now, "outs": OUT.items(),
        "here": "privacy", "sub": "breach",
    }  # fmt: skip
    return render(request, "privacy/breaches.html", context, status=trouble.status if trouble else 200)


def _begin(actor: Actor, given: Given) -> str:
    typed = given.get("case", "").strip()
    case = tidy_reference(typed) if typed else ""
    if case is None:
        raise NotFound
    try:
        aware = datetime.fromisoformat(given.get("aware_at", "")).replace(tzinfo=LOCAL)
    except ValueError:
        raise RuleBroken(words("aware_when", "Give the day and time when somebody here first knew.")) from None
    return actions.begin_breach(
        actor, drill=given.get("drill") == "yes", aware_at=aware, out=given.get("out", ""), case=case,
        said=given.get("said", "").replace("\r\n", "\n").strip(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest, breach: str) -> HttpResponse:
    """One, step by step."""
    actor, ref = actor_of(request), case_ref(breach)
    view, trouble = queries.breach(actor, ref), None
    if request.method == "POST":
        which = seen(view.reference, request.POST)
        deeds = {
            "step": lambda given: actions.do_step(
                actor, which, step=given.get("step", ""), answer=given.get("answer", ""),
                said=given.get("said", "").replace("\r\n", "\n").strip(),
            ),
            "close": lambda _: actions.close_breach(actor, which),
        }  # fmt: skip
        trouble = tried(request.POST, deeds)
        if trouble is None:
            return redirect("web:breach", breach=view.reference)
        view = queries.breach(actor, ref)
    context = {
        "view": view, "trouble": trouble, "given": request.POST, "readers": queries.who_opened(actor, ref),
        "here": "privacy", "sub": "breach",
    }  # fmt: skip
    return render(request, "privacy/breach.html", context, status=trouble.status if trouble else 200)
