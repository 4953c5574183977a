"""How the Victims' Code was kept; special measures; days at court and their sheet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import court as rules
from joindots.casework.rules import plans, rights
from joindots.casework.rules.cases import RELATION_WORDS
from joindots.chronology.work import scratch_folder
from joindots.documents.plain import Part, notes_pdf
from joindots.kernel.when import day_says, midnight
from joindots.law import clocks, tables
from joindots.web.typed import again, case_ref
from joindots.web.work.doing import Given, an_id, day, maybe_day, places, row, tried
from joindots.web.work.plan_views import neutral

RELATIONS = {text: code for code, text in RELATION_WORDS.items()}


@require_http_methods(["GET", "POST"])
def rights_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Twelve rights: what started each, by when it was due, who told when."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "note": lambda given: actions.note_right(
                actor, ref, event=given.get("event", ""), on=day(given, "on"), enhanced=given.get("enhanced", ""),
                note=given.get("note", "")),
            "settle": lambda given: actions.settle_right(
                actor, row(given), to=given.get("to", ""), told_on=maybe_day(given, "told_on"),
                how=given.get("how", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:rights", reference=reference)
    blocks = casework.rights_of(actor, ref)
    noted = [one for block in blocks for one in block.noted]
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "rights"), "blocks": blocks, "given": request.POST,
        "events": _events(), "enhanced": rights.ENHANCED_WORDS.items(),
        "enhanced_now": request.POST.get("enhanced", "persistent"), "trouble": trouble,
        "states": [(code.value, text) for code, text in rights.RIGHT_STATE_WORDS.items() if code != "open"],
        "noted": len(noted), "met": sum(one.state == "met" for one in noted), "wrong": sum(one.wrong for one in noted),
        "may": actions.note_right.may(actor, ref),
    }  # fmt: skip
    return render(request, "work/rights.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def court_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Special measures and days at court."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "want": lambda given: actions.want_measure(
                actor, ref, measure=given.get("measure", ""), due_on=maybe_day(given, "due_on")),
            "move": lambda given: actions.move_measure(
                actor, row(given), to=given.get("to", ""), note=given.get("note", "")),
            "plan": lambda given: actions.plan_court_day(actor, ref, **_day_given(given)),
            "change": lambda given: actions.change_court_day(actor, row(given), **_day_given(given)),
            "end": lambda given: actions.end_court_day(actor, row(given), cancelled="cancelled" in given),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:court", reference=reference)
    days, given = casework.court_days_of(actor, ref), again(request.POST, trouble.status if trouble else 200)
    editing = next((one for one in days if str(one.id) == request.GET.get("day")), None)
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "court"), "given": given, "days": days,
        "measures": casework.measures_of(actor, ref), "kinds": rules.HEARING_WORDS.items(), "editing": editing,
        "sheet": _sheet_fields(given, editing), "trouble": trouble,
        "may": actions.plan_court_day.may(actor, ref),
        "eligible": rights.eligibility_says(RELATIONS.get(head.relation, "not_known")),
        "eligible_mark": rights.ELIGIBILITY_MARK,
    }  # fmt: skip
    return render(request, "work/court.html", context, status=trouble.status if trouble else 200)


@require_GET
def court_notes(request: HttpRequest, reference: str) -> HttpResponse:
    """The day's sheet for the person, plain and printable; with `pdf` as a file. It names neither them nor a case."""
    actor, ref = actor_of(request), case_ref(reference)
    casework.case(actor, ref)
    one = casework.court_day(actor, Ref(an_id(request.GET, "day")))
    if "pdf" not in request.GET:
        return render(request, "work/day_notes.html", {"day": one, "title": plans.TITLE})
    actions.take_day_sheet(actor, Ref(one.id))
    opening = [" · ".join(part for part in (day_says(midnight(one.on)), one.clock, one.court) if part)]
    parts = [Part(label, tuple(text.splitlines()), ticks=True) for label, text in one.sheet]
    if one.measures:
        parts.append(Part("Agreed for the room", one.measures))
    return neutral(notes_pdf(plans.TITLE, parts, actor.at, scratch_folder(), opening=opening), "application/pdf",
                   "notes.pdf")  # fmt: skip


def _events() -> list[tuple[str, str]]:
    """What can start a right: its code, and words with the right's number and its clock."""
    told = []
    for code, one in rights.EVENTS.items():
        clock = tables.deadlines()[one.clock] if one.clock else None
        shorter = ", 1 with enhanced rights" if one.clock in clocks.ENHANCED else ""
        days = f": {clock.amount} working days{shorter}" if clock else ""
        told.append((code, f"{one.says} (right {one.right}{days})"))
    return told


def _day_given(given: Given) -> dict[str, Any]:
    """What a day's form hands back, as the actions take it."""
    return {
        "kind": given.get("kind", ""), "on": day(given, "on"), "court_name": given.get("court", ""),
        "clock": given.get("clock", ""), "lines": {code: given.get(f"line_{code}", "") for code in rules.SHEET},
    }  # fmt: skip


def _sheet_fields(given: Given, editing: casework.DayView | None) -> list[tuple[str, str, str]]:
    lines = editing.lines if editing else {}
    return [(code, label, given.get(f"line_{code}", lines.get(code, ""))) for code, label in rules.SHEET.items()]
