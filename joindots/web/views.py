"""The desk, the list of cases and the case's own pages."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies import holding
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.agencies.middleware import problem_page
from joindots.casework import actions as casework_actions
from joindots.casework import queries as casework
from joindots.circles import queries as circles
from joindots.evidence import queries as evidence
from joindots.evidence.readers.sandbox.parent import standing_walls
from joindots.jobs import queries as jobs
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.words import words
from joindots.people import queries as people
from joindots.web.forms import CaseForm
from joindots.web.trail import told

SUSPECT = "suspect"


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The way in: to the desk for who is signed in, to sign-in for everybody else."""
    return redirect("web:today" if request.user.is_authenticated else "account_login")


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The desk: what is open, and first what waits for an answer."""
    actor = actor_of(request)
    if not casework.cases.may(actor):
        return redirect(_desk_without_cases(actor))
    found = casework.cases(actor)
    asked = evidence.open_questions(actor) if evidence.open_questions.may(actor) else {}
    names = {line.reference: line for line in found.lines}
    waiting = [(reference, number, names.get(reference)) for reference, number in sorted(asked.items())]
    context = {"cases": found, "waiting": waiting, "at": actor.at, "here": "today"}
    return render(request, "web/today.html", context)


def _desk_without_cases(actor: Actor) -> str:
    """Where somebody begins whose work is not with cases: whatever page of theirs waits for them."""
    if circles.alerts.may(actor):
        return "web:alerts"
    if circles.staff.may(actor):
        return "web:staff"
    return "web:health" if jobs.health.may(actor) else "web:reference"


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """How the service is: which walls stand round the readers, and how long work goes."""
    actor = actor_of(request)
    found = jobs.health(actor)
    return render(
        request, "web/health.html", {"health": found, "missing": [str(one) for one in standing_walls().missing()]}
    )


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases the reader may know of."""
    actor = actor_of(request)
    state = "closed" if request.GET.get("state") == "closed" else "open"
    page = request.GET.get("page", "1")
    found = casework.cases(actor, state, int(page) if page.isdecimal() and len(page) < 8 else 1)
    may_open = casework_actions.open_case.may(actor)
    return render(request, "web/cases.html", {"cases": found, "state": state, "may_open": may_open, "here": "cases"})


@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    actor = actor_of(request)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_unless_shown(request, actor)
            reference = casework_actions.open_case(actor, **form.cleaned_data)
            return redirect("web:case", reference=reference)
        except RuleBroken as broken:
            form.add_error("victim", str(broken))
    status = 422 if form.errors else 200
    return render(request, "web/open_case.html", {"form": form}, status=status)


@require_GET
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case's summary."""
    return _case_page(request, reference)


def _case_page(request: HttpRequest, reference: str, *, trouble: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    context = {
        "head": head, "tab": "summary", "trouble": trouble, "may_close": casework_actions.close_case.may(actor, ref),
        "may_reopen": casework_actions.reopen_case.may(actor, ref),
        **_reaching(request, actor, head),
    }  # fmt: skip
    return render(request, "web/case.html", context, status=status)


def _reaching(request: HttpRequest, actor: Actor, head: casework.CaseHead) -> dict[str, object]:
    """The safe-contact card of the person being stalked, or of whoever was asked for; their number only when asked."""
    if head.side != "victim" or not actor.may(people.reach_of.permission):
        return {}
    wanted = request.GET.get("reach", "")
    asked = next((one for one in head.people if str(one.id) == wanted and one.stands_as != SUSPECT), None)
    someone = asked or next((one for one in head.people if one.stands_as == "victim"), None)
    if someone is None:
        return {}
    contact = people.contact_of(actor, Ref(someone.id)) if asked else None
    return {"someone": someone, "reach": people.reach_of(actor, Ref(someone.id)), "contact": contact, "may_reach": True}


@require_http_methods(["POST"])
def close_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Close or reopen a case."""
    actor = actor_of(request)
    ref = case_ref(reference, request.POST.get("version", ""))
    try:
        if request.POST.get("to") == "open":
            casework_actions.reopen_case(actor, ref)
        else:
            casework_actions.close_case(actor, ref, reason="asked")
    except OutOfDate as changed:
        return _case_page(request, reference, trouble=str(changed.reason), status=changed.status)
    return redirect("web:case", reference=reference)


@require_GET
def who(request: HttpRequest, reference: str) -> HttpResponse:
    """Who may know of a case, and why."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    people = circles.who_may_know(actor, Ref(head.circle))
    return render(request, "web/who.html", {"head": head, "tab": "who", "people": people})


@require_GET
def custody(request: HttpRequest, reference: str) -> HttpResponse:
    """Who opened what in a case."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    before = request.GET.get("before", "")
    steps = circles.custody(actor, Ref(head.circle), int(before) if before.isdecimal() and len(before) < 15 else None)
    older = steps[-1].seq if len(steps) == circles.PAGE else None
    context = {"head": head, "tab": "custody", "steps": told(steps), "older": older, "before": before}
    return render(request, "web/custody.html", context)


def case_ref(typed: str, version: str = "") -> Ref:
    """The case meant by a reference as typed; NotFound at once if it can be none."""
    reference = tidy_reference(typed)
    if reference is None:
        raise NotFound
    if version and not (version.isdecimal() and len(version) < 10):
        raise OutOfDate
    return Ref(reference, int(version) if version else None)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere answers exactly as what one may not know of."""
    return problem_page(request, NotFound())


def our_fault(request: HttpRequest) -> HttpResponse:
    """Something of ours broke. The page asks for nothing: not who is signed in, and no database."""
    return HttpResponse(render_to_string("fault.html"), status=500)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the browser sent is nothing that a page of ours sends."""
    if isinstance(exception, TooManyFilesSent):
        reason = words(
            "too_many_files", "At most {most} files are taken at one time, and none was kept. Bring in a part of them.",
            most=settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        )  # fmt: skip
    else:
        reason = words("not_understood", "What was sent could not be read. Open the page again and send it once more.")
    return HttpResponse(render_to_string("problem.html", {"reason": str(reason), "status": 400}), status=400)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without this session's mark: it stood open too long, or another site sent it. What a page of ours sent
    for who signed in again meanwhile is held and offered.
    """
    if request.method == "POST" and holding.hold_stale(request):
        return redirect("agencies:held")
    said = words("form_too_old", "This form was open too long; nothing was sent. Open the page again and send it anew.")
    return render(request, "problem.html", {"reason": str(said), "status": 419}, status=403)
