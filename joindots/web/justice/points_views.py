"""The points to prove of a crime on one page: acts beside them to link, gaps first, judgements with their reasons."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions as casework_actions
from joindots.casework import queries as casework
from joindots.justice import actions, queries
from joindots.justice.rules.points import MOST_WHY, NOTHING_MISSING, SAYS
from joindots.kernel.problems import NotFound
from joindots.law.points import harms_among
from joindots.web.justice.crime_forms import Unreadable, day_typed
from joindots.web.justice.places import places
from joindots.web.typed import case_ref, seen, whole
from joindots.web.work.doing import Deeds, Trouble, maybe_day, row, tried


@require_http_methods(["GET", "POST"])
def points(request: HttpRequest, crime: UUID) -> HttpResponse:
    """Each point with what speaks to it. Nothing is linked or chosen before somebody does it."""
    actor = actor_of(request)
    days, trouble = {}, None
    try:
        days = {name: day_typed(request.GET, name) for name in ("on", "last_act")}
    except Unreadable:
        trouble = Trouble("Enter days as they stand in a calendar, or leave them empty.", 422)
    if request.method == "POST":
        trouble = tried(request.POST, _deeds(actor, crime))
        if trouble is None:
            return redirect(request.get_full_path())
    page = queries.points(actor, Ref(crime), first=days.get("on"), last=days.get("last_act"))
    head = casework.case(actor, case_ref(page.case))
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "crimes"), "page": page, "trouble": trouble,
        "given": request.POST, "asked": request.GET, "says": SAYS.items(), "most": MOST_WHY,
        "nothing": NOTHING_MISSING, "may": actions.link_to_point.may(actor, Ref(crime)),
        "harms": harms_among({one.code: one for one in page.all_offences}) if head.side != "suspect" else (),
    }  # fmt: skip
    return render(request, "justice/points.html", context, status=trouble.status if trouble else 200)


def _deeds(actor: Actor, crime: UUID) -> Deeds:
    def link(given: QueryDict) -> object:
        files = given.getlist("file")
        sources = [whole(one[1:], -1, digits=19) for one in files if one.startswith("s")]
        exhibits = [_an_id(one[1:]) for one in files if one.startswith("e")]
        return actions.link_to_point(
            actor, Ref(crime), point=given.get("point", ""), acts=tuple(dict.fromkeys(given.getlist("act"))),
            sources=sources, exhibits=exhibits,
        )  # fmt: skip

    def task(given: QueryDict) -> object:
        page = queries.points(actor, Ref(crime))
        return casework_actions.add_task(
            actor, case_ref(page.case), what=given.get("what", ""), due_on=maybe_day(given, "due_on")
        )

    return {
        "link": link,
        "back": lambda given: actions.take_back_link(actor, row(given)),
        "judge": lambda given: actions.judge_point(
            actor, seen(crime, given), point=given.get("point", ""), says=given.get("says", ""),
            why=given.get("why", "")),
        "conclude": lambda given: actions.conclude(
            actor, seen(crime, given), offence=given.get("offence", ""), why=given.get("why", "")),
        "task": task,
    }  # fmt: skip


def _an_id(typed: str) -> str:
    try:
        return str(UUID(typed))
    except ValueError:
        raise NotFound from None
