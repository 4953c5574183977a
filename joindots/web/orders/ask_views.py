"""Asking a force for an order from a case, following an ask, and answering one that came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import TypedDict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.casework.rules import agreeing
from joindots.evidence import queries as evidence
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.kernel.small_numbers import FEW, ended_quarters
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.notices.actions import Written
from joindots.notices.rules import outward
from joindots.orders import actions, queries
from joindots.orders.rules import asks as rule
from joindots.web.typed import case_ref, seen, whole
from joindots.web.work.doing import Given, Trouble, an_id, maybe_day, tried
from joindots.web.work.fields import Asking
from joindots.web.work.letter_views import GOES, outside

FIELD_OF: Mapping[str, str] = {
    "ask_force": "force", "ask_order": "order", "ask_name": "name", "ask_about": "about", "ask_need": "need",
    "ask_days": "days", "ask_basis": "basis", "ask_why": "why_basis", "ask_consent_over": "consent",
    "ask_answer": "answer", "ask_reasons": "why", "ask_applied": "applied_on", "ask_again": "again_on",
    "ask_how_told": "told", "ask_why_not": "how",
}  # fmt: skip
"""Which field of these pages a refusal leads to."""


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """One page: of which force, what it rests on, the records, why; shown as the force would see it, then sent."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    circle, given = Ref(head.circle), request.POST
    actions.ask_for_order.may(actor, circle).or_raise()
    trouble, sheet = None, None
    if request.method == "POST":
        try:
            what = _asking(given)
            rule.can_ask(what.ask).or_raise()
            sheet = queries.ask_sheet(actor, circle, ask=what.ask, relied=what.relied, basis=what.basis,
                                      consent=what.consent)  # fmt: skip
            if given.get("do") == "send":
                _refuse_unseen(given, sheet)
                made = _ask(actor, circle, what, given.get("agreed_how", ""))
                return redirect("web:order_ask", ask=made)
        except (RuleBroken, OutOfDate) as broken:
            trouble = Trouble(str(broken), broken.status, FIELD_OF.get(broken.reason.code, ""))
    forces = queries.forces(actor, circle)
    force = given.get("force") or next((one.key for one in forces if one.stands), "")
    context = {
        "head": head, "tab": "orders", "trouble": trouble, "given": given, "sheet": sheet, "forces": forces,
        "force": force, "consents": queries.consents_to_ask(actor, circle), "how": agreeing.HOW_WORDS.items(),
        "basis": Asking(given).basis(_("Basis in law"), _("Consent"), agreeing.bases()),
        "orders": rule.orders_asked().items(), "days": rule.ANSWER_WORKING_DAYS,
        "records": _records(actor, case_ref(reference)),
        "chosen": set(given.getlist("relied")), "crime": _crime(actor, case_ref(reference)),
        "whom": next((one.name for one in forces if one.key == force), ""),
        "mark": _mark(given, sheet) if sheet else "",
    }  # fmt: skip
    return render(request, "orders/ask.html", context, status=trouble.status if trouble else 200)


def _mark(given: Given, sheet: queries.Sheet) -> str:
    """What stands for a sheet as it was shown: to whom, for which order, and every word of it."""
    said = repr((given.get("force"), given.get("order"), sheet))
    return sha256(said.encode()).hexdigest()


def _refuse_unseen(given: Given, sheet: queries.Sheet) -> None:
    """What is sent is what was shown: typed over since, or never shown, it is shown first."""
    if given.get("mark") != _mark(given, sheet):
        raise RuleBroken(words("ask_unseen", "Look first at what the force will see, as it stands now. Then send it."))


def _asking(given: Given) -> actions.Asking:
    days = whole(given.get("days", ""), rule.ANSWER_WORKING_DAYS, digits=3) or 0
    made = rule.Ask(
        given.get("order", ""), given.get("name", ""), given.get("about", ""), given.get("need", ""),
        crime=given.get("crime", ""), days=days, relied=tuple(given.getlist("relied")[: rule.MOST_RELIED + 1]),
    )  # fmt: skip
    consent = an_id(given, "consent") if given.get("consent") else None
    return actions.Asking(
        given.get("force", ""), made, set(made.relied), given.get("basis", ""), consent, given.get("why_basis", "")
    )


def _ask(actor: Actor, circle: Ref, what: actions.Asking, how: str) -> UUID:
    """Ask; where the form says that they agreed just now, that is written into the ledger with it."""
    if how and what.basis == rule.CONSENT and what.consent is None:
        return actions.ask_as_agreed(actor, circle, how=how, what=what)
    return actions.ask_for_order(actor, circle, what=what)


