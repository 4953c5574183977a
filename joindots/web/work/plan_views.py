"""The safety plan: what the person already does first, then steps; and the plain sheet they keep."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import plans
from joindots.chronology.work import scratch_folder
from joindots.documents.plain import Part, notes_pdf
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import day_says, midnight
from joindots.law import support
from joindots.law.tables import device_checks
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, an_id, maybe_day, places, row, tried

LINES = (
    ("already", "What they already do"), ("step", "A step"), ("device", "A step about a device"),
)  # fmt: skip


@require_GET
def support_pages(request: HttpRequest, reference: str) -> HttpResponse:
    """To the first page of support that the reader's role and side may open."""
    actor, ref = actor_of(request), case_ref(reference)
    found = places(actor, casework.case(actor, ref), "")
    if not found:
        casework.plans_of(actor, ref)  # refuses, in its own words
    return redirect(found[0].address if found else "web:plan", reference=reference)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The plan of one person of the case; of the person being stalked unless somebody else is asked for."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "add": lambda given: actions.add_step(actor, ref, person=an_id(given, "person"), step=_step(given)),
            "end": lambda given: actions.end_step(
                actor, row(given), to=given.get("to", ""), why=given.get("why", "")),
            "hold": lambda given: actions.say_holding(actor, row(given), hold=given.get("hold", "")),
            "agree": lambda given: actions.agree_plan(actor, row(given), review_on=maybe_day(given, "review_on")),
        })  # fmt: skip
        if trouble is None:
            return _back(request, reference)
    found = casework.plans_of(actor, ref)
    shown = _asked_for(request, found)
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "plan"), "plans": found, "plan": shown,
        "topics": _topics(), "areas": plans.AREA_WORDS.items(), "devices": plans.DEVICE_WORDS.items(),
        "kinds": LINES, "holds": plans.HOLD_WORDS.items(), "nothing": plans.NOTHING, "given": request.POST,
        "device_first": plans.DEVICE_FIRST, "checks": _checks(), "trouble": trouble,
        "may": actions.add_step.may(actor, ref),
    }  # fmt: skip
    return render(request, "work/plan.html", context, status=trouble.status if trouble else 200)


@require_GET
def notes(request: HttpRequest, reference: str) -> HttpResponse:
    """The person's own sheet, plain and printable, titled “Notes”: nothing on it says what it is."""
    actor, ref = actor_of(request), case_ref(reference)
    _, sheet = _sheet(actor, ref, request)
    return render(request, "work/notes.html", {"sheet": sheet, "title": plans.TITLE, "day": _day(sheet)})


@require_GET
def notes_as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a PDF, where keeping a copy is safe."""
    actor, ref = actor_of(request), case_ref(reference)
    plan_id, sheet = _sheet(actor, ref, request)
    actions.note_copy(actor, Ref(plan_id), form="pdf")
    parts = [
        part
        for area in sheet.areas
        for part in (
            Part(area.label, area.already) if area.already else None,
            Part(f"{area.label}: next" if area.already else area.label, area.steps, ticks=True) if area.steps else None,
        )
        if part
    ]
    data = notes_pdf(plans.TITLE, parts, actor.at, scratch_folder(), opening=(_day(sheet),))
    return neutral(data, "application/pdf", "notes.pdf")


def neutral(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file whose name says nothing of what it is or whose."""
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _checks() -> list[tuple[str, str]]:
    """What can be looked at on devices, with what a change of it may bring about."""
    return [(one.label, one.changing) for one in device_checks().values()]


def _back(request: HttpRequest, reference: str) -> HttpResponse:
    answer = redirect("web:plan", reference=reference)
    if request.POST.get("person"):
        answer["Location"] += f"?for={an_id(request.POST, 'person')}"
    return answer


def _asked_for(request: HttpRequest, found: tuple[casework.PlanView, ...]) -> casework.PlanView | None:
    wanted = request.POST.get("person") or request.GET.get("for", "")
    return next((one for one in found if str(one.person) == wanted), found[0] if found else None)


def _step(given: Given) -> plans.Step:
    return plans.Step(
        given.get("kind", ""), given.get("area", ""), given.get("what", ""), given.get("who", ""),
        maybe_day(given, "by_when"), given.get("device", ""),
    )  # fmt: skip


def _sheet(actor: Actor, ref: Ref, request: HttpRequest) -> tuple[UUID, casework.Sheet]:
    """The sheet agreed last; NotFound where the case holds no such plan."""
    casework.case(actor, ref)
    shown = _asked_for(request, casework.plans_of(actor, ref))
    if shown is None or shown.id is None:
        raise NotFound
    sheet = casework.sheet_of(actor, Ref(shown.id))
    if sheet is None:
        raise RuleBroken(plans.NOT_AGREED)
    return shown.id, sheet


def _day(sheet: casework.Sheet) -> str:
    return day_says(midnight(sheet.on))


def _topics() -> list[tuple[str, str, str, str]]:
    rows = support.plan_topics().values()
    return [(plans.AREA_WORDS[one.area], one.label, one.points, one.mark) for one in rows]
