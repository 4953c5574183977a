"""What must never leave: a case’s words by kind, and what is kept out of disclosure. On the victim’s side alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import actions as chronology_actions
from joindots.chronology import queries as chronologies
from joindots.chronology.work import words_copied
from joindots.evidence import queries as evidence
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.rules.links import End
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.people import actions as people_actions
from joindots.people import queries as people
from joindots.people.rules.protected import KIND_WORDS
from joindots.web.typed import case_ref, seen, whole

FOUND = 50


@require_http_methods(["GET", "POST"])
def never_leaves(request: HttpRequest, reference: str) -> HttpResponse:
    """The list of what must never leave, and adding to it."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    circle = Ref(head.circle)
    listed = people.never_leaves(actor, circle)
    kind, word, error = request.POST.get("kind", ""), request.POST.get("word", ""), ""
    if request.method == "POST":
        try:
            people_actions.protect(actor, circle, kind=kind, word=word)
            return redirect("web:never_leaves", reference=reference)
        except RuleBroken as broken:
            error = str(broken)
    context = {
        "head": head, "tab": "packs", "kinds": KIND_WORDS.items(), "error": error, "given": request.POST,
        "field": "kind" if kind not in dict(KIND_WORDS) else "word",
        "groups": [(says, [one for one in listed if one.kind == code]) for code, says in KIND_WORDS.items()],
        "number": sum(one.withdrawn_at is None for one in listed), "marks": chronologies.kept_out_of(actor, ref),
        "may": people_actions.protect.may(actor, circle),
    }  # fmt: skip
    return render(request, "web/never_leaves.html", context, status=422 if error else 200)


@require_POST
def withdraw(request: HttpRequest, word: UUID) -> HttpResponse:
    """Take a word off the list, with a reason."""
    actor = actor_of(request)
    people_actions.withdraw_protected(actor, seen(word, request.POST), why=request.POST.get("why", ""))
    return _back(request, actor)


@require_POST
def lift(request: HttpRequest, mark: UUID) -> HttpResponse:
    """Lift a mark, with a reason."""
    actor = actor_of(request)
    chronology_actions.lift(actor, seen(mark, request.POST), why=request.POST.get("why", ""))
    return _back(request, actor)


@require_http_methods(["GET", "POST"])
def keep_out(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep one thing out of disclosure: an entry, a file, or a record found by its words."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    marks = chronologies.kept_out_of(actor, ref)
    error = ""
    given = request.POST if request.method == "POST" else request.GET
    end = _end(given)
    if request.method == "POST":
        try:
            if end is None:
                raise NotFound
            chronology_actions.keep_out(
                actor, ref, end=end, why=given.get("why", ""), part=given.get("part", "")
            )  # fmt: skip
            return redirect("web:never_leaves", reference=reference)
        except RuleBroken as broken:
            error = str(broken)
    context = {
        "head": head, "tab": "packs", "given": given, "error": error, "end": end, "what": _what(actor, ref, end),
        "already": any(_same(one, end) for one in marks), **_looked_for(actor, ref, request.GET.get("q", "")),
    }  # fmt: skip
    return render(request, "web/keep_out.html", context, status=422 if error else 200)


@require_GET
def pictures(request: HttpRequest, reference: str) -> HttpResponse:
    """The pictures of a case, and who looked each over."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    found = chronologies.pictures_of(actor, ref)
    page = request.GET.get("from", "")
    start = whole(page, 0, digits=6)
    context = {
        "head": head, "tab": "packs", "pictures": found[start : start + FOUND], "all": len(found),
        "looked": sum(one.at is not None for one in found), "start": start,
        "more": start + FOUND if len(found) > start + FOUND else None,
    }  # fmt: skip
    return render(request, "web/pictures_looked_over.html", context)


@require_GET
def words_of(request: HttpRequest, reference: str) -> HttpResponse:
    """The words of one file as a pack for disclosure would copy them."""
    actor, ref = actor_of(request), case_ref(reference)
    head, end = casework.case(actor, ref), _end(request.GET)
    name = _what(actor, ref, end)
    if end is None or not name or end.entry or end.seq is not None:
        raise NotFound
    if end.exhibit is not None:
        sha256 = next(sha256 for pk, _, _, sha256, _ in evidence.exhibits_of(actor, ref) if pk == end.exhibit)
    else:
        sha256 = evidence.file(actor, Ref(end.source or 0)).sha256
    said, problem = None, ""
    try:
        said = words_copied(actor, ref, sha256)
    except (NotReadable, RuleBroken) as broken:
        problem = str(broken.reason)
    context = {"head": head, "tab": "packs", "name": name, "said": said, "problem": problem, "end": end}
    return render(request, "web/words_copied.html", context)


@require_POST
def look_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that one picture was looked over, or take it back."""
    actor, ref = actor_of(request), case_ref(reference)
    end = _end(request.POST)
    if end is None:
        raise NotFound
    act = chronology_actions.look_again if request.POST.get("do") == "again" else chronology_actions.look_over
    act(actor, ref, source=end.source, exhibit=end.exhibit)
    start = request.POST.get("from", "")
    query = f"?{urlencode({'from': start})}" if start.isdecimal() else ""
    return redirect(f"{reverse('web:pictures', args=(reference,))}{query}")


def _back(request: HttpRequest, actor: Actor) -> HttpResponse:
    """To the list of the case that the form named."""
    reference = tidy_reference(request.POST.get("case", ""))
    if reference is None:
        raise NotFound
    return redirect("web:never_leaves", reference=reference)


def _end(given: QueryDict) -> End | None:
    """What a form or address means: an entry, an exhibit, a file, or a record of one."""
    entry, exhibit = tidy_reference(given.get("entry", "")), given.get("exhibit", "")
    if entry:
        return End(entry=entry)
    if exhibit:
        try:
            return End(exhibit=UUID(exhibit))
        except ValueError:
            return None
    source, _, seq = given.get("record", "").partition(".")
    source = source or given.get("source", "")
    if not source.isdecimal() or len(source) > 19:
        return None
    return End(source=int(source), seq=int(seq) if seq.isdecimal() and len(seq) < 10 else None)


def _what(actor: Actor, ref: Ref, end: End | None) -> str:
    """What is meant, in words. Nothing for what is not of this case."""
    if end is None:
        return ""
    if end.entry:
        return f"log entry {end.entry}"
    names = {one.id: one.name for one in evidence.files_of(actor, ref)}
    if end.exhibit is not None:
        return next((name for pk, _, name, _, _ in evidence.exhibits_of(actor, ref) if pk == end.exhibit), "")
    name = names.get(end.source or 0, "")
    return f"record {end.seq + 1:,} of {name}" if name and end.seq is not None else name


def _same(mark: chronologies.KeptOutView, end: End | None) -> bool:
    return (
        end is not None and not mark.part and mark.lifted_at is None and not mark.record
        and (mark.entry == end.entry if end.entry else mark.source is not None and mark.source == end.source)
    )  # fmt: skip


def _looked_for(actor: Actor, ref: Ref, typed: str) -> dict[str, object]:
    """Records and entries that hold some words, for one of them to be chosen."""
    wanted = typed.strip()[:200]
    if not wanted:
        return {"q": "", "lines": (), "total": 0}
    lines, total = evidence.search(actor, ref, wanted)
    return {"q": wanted, "lines": lines[:FOUND], "total": total}
