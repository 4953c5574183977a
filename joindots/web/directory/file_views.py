"""Files of listings: brought in, looked at, taken in; and the listings that leave as an Open Referral page."""

from __future__ import annotations

import csv
import io
import json
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.directory import actions, queries
from joindots.directory.rules.arriving import MOST_BYTES, areas_typed, read_file
from joindots.directory.rules.leaving import Leaving, page_of
from joindots.directory.rules.listing import line
from joindots.documents.sheets import guarded
from joindots.evidence.uploads import SealedUpload, takes_files
from joindots.kernel.problems import NotAllowed, OutOfDate, RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words
from joindots.vault.files import open_file
from joindots.web.downloads import download
from joindots.web.typed import seen

CHOOSE = words("choose_file", "Choose a file first: Open Referral as JSON, or a zip of its tables, of at most 8 MB.")
SHOWN = 100


@takes_files
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """The files brought in so far, and bringing in another."""
    actor = actor_of(request)
    earlier = queries.arrivals(actor)
    trouble = ""
    if request.method == "POST":
        try:
            refuse_unless_shown(request, actor)
            return redirect("web:service_file", arrival=_bring_in(request, actor))
        except RuleBroken as broken:
            trouble = str(broken)
        finally:
            for one in request.FILES.getlist("file"):
                one.close()
    typed = {name: request.POST.get(name, "")[:120] for name in ("source", "area", "all_needs")}
    context = {"arrivals": earlier, "trouble": trouble, "typed": typed, "here": "services"}
    return render(request, "directory/files.html", context, status=422 if trouble else 200)


def _bring_in(request: HttpRequest, actor: Actor) -> UUID:
    given = [one for one in request.FILES.getlist("file") if isinstance(one, SealedUpload) and one.size]
    if not given:
        raise RuleBroken(CHOOSE)
    if given[0].sealed.size > MOST_BYTES:
        raise RuleBroken(words("file_too_large", "Give a file of at most 8 MB. Ask the publisher for a part of it."))
    may = actions.bring_in.may(actor)
    if not may:
        raise NotAllowed(may.reason)
    kept = given[0].sealed
    with open_file(kept.path, kept.key, kept.size) as stream:
        data = stream.read()
    source, areas = request.POST.get("source", ""), areas_typed(request.POST.get("area", ""))
    today = actor.at.astimezone(LOCAL).date()
    read = read_file(data, line(source, 120), areas, today, all_needs=bool(request.POST.get("all_needs")))
    return actions.bring_in(actor, read, name=given[0].name or "file", source=source)


@require_http_methods(["GET", "POST"])
def arrival(request: HttpRequest, arrival: UUID) -> HttpResponse:
    """One file: what would come in, what would not and why; taking it in; what came of it."""
    actor = actor_of(request)
    view = queries.arrival(actor, Ref(arrival))
    trouble, status = "", 200
    if request.method == "POST":
        try:
            if request.POST.get("do") == "drop":
                actions.drop_file(actor, seen(arrival, request.POST))
                return redirect("web:service_files")
            _take_in(request, actor, arrival)
            return redirect("web:service_file", arrival=arrival)
        except (RuleBroken, OutOfDate) as refused:
            trouble, status = str(refused), refused.status
            view = queries.arrival(actor, Ref(arrival))
    rows = queries.rows_of(actor, Ref(arrival))
    context = {
        "view": view, "trouble": trouble, "here": "services", "good": [row for row in rows if not row.why][:SHOWN],
        "bad": [row for row in rows if row.why][:SHOWN], "number_good": view.total - view.rejected, "shown": SHOWN,
    }  # fmt: skip
    return render(request, "directory/file.html", context, status=status)


def _take_in(request: HttpRequest, actor: Actor, key: UUID) -> None:
    """Take in what the window showed, a short transaction at a time, until all of it is in."""
    everybody = request.POST.get("audience") != "own"
    done = actions.take_in(actor, seen(key, request.POST), everybody=everybody)
    while not done.whole:
        done = actions.take_in(actor, Ref(key), everybody=everybody)


@require_GET
def left_out(request: HttpRequest, arrival: UUID) -> FileResponse:
    """The rows that did not come in, as a spreadsheet: which, and why."""
    actor = actor_of(request)
    rows = queries.rows_of(actor, Ref(arrival))
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(("Row", "Name", "Why"))
    table.writerows((guarded(str(row.number)), guarded(row.name), guarded(row.why)) for row in rows if row.why)
    data = ("\ufeff" + text.getvalue()).encode()
    return download(io.BytesIO(data), "services-left-out.csv", len(data), "text/csv; charset=utf-8")


@require_GET
def out(request: HttpRequest) -> FileResponse:
    """The listings that are open to everybody, as one Open Referral page."""
    actor = actor_of(request)
    leaving = (Leaving(one.reference, one.listing, one.keeper, one.confirmed_on) for one in queries.to_take_out(actor))
    data = json.dumps(page_of(leaving), ensure_ascii=False, indent=1).encode()
    return download(io.BytesIO(data), "services.json", len(data), "application/json")
