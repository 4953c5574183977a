"""What is linked with an entry of the log: adding pictures, choosing among what is here, and undoing a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.evidence import actions
from joindots.evidence import queries as evidence
from joindots.evidence.rules import links
from joindots.evidence.rules.links import SAME_ACT, SHOWS, End
from joindots.evidence.uploads import takes_files
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.when import london_day, midnight
from joindots.web.log.incident_form import ids_of
from joindots.web.log.incident_views import entry_page, entry_ref
from joindots.web.log.pictures import brought, link_all
from joindots.web.typed import case_ref

MOST_LINES = 200
"""Messages of one page to choose from."""
MOST_PLACE = 1 << 31
FAR = timedelta(days=1)
"""How far from the entry's own day messages are offered."""
NOTHING_CHOSEN = "Choose a file or a message first."
"""Said where a form came without any."""
CHOOSE = "Choose a picture or another file first. It can be up to 2 GB."


@takes_files
@require_POST
def add_pictures(request: HttpRequest, entry: str) -> HttpResponse:
    """Keep pictures or other files with the case, and link them with the entry that they show."""
    actor = actor_of(request)
    page = evidence.incident(actor, entry_ref(entry))
    case = case_ref(page.case)
    ids, refused = brought(request, actor, case)
    link_all(actor, case, page.view.reference, ids)
    if refused or not ids:
        return entry_page(request, entry, refused=refused or (CHOOSE,), status=422)
    return redirect_to_links(page.view.reference)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, entry: str) -> HttpResponse:
    """Choose files and messages that are here already: files show what an entry tells, messages can be the same act."""
    actor = actor_of(request)
    page = evidence.incident(actor, entry_ref(entry))
    case = case_ref(page.case)
    trouble = ""
    if request.method == "POST":
        try:
            if _linked(actor, case, page.view.reference, request.POST):
                return redirect_to_links(page.view.reference)
            trouble = NOTHING_CHOSEN
        except RuleBroken as broken:
            trouble = str(broken)
    chosen = _days(request.GET, page)
    lines, total = _lines(actor, case, chosen)
    context = {
        "head": casework.case(actor, case), "tab": "chronology", "page": page, "trouble": trouble, "days": chosen,
        "files": evidence.files_of(actor, case), "lines": [one for one in lines if not one.entry],
        "more": max(0, total - MOST_LINES), "why": request.POST.get("why", ""), "may": actions.link.may(actor, case),
        "linked": {one.source for one in page.files if one.exhibit is None},
    }  # fmt: skip
    return render(request, "web/incident_link.html", context, status=422 if trouble else 200)


@require_POST
def undo(request: HttpRequest, link: UUID) -> HttpResponse:
    """Undo a link. The file, the message and the entry stay as they are."""
    actor = actor_of(request)
    view = evidence.link_view(actor, Ref(link))
    back = next((end.entry for end in view.ends if end.entry), "")
    if not back:
        raise NotFound
    try:
        actions.undo_link(actor, Ref(link), why=request.POST.get("why", "")[: links.MOST_WHY])
    except RuleBroken as broken:
        return entry_page(request, back, refused=(str(broken),), status=422)
    return redirect_to_links(back)


def redirect_to_links(reference: str) -> HttpResponse:
    """To what is linked with an entry."""
    response = redirect("web:incident", entry=reference)
    response["Location"] += "#linked"
    return response


@dataclass(frozen=True, slots=True)
class Days:
    """The days of which messages are offered, both ends inclusive."""

    first: date
    last: date


def _linked(actor: Actor, case: Ref, entry: str, given: QueryDict) -> int:
    """Link whatever was chosen; how many things."""
    why, kind = given.get("why", ""), SAME_ACT if given.get("as") == SAME_ACT else SHOWS
    files = [End(source=one) for one in ids_of(given.getlist("file"))]
    records = [_record(one) for one in given.getlist("line")[: links.MOST_ENDS]]
    said: Sequence[End] = [one for one in records if one is not None]
    here = End(entry=entry)
    for one in files:
        actions.link(actor, case, kind=SHOWS, ends=(here, one), why=why)
    if kind == SAME_ACT and said:
        actions.link(actor, case, kind=SAME_ACT, ends=(here, *said), why=why)
    elif said:
        for one in said:
            actions.link(actor, case, kind=SHOWS, ends=(here, one), why=why)
    return len(files) + len(said)


def _record(said: str) -> End | None:
    """A record as its box names it: the file's id and its place there."""
    source, _, place = said.partition("-")
    ids, seqs = ids_of([source]), ids_of([place])
    return End(source=ids[0], seq=seqs[0]) if ids and seqs and seqs[0] < MOST_PLACE else None


def _lines(actor: Actor, case: Ref, days: Days | None) -> tuple[tuple[evidence.Line, ...], int]:
    if days is None:
        return (), 0
    return evidence.lines_between(
        actor, case, midnight(days.first), midnight(days.last + timedelta(days=1)), MOST_LINES
    )


def _days(given: QueryDict, page: evidence.IncidentPage) -> Days | None:
    """As asked for, or the days about the entry; None where its time is not known and none was asked for."""
    day = _day(given.get("day", ""))
    if day is not None:
        return Days(day, day)
    when = page.view.when
    if when.earliest is None or when.latest is None:
        return None
    return Days(
        london_day(when.earliest) - FAR, min(london_day(when.latest), london_day(when.earliest) + 31 * FAR) + FAR
    )


def _day(text: str) -> date | None:
    """The day as typed; None for what is none, and for the last there is, after which no other begins."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day < date.max else None
