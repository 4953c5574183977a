"""Who the primary victim is in a case: said by one, decided by another; roles; and the buddy agency's list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.justice import actions, queries
from joindots.justice.rules import opposed as rules
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.web.justice.places import near_names, places
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, Trouble, an_id, maybe_day, row, tried
from joindots.web.work.fields import Asking, Field
from joindots.web.work.plan_views import neutral


@require_http_methods(["GET", "POST"])
def primary_victim(request: HttpRequest, reference: str) -> HttpResponse:
    """Who was found to be the primary victim, what waits for a second person, and what it lets be written down."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    circle, trouble = Ref(head.circle), None
    if request.method == "POST":
        trouble = tried(request.POST, _deeds(actor, circle))
        if trouble is None:
            return redirect("web:primary_victim", reference=reference)
    return _page(request, actor, head, trouble)


@require_POST
def reasons(request: HttpRequest, reference: str) -> HttpResponse:
    """The decisions and their reasons as a paper for a panel or a court."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    try:
        return neutral(actions.take_reasons(actor, Ref(head.circle)), "application/pdf", "reasons.pdf")
    except RuleBroken as broken:
        return _page(request, actor, head, Trouble(str(broken), broken.status))


def _page(request: HttpRequest, actor: Actor, head: casework.CaseHead, trouble: Trouble | None) -> HttpResponse:
    circle, given = Ref(head.circle), request.POST
    page = queries.primary_victim(actor, circle)
    latest = page.reviews[0] if page.reviews else None
    context = {
        "head": head, "tab": "justice", "places": places(actor, head, "primary"), "trouble": trouble, "page": page,
        "done": [one for one in page.reviews if one.stands != "asked"],
        "waiting": latest if latest and latest.stands == "asked" else None,
        "standing": next((one for one in page.reviews if one.stands == "agreed"), None),
        "fields": _fields(given, page), "roles": _roles(given, head), "given": given,
        "may": actions.say_primary.may(actor, circle), "near": near_names(actor, head),
    }  # fmt: skip
    return render(request, "justice/primary.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def seconds_asked(request: HttpRequest) -> HttpResponse:
    """What a small agency asks this one to decide: codes and days alone, nobody's name and no case."""
    actor = actor_of(request)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "decide": lambda given: actions.agree_as_buddy(
                actor, act=an_id(given, "row"), agreed=_agreed(given), why=given.get("second_why", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:seconds_asked")
    context = {"waiting": queries.seconds_asked(actor), "trouble": trouble, "given": request.POST, "here": "seconds"}
    return render(request, "justice/seconds.html", context, status=trouble.status if trouble else 200)


def _deeds(actor: Actor, circle: Ref) -> dict[str, Any]:
    def say(given: Given) -> None:
        actions.say_primary(
            actor, circle, finding=given.get("finding", ""), covers=given.getlist("covers"),
            looked=given.getlist("looked"), why=given.get("why", ""), review_on=maybe_day(given, "review_on"),
            buddy="buddy" in given,
        )  # fmt: skip

    def decide(given: Given) -> None:
        actions.agree_primary(actor, row(given), agreed=_agreed(given), why=given.get("second_why", ""))

    def change(given: Given) -> None:
        actions.change_role(
            actor, circle, person=an_id(given, "person"), to=given.get("to", ""), why=given.get("role_why", "")
        )

    return {"say": say, "decide": decide, "role": change}


def _agreed(given: Given) -> bool:
    if given.get("agreed") not in ("yes", "no"):
        raise RuleBroken(words("agreed_missing", "Choose whether you agree."))
    return given["agreed"] == "yes"


def _fields(given: Given, page: queries.Opposed) -> list[Field]:
    asking = Asking(given)
    fields = [
        asking.several("looked", _("What you looked at, on both sides"), rules.LOOKED,
                       hint=words("looked_hint", "Tick at least {n}.", n=rules.LEAST_LOOKED)),
        asking.choice("finding", _("Who do you think is the primary victim?"),
                      {one.value: says.capitalize() for one, says in rules.FINDING_WORDS.items()}),
        asking.text("why", _("Your reasons"), kind="area",
                    hint=_("What shows it, with days and numbers. It stays, and can be looked at again.")),
        asking.several("covers", _("While it stands, what may be written down against the person reported?"),
                       {one.value: says.capitalize() for one, says in rules.ACT_WORDS.items()}),
        asking.text("review_on", _("Look at it again on"), kind="date", hint=_("Within three months.")),
    ]  # fmt: skip
    if page.small:
        fields.append(asking.several("buddy", _("Who is the second person?"), [
            ("yes", _("Our buddy agency: we have nobody else. They see no name and no word of the case.")),
        ]))  # fmt: skip
    return fields


def _roles(given: Given, head: casework.CaseHead) -> list[Field]:
    asking = Asking(given)
    return [
        asking.choice("person", _("Who?"), [(str(one.id), f"{one.name}, {one.stands_as_words}") for one in head.people],
                      kind="select", ask=_("Choose")),
        asking.choice("to", _("Role in the case"), {code: says.capitalize() for code, says in rules.ROLES.items()},
                      kind="select", ask=_("Choose")),
        asking.text("role_why", _("Why"), kind="area"),
    ]  # fmt: skip
