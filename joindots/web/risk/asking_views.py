"""Asking a form one question at a time beside the answers so far, and keeping the result of another tool."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.risk import actions, queries
from joindots.risk.rules.asking import KEYS, MOST_LETTERS, MOST_RESULT, MOST_WHY, SAID_WORDS, Said
from joindots.risk.rules.tables import tools
from joindots.web.risk.case_views import risk_page
from joindots.web.typed import case_ref, seen

NO_DAY = "Enter the day it was taken, for example 12 November 2025."
FIELD_OF = {
    "tool_missing": "named", "tool_unknown": "tool", "result_missing": "result", "result_long": "result",
    "by_missing": "taken_by", "taken_ahead": "taken_on", "version_long": "tool_version",
}  # fmt: skip


@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a form, or go on with the part-done one; straight to its next question."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    chosen = request.POST.get("form", "")
    try:
        loaded = UUID(chosen) if "-" in chosen else None
        asking = actions.start(
            actor, Ref(head.circle), code=chosen, loaded=loaded, asked_of=request.POST.get("asked_of", "client")
        )
    except ValueError:
        return redirect("web:risk", reference=head.reference)
    except RuleBroken as broken:
        return risk_page(request, reference, trouble=str(broken), status=broken.status)
    return redirect("web:risk_question", assessment=asking)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """One question: its answer is kept and the next one follows. Nothing is lost when the page is left."""
    actor = actor_of(request)
    given = request.POST if request.method == "POST" else request.GET
    trouble = ""
    if request.method == "POST":
        try:
            actions.answer(
                actor, Ref(assessment), question=given.get("item", ""), said=given.get("said", ""),
                words=given.get("words", ""), rests=tuple(request.POST.getlist("rests")),
            )  # fmt: skip
            return _onward(actor, assessment, given.get("item", ""))
        except RuleBroken as broken:
            trouble = str(broken)
    page = _page(actor, assessment)
    item = page.item(given.get("item", "") or page.next or page.items[0].question.code)
    if item is None:
        raise NotFound
    words = given.get("words", "") if trouble else item.answer.words if item.answer else ""
    rests = request.POST.getlist("rests") if trouble else list(item.answer.rests) if item.answer else []
    context = {
        **_around(actor, page), "item": item, "words": words, "rests": rests, "trouble": trouble,
        "answers": [(said, SAID_WORDS[said], key, _is(item, said)) for said, key in KEYS.items()],
        "entries": queries.entries_to_rest_on(actor, Ref(page.circle)), "most": MOST_LETTERS,
        "before": _beside(page, item, -1), "after": _beside(page, item, 1),
    }  # fmt: skip
    return render(request, "risk/question.html", context, status=422 if trouble else 200)


def _is(item: queries.Item, said: Said) -> bool:
    return item.answer is not None and item.answer.said == said


def _beside(page: queries.AskedPage, item: queries.Item, step: int) -> str:
    """The code of the question before or after; empty at the ends."""
    at = item.number - 1 + step
    return page.items[at].question.code if 0 <= at < len(page.items) else ""


def _onward(actor: Actor, assessment: UUID, item: str) -> HttpResponse:
    """To the next open question behind this one; where none is open, to the whole form."""
    page = _page(actor, assessment)
    codes = [one.question.code for one in page.items]
    start = codes.index(item) + 1 if item in codes else 0
    upcoming = next((one for one in page.items[start:] if one.open), None)
    if upcoming is None:
        return redirect("web:risk_asked", assessment=assessment)
    return redirect(f"{reverse('web:risk_question', args=[assessment])}?item={upcoming.question.code}")


@require_GET
def asked(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """A whole form: every question with its answers, and what the tool's own manual says of a complete one."""
    return _asked_page(request, assessment)


@require_POST
def move(request: HttpRequest, assessment: UUID) -> HttpResponse:
    """Finish a form, set it aside with a reason, or take it up again."""
    actor = actor_of(request)
    ref = seen(assessment, request.POST)
    try:
        match request.POST.get("to", ""):
            case "done":
                actions.finish(actor, ref)
            case "set_aside":
                actions.set_aside(actor, ref, why=request.POST.get("why", ""))
            case _:
                actions.take_up(actor, ref)
    except (RuleBroken, OutOfDate) as broken:
        return _asked_page(request, assessment, trouble=str(broken.reason), status=broken.status)
    return redirect("web:risk_asked", assessment=assessment)


def _asked_page(request: HttpRequest, assessment: UUID, *, trouble: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    page = queries.asked(actor, Ref(assessment))
    context = {**_around(actor, page), "trouble": trouble, "why": request.POST.get("why", ""), "most": MOST_WHY}
    return render(request, "risk/asked.html", context, status=status)


def _around(actor: Actor, page: queries.AskedPage) -> dict[str, object]:
    """What both pages show. A call without a case goes on with its form on a page of its own."""
    head = casework.case(actor, case_ref(page.case)) if page.case else None
    may = actions.answer.may(actor, Ref(page.view.id))
    return {
        "head": head, "tab": "risk", "page": page, "may": may, "is_open": head is not None and head.state == "open",
        "base": "web/case_layout.html" if head else "layout.html",
    }  # fmt: skip


def _page(actor: Actor, assessment: UUID) -> queries.AskedPage:
    """The asking of a form in a case; a call without one has a page of its own for it."""
    page = queries.asked(actor, Ref(assessment))
    if not page.case:
        raise NotFound
    return page


@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what another tool gave, in its own words and without its questions."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    given, error, field = request.POST, "", "tool"
    if request.method == "POST":
        try:
            actions.keep_result(
                actor, Ref(head.circle), tool=given.get("tool", ""), named=given.get("named", ""),
                version=given.get("tool_version", ""), result=given.get("result", ""),
                taken_on=date.fromisoformat(given.get("taken_on", "")), taken_by=given.get("taken_by", ""),
            )  # fmt: skip
            return redirect("web:risk", reference=head.reference)
        except ValueError:
            error, field = NO_DAY, "taken_on"
        except RuleBroken as broken:
            error, field = str(broken), FIELD_OF.get(broken.reason.code, "tool")
    context = {
        "head": head, "tab": "risk", "given": given, "error": error, "field": field, "tools": tools().values(),
        "may": actions.keep_result.may(actor, Ref(head.circle)), "most": MOST_RESULT, "most_short": MOST_WHY,
    }  # fmt: skip
    return render(request, "risk/result.html", context, status=422 if error else 200)
