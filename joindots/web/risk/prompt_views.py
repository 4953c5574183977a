"""What asks for a new look: one prompt with its facts, answering it, noting a change, and looking now."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import london_day
from joindots.risk import actions, queries
from joindots.risk.rules.escalating import CHANGES, CLOSING, MOST_WHY
from joindots.web.risk.case_views import risk_page
from joindots.web.typed import case_ref, seen

NO_DAY = "Enter the day of the change, for example 5 December 2025."


@require_http_methods(["GET", "POST"])
def prompt(request: HttpRequest, prompt: UUID) -> HttpResponse:
    """The facts that raised it, and a person's answer with its reason. A call may have no case yet."""
    actor = actor_of(request)
    given, trouble, status = request.POST, "", 200
    if request.method == "POST":
        try:
            actions.close_prompt(actor, seen(prompt, given), how=given.get("how", ""), why=given.get("why", ""))
            return redirect("web:risk_prompt", prompt=prompt)
        except (RuleBroken, OutOfDate) as broken:
            trouble, status = str(broken.reason), broken.status
    page = queries.prompt(actor, Ref(prompt))
    head = casework.case(actor, case_ref(page.case)) if page.case else None
    context = {
        "head": head, "base": "web/case_layout.html" if head else "layout.html", "tab": "risk", "page": page,
        "given": given, "trouble": trouble, "ways": CLOSING.items(), "most": MOST_WHY,
        "may": actions.close_prompt.may(actor, Ref(prompt)), "may_judge": actions.judge.may(actor, Ref(page.circle)),
    }  # fmt: skip
    return render(request, "risk/prompt.html", context, status=status)


@require_POST
def look(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the rules look at everything recorded so far."""
    actor = actor_of(request)
    actions.look(actor, Ref(casework.case(actor, case_ref(reference)).circle))
    return redirect("web:risk", reference=reference)


@require_http_methods(["GET", "POST"])
def changed(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that something changed around the case."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    given, error, field = request.POST, "", "kind"
    if request.method == "POST":
        try:
            actions.note_change(
                actor, Ref(head.circle), kind=given.get("kind", ""), day=date.fromisoformat(given.get("day", "")),
                said=given.get("words", ""),
            )  # fmt: skip
            return redirect("web:risk", reference=head.reference)
        except ValueError:
            error, field = NO_DAY, "day"
        except RuleBroken as broken:
            error, field = str(broken), {"change_long": "words", "change_far": "day"}.get(broken.reason.code, "kind")
    context = {
        "head": head, "tab": "risk", "given": given, "error": error, "field": field, "kinds": CHANGES.items(),
        "may": actions.note_change.may(actor, Ref(head.circle)), "most": MOST_WHY, "today": london_day(actor.at),
    }  # fmt: skip
    return render(request, "risk/changed.html", context, status=422 if error else 200)


@require_POST
def withdraw_change(request: HttpRequest, change: UUID) -> HttpResponse:
    """Withdraw a change that was noted by mistake; it stays, struck through."""
    actor = actor_of(request)
    reference = queries.case_of_change(actor, Ref(change))
    if not reference:
        raise NotFound
    try:
        actions.withdraw_change(actor, seen(change, request.POST), why=request.POST.get("why", ""))
    except (RuleBroken, OutOfDate) as broken:
        return risk_page(request, reference, trouble=str(broken.reason), status=broken.status)
    return redirect("web:risk", reference=reference)
