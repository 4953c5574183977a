"""What is held about a client, and the copy that they get: looked through record by record, agreed to, fetched."""

from __future__ import annotations

import io
import zipfile
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.chronology.work.packs import scratch_folder
from joindots.documents.plain import Part, notes_pdf
from joindots.kernel.problems import NotFound
from joindots.privacy import actions, queries
from joindots.privacy.rules import copying as rules
from joindots.web.downloads import prove
from joindots.web.typed import seen, whole
from joindots.web.work.doing import Given, tried
from joindots.web.work.plan_views import neutral

TITLE = "Copy"
_MADE = (1980, 1, 1, 0, 0, 0)


@require_http_methods(["GET", "POST"])
def held(request: HttpRequest, circle: UUID) -> HttpResponse:
    """What is held in a circle, by kind and count, and the copies that were begun."""
    actor, ref = actor_of(request), Ref(circle)
    view = queries.what_is_held(actor, ref)
    if request.method == "POST":
        return redirect("web:copy", copy=actions.begin_copy(actor, ref))
    context = {"view": view, "copies": queries.copies(actor, ref), "here": "privacy", "sub": "copies", "circle": circle}
    return render(request, "privacy/held.html", context)


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, copy: UUID) -> HttpResponse:
    """One copy: what is left to look at, words taken out, the second person."""
    actor, ref = actor_of(request), Ref(copy)
    view, trouble = queries.copy(actor, ref), None
    if request.method == "POST":
        if request.POST.get("do") in ("agree", "refuse") and not actor.fresh:
            return prove(reverse("web:copy", args=(copy,)))
        which = seen(copy, request.POST)
        deeds = {
            "words": lambda given: actions.take_words_out(actor, which, typed=given.get("out", "")[:20_000]),
            "ask": lambda _: actions.ask_for_copy(actor, which),
            "agree": lambda _: actions.agree_to_copy(actor, copy=copy, agreed=True),
            "refuse": lambda _: actions.agree_to_copy(actor, copy=copy, agreed=False),
        }
        trouble = tried(request.POST, deeds)
        if trouble is None:
            return redirect("web:copy", copy=copy)
    context = {
        "view": view, "trouble": trouble, "here": "privacy", "sub": "copies",
        "left": sum(one.left for one in view.kinds), "may_agree": actions.agree_to_copy.may(actor),
    }  # fmt: skip
    return render(request, "privacy/copy.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def records(request: HttpRequest, copy: UUID) -> HttpResponse:
    """The records of one kind, a page of them, each as it would leave."""
    actor, ref = actor_of(request), Ref(copy)
    view, trouble = queries.copy(actor, ref), None
    kind, page = request.GET.get("kind", "")[:60], int(whole(request.GET.get("page", ""), 1))
    if request.method == "POST":
        deeds = {"choose": lambda given: actions.choose(actor, seen(copy, given), decided=_decided(kind, given))}
        trouble = tried(request.POST, deeds)
        if trouble is None:
            return redirect(f"{reverse('web:copy_records', args=(copy,))}?kind={kind}&page={page}")
    what, found, pages = queries.pieces(actor, ref, kind, page)
    if not what:
        raise NotFound
    context = {
        "view": view, "what": what, "found": found, "kind": kind, "page": min(max(page, 1), pages), "pages": pages,
        "trouble": trouble, "whys": rules.WHY_KEPT.items(), "here": "privacy", "sub": "copies",
    }  # fmt: skip
    return render(request, "privacy/copy_records.html", context, status=trouble.status if trouble else 200)


def _decided(kind: str, given: Given) -> actions.copying.Decided:
    """What the form says about each record: `give`, or a reason why not; what was left empty is left as it is."""
    told: dict[tuple[str, str], tuple[bool, str]] = {}
    for name, value in given.items():
        if name.startswith("piece-") and value:
            why = str(value)
            told[kind, name.removeprefix("piece-")] = (why == "give", "" if why == "give" else why)
    return told


@require_POST
def fetch(request: HttpRequest, copy: UUID) -> HttpResponse:
    """The copy as a file: a PDF to read, and the same for a machine. Its name says nothing."""
    actor: Actor = actor_of(request)
    if not actor.fresh:
        queries.copy(actor, Ref(copy))
        return prove(reverse("web:copy", args=(copy,)))
    told = actions.fetch_copy(actor, Ref(copy)).bundle
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("copy.pdf", _MADE), _pdf(told, actor))
        file.writestr(zipfile.ZipInfo("copy.json", _MADE), rules.as_json(told))
    return neutral(out.getvalue(), "application/zip", "copy.zip")


def _line(item: rules.Item) -> str:
    said = (f"{name}: {' / '.join(text.splitlines())}" for name, text in item.lines)
    return f"{item.on.day} {item.on:%B %Y}. " + " · ".join(said)


def _pdf(told: rules.Bundle, actor: Actor) -> bytes:
    parts = []
    for one in told.sections:
        lines = [_line(item) for item in one.given]
        lines += [f"{count or 'All'} kept back: {why}" for why, count in one.kept_back]
        if lines:
            parts.append(Part(f"{one.what[:1].upper()}{one.what[1:]}", tuple(lines)))
    day = f"{told.made_on.day} {told.made_on:%B %Y}"
    opening = (f"From {told.agency}, {day}. Held under: {told.regime}.",)
    return notes_pdf(TITLE, parts, actor.at, scratch_folder(), opening=opening, closing=rules.RIGHTS)
