"""The acts an application relies on: the log to choose from beside the rule's reasons, the schedule, one act."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.evidence import queries as evidence
from joindots.evidence.rules.entries import KINDS
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.orders.actions import packs as actions
from joindots.orders.queries import packs as queries
from joindots.orders.rules import packs, selecting
from joindots.web.orders.pack_views import shared
from joindots.web.typed import again, whole

A_PAGE = 25


@require_http_methods(["GET", "POST"])
def acts(request: HttpRequest, application: UUID) -> HttpResponse:
    """The schedule: its acts in order of time, to be tied to grounds, given somebody who proves them, or taken out."""
    actor, error, status = actor_of(request), "", 200
    if request.method == "POST":
        given = request.POST
        try:
            actions.mark_acts(
                actor, Ref(application), acts=_meant(given), grounds="".join(given.getlist("ground")),
                prover=given.get("prover", ""), take_out=given.get("do") == "out",
            )  # fmt: skip
            return redirect("web:order_pack_acts", application=application)
        except RuleBroken as broken:
            error, status = str(broken), broken.status
    view = queries.pack(actor, Ref(application))
    draft = view.draft
    context = {
        **shared(actor, view), "acts": draft.acts, "covers": packs.covers(draft.acts), "log": draft.log,
        "error": error, "grounds": packs.GROUNDS.items(), "ticked": set(request.POST.getlist("act")),
        "given": request.POST, "may": actions.mark_acts.may(actor, Ref(application)), "most": packs.MOST_LINE,
        "may_choose": actions.add_acts.may(actor, Ref(application)),
    }  # fmt: skip
    return render(request, "orders/pack_acts.html", context, status=status)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, application: UUID) -> HttpResponse:
    """The log, with boxes to tick; what the rule suggests says why. Nothing is ticked by itself.

    All that the list was narrowed to can be relied on by one press: exactly what it told when the page was made.
    """
    actor, error, status = actor_of(request), "", 200
    asked = request.GET
    if request.method == "POST":
        try:
            if request.POST.get("do") == "all":
                actions.add_acts(actor, Ref(application), entries=request.POST.get("all", "").split())
                return redirect("web:order_pack_acts", application=application)
            actions.add_acts(actor, Ref(application), entries=request.POST.getlist("entry"))
            return redirect(f"{reverse('web:order_pack_choose', args=(application,))}?{_query(asked)}#chosen")
        except RuleBroken as broken:
            error, status = str(broken), broken.status
    kind = asked.get("kind", "") if asked.get("kind") in KINDS else ""
    only = "" if asked.get("only") == "all" else "suggested"
    number = max(1, int(whole(asked.get("page", ""), 1, digits=6)))
    page = queries.entries_to_choose(actor, Ref(application), kind=kind, only=only, page=number, most=A_PAGE)
    view = queries.pack(actor, Ref(application))
    context = {
        **shared(actor, view), "page": page, "error": error, "kinds": [(code, one.says) for code, one in KINDS.items()],
        "kind": kind, "only": only, "rule": selecting.RULE, "acts": view.draft.acts, "number": number,
        "covers": packs.covers(view.draft.acts), "log": view.draft.log, "query": _query(asked),
        "before": _at(asked, number - 1) if number > 1 else "",
        "after": _at(asked, number + 1) if number * A_PAGE < page.found else "",
        "ticked": set(request.POST.getlist("entry")),
        "opens": bool(actor.may(evidence.incident.permission)), "may": actions.add_acts.may(actor, Ref(application)),
    }  # fmt: skip
    return render(request, "orders/pack_choose.html", context, status=status)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, application: UUID, act: UUID) -> HttpResponse:
    """One act: its line in the schedule, its source, who will prove it, its exhibit, the grounds it speaks to."""
    actor, error, status = actor_of(request), "", 200
    given = request.POST
    if request.method == "POST":
        try:
            _kept(actor, application, act, given)
            return redirect("web:order_pack_acts", application=application)
        except (RuleBroken, OutOfDate) as broken:
            error, status = str(broken.reason), broken.status
    view, shown = queries.pack(actor, Ref(application)), again(given, status)
    one = next((one for one in view.draft.acts if one.id == act), None)
    if one is None:
        raise NotFound
    may_show = actions.show_act.may(actor, Ref(application))
    context = {
        **shared(actor, view), "act": one, "error": error, "given": shown,
        "version": shown.get("version") or view.versions[act], "grounds": packs.GROUNDS.items(),
        "tied": set(shown.getlist("ground")) if shown else set(one.grounds), "most_words": packs.MOST_ACT_WORDS,
        "exhibits": queries.exhibits_to_choose(actor, Ref(application)) if may_show else (), "may_show": may_show,
        "opens": bool(actor.may(evidence.incident.permission)),
        "may": actions.word_act.may(actor, Ref(application)), "most": packs.MOST_LINE,
        "terms": [term for term in view.draft.terms if one.number in term.acts],
    }  # fmt: skip
    return render(request, "orders/pack_act.html", context, status=status)


def _kept(actor: Actor, application: UUID, act: UUID, given: QueryDict) -> None:
    """What a button of an act's page asks for."""
    seen = int(whole(given.get("version", ""), -1))
    if given.get("do") == "show":
        actions.show_act(actor, Ref(application), act=act, reference=given.get("exhibit", ""), seen=seen)
        return
    actions.word_act(
        actor, Ref(application), act=act, says=given.get("says", ""), source=given.get("source", ""),
        prover=given.get("prover", ""), grounds="".join(given.getlist("ground")), seen=seen,
    )  # fmt: skip


def _meant(given: QueryDict) -> list[UUID]:
    """The acts that a button of the schedule is about: those ticked, or all that stood in it when it was shown."""
    found = []
    for typed in given.get("all", "").split() if given.get("do") == "tie_all" else given.getlist("act"):
        try:
            found.append(UUID(typed))
        except ValueError:
            raise NotFound from None
    return found


def _query(asked: QueryDict) -> str:
    kept = asked.copy()
    return kept.urlencode()


def _at(asked: QueryDict, page: int) -> str:
    kept = asked.copy()
    kept["page"] = str(page)
    return kept.urlencode()
