"""The live call: its screen, what it keeps line by line, and its end. It works by plain forms; script adds keys."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.helpline import actions, queries
from joindots.helpline.actions.calls import Wrapped
from joindots.helpline.rules import saying, states
from joindots.kernel.problems import OutOfDate, RuleBroken
from joindots.web.typed import case_ref, whole

DRAFT = "X-Draft"
"""A page that keeps by itself says so: it is answered with the parts of the screen, and never led elsewhere."""
WRAPPED = ("outcome", "tier", "follow_up", "checked", "hard", "rest")
SAFE_WAY = ("cut_off", "number", "times")
PASSED = frozenset({"csrfmiddlewaretoken", "held", "words"})


@require_GET
def live(request: HttpRequest, contact: str) -> HttpResponse:
    """The live call screen; a contact that is not live leads to its own page."""
    actor = actor_of(request)
    ref = case_ref(contact)
    seen = queries.contact(actor, ref)
    if seen.state == states.State.WRAP:
        return redirect("web:helpline_wrap", contact=ref.key)
    if seen.state != states.State.LIVE:
        return redirect("web:helpline_contact", contact=ref.key)
    return _screen(request, actor, ref, seen=seen)


@require_GET
def parts(request: HttpRequest, contact: str) -> HttpResponse:
    """The parts of the screen that change, for a page that asks again by itself while somebody listens."""
    return _parts(request, actor_of(request), case_ref(contact))


@require_POST
def line(request: HttpRequest, contact: str) -> HttpResponse:
    """Keep what stands in the note."""
    actor, ref = actor_of(request), case_ref(contact)
    typed = request.POST.get("typed", "")
    try:
        if typed.strip():
            actions.keep_line(actor, ref, typed=typed, form=_uuid(request.POST.get("form", "")))
    except RuleBroken as broken:
        return _refused(request, actor, ref, broken, typed)
    return _done(request, actor, ref)


@require_POST
def said(request: HttpRequest, contact: str) -> HttpResponse:
    """Keep what was said of one field or several."""
    actor, ref = actor_of(request), case_ref(contact)
    told = {name: request.POST.get(name, "") for name in request.POST if name not in PASSED}
    try:
        if told:
            actions.say(actor, ref, told=told)
    except RuleBroken as broken:
        return _refused(request, actor, ref, broken, "")
    return _done(request, actor, ref)


@require_POST
def draft(request: HttpRequest, contact: str) -> HttpResponse:
    """Keep the half-written line, sealed."""
    actor, ref = actor_of(request), case_ref(contact)
    actions.keep_draft(actor, ref, typed=request.POST.get("typed", ""))
    return HttpResponse(status=204) if DRAFT in request.headers else redirect("web:helpline_live", contact=ref.key)


@require_POST
def invite(request: HttpRequest, contact: str) -> HttpResponse:
    """Ask a colleague to listen in."""
    actor, ref = actor_of(request), case_ref(contact)
    who = _uuid(request.POST.get("membership", ""))
    try:
        if who is not None:
            actions.invite(actor, ref, membership=who)
    except RuleBroken as broken:
        return _refused(request, actor, ref, broken, "")
    return _done(request, actor, ref)


@require_POST
def end(request: HttpRequest, contact: str) -> HttpResponse:
    """End the talk; what still stands in the note is kept first."""
    actor, ref = actor_of(request), case_ref(contact)
    try:
        actions.end_contact(actor, ref, typed=request.POST.get("typed", ""))
    except RuleBroken as broken:
        return _refused(request, actor, ref, broken, request.POST.get("typed", ""))
    return redirect("web:helpline_wrap", contact=ref.key)


@require_http_methods(["GET", "POST"])
def wrap_up(request: HttpRequest, contact: str) -> HttpResponse:
    """Wrap up: what to read back, the outcome, when we get in touch again, and a break."""
    actor, ref = actor_of(request), case_ref(contact)
    seen = queries.contact(actor, ref)
    trouble = ""
    if request.method == "POST":
        try:
            if told := _safe_way(request, seen):
                actions.say(actor, ref, told=told)
                seen = queries.contact(actor, ref)
            actions.wrap_up(actor, ref, wrapped=_wrapped(request))
            return redirect("web:helpline")
        except (RuleBroken, OutOfDate) as broken:
            trouble = str(broken.reason)
    if seen.state != states.State.WRAP:
        return redirect("web:helpline_contact", contact=ref.key)
    context = {
        "seen": seen, "trouble": trouble, "outcomes": list(states.OUTCOMES.items()), "here": "helpline",
        "given": {name: request.POST.get(name, "") for name in WRAPPED}, "tiers": list(states.TIERS.items()),
    }  # fmt: skip
    return render(request, "helpline/wrap.html", context, status=422 if trouble else 200)


def _safe_way(request: HttpRequest, seen: queries.ContactView) -> dict[str, str]:
    """What was put right of the safe way: what was not sent, and what stands so already, is left as it is."""
    given = {name: request.POST.get(name, "").strip() for name in SAFE_WAY if name in request.POST}
    before = {name: seen.told[name].value if name in seen.told else "" for name in given}
    return {name: value for name, value in given.items() if value != before[name]}


def _wrapped(request: HttpRequest) -> Wrapped:
    given = request.POST
    return Wrapped(
        given.get("outcome", ""), day_of(given.get("follow_up", "")), given.get("tier", ""), "hard" in given,
        "rest" in given, "checked" in given,
    )  # fmt: skip


def day_of(typed: str) -> date | None:
    """A day as the browser's field hands it back; None where nothing was chosen. RuleBroken for anything else."""
    from joindots.kernel.words import words

    if not typed.strip():
        return None
    try:
        day = date.fromisoformat(typed.strip())
        if not 2000 <= day.year <= 2100:
            raise ValueError(day)
        return day
    except ValueError:
        raise RuleBroken(words("day_unread", "Enter a day such as 18 November 2025.")) from None


