"""The terms an application asks for: the list with what each rests on, and one term from the library to its wording."""

from __future__ import annotations

from collections import Counter
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.evidence.rules.entries import KINDS
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.law.orders import order_conditions
from joindots.orders import queries as orders
from joindots.orders.actions import packs as actions
from joindots.orders.queries import packs as queries
from joindots.orders.queries import papers as made
from joindots.orders.rules import drafting, packs
from joindots.web.orders.pack_views import shared
from joindots.web.typed import again, whole

KEEPS: Final = ("keep", "keep_rest")
"""Buttons that keep a term; by the second, whoever presses it says that it affects none of what they left open."""


@require_http_methods(["GET"])
def terms(request: HttpRequest, application: UUID) -> HttpResponse:
    """The terms, each with the acts that make it necessary and what there is to look at in it."""
    actor = actor_of(request)
    desk = made.desk(actor, Ref(application))
    told = [
        (one, order_conditions()[one.library], drafting.because(one), [gap for gap in desk.gaps if gap.term == one.id])
        for one in desk.view.draft.terms
    ]
    context = {
        **shared(actor, desk.view), "terms": told, "library": order_conditions().values(),
        "may": actions.keep_term.may(actor, Ref(application)),
    }  # fmt: skip
    return render(request, "orders/pack_terms.html", context)


@require_http_methods(["GET", "POST"])
def term(request: HttpRequest, application: UUID, term: UUID | None = None) -> HttpResponse:
    """One term: of which kind, in which words, because of which acts, how it will be policed, what it touches."""
    actor, error, status, given = actor_of(request), "", 200, request.POST
    if request.method == "POST" and "tick" not in given:
        try:
            _kept(actor, application, term, given)
            return redirect("web:order_pack_terms", application=application)
        except (RuleBroken, OutOfDate) as broken:
            error, status = str(broken.reason), broken.status
    view, shown = queries.pack(actor, Ref(application)), again(given, status)
    one = next((one for one in view.draft.terms if one.id == term), None)
    if term is not None and one is None:
        raise NotFound
    library = order_conditions()
    code = shown.get("library") or (one.library if one else request.GET.get("kind", ""))
    kind = library.get(code)
    written = "tick" in shown or shown.get("do") in KEEPS
    told = shown if written else _told(one, kind.text if kind else "", view.draft)
    rests = {str(act.id) for act in view.draft.acts if one and act.number in one.acts}
    tied = set(shown.getlist("act")) if written else rests
    if "tick" in shown:
        tied |= {str(act.id) for act in view.draft.acts if shown["tick"] in ("all", *act.kinds)}
    may_map = one is not None and bool(actions.map_term.may(actor, Ref(application)))
    context = {
        **shared(actor, view), "term": one, "kind": kind, "library": library.values(), "error": error, "told": told,
        "version": shown.get("version") or (view.versions[term] if term else 0), "acts": view.draft.acts, "tied": tied,
        "kinds": _kinds(view.draft),
        "touches": [(name, says, told.get(name, "")) for name, says in packs.TOUCHES.items()],
        "answers": packs.ANSWERS.items(), "checks": list(drafting.drafting_checks(one)) if one else [],
        "earlier": _earlier(actor, view), "may": actions.keep_term.may(actor, Ref(application)),
        "may_map": may_map, "exhibits": queries.exhibits_to_choose(actor, Ref(application)) if may_map else (),
        "needs_provider": bool(kind and "provider" in kind.parameters),
        "respondent": view.draft.sheets.get("respondent", {}),
    }  # fmt: skip
    return render(request, "orders/pack_term.html", context, status=status)


def _kinds(draft: packs.Draft) -> list[tuple[str, str, int]]:
    """The kinds of the acts relied on, in words, and how many there are of each."""
    many = Counter(kind for act in draft.acts for kind in act.kinds)
    return [(code, one.says, many[code]) for code, one in KINDS.items() if many[code]]


def _told(one: packs.Term | None, words: str, draft: packs.Draft) -> dict[str, str]:
    """What the form shows at first: the term as it was kept, or what a new one of its kind begins with."""
    if one is None:
        text, policed = drafting.begun(words, draft)
        return {"text": text, "policed": policed}
    return {"text": one.text, "policed": one.policed, "settled": one.settled, "provider": one.provider, **one.touches}


def _kept(actor: Actor, application: UUID, term: UUID | None, given: QueryDict) -> None:
    """What a button of a term's page asks for."""
    seen = int(whole(given.get("version", ""), -1))
    if given.get("do") in ("drop", "map"):
        if term is None:
            raise NotFound
        if given.get("do") == "drop":
            actions.drop_term(actor, Ref(application), term=term, seen=seen)
        else:
            actions.map_term(actor, Ref(application), term=term, reference=given.get("exhibit", ""), seen=seen)
        return
    acts = []
    for typed in given.getlist("act"):
        try:
            acts.append(UUID(typed))
        except ValueError:
            raise NotFound from None
    rest = "no" if given.get("do") == "keep_rest" else ""
    actions.keep_term(
        actor, Ref(application), term=term, library=given.get("library", ""), text=given.get("text", ""), acts=acts,
        policed=given.get("policed", ""), settled=given.get("settled", ""), provider=given.get("provider", ""),
        touches={name: given.get(name) or rest for name in packs.TOUCHES}, seen=seen,
    )  # fmt: skip


def _earlier(actor: Actor, view: queries.PackView) -> list[str]:
    """Conditions of orders of the case that stand, in their own words: what a new term may not contradict."""
    found = []
    for line in orders.orders(actor, Ref(view.circle)):
        if line.in_force:
            page = orders.order(actor, Ref(line.id))
            stand = (one for one in page.conditions if one.struck is None and one.lifted is None)
            found += [f"{one.number}. {one.text}" for one in stand]
    return found
