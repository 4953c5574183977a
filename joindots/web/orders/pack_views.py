"""The application for an order: its list of parts, each part, the check, signing, its papers, and that it was sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.jobs import queries as jobs
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import london_day
from joindots.orders.actions import enclosing, signatures
from joindots.orders.actions import packs as actions
from joindots.orders.actions import papers as papering
from joindots.orders.queries import packs as queries
from joindots.orders.queries import papers as made
from joindots.orders.rules import packs
from joindots.orders.rules.signing import MOST_NAME, MOST_SENT, STEPS
from joindots.web.downloads import download, prove
from joindots.web.orders.forms import Unreadable, day_typed
from joindots.web.orders.order_views import order_page
from joindots.web.orders.pack_list import brief, completed, rows_of, where
from joindots.web.orders.pack_proposals import proposed, taken
from joindots.web.typed import again, case_ref, whole
from joindots.web.working import steps_of, why_ended

NOT_FRESH = "not_fresh"
SAYS = {
    "bundle": ("The application, for the court", "PDF"), "word": ("The application, to be edited", "Word"),
    "service": ("The copy to be served: protected details out", "PDF"),
    "court": ("The bundle for the court: the application with copies of its exhibits", "ZIP"),
    "serve": ("The bundle to be served, with copies of the exhibits: protected details out", "ZIP"),
}  # fmt: skip


@require_POST
def begin(request: HttpRequest, order: UUID) -> HttpResponse:
    """Begin the application for an order, or open the one there is."""
    try:
        return redirect("web:order_pack", application=actions.begin_pack(actor_of(request), Ref(order)))
    except RuleBroken as broken:
        return order_page(request, order, trouble=str(broken), status=broken.status)


@require_GET
def pack(request: HttpRequest, application: UUID) -> HttpResponse:
    """The list of parts, in any order, each with its state and day."""
    return pack_page(request, application)


def pack_page(request: HttpRequest, key: UUID, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The list, with what stood in the way of something that was asked of it."""
    actor = actor_of(request)
    desk = made.desk(actor, Ref(key))
    rows, draft = rows_of(desk), desk.view.draft
    found = where(desk)
    context = {
        **shared(actor, desk.view), "desk": desk, "rows": rows, "completed": completed(rows), "trouble": trouble,
        "stops": [one for one in found if one[0].leak and one[0].stops],
        "gaps": brief([one for one in found if not (one[0].leak and one[0].stops)],
                      reverse("web:order_pack_acts", args=(key,)))[:8], "all_gaps": len(found),
        "grounds": [(letter, says, draft.by_ground(letter)) for letter, says in packs.GROUNDS.items()],
        "paper": desk.papers[0] if desk.papers else None,
        "may": papering.ask_for_papers.may(actor, Ref(key)),
    }  # fmt: skip
    return render(request, "orders/pack.html", context, status=status)


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, application: UUID, part: str) -> HttpResponse:
    """One part that is told in words."""
    actor = actor_of(request)
    if part not in packs.FORMS:
        raise NotFound
    view, error, status = queries.pack(actor, Ref(application)), "", 200
    kept = next((one for one in view.parts if one.code == part), None)
    stands = sheet, version, done = (
        view.draft.sheets.get(part, {}), kept.version if kept else 0, bool(kept and kept.done)
    )  # fmt: skip
    if request.method == "POST":
        given = request.POST
        sheet, done = packs.sheet_of(part, given.dict()), given.get("done") == "yes" or given.get("do") == "next"
        version = _version(given)
        try:
            if "take" not in given:
                actions.keep_part(actor, Ref(application), part=part, sheet=sheet, done=done, seen=version)
                return _after(application, part, given.get("do", ""))
            wanted = next((one for one in proposed(actor, view, part, sheet) if one.key == given["take"]), None)
            sheet = taken(sheet, wanted) if wanted else sheet
        except (RuleBroken, OutOfDate) as broken:
            error, status = str(broken.reason), broken.status
    if not again(request.POST, status):
        sheet, version, done = stands
    form = packs.FORMS[part]
    context = {
        **shared(actor, view), "form": form, "part": part, "error": error, "version": version, "done": done,
        "fields": [(one, sheet.get(one.code, "")) for one in form.fields], "kept": kept,
        "proposed": proposed(actor, view, part, sheet), "may": actions.keep_part.may(actor, Ref(application)),
        "next": _following(part), "most_line": packs.MOST_LINE, "most": packs.MOST_TEXT,
        "never_named": queries.never_named(actor, Ref(application)) if part == "protected" else 0,
    }  # fmt: skip
    return render(request, "orders/pack_part.html", context, status=status)


def _following(part: str) -> tuple[str, str]:
    """The part told in words that follows: its code and title; empty after the last."""
    codes = list(packs.FORMS)
    code = next(iter(codes[codes.index(part) + 1 :]), "")
    return code, packs.FORMS[code].title if code else ""


def _after(application: UUID, part: str, button: str) -> HttpResponse:
    """Where a part that was kept leads to: the list, or, kept as completed by its button, the part that follows."""
    code, _ = _following(part)
    if button == "next" and code:
        return redirect("web:order_pack_part", application=application, part=code)
    return redirect("web:order_pack", application=application)


@require_GET
def check(request: HttpRequest, application: UUID) -> HttpResponse:
    """What the draft lacks and what must not leave, as sentences with where to settle each; what changed."""
    actor = actor_of(request)
    desk = made.desk(actor, Ref(application))
    found = where(desk)
    context = {
        **shared(actor, desk.view), "desk": desk, "stops": [one for one in found if one[0].stops],
        "gaps": brief([one for one in found if not one[0].stops], reverse("web:order_pack_acts", args=(application,))),
        "all_gaps": sum(1 for one in found if not one[0].stops),
    }  # fmt: skip
    return render(request, "orders/pack_check.html", context)


