"""The list of cases, and a case's own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.door import Ref
from joindots.agencies.actors import actor_of, refuse_unless_shown
from joindots.casework import actions as casework_actions
from joindots.casework import queries as casework
from joindots.circles import queries as circles
from joindots.kernel.problems import RuleBroken
from joindots.people import queries as people
from joindots.web.cases.forms import CaseForm
from joindots.web.cases.trail import told
from joindots.web.typed import case_ref

SUSPECT = "suspect"


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases the reader may know of."""
    actor = actor_of(request)
    state = "closed" if request.GET.get("state") == "closed" else "open"
    page = request.GET.get("page", "1")
    found = casework.cases(actor, state, int(page) if page.isdecimal() and len(page) < 8 else 1)
    context = {
        "cases": found, "state": state, "may_open": casework_actions.open_case.may(actor), "here": "cases",
        "may_allocate": casework.queue.may(actor),
    }  # fmt: skip
    return render(request, "web/cases.html", context)


@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    actor = actor_of(request)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_unless_shown(request, actor)
            told = {name: form.cleaned_data[name] for name in ("victim", "relation", "own_number", "summary")}
            reference = casework_actions.open_case(actor, **told, known=form.known(), arrived=form.arrived())
            return redirect("web:case", reference=reference)
        except RuleBroken as broken:
            form.add_error("victim", str(broken))
    status = 422 if form.errors else 200
    return render(request, "web/open_case.html", {"form": form}, status=status)


@require_GET
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case's summary."""
    actor = actor_of(request)
    ref = case_ref(reference)
    head = casework.case(actor, ref)
    context = {
        "head": head, "tab": "summary", "may_close": casework_actions.close_case.may(actor, ref),
        "may_reopen": casework_actions.reopen_case.may(actor, ref),
        "off": people.taken_off(actor, Ref(head.circle)) if head.side == "victim" else (),
        "may_reach": head.side == "victim" and bool(actor.may(people.reach_of.permission)),
    }  # fmt: skip
    return render(request, "web/case.html", context)


@require_GET
def who(request: HttpRequest, reference: str) -> HttpResponse:
    """Who may know of a case, and why."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    people = circles.who_may_know(actor, Ref(head.circle))
    works = circles.where_suspect_works(actor, Ref(head.circle))
    return render(request, "web/who.html", {"head": head, "tab": "who", "people": people, "works": works})


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
