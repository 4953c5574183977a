"""Tasks and promises of a case, and what was asked of agencies."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import tasks as rules
from joindots.casework.rules.agreeing import HOW_WORDS, Item
from joindots.casework.rules.letters import MACROS
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, an_id, day, maybe_day, maybe_whole, places, row, tried, words_of


@require_http_methods(["GET", "POST"])
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    """What is to be done, by whom and when; what was promised to the client stands out."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "add": lambda given: actions.add_task(
                actor, ref, what=given.get("what", ""), due_on=maybe_day(given, "due_on"),
                promised="promised" in given, owner=_owner(given)),
            "end": lambda given: actions.end_task(actor, row(given), to=given.get("to", ""), why=given.get("why", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:tasks", reference=reference)
    found = casework.tasks_of(actor, ref)
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "tasks"), "given": request.POST,
        "open_tasks": [one for one in found if one.open], "ended": [one for one in found if not one.open],
        "colleagues": casework.colleagues(actor, ref), "trouble": trouble, "may": actions.add_task.may(actor, ref),
    }  # fmt: skip
    return render(request, "work/tasks.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def agencies_asked(request: HttpRequest, reference: str) -> HttpResponse:
    """What other agencies were asked for, on what basis, and whether they answered."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "ask": lambda given: actions.ask_agency(
                actor, ref, to=given.get("to", ""), ask=given.get("ask", ""), basis=given.get("basis", ""),
                asked_on=day(given, "asked_on"), days=_days(given),
                consent=an_id(given, "consent") if given.get("consent") else None),
            "agreed": lambda given: actions.agree(actor, ref, what=actions.Agreement(
                Item.LETTER, given.get("how", ""), day(given, "given_on"), whom=_said(given, "whom"),
                purpose=_said(given, "purpose"), until=maybe_day(given, "until"))),
            "move": lambda given: actions.move_chaser(
                actor, row(given), deed=given.get("deed", ""), on=day(given, "on"), said=given.get("said", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:agencies_asked", reference=reference)
    found, agreed = casework.chasers_of(actor, ref), casework.may_ask(actor, ref)
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "agencies"), "given": request.POST,
        "open_chasers": [one for one in found if one.open], "ended": [one for one in found if not one.open],
        "bases": rules.BASIS_WORDS.items(), "days": rules.REPLY_DAYS, "trouble": trouble, "today": actor.at,
        "may": actions.ask_agency.may(actor, ref), "may_press": actions.press.may(actor, ref),
        "agreed": agreed, "hows": HOW_WORDS.items(),
        "presses": _presses(agreed) if actions.press.may(actor, ref) else (),
    }  # fmt: skip
    return render(request, "work/agencies.html", context, status=trouble.status if trouble else 200)


def _said(given: Given, name: str) -> str:
    """Words that a consent to be asked cannot do without: with whom, and what for."""
    said = words_of(given, name, SHORT).strip()
    if not said:
        raise RuleBroken(words("ask_whole", "Say which agency they agreed to, and what it may be asked for."))
    return said


def _owner(given: Given) -> UUID | None:
    return an_id(given, "owner") if given.get("owner") else None


def _days(given: Given) -> int:
    found = maybe_whole(given, "days")
    return rules.REPLY_DAYS if found is None else found


SHORT = 200
KEYS = 9
"""How many of the links answer to a single digit."""


def _presses(agreed: tuple[casework.MayAsk, ...]) -> list[tuple[casework.MayAsk, list[tuple[int, str, str, str]]]]:
    """What each agency can be asked for by a letter: the key of each, the kind of letter, the ask and its title."""
    found, key = [], 0
    for one in agreed:
        lines = []
        for kind in one.kinds:
            for code, text in MACROS[kind].asks.items():
                key += 1
                lines.append((key if key <= KEYS else 0, kind, code, text.format(name=one.name or _("the person"))))
        if lines:
            found.append((one, lines))
    return found