@require_http_methods(["GET", "POST"])
def signing(request: HttpRequest, application: UUID) -> HttpResponse:
    """Signing, the papers, and writing down that they were sent."""
    actor, error, status = actor_of(request), "", 200
    if request.method == "POST":
        try:
            return _asked(request, actor, application)
        except Unreadable as wrong:
            error, status = str(wrong), 422
        except (RuleBroken, OutOfDate) as broken:
            if broken.reason.code == NOT_FRESH:
                return prove(reverse("web:order_pack_sign", args=(application,)))
            error, status = str(broken.reason), broken.status
    desk = made.desk(actor, Ref(application))
    final = next((one for one in desk.papers if one.final and one.state == "ready"), None)
    may = papering.sign.may(actor, Ref(application))
    who = made.who_may_sign(actor, Ref(application)) if may and desk.next else ()
    context = {
        **shared(actor, desk.view), "desk": desk, "error": error, "given": request.POST,
        "steps": [(step, says, _signed(desk, step)) for step, says in STEPS.items()],
        "void": [one for one in desk.signed if not one.stands], "final": final, "today": london_day(actor.at),
        "may": may, "fresh": actor.fresh, "colleagues": [one for one in who if one[0] != actor.membership_id],
        "mine_to_sign": any(key == actor.membership_id for key, _ in who),
        "may_send": bool(final and final.current and not final.grown),
        "most_name": MOST_NAME, "most_sent": MOST_SENT, "next_says": STEPS.get(desk.next, ""),
    }  # fmt: skip
    return render(request, "orders/pack_sign.html", context, status=status)


def _signed(desk: made.Desk, step: str) -> made.SignedView | None:
    return next((one for one in desk.signed if one.stands and one.step == step), None)


def _asked(request: HttpRequest, actor: Actor, application: UUID) -> HttpResponse:
    """What a button of the signing page asks for."""
    given = request.POST
    match given.get("do", ""):
        case "sign":
            papering.sign(
                actor, Ref(application), step=given.get("step", ""), name=given.get("name", ""),
                content=given.get("content", ""),
            )  # fmt: skip
        case "ask":
            whom = given.get("whom", "")
            signatures.ask_to_sign(
                actor, Ref(application), step=given.get("step", ""), whom=_uuid(whom) if whom else None,
                content=given.get("content", ""),
            )  # fmt: skip
        case "back":
            signatures.hand_back(actor, Ref(application), why=given.get("why", ""))
        case "sent":
            on = day_typed(given, "on")
            assert on is not None
            paper = _uuid(given.get("paper", ""))
            papering.note_sent(actor, Ref(paper), on=on, to=given.get("to", ""), how=given.get("how", ""))
    return redirect("web:order_pack_sign", application=application)


@require_POST
def make(request: HttpRequest, application: UUID) -> HttpResponse:
    """Have the papers made of the draft as it stands, or the final ones."""
    final = request.POST.get("final") == "yes"
    try:
        job = papering.ask_for_papers(actor_of(request), Ref(application), final=final)
    except RuleBroken as broken:
        return pack_page(request, application, trouble=str(broken), status=broken.status)
    return redirect("web:job", job=job)


@require_GET
def papers(request: HttpRequest, paper: UUID) -> HttpResponse:
    """One making of papers: how far it is, what the check found, its files."""
    return papers_page(request, paper)


def papers_page(request: HttpRequest, key: UUID, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page of papers, with what stood in the way of fetching one."""
    actor = actor_of(request)
    one = made.paper(actor, Ref(key))
    view = queries.pack(actor, Ref(one.pack))
    work = None
    if "making" in (one.state, one.enclosed):
        work = next((job for job in jobs.jobs_of(actor, Ref(view.circle)) if job.subject == str(key)), None)
    context = {
        **shared(actor, view), "paper": one, "job": work, "steps": steps_of(work) if work else (),
        "why": why_ended(work) if work else "", "trouble": trouble,
        "files": [(file, *SAYS[file.what]) for file in one.files],
        "may_enclose": enclosing.ask_to_enclose.may(actor, Ref(key)),
    }  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "web/agency_progress.html", context)
    return render(request, "orders/pack_papers.html", context, status=status)


@require_POST
def enclose(request: HttpRequest, paper: UUID) -> HttpResponse:
    """Have the bundles made: the papers with copies of their exhibits."""
    try:
        job = enclosing.ask_to_enclose(actor_of(request), Ref(paper))
    except RuleBroken as broken:
        return papers_page(request, paper, trouble=str(broken), status=broken.status)
    return redirect("web:job", job=job)


@require_POST
def fetch(request: HttpRequest, paper: UUID, what: str) -> HttpResponse | FileResponse:
    """A file of the papers, as a download; every time is noted."""
    try:
        handed = papering.fetch_papers(actor_of(request), Ref(paper), what=what)
    except RuleBroken as broken:
        if broken.reason.code == NOT_FRESH:
            return prove(reverse("web:order_papers", args=(paper,)))
        return papers_page(request, paper, trouble=str(broken), status=broken.status)
    return download(handed.open(), handed.name, handed.size)


def shared(actor: Actor, view: queries.PackView) -> dict[str, Any]:
    """What every page of an application shows: the case above it, and the application."""
    if not view.case:
        raise NotFound
    return {"head": casework.case(actor, case_ref(view.case)), "tab": "orders", "pack": view}


def _version(given: Any) -> int:
    return whole(given.get("version", ""), -1)


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound from None
