"""Cases in from a spreadsheet, and all that an agency owns out: the pages of a team lead and of the second person."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping as Figures
from dataclasses import dataclass
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.documents.sheets import guarded
from joindots.evidence.uploads import SealedUpload, takes_files
from joindots.jobs import queries as jobs
from joindots.kernel.problems import RuleBroken
from joindots.transfer import actions as transfer_actions
from joindots.transfer import queries as transfer
from joindots.transfer.queries.sheets import SheetView
from joindots.transfer.rules.columns import MEANINGS, Mapping
from joindots.transfer.rules.survey import Seen
from joindots.web.downloads import download, prove
from joindots.web.typed import whole
from joindots.web.working import steps_of, why_ended

CHOOSE = "Choose a spreadsheet first: a CSV or an Excel file (.xlsx) of up to 32 MB."
NOT_FRESH = "not_fresh"
AT_WORK = ("looking", "checking", "bringing")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the page asks about it."""

    number: int
    heading: str
    examples: tuple[str, ...]
    chosen: str


@takes_files
@require_http_methods(["GET", "POST"])
def cases_in(request: HttpRequest) -> HttpResponse:
    """The spreadsheets brought in so far, and taking in another."""
    actor = actor_of(request)
    earlier = transfer.sheets(actor)
    error = ""
    if request.method == "POST":
        refuse_unless_shown(request, actor)
        given = [one for one in request.FILES.getlist("file") if isinstance(one, SealedUpload) and one.size]
        try:
            if given:
                taken = transfer_actions.take_sheet(actor, name=given[0].name or "file", sealed=given[0].sealed)
                return redirect("web:case_sheet", sheet=taken)
        finally:
            for one in request.FILES.getlist("file"):
                if isinstance(one, SealedUpload):
                    one.sealed.path.unlink(missing_ok=True)
        error = CHOOSE
    context = {"sheets": earlier, "error": error, "here": "cases"}
    return render(request, "web/agency_cases_in.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def case_sheet(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """One spreadsheet: at work, its columns asked for, what a trial found, or what became of it."""
    actor = actor_of(request)
    view = transfer.sheet(actor, Ref(sheet))
    error = ""
    if request.method == "POST":
        try:
            return _done(request, actor, view)
        except RuleBroken as broken:
            error = str(broken)
            view = transfer.sheet(actor, Ref(sheet))
    context = {"sheet": view, "error": error, "here": "cases", **_work(actor, view.job if _working(view) else None)}
    if view.state == "mapping" or (view.state == "checked" and (error or "columns" in request.GET)):
        context.update(_asked(request, actor, view))
    if request.headers.get("HX-Request"):
        return render(request, "web/agency_progress.html", context)
    return render(request, "web/agency_case_sheet.html", context, status=422 if error else 200)


def _done(request: HttpRequest, actor: Actor, view: SheetView) -> HttpResponse:
    """What a button of the spreadsheet's page asks for."""
    wanted = request.POST.get("do", "")
    if wanted == "remove":
        transfer_actions.remove_sheet(actor, Ref(view.id))
        return redirect("web:cases_in")
    if wanted == "bring":
        transfer_actions.bring(actor, Ref(view.id))
    elif wanted == "columns":
        transfer_actions.map_columns(actor, Ref(view.id), mapping=_mapping(request.POST, view))
    return redirect("web:case_sheet", sheet=view.id)


def _mapping(given: QueryDict, view: SheetView) -> Mapping:
    """The answers of the page, whatever else was posted."""
    number = whole(given.get("table", ""), 0)
    table = _table(view, number)
    row = whole(given.get("heading_row", ""), -1) if not table.named else -1
    meanings = tuple(given.get(f"c{place}", "") for place in range(len(table.headings)))
    order = given.get("date_order", view.mapping.date_order if view.mapping else "")
    return Mapping(number, meanings, row, order)


def _asked(request: HttpRequest, actor: Actor, view: SheetView) -> dict[str, object]:
    """The columns of the chosen table with what was said, remembered or suggested of each."""
    given = request.POST if request.method == "POST" else request.GET
    before = view.mapping
    number = whole(given.get("table", ""), before.sheet if before else 0)
    table = _table(view, number)
    same = before is not None and before.sheet == number
    row = whole(given.get("heading_row", ""), before.heading_row if before and same else -1)
    headings = table.named_by(row)
    known = transfer.remembered(actor, Ref(view.id), tuple(headings))
    meanings = before.meanings if before and same and len(before.meanings) == len(headings) else known.meanings
    said = any(given.get(f"c{place}") for place in range(len(headings)))
    columns = [
        Column(place, heading, tuple(table.examples[place]) if place < len(table.examples) else (),
               given.get(f"c{place}", "") if said else meanings[place])
        for place, heading in enumerate(headings)
    ]  # fmt: skip
    return {
        "asks": True, "table": table, "table_number": number, "columns": columns, "meanings": MEANINGS.items(),
        "heading_row": row, "remembered": known.known and not same, "order": given.get("date_order", known.date_order),
    }  # fmt: skip


@require_GET
def left_out(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """The rows that did not come in, as a spreadsheet: which row, why, and its cells, to be mended and brought in."""
    actor = actor_of(request)
    view = transfer.sheet(actor, Ref(sheet))
    headings = _headings(view)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(guarded(cell) for cell in ("Row", "What", "Why", *headings))
    for row in transfer.left_out(actor, Ref(sheet)):
        what = "here already" if row["repeat"] else "rejected"
        table.writerow(guarded(cell) for cell in (row["row"], what, row["why"], *row["cells"]))
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-left-out.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def take_outs(request: HttpRequest) -> HttpResponse:
    """The takings out, and asking for one."""
    actor = actor_of(request)
    error = ""
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            return redirect("web:taking", taking=transfer_actions.ask(actor))
        except RuleBroken as broken:
            if broken.reason.code == NOT_FRESH:
                return prove(reverse("web:take_outs"))
            error = str(broken)
    may = transfer_actions.ask.may(actor)
    context = {
        "takings": transfer.take_outs(actor), "error": error, "may_ask": may, "here": "cases",
        "deciders": transfer.deciders(actor) if may else (),
    }  # fmt: skip
    return render(request, "web/agency_take_outs.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def taking(request: HttpRequest, taking: UUID) -> HttpResponse:
    """One taking out: who asked, who decides, its making."""
    actor = actor_of(request)
    view = transfer.take_out(actor, Ref(taking))
    error = ""
    if request.method == "POST":
        wanted = request.POST.get("do", "")
        try:
            if wanted in ("agree", "refuse"):
                transfer_actions.decide(actor, Ref(taking), agreed=wanted == "agree")
            elif wanted == "make":
                transfer_actions.make(actor, Ref(taking))
            return redirect("web:taking", taking=taking)
        except RuleBroken as broken:
            if broken.reason.code == NOT_FRESH:
                return prove(reverse("web:taking", args=(taking,)))
            error = str(broken)
            view = transfer.take_out(actor, Ref(taking))
    work = _work(actor, view.job if view.state == "making" and view.mine else None)
    context = {"taking": view, "counts": _in_words(view.counts), "error": error, "here": "cases", **work}
    if request.headers.get("HX-Request"):
        return render(request, "web/agency_progress.html", context)
    return render(request, "web/agency_taking.html", context, status=422 if error else 200)


@require_POST
def fetch(request: HttpRequest, taking: UUID) -> HttpResponse | FileResponse:
    """All that the agency owns, as a download, once."""
    actor = actor_of(request)
    try:
        handed = transfer_actions.hand_over(actor, Ref(taking))
    except RuleBroken as broken:
        if broken.reason.code == NOT_FRESH:
            return prove(reverse("web:taking", args=(taking,)))
        raise
    return download(handed.stream, handed.name, handed.size, "application/zip")


def _working(view: SheetView) -> bool:
    return view.state in AT_WORK


def _in_words(counts: Figures[str, int]) -> list[tuple[str, int]]:
    return [(name.replace("_", " "), number) for name, number in counts.items() if number]


def _work(actor: Actor, job: UUID | None) -> dict[str, object]:
    """The job under way or broken off, with its steps."""
    if job is None:
        return {"job": None}
    view = jobs.job(actor, Ref(job))
    return {"job": view, "steps": steps_of(view), "why": why_ended(view)}


def _table(view: SheetView, number: int) -> Seen:
    return view.survey.tables[number] if 0 <= number < len(view.survey.tables) else view.survey.tables[0]


def _headings(view: SheetView) -> list[str]:
    if view.mapping is None:
        return []
    return _table(view, view.mapping.sheet).named_by(view.mapping.heading_row)
