"""The crimes of a case, one crime from report to sentence, and writing down what happened to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.justice import actions, queries
from joindots.justice.rules.crimes import ACTS_AGAINST, ANSWERS, CHECKS, MOST_LETTERS, MOST_NAME, MOST_WHY, STANDS_AS
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.law.crime_course import CHARGED_OUTCOMES
from joindots.law.crime_life import events
from joindots.law.tables import outcomes
from joindots.web.justice.crime_forms import FIELD_OF, Unreadable, said_typed, says_newest
from joindots.web.justice.places import near_names, places
from joindots.web.typed import again, case_ref, seen, whole
from joindots.web.work.doing import row


@require_http_methods(["GET", "POST"])
def crimes(request: HttpRequest, reference: str) -> HttpResponse:
    """The crimes of a case, and following one from a report to the police."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    circle = Ref(head.circle)
    error, status = "", 200
    if request.method == "POST":
        try:
            given = request.POST
            made = actions.follow(
                actor, row(given), what=given.get("what", ""), stands_as=given.get("stands_as", "victim")
            )
            return redirect("web:crime", crime=made)
        except (RuleBroken, OutOfDate) as broken:
            error, status = str(broken.reason), broken.status
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "crimes"),
        "crimes": queries.crimes(actor, circle),
        "reports": queries.reports_to_follow(actor, circle), "given": request.POST, "error": error,
        "may": actor.may(actions.follow.permission), "stands_as": STANDS_AS.items(), "most": MOST_LETTERS,
        "is_open": head.state == "open", "sees_points": actor.may(queries.points.permission),
    }  # fmt: skip
    return render(request, "justice/crimes.html", context, status=status)


@require_GET
def crime(request: HttpRequest, crime: UUID) -> HttpResponse:
    """One crime: where it stands, what is to be seen to, its clocks, and everything that happened."""
    return crime_page(request, crime)


def crime_page(request: HttpRequest, key: UUID, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page, with what stood in the way of something that was asked of it."""
    actor = actor_of(request)
    page = queries.crime(actor, Ref(key))
    head = head_of(actor, page)
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "crimes"), "page": page, "trouble": trouble,
        "may": actions.record.may(actor, Ref(key)), "most": MOST_WHY, "stands_as": STANDS_AS[page.line.stands_as],
        "sees_points": actor.may(queries.points.permission),
        "sees_file": actor.may(queries.case_file.permission),
        "sees_measures": actor.may(casework.measures_of.permission),
    }  # fmt: skip
    return render(request, "justice/crime.html", context, status=status)


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, crime: UUID, happened: str) -> HttpResponse:
    """Write down that something happened; only what the crime's life allows now is offered."""
    actor = actor_of(request)
    page = queries.crime(actor, Ref(crime))
    if happened not in events():
        raise NotFound
    offered = next((one for one in page.offered if one.event == happened), None)
    field, error, status = "on", "", 200
    if request.method == "POST":
        try:
            asks, tells = (offered.asks, offered.tells) if offered else ((), False)
            said = said_typed(happened, asks, tells, request.POST)
            actions.record(actor, seen(crime, request.POST), said=said)
            return redirect("web:crime", crime=crime)
        except Unreadable as wrong:
            field, error, status = wrong.field, str(wrong), 422
        except OutOfDate as late:
            field, error, status = "", says_newest(page), late.status
        except RuleBroken as broken:
            field, error, status = FIELD_OF.get(broken.reason.code, "on"), str(broken.reason), broken.status
    head, given = head_of(actor, page), again(request.POST, status)
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "crimes"), "page": page, "offered": offered,
        "label": events()[happened], "given": given, "field": field, "error": error, "most": MOST_LETTERS,
        "most_why": MOST_WHY, "most_name": MOST_NAME, "may": actions.record.may(actor, Ref(crime)),
        **_choices(given, page, happened),
        "near": near_names(actor, head) if happened in ACTS_AGAINST else (),
    }  # fmt: skip
    return render(request, "justice/record.html", context, status=status)


def _choices(given: QueryDict, page: queries.CrimePage, event: str) -> dict[str, Any]:
    """What the form offers. Nothing is chosen before somebody chooses it."""
    wanted = event == "charged"
    return {
        "checks": [(one, given.get(f"check-{one.code}", "")) for one in CHECKS.values()]
        if page.course.system == "england_wales" else [],
        "answers": ANSWERS.items(), "included": given.getlist("included"),
        "outcomes": [one for one in outcomes().values() if (one.code in CHARGED_OUTCOMES) == wanted],
        "open_counts": [one for one in page.counts if one.verdict == "open"],
    }  # fmt: skip


@require_POST
def strike(request: HttpRequest, crime: UUID) -> HttpResponse:
    """Strike the last step, written down wrongly; it is kept, and shown struck."""
    actor = actor_of(request)
    number = whole(request.POST.get("number", ""), 0)
    try:
        actions.strike(actor, seen(crime, request.POST), number=number, why=request.POST.get("why", ""))
    except (RuleBroken, OutOfDate) as broken:
        return crime_page(request, crime, trouble=str(broken.reason), status=broken.status)
    return redirect("web:crime", crime=crime)


def head_of(actor: Actor, page: queries.CrimePage) -> casework.CaseHead:
    """The case that a crime stands in."""
    if not page.case:
        raise NotFound
    return casework.case(actor, case_ref(page.case))
