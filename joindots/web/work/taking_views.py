"""Taking a case on: cases that wait, who could take one, the first contact, workers' cards."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules.intake import HOW_WORDS, OUTCOME_WORDS, QUALIFICATION_WORDS, SORTED_BY
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import LOCAL
from joindots.kernel.words import words
from joindots.web.typed import case_ref, seen
from joindots.web.work.doing import Given, an_id, maybe_day, maybe_whole, tried, words_of
from joindots.web.work.fields import Asking


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Cases that wait for somebody to take them."""
    actor = actor_of(request)
    return render(
        request,
        "work/queue.html",
        {
            "lines": casework.queue(actor),
            "left": casework.left_behind(actor),
            "here": "queue",
        },
    )


@require_http_methods(["GET", "POST"])
def allocate(request: HttpRequest, reference: str) -> HttpResponse:
    """Who could take a case, as facts in an order that is shown; a lead asks one."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "ask": lambda given: actions.ask_to_take(
                actor, seen(str(ref.key), given), membership=an_id(given, "to")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:case_work", reference=reference)
    context = {
        "head": head, "tab": "taking", "sub": "allocate", "trouble": trouble, "rule": SORTED_BY,
        "could": casework.could_take(actor, ref), "intake": casework.intake(actor, ref),
        "asked": casework.asked_to_take(actor, ref), "me": str(actor.membership_id),
    }  # fmt: skip
    return render(request, "work/allocate.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """The tries to speak to the person for the first time, and the clock."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "try": lambda given: actions.note_try(
                actor, ref, at=moment(given, "at"), how=given.get("how", ""), outcome=given.get("outcome", ""),
                note=words_of(given, "note"), late_why=words_of(given, "late_why")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:case_contact", reference=reference)
    told = casework.intake(actor, ref)
    asking = Asking(request.POST, {"at": actor.at.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M")})
    fields = [
        asking.text("at", _("When"), kind="moment"),
        asking.choice("how", _("How"), HOW_WORDS),
        asking.choice("outcome", _("What came of it"), [(str(c), t) for c, t in OUTCOME_WORDS.items()]),
        asking.text("note", _("A few words"), kind="area", hint=_("You can skip this.")),
    ]
    if told is not None and told.late:
        fields.append(asking.text("late_why", _("Why it is late"), kind="area", hint=_("It is kept with the clock.")))
    context = {"head": head, "tab": "taking", "sub": "contact", "trouble": trouble, "intake": told, "fields": fields,
               "came_from": casework.came_from(actor, ref),
               "may_see_back": bool(actor.may(actions.see_taken_back.permission)),
               "may": actions.note_try.may(actor, ref)}  # fmt: skip
    return render(request, "work/contact.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def workers(request: HttpRequest) -> HttpResponse:
    """Who takes cases, and their cards: what they are qualified for, speak, cover, and when they are away."""
    actor = actor_of(request)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "keep": lambda given: actions.keep_card(actor, membership=an_id(given, "who"), card=_card(given)),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:workers")
    found = casework.workers(actor)
    wanted = request.POST.get("who", "") or request.GET.get("who", "")
    one = next((each for each in found if str(each.membership) == wanted), None)
    context = {"workers": found, "one": one, "trouble": trouble, "here": "queue",
               "codes": {code.value: says for code, says in QUALIFICATION_WORDS.items()},
               "fields": _card_fields(Asking(request.POST), one) if one else []}  # fmt: skip
    return render(request, "work/workers.html", context, status=trouble.status if trouble else 200)


def _card_fields(asking: Asking, one: casework.WorkerLine) -> list[object]:
    return [
        asking.several(
            "qualifications", _("Qualified for"), [(str(c), t) for c, t in QUALIFICATION_WORDS.items()],
            otherwise=one.qualifications,
        ),
        asking.text("languages", _("Languages"), hint=_("Apart by commas."), otherwise=one.languages),
        asking.text("areas", _("Areas"), hint=_("Apart by commas."), otherwise=one.areas),
        asking.text("most", _("Most open cases"), kind="whole", otherwise=str(one.most)),
        asking.text("away_from", _("Away from"), kind="date", otherwise=_iso(one.away_from)),
        asking.text("away_until", _("Away until"), kind="date", otherwise=_iso(one.away_until)),
    ]  # fmt: skip


def _iso(day: object) -> str:
    return str(day) if day else ""


def _card(given: Given) -> actions.Card:
    most = maybe_whole(given, "most")
    return actions.Card(
        tuple(given.getlist("qualifications")), given.get("languages", ""), given.get("areas", ""),
        -1 if most is None else most, maybe_day(given, "away_from"), maybe_day(given, "away_until"),
    )  # fmt: skip


def moment(given: Given, name: str) -> datetime:
    """A day and time in London that must be there."""
    try:
        return datetime.fromisoformat(given.get(name, "")).replace(tzinfo=LOCAL)
    except ValueError:
        raise RuleBroken(words("moment_missing", "Enter day and time, for example 2025-11-13 12:40.")) from None
