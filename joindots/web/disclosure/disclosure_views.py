"""Packs for disclosure: telling the person, making one, its page, asking for its release, and fetching it."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.chronology import actions as chronology_actions
from joindots.chronology import queries as chronologies
from joindots.chronology.rules.court import HOWS, LEFT_OUT, TEXT
from joindots.jobs import queries as jobs
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.web.downloads import download, prove
from joindots.web.typed import case_ref, seen
from joindots.web.working import steps_of, why_ended

NOT_FRESH = "not_fresh"
MOST_NAMES = 20


@require_http_methods(["GET", "POST"])
def disclosures(request: HttpRequest, reference: str) -> HttpResponse:
    """Packs for disclosure of a case: what a court may order, the telling, asking for a pack, and those made."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    found = chronologies.disclosures_of(actor, ref)
    error, wanted = "", request.POST.get("do", "")
    if request.method == "POST":
        try:
            return _done(request, actor, ref, wanted)
        except RuleBroken as broken:
            error = str(broken)
    may = chronology_actions.ask_for_disclosure.may(actor, ref)
    known = chronologies.known_as(actor, ref) if may else {}
    context = {
        "head": head, "tab": "packs", "packs": found, "told": chronologies.told_of(actor, ref), "text": TEXT,
        "hows": HOWS.items(), "left_out": LEFT_OUT, "given": request.POST, "error": error, "wanted": wanted,
        "may": may, "today": actor.at.astimezone(LOCAL).date(),
        "may_tell": chronology_actions.note_told.may(actor, ref), "filled": any(known.values()) and wanted != "make",
        "about": _typed(request.POST, "about", known.get("suspect", ())),
        "own": _typed(request.POST, "own", known.get("victim", ())),
    }  # fmt: skip
    return render(request, "web/disclosures.html", context, status=422 if error else 200)


def _done(request: HttpRequest, actor: Actor, ref: Ref, wanted: str) -> HttpResponse:
    given = request.POST
    if wanted == "told":
        chronology_actions.note_told(
            actor, ref, how=given.get("how", ""), told_at=_moment(given, actor.at), said=given.get("said", "")
        )
        return redirect(f"{reverse('web:disclosures', args=(ref.key,))}#new")
    made = chronology_actions.ask_for_disclosure(
        actor, ref, about=_names(given.get("about", "")), own=_names(given.get("own", "")),
        recipient=given.get("recipient", ""),
    )  # fmt: skip
    return redirect("web:job", job=made)


@require_http_methods(["GET", "POST"])
def disclosure(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """One pack for disclosure: how far it is, what the check found, its release."""
    actor = actor_of(request)
    view = chronologies.disclosure(actor, Ref(disclosure))
    error = ""
    if request.method == "POST":
        try:
            _asked(request, actor, view)
            return redirect("web:disclosure", disclosure=disclosure)
        except RuleBroken as broken:
            if broken.reason.code == NOT_FRESH:
                return prove(reverse("web:disclosure", args=(disclosure,)))
            error = str(broken)
            view = chronologies.disclosure(actor, Ref(disclosure))
    ref = case_ref(view.case)
    head = casework.case(actor, ref)
    work = next(
        (one for one in jobs.jobs_of(actor, Ref(head.circle)) if one.subject == str(view.id)), None
    ) if view.state == "making" else None  # fmt: skip
    context = {
        "head": head, "tab": "packs", "pack": view, "error": error, "job": work,
        "steps": steps_of(work) if work else (), "why": why_ended(work) if work else "",
        "second": chronologies.second_of(actor, ref),
        "may_ask": chronology_actions.ask_release.may(actor, Ref(disclosure)),
        "may_fetch": chronology_actions.fetch.may(actor, Ref(disclosure)),
    }  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "web/agency_progress.html", context)
    return render(request, "web/disclosure.html", context, status=422 if error else 200)


def _asked(request: HttpRequest, actor: Actor, view: chronologies.DisclosureView) -> None:
    """What a button of the pack's page asks for."""
    wanted = request.POST.get("do", "")
    if wanted == "ask":
        buddy = request.POST.get("buddy") == "yes"
        chronology_actions.ask_release(actor, seen(view.id, request.POST), buddy=buddy)
    elif wanted in ("agree", "refuse") and view.act is not None:
        chronology_actions.decide_release(actor, act=view.act, agreed=wanted == "agree")


@require_POST
def fetch(request: HttpRequest, disclosure: UUID) -> HttpResponse | FileResponse:
    """A released pack, as a download, after a fresh second factor. Every time is noted."""
    actor = actor_of(request)
    try:
        handed = chronology_actions.fetch(actor, Ref(disclosure))
    except RuleBroken as broken:
        if broken.reason.code == NOT_FRESH:
            return prove(reverse("web:disclosure", args=(disclosure,)))
        raise
    return download(handed.open(), handed.name, handed.size, "application/zip")


def _names(typed: str) -> tuple[str, ...]:
    return tuple(line.strip()[:200] for line in typed.splitlines() if line.strip())[:MOST_NAMES]


def _typed(given: QueryDict, name: str, known: tuple[str, ...]) -> str:
    """What stands in a box of the form: what was typed, else what was said of whose the accounts are."""
    return given.get(name, "") if given.get("do") == "make" else "\n".join(known)


def _moment(given: QueryDict, at: datetime) -> datetime | None:
    """The day and time of a telling; without a time noon of the day, or now if that is still to come."""
    try:
        day = datetime.strptime(given.get("day", ""), "%Y-%m-%d").date()  # noqa: DTZ007 – made London time below
        clock = time.fromisoformat(given.get("clock", "") or "12:00")
    except ValueError:
        return None
    moment = datetime.combine(day, clock.replace(tzinfo=None), tzinfo=LOCAL)
    today = at.astimezone(LOCAL).date() == day and not given.get("clock")
    return min(moment, at) if today else moment
