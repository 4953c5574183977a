"""Custody as a statement: on a page, as a PDF, and as a table with the chain's hashes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import queries as chronologies
from joindots.chronology.work import scratch_folder
from joindots.documents.statements import statement_pdf
from joindots.web.typed import case_ref


@require_GET
def statement(request: HttpRequest, reference: str) -> HttpResponse:
    """The statement, thing by thing."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    told = chronologies.statement_of(actor, ref)
    return render(request, "web/statement.html", {"head": head, "tab": "custody", "told": told})


@require_GET
def statement_as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The statement as a PDF. That it leaves is noted."""
    actor, ref = actor_of(request), case_ref(reference)
    casework.case(actor, ref)
    told = chronologies.statement_of(actor, ref)
    chronologies.note_statement(actor, ref, form="pdf")
    return _download(statement_pdf(told, actor.at, scratch_folder()), "application/pdf", f"custody-{ref.key}.pdf")


@require_GET
def statement_as_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The statement as a table: every entry of the case's book, with its digest and the one before."""
    actor, ref = actor_of(request), case_ref(reference)
    casework.case(actor, ref)
    told = chronologies.statement_of(actor, ref)
    chronologies.note_statement(actor, ref, form="csv")
    return _download(told.sheet, "text/csv; charset=utf-8", f"custody-{ref.key}.csv")


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
