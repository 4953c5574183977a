"""Bringing in files, their questions, the list by day, and long work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import actions as chronology_actions
from joindots.chronology import queries as chronologies
from joindots.evidence import actions as evidence_actions
from joindots.evidence import queries as evidence
from joindots.evidence.uploads import SealedUpload, takes_files
from joindots.jobs import actions as job_actions
from joindots.jobs import queries as jobs
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.web.listing import listing
from joindots.web.questions import answers_given, shown
from joindots.web.views import case_ref
from joindots.web.working import steps_of, why_ended

FEW_LINES, MANY_LINES = 50, 500


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
        given = answers_given(request.POST, page.questions)
        if given:
            return redirect("web:job", job=evidence_actions.answer(actor, Ref(source), answers=given))
    head = casework.case(actor, case_ref(page.file.case))
    missed = request.method == "POST"
    context = {"head": head, "tab": "evidence", "page": page, "missed": missed, "questions": shown(page.questions)}
    return render(request, "web/file.html", context, status=422 if missed else 200)


@require_GET
def original(request: HttpRequest, source: int) -> FileResponse:
    """A file as it came: always a download, never shown in the page."""
    return _download(evidence.original(actor_of(request), Ref(source)))


@require_GET
def exhibit(request: HttpRequest, exhibit: UUID) -> FileResponse:
    """A file found inside another, as it came."""
    return _download(evidence.exhibit(actor_of(request), Ref(exhibit)))


def _download(kept: evidence.Original | chronologies.PackFile) -> FileResponse:
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
    page = evidence.file(actor, Ref(int(view.subject))) if view.kind == "evidence.read" else None
    head = casework.case(actor, casework.of_circle(actor, Ref(view.circle)))
    template = "web/job_progress.html" if request.headers.get("HX-Request") else "web/job.html"
    context = {
        "head": head, "tab": "evidence" if page else "packs", "job": view, "page": page, "steps": steps_of(view),
        "why": why_ended(view),
    }  # fmt: skip
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
    """The list by day, newest first, a few days a page."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    days = evidence.days_of(actor, ref)
    chosen = _day(request.GET.get("day", ""))
    most = MANY_LINES if request.GET.get("all") else FEW_LINES
    listed = listing(days, chosen, only=bool(request.GET.get("all")))
    blocks = [_block(actor, ref, one, most) for one in listed.shown]
    context = {
        "head": head, "tab": "chronology", "days": days, "blocks": blocks, "newer": listed.newer, "older": listed.older,
        "total_contacts": sum(one.total for one in days), "dated": sum(one.day is not None for one in days),
        "first": listed.first, "last": listed.last,
    }  # fmt: skip
    return render(request, "web/chronology.html", context)


def _block(actor: Actor, ref: Ref, one: evidence.Day, most: int) -> dict[str, object]:
    """One day with its lines."""
    if one.day is None:
        lines = evidence.lines_without_day(actor, ref, most)
        total = one.total
    else:
        start = datetime.combine(one.day, time(), LOCAL)
        end = datetime.combine(one.day + timedelta(days=1), time(), LOCAL)
        lines, total = evidence.lines_between(actor, ref, start, end, most)
    return {
        "day": one.day, "total": one.total, "incoming": one.incoming, "outgoing": one.outgoing, "lines": lines,
        "more": max(0, total - len(lines)),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def packs(request: HttpRequest, reference: str) -> HttpResponse:
    """The packs of a case, and asking for a new one."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    if request.method == "POST":
        about = tuple(line.strip()[:200] for line in request.POST.get("about", "").splitlines() if line.strip())[:20]
        return redirect("web:job", job=chronology_actions.ask_for_pack(actor, ref, about=about))
    context = {
        "head": head, "tab": "packs", "packs": chronologies.packs_of(actor, ref),
        "may_make": chronology_actions.ask_for_pack.may(actor, ref),
    }  # fmt: skip
    return render(request, "web/packs.html", context)


@require_GET
def pack(request: HttpRequest, pack: UUID) -> FileResponse:
    """A pack, as a download."""
    return _download(chronologies.pack_file(actor_of(request), Ref(pack)))


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
