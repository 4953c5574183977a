"""Entries of the log: writing one down, one with its history, correcting it, withdrawing it and bringing it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.agencies.holding import OFFER, can_be_looked_over
from joindots.casework import queries as casework
from joindots.evidence import actions
from joindots.evidence import queries as evidence
from joindots.evidence.rules import entries
from joindots.evidence.uploads import takes_files
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.law import tables
from joindots.web.cases.views import SUSPECT
from joindots.web.log.incident_form import (
    PLACE_OF,
    Missing,
    Sheet,
    Taken,
    blank,
    choices,
    filled,
    form_id,
    ids_of,
    leaned,
    restored,
    sheet_of,
    stored,
    taken,
    too_old,
    with_files,
    with_reason,
)
from joindots.web.log.pictures import brought, link_all, named
from joindots.web.typed import case_ref

NOTHING = Taken(None)


@can_be_looked_over
@takes_files
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down one thing that happened; `again` begins with the kinds of the entry that was written last, `draft`
    with what was half-written. Files that come with it are kept at once, and linked when the entry is.
    """
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    may = actions.write_entry.may(actor, ref)
    if request.method == "POST":
        ids, refused = brought(request, actor, ref) if may else ((), ())
        sheet = with_files(sheet_of(request.POST), ids)
        if "look" in request.POST or (OFFER in request.POST and too_old(sheet, actor.at)):
            # What was held while nobody was signed in is looked over first; and always where "now" was hours ago.
            sheet, said = leaned(sheet, actor.at)
            return _form(request, head, sheet, NOTHING, {"may": may, "said": said, "taken_up": actor.at})
        if "later" in request.POST or "drop" in request.POST:
            return _put_away(request, actor, ref, sheet)
        found = taken(sheet, actor.at)
        for one in refused:
            found = with_reason(found, Missing("file", one))
        if found.telling is not None:
            try:
                kept = actions.write_entry(actor, ref, telling=found.telling, form=form_id(sheet))
                link_all(actor, ref, kept.reference, sheet.files)
                if "hers" in request.POST:
                    return redirect(f"{reverse('web:happening', args=[ref.key])}?kept")
                return redirect_to(kept.reference, kept=True)
            except RuleBroken as broken:
                found = with_reason(found, _missing(broken))
        return _form(request, head, sheet, found, {"may": may})
    draft = evidence.draft_of(actor, ref) if may else None
    if draft and "draft" in request.GET:
        sheet, said = restored(draft.sheet, actor.at)
        return _form(request, head, sheet, NOTHING, {"may": may, "said": said, "taken_up": draft.at})
    like = evidence.last_written(actor, ref) if "again" in request.GET else None
    more = {"may": may, "again": like, "draft": draft.at if draft else None}
    sheet = with_files(blank(actor.at, like=like), ids_of(request.GET.getlist("shown")))
    return _form(request, head, sheet, NOTHING, more)


def _put_away(request: HttpRequest, actor: Actor, ref: Ref, sheet: Sheet) -> HttpResponse:
    """Keep a half-written entry for later, or drop it."""
    if "drop" in request.POST:
        actions.drop_draft(actor, ref)
    else:
        actions.keep_draft(actor, ref, sheet=stored(sheet), form=form_id(sheet))
    if request.headers.get("X-Draft"):
        return HttpResponse(status=204)
    kept = "web:happening" if "hers" in request.POST else "web:chronology"
    return redirect("web:add_entry" if "drop" in request.POST else kept, reference=ref.key)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, entry: str) -> HttpResponse:
    """Say anew what an entry says, and why."""
    actor = actor_of(request)
    ref = entry_ref(entry, request.POST.get("version", ""))
    page = evidence.incident(actor, Ref(ref.key))
    head = casework.case(actor, case_ref(page.case))
    sheet, found = filled(page, actor.at), NOTHING
    if request.method == "POST":
        sheet = sheet_of(request.POST)
        found = taken(sheet, actor.at, before=page.telling)
        reason = entries.can_give_reason(sheet.text("why"))
        found = found if reason else with_reason(found, Missing("why", str(reason.reason)))
        if found.telling is not None:
            try:
                actions.correct_entry(actor, ref, telling=found.telling, why=sheet.text("why"))
                return redirect_to(page.view.reference, kept=True)
            except (RuleBroken, OutOfDate) as broken:
                found = with_reason(found, _missing(broken))
    may = actions.correct_entry.may(actor, Ref(ref.key))
    return _form(request, head, sheet, found, {"may": may, "page": page})


@require_GET
def incident(request: HttpRequest, entry: str) -> HttpResponse:
    """One entry: what it says, who wrote it, and everything it said before."""
    return entry_page(request, entry)


@require_POST
def withdraw(request: HttpRequest, entry: str) -> HttpResponse:
    """Let an entry count no more."""
    return _moved(request, entry, actions.withdraw_entry)


