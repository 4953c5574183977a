"""Who is who: every account that the files show, what is believed of it and by whom, and saying so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.casework.rules import State, can_work
from joindots.chronology import queries as chronologies
from joindots.evidence import queries as evidence
from joindots.kernel.decisions import Decision
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.people import actions
from joindots.people import queries as people
from joindots.people.rules import beliefs
from joindots.web.chronology.whose import shares
from joindots.web.typed import case_ref

NEW = "new"
ROLES = {"suspect": "person reported", "victim": "person being stalked",
         "secondary": "family, friend or colleague also affected",
         "witness": "witness", "child": "child"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """One account with what is believed of it; `number` names it in the form, `alike` those of the same name."""

    view: chronologies.AccountView
    says: str
    files: tuple[str, ...]
    standing: tuple[people.BeliefView, ...]
    withdrawn: tuple[people.BeliefView, ...]

    @property
    def disputed(self) -> bool:
        """Whether beliefs name different people."""
        return len({one.held.person for one in self.standing}) > 1


@require_http_methods(["GET", "POST"])
def who_is_who(request: HttpRequest, reference: str) -> HttpResponse:
    """Every account of the case's files with counts and dates; what is believed; and a form to say."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    circle = Ref(head.circle)
    trouble = ""
    if request.method == "POST":
        try:
            can_work(State(head.state)).or_raise()
            _say(actor, ref, circle, request.POST, {one.id for one in head.people})
            response = redirect("web:who_is_who", reference=reference)
            response["Location"] += "?said"
            return response
        except RuleBroken as broken:
            trouble = str(broken.reason)
    accounts = _accounts(actor, ref, circle)
    known = [one for one in accounts if one.view.identity]
    context = {
        "head": head, "tab": "chronology", "accounts": known, "trouble": trouble,
        "shares": shares([one.view for one in accounts], people.whose_accounts(actor, circle)),
        "hidden": next((one for one in accounts if not one.view.identity), None), "given": request.POST,
        "chosen": set(request.POST.getlist("account") or request.GET.getlist("account")), "roles": ROLES,
        "sure": beliefs.SURE, "said_by": beliefs.SAID_BY, "may": _may(actor, head),
        "said": "said" in request.GET, "any_said": any(one.standing for one in known),
    }  # fmt: skip
    return render(request, "web/who_is_who.html", context, status=422 if trouble else 200)


@require_POST
def withdraw(request: HttpRequest, reference: str, belief: UUID) -> HttpResponse:
    """Let a belief count no more; it stays in the history."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    if belief not in {one.id for one in people.beliefs_in(actor, Ref(head.circle))}:
        raise NotFound
    try:
        can_work(State(head.state)).or_raise()
        actions.withdraw_belief(actor, Ref(belief, version), why=request.POST.get("why", ""))
    except (RuleBroken, OutOfDate) as broken:
        context = {"head": head, "tab": "chronology", "trouble": str(broken.reason), "accounts": (), "refused": True}
        return render(request, "web/who_is_who.html", context, status=broken.status)
    return redirect("web:who_is_who", reference=reference)


def _may(actor: Actor, head: casework.CaseHead) -> Decision:
    """Whether the reader may say whose an account is: in an open case, with the right role."""
    return actions.say_who.may(actor, Ref(head.circle)) and can_work(State(head.state))


def _accounts(actor: Actor, ref: Ref, circle: Ref) -> tuple[Account, ...]:
    said: dict[str, list[people.BeliefView]] = {}
    for belief in people.beliefs_in(actor, circle):
        said.setdefault(belief.account, []).append(belief)
    names = {one.source: one.name for one in evidence.coverage_of(actor, ref)}
    return tuple(_account(one, names, said.get(one.identity, ())) for one in chronologies.accounts_of(actor, ref))


def _account(view: chronologies.AccountView, names: Mapping[int, str], said: Sequence[people.BeliefView]) -> Account:
    files = tuple(names.get(source, "a file") for source in view.sources)
    standing = tuple(one for one in said if one.stands)
    return Account(
        view, beliefs.account_of(view.identity), files, standing, tuple(one for one in said if not one.stands)
    )  # fmt: skip


def _say(actor: Actor, ref: Ref, circle: Ref, given: QueryDict, known: set[UUID]) -> None:
    """Note whose the chosen accounts of the case's files are said to be; somebody new to the case is added first."""
    accounts = given.getlist("account")
    sure, said_by, why = given.get("sure", ""), given.get("said_by", ""), given.get("why", "")
    beliefs.can_be(accounts).or_raise()
    beliefs.can_say(sure, said_by, why).or_raise()
    if not {one.identity for one in chronologies.accounts_of(actor, ref)} >= set(accounts):
        raise NotFound
    actions.say_who(
        actor, circle, accounts=accounts, person=_person(actor, circle, given, known), sure=sure, said_by=said_by,
        why=why,
    )  # fmt: skip


def _person(actor: Actor, circle: Ref, given: QueryDict, known: set[UUID]) -> UUID:
    chosen = given.get("person", "")
    if chosen == NEW:
        name = " ".join(given.get("name", "").split())
        stands_as = given.get("stands_as", "")
        beliefs.can_add(name, stands_as in ROLES).or_raise()
        return actions.add_person(actor, circle, name=name, stands_as=stands_as)
    for person in known:
        if str(person) == chosen:
            return person
    beliefs.can_add("", False).or_raise()
    raise NotFound
