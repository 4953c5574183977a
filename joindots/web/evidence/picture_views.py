"""Pictures as they may be looked at: drawn anew behind walls, never the file itself; and the words they show."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.evidence import actions
from joindots.evidence import queries as evidence
from joindots.evidence.readers.pictures import looking
from joindots.evidence.readers.pictures.small import Small
from joindots.evidence.readers.problems import NotReadable
from joindots.evidence.rules import screenshots
from joindots.evidence.uploads import sealed_anew
from joindots.kernel.problems import RuleBroken
from joindots.web.evidence import screenshot_form
from joindots.web.evidence.inside import about, is_picture
from joindots.web.typed import case_ref, whole


@require_GET
def picture(request: HttpRequest, source: int) -> HttpResponse:
    """The small picture of a file; made, and kept, when somebody first looks."""
    actor, ref = actor_of(request), Ref(source)
    png = evidence.thumbnail(actor, ref)
    if png is None:
        small = _made(evidence.original(actor, ref), looking.thumbnail)
        actions.keep_thumbnail(actor, ref, small=small)
        png = small.png
    return _png(png)


@require_GET
def picture_inside(request: HttpRequest, exhibit: UUID) -> HttpResponse:
    """The small picture of a file found inside another."""
    actor, ref = actor_of(request), Ref(exhibit)
    png = evidence.thumbnail_inside(actor, ref)
    if png is None:
        small = _made(evidence.exhibit(actor, ref), looking.thumbnail)
        actions.keep_thumbnail_inside(actor, ref, small=small)
        png = small.png
    return _png(png)


@require_GET
def large_picture(request: HttpRequest, source: int) -> HttpResponse:
    """A picture large enough to read what it says; kept nowhere."""
    return _png(_made(evidence.original(actor_of(request), Ref(source)), looking.large).png)


@require_GET
def inside(request: HttpRequest, exhibit: UUID) -> HttpResponse:
    """A file found inside another: what it is, how long it plays, its picture if it is one."""
    actor = actor_of(request)
    one = evidence.inside_one(actor, Ref(exhibit))
    of = evidence.file(actor, Ref(one.source))
    head = casework.case(actor, case_ref(of.file.case))
    context = {
        "head": head, "tab": "evidence", "one": one, "of": of.file, "picture": is_picture(one.name),
        "may_take_out": actions.bring_in.may(actor, case_ref(of.file.case)),
        "about": about(evidence.exhibit(actor, Ref(exhibit))),
    }  # fmt: skip
    return render(request, "web/inside.html", context)


@require_POST
def take_out(request: HttpRequest, exhibit: UUID) -> HttpResponse:
    """Bring in a file found inside another as a file of its own: so that what a picture of messages says can count."""
    actor = actor_of(request)
    kept = evidence.exhibit(actor, Ref(exhibit))
    of = evidence.file(actor, Ref(evidence.inside_one(actor, Ref(exhibit)).source))
    sealed = sealed_anew(kept)
    try:
        arrived = actions.bring_in(actor, case_ref(of.file.case), name=kept.name, sealed=sealed)
    finally:
        sealed.path.unlink(missing_ok=True)
    return redirect("web:job", job=arrived.job) if arrived.job else redirect("web:file", source=arrived.source)


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, source: int) -> HttpResponse:
    """The words of a screenshot: a machine's suggestion beside the picture, and what a person confirms."""
    actor, ref = actor_of(request), Ref(source)
    page = evidence.file(actor, ref)
    if page.file.format != "photo":
        raise Http404
    trouble, sheet = "", None
    if request.method == "POST":
        try:
            if "suggest" in request.POST:
                _suggest(actor, ref, request.POST.get("right", screenshots.ME))
                return redirect("web:words", source=source)
            sheet = screenshot_form.sheet_of(request.POST)
            job = actions.confirm_words(actor, ref, sheet=sheet, seen=whole(request.POST.get("seen", ""), None))
            return redirect("web:job", job=job)
        except (RuleBroken, NotReadable) as refusal:
            trouble = str(refusal)
    said = evidence.words_shown(actor, ref)
    now = said[0] if said else None
    shown = sheet or (now.sheet if now else screenshots.decoded(b""))
    context = {
        "head": casework.case(actor, case_ref(page.file.case)), "tab": "evidence", "page": page, "said": said,
        "now": now, "sheet": shown, "letter": max(8, shown.width // 26),
        "rows": screenshot_form.rows(shown, suggestion=now is not None and not now.confirmed),
        "who": screenshot_form.WHO, "apps": screenshot_form.APPS, "engine": looking.engine(), "trouble": trouble,
        "may": actions.confirm_words.may(actor, ref), "seen": request.POST.get("seen", now.number if now else ""),
    }  # fmt: skip
    return render(request, "web/words.html", context, status=422 if trouble else 200)


def _suggest(actor: Actor, ref: Ref, right: str) -> None:
    """Let the machine read the picture; NotReadable where it has no reader or the picture cannot be opened."""
    written = looking.read_words(_data(evidence.original(actor, ref)))
    if written is not None:
        right = right if right in (screenshots.ME, screenshots.THEM) else screenshots.ME
        actions.keep_suggestion(actor, ref, sheet=screenshots.suggested(written, right))


def _made(of: evidence.Original, make: Callable[[bytes], Small]) -> Small:
    """A picture drawn anew. What cannot be opened has none: the page beside it says so."""
    try:
        return make(_data(of))
    except NotReadable:
        raise Http404 from None


def _data(of: evidence.Original) -> bytes:
    with of.open() as stream:
        return stream.read(looking.LIMITS.file + 1)


def _png(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