@require_POST
def bring_back(request: HttpRequest, entry: str) -> HttpResponse:
    """Let a withdrawn entry count again."""
    return _moved(request, entry, actions.bring_back_entry)


@require_POST
def mark(request: HttpRequest, entry: str) -> HttpResponse:
    """Mark an entry for a statement, or take the mark off."""
    return _moved(request, entry, actions.mark_for_statement, marked="marked" in request.POST)


def _moved(request: HttpRequest, entry: str, deed: Callable[..., object], **how: object) -> HttpResponse:
    actor = actor_of(request)
    ref = entry_ref(entry, request.POST.get("version", ""))
    why = request.POST.get("why", "").strip()
    try:
        deed(actor, ref, **(how or {"why": why}))
    except (RuleBroken, OutOfDate) as broken:
        return entry_page(request, entry, trouble=str(broken.reason), why=why, status=broken.status)
    return redirect_to(str(ref.key))


def entry_page(
    request: HttpRequest, entry: str, *, trouble: str = "", why: str = "", status: int = 200,
    refused: Sequence[str] = (),
) -> HttpResponse:  # fmt: skip
    """An entry's own page, with what stood in the way of a change of it or of what is linked with it."""
    actor = actor_of(request)
    ref = entry_ref(entry)
    page = evidence.incident(actor, ref)
    head = casework.case(actor, case_ref(page.case))
    context = {
        "head": head, "tab": "chronology", "page": page, "kept": "kept" in request.GET, "at": actor.at,
        "now": told_version(page.history[0], page, head.victim), "trouble": trouble, "why": why,
        "history": [told_version(one, page, head.victim) for one in page.history],
        "may_correct": actions.correct_entry.may(actor, ref), "may_withdraw": actions.withdraw_entry.may(actor, ref),
        "may_bring_back": actions.bring_back_entry.may(actor, ref), "links": evidence.links_of(actor, ref),
        "may_mark": actions.mark_for_statement.may(actor, ref),
        "may_link": actions.link.may(actor, case_ref(page.case)), "refused": refused,
    }  # fmt: skip
    return render(request, "web/incident.html", context, status=status)


def _form(
    request: HttpRequest, head: casework.CaseHead, sheet: Sheet, found: Taken, more: Mapping[str, object]
) -> HttpResponse:
    hers = "hers" in request.POST or "hers" in request.GET
    context = {
        "head": head, "tab": "chronology", "sheet": sheet, "found": found,
        "wrong": {one.field: one.says for one in found.missing},
        **choices(sheet, victim=head.victim, reported=reported_in(head), hers=hers), "plain": hers,
        "files": named(actor_of(request), case_ref(head.reference), sheet.files), **more,
    }  # fmt: skip
    return render(
        request,
        "web/person_form.html" if hers else "web/incident_form.html",
        context,
        status=422 if found.missing else 200,
    )


def reported_in(head: casework.CaseHead) -> list[tuple[UUID, str]]:
    """The people reported in a case, by id and name."""
    return [(one.id, one.name) for one in head.people if one.stands_as == SUSPECT]


@dataclass(frozen=True, slots=True)
class Told:
    """One version of an entry in words."""

    version: evidence.VersionView
    when: str
    given: str
    kinds: str
    exactly: tuple[str, ...]
    often: str
    told_by: str
    reported: str


def told_version(version: evidence.VersionView, page: evidence.IncidentPage, victim: str) -> Told:
    """One version in words, for the page of an entry and for the panel beside the list."""
    telling = version.telling
    known = tables.behaviours()
    exactly = tuple(known[code].label for code in telling.behaviours if code in known)
    sayer = {"client": victim, "writer": f"{page.view.written_by}, who saw it"}.get(telling.told_by, "somebody else")
    given = telling.when.given if telling.when.earliest or telling.when.latest else ""
    return Told(
        version, telling.when.says(), given, entries.kinds_say(telling.kinds), exactly,
        entries.times_say(telling.times, telling.times_about) or "once", sayer,
        entries.reported_says(telling.reported),
    )  # fmt: skip


def _missing(broken: RuleBroken | OutOfDate) -> Missing:
    return Missing(PLACE_OF.get(broken.reason.code, "kind"), str(broken.reason))


def entry_ref(typed: str, version: str = "") -> Ref:
    """The entry meant by a reference as typed; NotFound at once if it can be none."""
    reference = tidy_reference(typed)
    if reference is None:
        raise NotFound
    if version and not (version.isdecimal() and len(version) < 10):
        raise OutOfDate
    return Ref(reference, int(version) if version else None)


def redirect_to(reference: str, *, kept: bool = False) -> HttpResponse:
    """To the entry's own page."""
    response = redirect("web:incident", entry=reference)
    if kept:
        response["Location"] += "?kept"
    return response
