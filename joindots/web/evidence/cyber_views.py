"""Online and devices: captures of pages and profiles, trackers, and looks at devices that warn before a change."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.agencies.holding import can_be_looked_over
from joindots.casework import queries as casework
from joindots.evidence import actions
from joindots.evidence import queries as evidence
from joindots.evidence.rules.cyber import FOUND
from joindots.evidence.uploads import takes_files
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.law import tables
from joindots.law.tables import DeviceCheck
from joindots.web.evidence.cyber_form import (
    PLACE_OF,
    TRACKER,
    CyberSheet,
    areas,
    blank,
    captured,
    choices,
    form_id,
    noted,
    sheet_of,
    telling,
)
from joindots.web.log.incident_form import ids_of
from joindots.web.log.incident_views import entry_ref
from joindots.web.log.pictures import Kept, brought, link_all, named
from joindots.web.typed import case_ref

CHOOSE = "Choose the file that was captured: a saved page, a PDF or a picture of the screen."


@require_GET
def online(request: HttpRequest, reference: str) -> HttpResponse:
    """What was captured, what was found, and what was looked at."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    told = evidence.checks_of(actor, ref)
    known = tables.device_checks()
    things = sorted(
        ((known[code], note) for code, notes in told.items() if code in known for note in notes if note.entry),
        key=lambda one: one[1].at, reverse=True,
    )  # fmt: skip
    looked = [(area, [(one, next(iter(told.get(one.code, ())), None)) for one in found]) for area, found in areas()]
    context = {
        "head": head, "tab": "evidence", "captures": evidence.captures_of(actor, ref), "things": things,
        "areas": looked, "may": actions.keep_capture.may(actor, ref), "tracker": TRACKER,
    }  # fmt: skip
    return render(request, "web/online.html", context)


@can_be_looked_over
@takes_files
@require_http_methods(["GET", "POST"])
def capture(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a file as a capture of a page or profile, with its address, who captured it and when, as claimed."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    may = actions.keep_capture.may(actor, ref)
    sheet, files = blank(actor.at), tuple[Kept, ...]()
    wrong: dict[str, str] = {}
    if request.method == "POST":
        sheet = sheet_of(request.POST)
        ids, refused = brought(request, actor, ref) if may else ((), ())
        ids = tuple(dict.fromkeys((*ids_of(request.POST.getlist("shown")), *ids)))
        files = named(actor, ref, ids)
        if refused or not files:
            wrong["file"] = " ".join(refused) or CHOOSE
        if "look" not in request.POST and not wrong:
            try:
                for one in files:
                    actions.keep_capture(actor, ref, source=one.id, told=captured(sheet, actor.at))
                return redirect("web:online", reference=reference)
            except RuleBroken as broken:
                wrong[PLACE_OF.get(broken.reason.code, "address")] = str(broken)
    context = {"head": head, "tab": "evidence", "sheet": sheet, "wrong": wrong, "files": files, "may": may}
    return _answer(request, "web/capture_form.html", context, sheet, wrong)


@require_POST
def withdraw_capture(request: HttpRequest, reference: str, capture: UUID) -> HttpResponse:
    """Withdraw what was noted of a capture; its file stays."""
    actor = actor_of(request)
    actions.withdraw_capture(actor, Ref(capture), why=request.POST.get("why", ""))
    return redirect("web:online", reference=reference)


@can_be_looked_over
@takes_files
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """One look at a device, account or thing: where to look, what a change may bring about, and what came of it."""
    actor, ref = actor_of(request), case_ref(reference)
    head, one = casework.case(actor, ref), _check(code)
    may = actions.note_check.may(actor, ref)
    sheet, files = blank(actor.at, check=code, when="now"), tuple[Kept, ...]()
    wrong: dict[str, str] = {}
    if request.method == "POST":
        sheet = sheet_of(request.POST)
        ids, refused = brought(request, actor, ref) if may else ((), ())
        ids = tuple(dict.fromkeys((*ids_of(request.POST.getlist("shown")), *ids)))
        if refused:
            wrong["file"] = " ".join(refused)
        if "look" not in request.POST and not wrong:
            try:
                return _noted(actor, ref, sheet, one, ids)
            except RuleBroken as broken:
                wrong[PLACE_OF.get(broken.reason.code, "outcome")] = str(broken)
        files = named(actor, ref, ids)
    context = {
        "head": head, "tab": "evidence", "sheet": sheet, "wrong": wrong, "files": files, "may": may, "check": one,
        "before": evidence.checks_of(actor, ref).get(code, ()),
    }  # fmt: skip
    return _answer(request, "web/check_form.html", context, sheet, wrong)


@require_http_methods(["GET", "POST"])
def changed(request: HttpRequest, entry: str) -> HttpResponse:
    """What became of something that was found."""
    actor = actor_of(request)
    page = evidence.incident(actor, entry_ref(entry))
    if not page.found:
        raise NotFound
    last = page.found[0].noted
    sheet = blank(
        actor.at, check=last.check, outcome=FOUND, thing=last.thing, place=last.place, serial=last.serial,
        state=last.state,
    )  # fmt: skip
    wrong: dict[str, str] = {}
    if request.method == "POST":
        sheet = sheet_of(request.POST)
        try:
            actions.note_change(actor, entry_ref(entry), noted=noted(sheet))
            return redirect("web:incident", entry=page.view.reference)
        except RuleBroken as broken:
            wrong[PLACE_OF.get(broken.reason.code, "state")] = str(broken)
    context = {
        "head": casework.case(actor, case_ref(page.case)), "tab": "evidence", "sheet": sheet, "wrong": wrong,
        "check": _check(last.check), "page": page, "may": actions.note_change.may(actor, entry_ref(entry)),
    }  # fmt: skip
    return _answer(request, "web/check_form.html", context, sheet, wrong)


def _noted(actor: Actor, ref: Ref, sheet: CyberSheet, one: DeviceCheck, ids: tuple[int, ...]) -> HttpResponse:
    """Note a look, and write down what was found with the pictures of it."""
    told = noted(sheet)
    found = telling(sheet, one, actor.at) if told.outcome == FOUND else None
    kept = actions.note_check(actor, ref, noted=told, telling=found, form=form_id(sheet))
    if kept is None:
        return redirect("web:online", reference=ref.key)
    link_all(actor, ref, kept.reference, ids)
    return redirect("web:incident", entry=kept.reference)


def _check(code: str) -> DeviceCheck:
    found = tables.device_checks().get(code)
    if found is None:
        raise NotFound
    return found


def _answer(
    request: HttpRequest, template: str, context: Mapping[str, object], sheet: CyberSheet, wrong: Mapping[str, str]
) -> HttpResponse:
    return render(request, template, {**context, **choices(sheet)}, status=422 if wrong else 200)