def _screen(
    request: HttpRequest, actor: Actor, ref: Ref, *, seen: queries.ContactView | None = None, trouble: str = "",
    typed: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    seen = seen or queries.contact(actor, ref)
    own = queries.own_number(actor) if queries.own_number.may(actor) else ""
    half = "" if seen.listening else seen.draft
    context = {**_told(request, seen), "own_number": own, "trouble": trouble, "typed": typed or half, "form": uuid4()}
    return render(request, "helpline/call.html", context, status=status)


def _parts(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    context = _told(request, queries.contact(actor, ref)) | {"form": uuid4()}
    return render(request, "helpline/call_parts.html", context)


def _told(request: HttpRequest, seen: queries.ContactView) -> dict[str, object]:
    number = whole(request.GET.get("words", ""), 0, digits=2) % len(saying.WORDS_FOR_NOW)
    actor = actor_of(request)
    found = queries.options(actor, Ref(seen.reference), most=3)
    return {
        "colleagues": queries.colleagues(actor) if seen.mine and not seen.listener else (),
        "seen": seen, "options": found.fits or found.instead, "placed": found.placed, "fits": bool(found.fits),
        "callers": list(states.CALLERS.items()), "danger_words": saying.DANGER_WORDS,
        "doing_it_words": saying.DOING_IT_WORDS[0], "words_now": saying.WORDS_FOR_NOW[number],
        "words_next": (number + 1) % len(saying.WORDS_FOR_NOW), "all_words": saying.WORDS_FOR_NOW,
    }  # fmt: skip


def _done(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """After something was kept: the parts for a page that keeps by itself, the screen anew for every other."""
    return _parts(request, actor, ref) if DRAFT in request.headers else redirect("web:helpline_live", contact=ref.key)


def _refused(request: HttpRequest, actor: Actor, ref: Ref, broken: RuleBroken, typed: str) -> HttpResponse:
    if DRAFT in request.headers:
        return HttpResponse(str(broken.reason), status=broken.status, content_type="text/plain; charset=utf-8")
    return _screen(request, actor, ref, trouble=str(broken.reason), typed=typed, status=broken.status)


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
