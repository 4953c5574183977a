"""The desk, the list of cases and the case's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.agencies.middleware import problem_page
from joindots.casework import actions as casework_actions
from joindots.casework import queries as casework
from joindots.circles import queries as circles
from joindots.evidence.readers.sandbox.parent import standing_walls
from joindots.jobs import queries as jobs
from joindots.kernel.ids import tidy_reference
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.web.forms import CaseForm


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """The way in: to the desk for who is signed in, to sign-in for everybody else."""
    return redirect("web:today" if request.user.is_authenticated else "account_login")


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The desk: what is open."""
    actor = actor_of(request)
    return render(request, "web/today.html", {"cases": casework.cases(actor), "at": actor.at, "here": "today"})


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """How the service is: which walls stand round the readers, and how long work goes."""
    actor = actor_of(request)
    found = jobs.health(actor)
    return render(request, "web/health.html", {"health": found, "missing": [str(one) for one in standing_walls().missing()]})


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
            reference = casework_actions.open_case(actor, **form.cleaned_data)
            return redirect("web:case", reference=reference)
        except RuleBroken as broken:
            form.add_error("victim", str(broken))
    status = 422 if form.errors else 200
    return render(request, "web/open_case.html", {"form": form}, status=status)


@require_GET
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case's summary."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    may_close = casework_actions.close_case.may(actor, case_ref(reference))
    return render(request, "web/case.html", {"head": head, "tab": "summary", "may_close": may_close})


@require_http_methods(["POST"])
def close_case(request: HttpRequest, reference: str) -> HttpResponse:
    """Close or reopen a case."""
    actor = actor_of(request)
    ref = case_ref(reference, request.POST.get("version", ""))
    if request.POST.get("to") == "open":
        casework_actions.reopen_case(actor, ref)
    else:
        casework_actions.close_case(actor, ref, reason="asked")
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
    return render(request, "web/custody.html", {"head": head, "tab": "custody", "steps": steps, "older": older})


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
    """Something of ours broke."""
    return render(request, "fault.html", status=500)
