"""Bringing in files, their questions, the list by day, and long work."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
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
from joindots.evidence.actions.arriving import Arrived
from joindots.evidence.uploads import SealedUpload, takes_files
from joindots.jobs import actions as job_actions
from joindots.jobs import queries as jobs
from joindots.kernel.problems import OutOfDate, RuleBroken
from joindots.web.downloads import download
from joindots.web.evidence import keeping
from joindots.web.evidence.inside import inside_of
from joindots.web.evidence.questions import Given, given, shown
from joindots.web.evidence.sources import answers_in_words, format_says, limits_of, places_of
from joindots.web.typed import case_ref, whole
from joindots.web.working import DISCLOSE, PAGES, REMOVE, name_of, steps_of, why, why_ended

TOO_LARGE = "{name} is larger than 2 GB, the most that is taken at one time. Export a shorter period."
CHOOSE = "Choose a file first. It can be up to 2 GB."
EMPTY = "{name} is empty, so there is nothing to keep. Export it again."


@require_GET
def files(request: HttpRequest, reference: str) -> HttpResponse:
    """A case's files, and the work on them. The list asks again by itself while work is under way."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    held = evidence.files_of(actor, ref)
    names = {one.id: one.name for one in held}
    work = jobs.jobs_of(actor, Ref(head.circle))
    context = {
        "head": head, "tab": "evidence",
        "files": [(one, format_says(one.format), why(one.code)) for one in held],
        "jobs": [(one, name_of(one, names)) for one in work if one.state != "done"][:20],
        "done": [(one, name_of(one, names)) for one in work if one.state == "done"][:10],
        "at_work": any(one.at_work for one in work), "may_bring_in": evidence_actions.bring_in.may(actor, ref),
    }  # fmt: skip
    template = "web/files_list.html" if request.headers.get("HX-Request") else "web/files.html"
    return render(request, template, context)


@takes_files
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring in one or several files. Each is a file of its own: one that is refused stops no other."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    may = evidence_actions.bring_in.may(actor, ref)
    errors: list[str] = []
    kept: list[tuple[str, Arrived]] = []
    if request.method == "POST":
        kept, errors = _arrived(request, actor, ref)
        if not errors:
            if len(kept) > 1:
                return redirect("web:files", reference=reference)
            first = kept[0][1]
            return redirect("web:job", job=first.job) if first.job else redirect("web:file", source=first.source)
    context = {"head": head, "tab": "evidence", "errors": errors, "kept": kept, "may": may}
    return render(request, "web/bring_in.html", context, status=422 if errors else 200)


def _arrived(request: HttpRequest, actor: Actor, ref: Ref) -> tuple[list[tuple[str, Arrived]], list[str]]:
    """What was kept of the files sent, and a sentence for each that was not."""
    uploads = [one for one in request.FILES.getlist("file") if isinstance(one, SealedUpload)]
    kept, errors = [], []
    try:
        for one in uploads:
            name = one.name or "file"
            if not one.size:
                errors.append(EMPTY.format(name=name))
                continue
            try:
                kept.append((name, evidence_actions.bring_in(actor, ref, name=name, sealed=one.sealed, ask=True)))
            except RuleBroken as broken:
                errors.append(str(broken))
    finally:
        for one in uploads:
            one.sealed.path.unlink(missing_ok=True)
    too_large = [one for one in request.upload_handlers if getattr(one, "too_large", False)]
    errors += [TOO_LARGE.format(name=getattr(one, "file_name", None) or "The file") for one in too_large]
    if not kept and not errors:
        errors = [CHOOSE]
    return kept, list(dict.fromkeys(errors))


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, source: int) -> HttpResponse:
    """One file: what was found, and its questions."""
    actor = actor_of(request)
    page = evidence.file(actor, Ref(source), looks=request.method == "GET")
    told, error = Given((), {}), ""
    missed = request.method == "POST"
    choosing = missed and keeping.FIELD in request.POST
    if missed:
        told = given(request.POST, page.questions, needed=not choosing)
        try:
            job = None if told.errors else _told(actor, page, told, request.POST, choosing)
        except (RuleBroken, OutOfDate, ValueError) as refusal:
            job, error = None, str(refusal)
        if job:
            return redirect("web:job", job=job)
    head = casework.case(actor, case_ref(page.file.case))
    context = {
        "head": head, "tab": "evidence", "page": page, "missed": missed, "why": why(page.file.code),
        "keep": keeping.asked(page, request.POST if choosing else None, error), "can_narrow": keeping.can_narrow(page),
        "questions": shown(page.questions, request.POST if missed else QueryDict(), told.errors),
        "format": format_says(page.file.format), "limits": limits_of(page.found.coverage),
        "places": places_of(page.found.places), "answers": answers_in_words(page.answers),
        "may_answer": evidence_actions.answer.may(actor, Ref(source)),
        "exhibit_reference": chronologies.reference_of_file(actor, Ref(source)),
        "may_remove": evidence_actions.remove.may(actor, Ref(source)),
        "inside": inside_of(actor, page),
    }  # fmt: skip
    return render(request, "web/file.html", context, status=422 if missed else 200)


