"""Is this really them? A caller is told nothing, and nothing of the person is shown, until the code word fits."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.kernel.problems import RuleBroken
from joindots.people import actions, queries
from joindots.people.rules.callers import LISTEN, SHOWN, Outcome
from joindots.web.contact.card_views import head_of
from joindots.web.typed import seen


@require_http_methods(["GET", "POST"])
def caller(request: HttpRequest, reference: str, person: UUID) -> HttpResponse:
    """Try the word a caller says; note a silent call; look at what failed."""
    actor = actor_of(request)
    head = head_of(actor, reference, person)
    circle, error, outcome = Ref(head.circle), "", request.GET.get("ended", "")
    do, note = request.POST.get("do", ""), request.POST.get("note", "")
    if request.method == "POST":
        try:
            if do == "silent":
                actions.note_silent(actor, circle, person=person, note=note)
                outcome = Outcome.SILENT.value
            elif do.startswith("seen:"):
                actions.seen_caller(actor, seen(UUID(do.removeprefix("seen:")), request.POST))
                outcome = ""
            else:
                outcome = actions.check_caller(
                    actor, circle, person=person, word=request.POST.get("word", "")[:200], note=note,
                    rang=request.POST.get("rang") == "we",
                )  # fmt: skip
            target = redirect("web:caller", reference=reference, person=person)
            target["Location"] += f"?ended={outcome}" if outcome else ""
            return target
        except ValueError:
            error = "This row is not there. Open the page again."
        except RuleBroken as broken:
            error, outcome = str(broken), ""
    page = queries.caller_page(actor, circle, person)
    last = page.checks[0] if page.checks else None
    newest = last.outcome if last and actor.at - last.at <= SHOWN else ""
    context = {
        "head": head, "tab": "contact", "page": page, "error": error, "listen": LISTEN, "note": note if error else "",
        "outcome": outcome if outcome == newest else "", "rang": last is not None and last.rang,
    }  # fmt: skip
    return render(request, "contact/caller.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, reference: str, person: UUID) -> HttpResponse:
    """Set the code word and the word for danger. Neither is ever shown again."""
    actor = actor_of(request)
    head = head_of(actor, reference, person)
    error = ""
    if request.method == "POST":
        try:
            actions.set_code_word(
                actor, Ref(person), word=request.POST.get("word", "")[:200], duress=request.POST.get("duress", "")[:200]
            )
            return redirect("web:card", reference=reference, person=person)
        except RuleBroken as broken:
            error = str(broken)
    page = queries.card_page(actor, Ref(person))
    context = {"head": head, "tab": "contact", "page": page, "error": error}
    return render(request, "contact/code.html", context, status=422 if error else 200)
