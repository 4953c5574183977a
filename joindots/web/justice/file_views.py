"""The case file of a crime: its forms as papers, how material is used, and asking others lawfully."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.documents.order_papers import Section
from joindots.documents.word import KIND
from joindots.justice import actions, queries
from joindots.justice.rules.case_file import ENDS, MOST_REASON, MOST_WORDS, USES, Asking
from joindots.kernel.problems import RuleBroken
from joindots.web.justice.places import places
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, Trouble, maybe_day, row, tried
from joindots.web.work.plan_views import neutral


@require_http_methods(["GET", "POST"])
def case_file(request: HttpRequest, crime: UUID) -> HttpResponse:
    """The case file, built from what stands in the crime's own case."""
    actor, trouble, given = actor_of(request), None, request.POST
    if request.method == "POST":
        trouble = tried(given, {
            "mark": lambda given: actions.mark_material(
                actor, Ref(crime), keys=given.getlist("piece"), use=given.get("use", ""),
                described=given.get("described", "")),
            "ask": lambda given: actions.ask_holder(actor, Ref(crime), asking=_asking(given)),
            "end": lambda given: actions.end_ask(
                actor, row(given), to=given.get("to", ""), on=maybe_day(given, "answered_on"),
                answer=given.get("answer", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:crime_file", crime=crime)
    return _page(request, actor, crime, trouble)


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, crime: UUID, file_form: str) -> HttpResponse:
    """A form of the case file, drafted; it leaves only where it names nothing that must not."""
    actor, trouble = actor_of(request), None
    if request.method == "POST":
        word = request.POST.get("as") == "word"
        kind, name = (KIND, "form.docx") if word else ("application/pdf", "form.pdf")
        try:
            return neutral(actions.take_form(actor, Ref(crime), code=file_form, word=word), kind, name)
        except RuleBroken as broken:
            trouble = Trouble(str(broken), broken.status)
    page = queries.file_form(actor, Ref(crime), file_form)
    head = casework.case(actor, case_ref(page.case))
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "crimes"), "page": page, "trouble": trouble,
        "sections": [(one, _rows(one)) for one in page.draft.papers.sections],
    }  # fmt: skip
    return render(request, "justice/file_form.html", context, status=trouble.status if trouble else 200)


def _rows(one: Section) -> list[list[tuple[str, str]]]:
    """The cells of a table, each under its column's head."""
    return [list(zip(one.grid.head, row, strict=True)) for row in one.grid.rows] if one.grid else []


def _page(request: HttpRequest, actor: Actor, crime: UUID, trouble: Trouble | None) -> HttpResponse:
    page = queries.case_file(actor, Ref(crime))
    head = casework.case(actor, case_ref(page.case))
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "crimes"), "page": page, "trouble": trouble,
        "given": request.POST, "uses": USES.items(), "ends": ENDS.items(), "most": MOST_REASON,
        "most_words": MOST_WORDS, "is_open": head.state == "open",
    }  # fmt: skip
    return render(request, "justice/case_file.html", context, status=trouble.status if trouble else 200)


def _asking(given: Given) -> Asking:
    told = given.get("told", "")
    return Asking(
        holder=given.get("holder", ""), what=given.get("what", ""), enquiry=given.get("enquiry", ""),
        needed=given.get("needed", ""), other_means=given.get("other_means", ""),
        counselling=given.get("counselling") == "yes", probative=given.get("probative", ""),
        told="told" if told == "told" else "overridden" if told == "overridden" else "",
        told_on=maybe_day(given, "told_on"), why_not_told=given.get("why_not_told", ""),
    )  # fmt: skip
