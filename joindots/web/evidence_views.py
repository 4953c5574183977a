"""Bringing in files, their questions, the list by day, and long work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.evidence import actions as evidence_actions
from joindots.evidence import queries as evidence
from joindots.evidence.readers.answers import Answer
from joindots.evidence.readers.records import Question
from joindots.evidence.uploads import SealedUpload, takes_files
from joindots.jobs import actions as job_actions
from joindots.jobs import queries as jobs
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.web.views import case_ref

DAYS_SHOWN = 28


@require_GET
def files(request: HttpRequest, reference: str) -> HttpResponse:
    """A case's files."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    context = {
        "head": head, "tab": "evidence", "files": evidence.files_of(actor, ref),
        "jobs": jobs.jobs_of(actor, Ref(head.circle)), "may_bring_in": evidence_actions.bring_in.may(actor, ref),
    }  # fmt: skip
    return render(request, "web/files.html", context)


@takes_files
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring in one or several files."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    uploads = [one for one in request.FILES.getlist("file") if isinstance(one, SealedUpload)]
    error = ""
    if request.method == "POST":
        try:
            arrived = [
                evidence_actions.bring_in(actor, ref, name=one.name or "file", sealed=one.sealed) for one in uploads
            ]
            if len(arrived) == 1:
                first = arrived[0]
                return redirect("web:job", job=first.job) if first.job else redirect("web:file", source=first.source)
            if arrived:
                return redirect("web:files", reference=reference)
            error = "Choose a file first. It can be up to 2 GB."
        except RuleBroken as broken:
            error = str(broken)
        finally:
            for one in uploads:
                one.sealed.path.unlink(missing_ok=True)
    context = {"head": head, "tab": "evidence", "error": error}
    return render(request, "web/bring_in.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, source: int) -> HttpResponse:
    """One file: what was found, and its questions."""
    actor = actor_of(request)
    page = evidence.file(actor, Ref(source))
    if request.method == "POST":
        given = tuple(_answers(request, page))
        if given:
            job = evidence_actions.answer(actor, Ref(source), answers=given)
            return redirect("web:job", job=job)
    head = casework.case(actor, case_ref(page.file.case))
    context = {"head": head, "tab": "evidence", "page": page, "missed": request.method == "POST"}
    return render(request, "web/file.html", context, status=422 if request.method == "POST" else 200)


def _answers(request: HttpRequest, page: evidence.FilePage) -> list[Answer]:
    """The answers chosen on the page; a question left alone stays open."""
    given = []
    for number, question in enumerate(page.questions):
        chosen = request.POST.getlist(f"q{number}")
        value = _value(question, chosen)
        if value is not None:
            given.append(Answer(question.question, value, None, question.about))
    return given


def _value(question: Question, chosen: list[str]) -> str | list[str] | None:
    allowed = {*question.candidates, "not_sure"}
    kept = [one for one in chosen if one in allowed]
    if not kept:
        return None
    if question.question == "their_payments" and "not_sure" not in kept:
        return kept
    return kept[0]


@require_GET
def original(request: HttpRequest, source: int) -> FileResponse:
    """A file as it came: always a download, never shown in the page."""
    return _download(evidence.original(actor_of(request), Ref(source)))


@require_GET
def exhibit(request: HttpRequest, exhibit: UUID) -> FileResponse:
    """A file found inside another, as it came."""
    return _download(evidence.exhibit(actor_of(request), Ref(exhibit)))


def _download(kept: evidence.Original) -> FileResponse:
    response = FileResponse(kept.open(), as_attachment=True, filename=kept.name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Length"] = str(kept.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def remove(request: HttpRequest, source: int) -> HttpResponse:
    """Remove a file for good."""
    actor = actor_of(request)
    page = evidence.file(actor, Ref(source))
    evidence_actions.remove(actor, Ref(source))
    return redirect("web:files", reference=page.file.case)


@require_GET
def job(request: HttpRequest, job: UUID) -> HttpResponse:
    """Long work: its steps, counts and how it ended. The page asks again by itself while it runs."""
    actor = actor_of(request)
    view = jobs.job(actor, Ref(job))
    page = evidence.file(actor, Ref(int(view.subject)))
    head = casework.case(actor, case_ref(page.file.case))
    template = "web/job_progress.html" if request.headers.get("HX-Request") else "web/job.html"
    context = {"head": head, "tab": "evidence", "job": view, "page": page}
    return render(request, template, context)


@require_POST
def stop_job(request: HttpRequest, job: UUID) -> HttpResponse:
    """Stop long work."""
    job_actions.stop(actor_of(request), Ref(job))
    return redirect("web:job", job=job)


@require_POST
def resume_job(request: HttpRequest, job: UUID) -> HttpResponse:
    """Go on with stopped work."""
    job_actions.resume(actor_of(request), Ref(job))
    return redirect("web:job", job=job)


@require_GET
def chronology(request: HttpRequest, reference: str) -> HttpResponse:
    """The list by day."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    days = evidence.days_of(actor, ref)
    chosen = _day(request.GET.get("day", "")) or next((one.day for one in reversed(days) if one.day), None)
    lines: tuple[evidence.Line, ...] = ()
    total = 0
    if chosen:
        start = datetime.combine(chosen, time(), LOCAL)
        lines, total = evidence.lines_between(actor, ref, start, datetime.combine(chosen + timedelta(1), time(), LOCAL))
    context = {"head": head, "tab": "chronology", "days": days, "day": chosen, "lines": lines, "total": total}
    return render(request, "web/chronology.html", context)


@require_GET
def search(request: HttpRequest, reference: str) -> HttpResponse:
    """Words within one case."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    words = request.GET.get("q", "").strip()[:200]
    lines, total = evidence.search(actor, ref, words) if words else ((), 0)
    context = {"head": head, "tab": "chronology", "q": words, "lines": lines, "total": total}
    return render(request, "web/search.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