def _told(actor: Actor, page: evidence.FilePage, told: Given, post: QueryDict, choosing: bool) -> UUID | None:
    """The work that what was told begins; None where nothing was."""
    ref = Ref(page.file.id, whole(post.get("version", ""), None))
    if choosing:
        return evidence_actions.choose(actor, ref, choice=keeping.chosen(post, page), answers=told.answers)
    return evidence_actions.answer(actor, ref, answers=told.answers) if told.answers else None


@require_GET
def original(request: HttpRequest, source: int) -> FileResponse:
    """A file as it came: always a download, never shown in the page."""
    return _download(evidence.original(actor_of(request), Ref(source), leaves=True))


@require_GET
def exhibit(request: HttpRequest, exhibit: UUID) -> FileResponse:
    """A file found inside another, as it came."""
    return _download(evidence.exhibit(actor_of(request), Ref(exhibit), leaves=True))


def _download(kept: evidence.Original | chronologies.PackFile) -> FileResponse:
    return download(kept.open(), kept.name, kept.size)


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
    if view.kind in PAGES and not (view.kind == DISCLOSE and view.state == "stopped"):
        return redirect(PAGES[view.kind], view.subject)
    page = evidence.file(actor, Ref(int(view.subject))) if view.kind == "evidence.read" else None
    head = casework.case(actor, casework.of_circle(actor, Ref(view.circle)))
    removing = view.kind == REMOVE
    if removing and view.state == "done" and not request.headers.get("HX-Request"):
        return redirect("web:files", reference=head.reference)
    template = "web/job_progress.html" if request.headers.get("HX-Request") else "web/job.html"
    context = {
        "head": head, "tab": "evidence" if page or removing else "packs", "job": view, "page": page,
        "found": keeping.found_says(page) if page else "", "removing": removing,
        "steps": steps_of(view), "why": why_ended(view),
        "may_resume": page is not None or removing or view.state == "refused",
    }  # fmt: skip
    return render(request, template, context)


@require_POST
def stop_job(request: HttpRequest, job: UUID) -> HttpResponse:
    """Stop long work. Work that has ended meanwhile stays as it ended."""
    actor = actor_of(request)
    try:
        job_actions.stop(actor, Ref(job))
    except RuleBroken:
        jobs.job(actor, Ref(job))
    return redirect("web:job", job=job)


@require_POST
def resume_job(request: HttpRequest, job: UUID) -> HttpResponse:
    """Go on with stopped work. Work that somebody else has started again meanwhile is left alone."""
    actor = actor_of(request)
    try:
        job_actions.resume(actor, Ref(job))
    except RuleBroken:
        jobs.job(actor, Ref(job))
    return redirect("web:job", job=job)


@require_http_methods(["GET", "POST"])
def packs(request: HttpRequest, reference: str) -> HttpResponse:
    """The packs of a case, and asking for a new one."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    if request.method == "POST":
        about = tuple(line.strip()[:200] for line in request.POST.get("about", "").splitlines() if line.strip())[:20]
        return redirect("web:job", job=chronology_actions.ask_for_pack(actor, ref, about=about))
    work = {one.subject: one.id for one in jobs.jobs_of(actor, Ref(head.circle)) if one.kind == "chronology.pack"}
    found = chronologies.packs_of(actor, ref)
    context = {
        "head": head, "tab": "packs", "packs": [(one, work.get(str(one.id))) for one in found],
        "may_make": chronology_actions.ask_for_pack.may(actor, ref),
    }  # fmt: skip
    return render(request, "web/packs.html", context)


@require_GET
def pack(request: HttpRequest, pack: UUID) -> FileResponse:
    """A pack, as a download."""
    return _download(chronologies.pack_file(actor_of(request), Ref(pack), leaves=True))
