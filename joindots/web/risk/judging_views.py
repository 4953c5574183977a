"""A person judges a risk in their own name, corrects it, withdraws it; one judgement, and what came since."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.kernel.when import london_day
from joindots.risk import actions, queries
from joindots.risk.rules.judging import MOST_LETTERS, MOST_SHORT, Judging, can_touch
from joindots.web.risk.judging_form import FIELD_OF, NotWhole, Sheet, blank, choices, filled, judging_of, sheet_of
from joindots.web.typed import again, case_ref, seen


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, reference: str) -> HttpResponse:
    """Judge the risk. The level is what a person says; the page suggests none."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    circle, wrong, status = Ref(head.circle), ("", ""), 200
    if request.method == "POST":
        sheet = sheet_of(request.POST)
        try:
            actions.judge(actor, circle, said=judging_of(sheet), answers=_ids(sheet.prompts))
            return redirect("web:risk", reference=head.reference)
        except NotWhole as missing:
            wrong, status = (missing.field, str(missing)), 422
        except RuleBroken as broken:
            wrong, status = (FIELD_OF.get(broken.reason.code, "level"), str(broken)), 422
    else:
        sheet = blank(london_day(actor.at), _again(actor, head, request.GET.get("again", "")))
    may = actions.judge.may(actor, circle)
    return _form(request, actor, head, sheet, wrong, status, {"may": may, "prompts": _open(actor, circle)})


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, judgement: UUID) -> HttpResponse:
    """Say anew what one's own judgement says. A risk that has changed is a new judgement instead."""
    actor = actor_of(request)
    page = queries.judgement(actor, Ref(judgement))
    head = _head(actor, page.view)
    wrong, status, sheet = ("", ""), 200, filled(page.view.now.said)
    if request.method == "POST":
        sheet = sheet_of(request.POST)
        try:
            actions.correct(actor, seen(judgement, request.POST), said=judging_of(sheet), why=sheet.why)
            return redirect("web:risk_judgement", judgement=judgement)
        except NotWhole as missing:
            wrong, status = (missing.field, str(missing)), 422
        except (RuleBroken, OutOfDate) as broken:
            wrong, status = (FIELD_OF.get(broken.reason.code, "level"), str(broken.reason)), broken.status
    if not again(request.POST, status):
        sheet = filled(page.view.now.said)
    allowed = actions.correct.may(actor, Ref(judgement))
    may = can_touch(page.view.mine) if allowed else allowed
    return _form(request, actor, head, sheet, wrong, status, {"may": may, "view": page.view})


@require_GET
def judgement(request: HttpRequest, judgement: UUID) -> HttpResponse:
    """One judgement with everything it said before."""
    return _page(request, judgement)


@require_POST
def withdraw(request: HttpRequest, judgement: UUID) -> HttpResponse:
    """Withdraw one's own judgement; it is kept, and shown struck."""
    actor = actor_of(request)
    try:
        actions.withdraw(actor, seen(judgement, request.POST), why=request.POST.get("why", ""))
    except (RuleBroken, OutOfDate, NotAllowed) as broken:
        return _page(request, judgement, trouble=str(broken.reason), status=broken.status)
    return redirect("web:risk_judgement", judgement=judgement)


@require_GET
def since(request: HttpRequest, judgement: UUID) -> HttpResponse:
    """Exactly what was recorded since a judgement."""
    actor = actor_of(request)
    page = queries.judgement(actor, Ref(judgement))
    context = {
        "head": _head(actor, page.view), "tab": "risk", "page": page,
        "since": queries.since_judgement(actor, Ref(judgement)),
    }  # fmt: skip
    return render(request, "risk/since.html", context)


def _page(request: HttpRequest, judgement: UUID, *, trouble: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    page = queries.judgement(actor, Ref(judgement))
    may = actions.correct.may(actor, Ref(judgement))
    context = {
        "head": _head(actor, page.view), "tab": "risk", "page": page, "trouble": trouble, "most": MOST_SHORT,
        "may_change": bool(may) and page.view.mine, "why": request.POST.get("why", ""),
    }  # fmt: skip
    return render(request, "risk/judgement.html", context, status=status)


def _form(
    request: HttpRequest, actor: Actor, head: casework.CaseHead, sheet: Sheet, wrong: tuple[str, str], status: int,
    more: dict[str, object],
) -> HttpResponse:  # fmt: skip
    circle = Ref(head.circle)
    context = {
        "head": head, "tab": "risk", "sheet": sheet, "field": wrong[0], "error": wrong[1], **choices(sheet),
        "asked": queries.assessments(actor, circle), "entries": queries.entries_to_rest_on(actor, circle),
        "most": MOST_LETTERS, "most_short": MOST_SHORT, "victim": head.victim, **more,
    }  # fmt: skip
    return render(request, "risk/judge.html", context, status=status)


def _again(actor: Actor, head: casework.CaseHead, typed: str) -> Judging | None:
    """What the judgement said that is made anew, if it is one of this case; None otherwise."""
    try:
        view = queries.judgement(actor, Ref(UUID(typed))).view if typed else None
    except ValueError:
        return None
    return view.now.said if view and view.case == head.reference else None


def _open(actor: Actor, circle: Ref) -> list[queries.PromptView]:
    return [one for one in queries.prompts(actor, circle) if one.open]


def _head(actor: Actor, view: queries.JudgementView) -> casework.CaseHead:
    if not view.case:
        raise NotFound
    return casework.case(actor, case_ref(view.case))


def _ids(given: tuple[str, ...]) -> tuple[UUID, ...]:
    try:
        return tuple(map(UUID, given))
    except ValueError:
        raise NotFound from None