def _records(actor: Actor, ref: Ref) -> tuple[evidence.IncidentView, ...]:
    return evidence.incidents_of(actor, ref) if evidence.incidents_of.may(actor, ref) else ()


def _crime(actor: Actor, ref: Ref) -> str:
    reports = casework.police_reports(actor, ref) if casework.police_reports.may(actor, ref) else ()
    return reports[0].crime_reference if reports else ""


@require_http_methods(["GET", "POST"])
def one_ask(request: HttpRequest, ask: UUID) -> HttpResponse:
    """One ask with its answer: asked again, taken back, sent by the gate, its answer told by somebody."""
    actor, ref, trouble = actor_of(request), Ref(ask), None
    if request.method == "POST":
        sent: list[Written] = []
        trouble = tried(request.POST, {
            "chase": lambda given: actions.chase_ask(actor, seen(ask, given)),
            "withdraw": lambda given: actions.withdraw_ask(actor, seen(ask, given)),
            "tell": lambda given: actions.tell_answer(
                actor, seen(ask, given), told=given.get("told", ""), how=given.get("how", "")),
            "answer": lambda given: actions.note_ask_answer(actor, seen(ask, given), **_answer(given)),
            "send": lambda given: sent.append(actions.send_ask(actor, seen(ask, given), **outside(given))),
        }, FIELD_OF)  # fmt: skip
        if sent:
            return redirect("web:notice", reference=queries.ask(actor, ref).case, notice=sent[0].id)
        if trouble is None:
            return redirect("web:order_ask", ask=ask)
    view = queries.ask(actor, ref)
    if not view.case:
        raise NotFound
    context = {
        "head": casework.case(actor, case_ref(view.case)), "tab": "orders", "one": view, "trouble": trouble,
        "given": request.POST, "letter": "" if view.here else queries.ask_letter(actor, ref)[1], "goes": GOES,
        "sender": outward.SENDER, "subject": outward.SUBJECT, "told": rule.TOLD_WORDS.items(),
        "answers": rule.ANSWER_WORDS.items(), "may": actions.chase_ask.may(actor, ref),
    }  # fmt: skip
    return render(request, "orders/ask_one.html", context, status=trouble.status if trouble else 200)


class Answer(TypedDict):
    """An answer as it was typed."""

    answer: str
    why: str
    applied_on: date | None
    again_on: date | None


def _answer(given: Given) -> Answer:
    return {
        "answer": given.get("answer", ""), "why": given.get("why", ""), "applied_on": maybe_day(given, "applied_on"),
        "again_on": maybe_day(given, "again_on"),
    }  # fmt: skip


@require_GET
def asks_in(request: HttpRequest) -> HttpResponse:
    """Asks that came to the force: what waits first."""
    lines = queries.asks_in(actor_of(request))
    context = {"waiting": [one for one in lines if one.open], "over": [one for one in lines if not one.open],
               "here": "orders", "tab": "asks"}  # fmt: skip
    return render(request, "orders/asks_in.html", context)


@require_http_methods(["GET", "POST"])
def ask_in(request: HttpRequest, ask: UUID) -> HttpResponse:
    """One ask that came: what it says and nothing else, and the answer with its reasons."""
    actor, trouble = actor_of(request), None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "answer": lambda given: actions.answer_ask(
                actor, seen(ask, given), **_answer(given), order=an_id(given, "order") if given.get("order") else None),
        }, FIELD_OF)  # fmt: skip
        if trouble is None:
            return redirect("web:order_asks_in")
    view = queries.ask_in(actor, Ref(ask))
    context = {
        "one": view, "lodged": queries.orders_lodged(actor) if view.open else (),
        "trouble": trouble, "given": request.POST, "answers": rule.ANSWER_WORDS.items(),
        "may": actions.answer_ask.may(actor, Ref(ask)), "here": "orders", "tab": "asks",
    }  # fmt: skip
    return render(request, "orders/ask_in.html", context, status=trouble.status if trouble else 200)


@require_GET
def asks_counted(request: HttpRequest) -> HttpResponse:
    """How forces answered in a quarter that has ended: counts alone."""
    actor = actor_of(request)
    quarters = ended_quarters(london_day(actor.at))
    chosen = {first.isoformat(): (first, last) for first, last in quarters}
    first, last = chosen.get(request.GET.get("quarter", ""), quarters[0])
    context = {
        "counts": queries.asks_counted(actor, first, last), "first": first, "last": last, "quarters": quarters,
        "here": "orders", "tab": "counted", "few": FEW, "days": rule.ANSWER_WORKING_DAYS,
    }  # fmt: skip
    return render(request, "orders/asks_counted.html", context)
