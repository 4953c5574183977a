"""Times without a record, as somebody tells them: said here, hatched in every picture, withdrawn here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.evidence import actions
from joindots.evidence import queries as evidence
from joindots.evidence.rules.entries import TOLD_BY
from joindots.evidence.rules.gaps import MOST_LETTERS, WHY
from joindots.kernel.problems import RuleBroken
from joindots.web.typed import case_ref, seen

NO_DAY = "Enter both days, for example 10 October 2025 and 24 October 2025."
FIELD_OF = {"choice_unknown": "why", "gap_words_long": "words"}


@require_http_methods(["GET", "POST"])
def without_record(request: HttpRequest, reference: str) -> HttpResponse:
    """The list of such times, and telling of one."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    given, error, field = request.POST, "", "first"
    if request.method == "POST":
        try:
            first, last = date.fromisoformat(given.get("first", "")), date.fromisoformat(given.get("last", ""))
            actions.tell_gap(
                actor, ref, first=first, last=last, why=given.get("why", ""), told_by=given.get("told_by", ""),
                words=given.get("words", ""),
            )  # fmt: skip
            return redirect("web:without_record", reference=reference)
        except ValueError:
            error = NO_DAY
        except RuleBroken as broken:
            error, field = str(broken), FIELD_OF.get(broken.reason.code, "first")
    context = {
        "head": head, "tab": "timeline", "gaps": evidence.gaps_told(actor, ref), "given": given, "error": error,
        "field": field, "whys": WHY.items(), "tellers": TOLD_BY.items(), "most": MOST_LETTERS,
        "may": actions.tell_gap.may(actor, ref),
    }  # fmt: skip
    return render(request, "web/without_record.html", context, status=422 if error else 200)


@require_POST
def withdraw(request: HttpRequest, gap: UUID) -> HttpResponse:
    """Withdraw one; it stays in the list, struck through."""
    actor = actor_of(request)
    case = evidence.gap(actor, Ref(gap)).case
    actions.withdraw_gap(actor, seen(gap, request.POST))
    return redirect("web:without_record", reference=case)
