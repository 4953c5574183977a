"""What police and others ask about the client of a case, and telling the client: by letter, or written down why not."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.privacy import actions, queries
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, row, tried, words_of


@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, reference: str) -> HttpResponse:
    """The requests of a case; each asks for a letter to the client, or for the reason why there is none."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    found = queries.asked_about(actor, ref)
    trouble = None
    if request.method == "POST":
        written: list[UUID] = []

        def tell(given: Given) -> None:
            written.append(actions.tell_client(actor, row(given), body=words_of(given, "body")).id)

        trouble = tried(request.POST, {
            "tell": tell,
            "untold": lambda given: actions.say_untold(actor, row(given), why=words_of(given, "why_untold")),
        })  # fmt: skip
        if trouble is None and written:
            return redirect("web:notice", reference=reference, notice=written[0])
        if trouble is None:
            return redirect("web:case_asked", reference=reference)
        found = queries.asked_about(actor, ref)
    context = {
        "head": head, "tab": "taking", "sub": "agreed", "trouble": trouble, "asked": found, "given": request.POST,
        "keeps": actor.may(queries.request.permission),
    }  # fmt: skip
    return render(request, "privacy/asked.html", context, status=trouble.status if trouble else 200)
