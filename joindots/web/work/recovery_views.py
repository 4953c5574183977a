"""Therapy of a case, how somebody copes, and what it cost them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import recovery, therapy
from joindots.chronology.work import scratch_folder
from joindots.directory import queries as directory
from joindots.directory.rules.fitting import Asked
from joindots.documents.plain import Part, notes_pdf
from joindots.kernel.when import day_says, midnight
from joindots.law import support
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, an_id, day, maybe_whole, places, row, tried
from joindots.web.work.plan_views import neutral

PROVIDERS = 8
"""Listings of the directory that the desk shows."""
MARKS = ("1", "2", "3", "4", "5")


@require_http_methods(["GET", "POST"])
def therapy_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Who was referred where, the wait as told and as it is. Nothing of what is said in therapy stands here."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "refer": lambda given: actions.refer_to_therapy(
                actor, ref, person=an_id(given, "person"), provider=given.get("provider", ""),
                weeks=maybe_whole(given, "weeks"), referred_on=day(given, "referred_on"),
                waits_for=given.get("waits_for", ""), told_to_wait=given.get("told_to_wait", "")),
            "move": lambda given: actions.move_therapy(actor, row(given), to=given.get("to", ""), on=day(given, "on")),
            "told": lambda given: actions.note_told_to_wait(actor, row(given), told=given.get("told_to_wait", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:therapy", reference=reference)
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "therapy"), "given": request.POST,
        "referrals": casework.therapy_of(actor, ref), "not_delayed": therapy.NOT_DELAYED,
        "someone": sorted(
            (one for one in head.people if one.stands_as not in ("suspect", "witness")),
            key=lambda one: one.stands_as != "victim",
        ),
        "waits": therapy.WAITS_FOR.items(),
        "told": therapy.TOLD_TO_WAIT.items(), "trouble": trouble, "may": actions.refer_to_therapy.may(actor, ref),
        "providers": _providers(actor) if "providers" in request.GET else None,
        "provider": request.POST.get("provider", request.GET.get("provider", "")),
        "weeks": request.POST.get("weeks", request.GET.get("weeks", "")),
    }  # fmt: skip
    return render(request, "work/therapy.html", context, status=trouble.status if trouble else 200)


@dataclass(frozen=True, slots=True)
class Provider:
    """A listing of the directory that offers therapy: its name, why it is shown with its wait, the wait in weeks."""

    reference: str
    name: str
    why: str
    weeks: int | None


def _providers(actor: Actor) -> tuple[Provider, ...]:
    """What the directory knows of therapy, in its own order."""
    if not directory.find.may(actor):
        return ()
    hits = directory.find(actor, Asked(need="therapy")).hits[:PROVIDERS]
    return tuple(
        Provider(one.service.reference, one.service.listing.name, one.why, _weeks(one.service.listing.wait_days))
        for one in hits
    )


def _weeks(days: int | None) -> int | None:
    """Days as weeks begun: 60 days are 9 weeks."""
    return None if days is None else -(-days // 7)


@require_http_methods(["GET", "POST"])
def coping(request: HttpRequest, reference: str) -> HttpResponse:
    """The paired questions, asked at the start and again, side by side and never added up."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {"keep": lambda given: actions.keep_answers(actor, ref, asked=_asked(given))})
        if trouble is None:
            return redirect("web:coping", reference=reference)
    questions = [
        (code, one.label, one.question, request.POST.get(f"mark_{code}", ""), request.POST.get(f"said_{code}", ""))
        for code, one in support.cope_questions().items()
    ]
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "coping"), "given": request.POST,
        "coping": casework.coping(actor, ref), "questions": questions, "marks": MARKS, "scale": recovery.SCALE,
        "stills": recovery.STILL_WORDS.items(), "trouble": trouble, "may": actions.keep_answers.may(actor, ref),
        "mark": next(iter(support.cope_questions().values())).mark,
    }  # fmt: skip
    return render(request, "work/coping.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def costs(request: HttpRequest, reference: str) -> HttpResponse:
    """The ledger of costs and losses, with totals by kind and what they are counted from."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "add": lambda given: actions.add_cost(
                actor, ref, kind=given.get("kind", ""), what=given.get("what", ""),
                pence=recovery.pence_of(given.get("amount", "")), on=day(given, "on"),
                receipt=given.get("receipt", "")),
            "claim": lambda given: actions.claim_cost(actor, row(given), to=given.get("to", "")),
            "withdraw": lambda given: actions.withdraw_cost(actor, row(given), why=given.get("why", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:costs", reference=reference)
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "costs"), "given": request.POST,
        "ledger": casework.ledger(actor, ref), "kinds": recovery.COST_WORDS.items(),
        "claims": recovery.CLAIM_WORDS.items(), "trouble": trouble, "may": actions.add_cost.may(actor, ref),
    }  # fmt: skip
    return render(request, "work/costs.html", context, status=trouble.status if trouble else 200)


@require_GET
def costs_as_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The ledger as a table for a claim. That it leaves is noted."""
    actor, ref = actor_of(request), case_ref(reference)
    casework.case(actor, ref)
    data = casework.ledger_sheet(actor, ref)
    actions.note_ledger(actor, ref, form="csv")
    return neutral(data, "text/csv; charset=utf-8", "costs.csv")


@require_GET
def costs_as_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The ledger as a PDF for a claim: totals first, then every entry."""
    actor, ref = actor_of(request), case_ref(reference)
    casework.case(actor, ref)
    kept = casework.ledger(actor, ref)
    actions.note_ledger(actor, ref, form="pdf")
    sums = tuple(
        f"{one.kind}: {one.says}, of {one.entries} entries {one.receipts} with a receipt and {one.claimed} claimed"
        for one in kept.totals
    )
    entries = tuple(
        f"{day_says(midnight(one.on))}: {one.amount}, {one.kind}, {one.what}"
        + (f" (receipt: {one.receipt})" if one.receipt else " (no receipt)")
        for one in reversed(kept.costs)
        if not one.withdrawn
    )
    parts = [Part(f"Together {kept.sum}", sums), Part("Entries", entries)]
    return neutral(notes_pdf("Costs and losses", parts, actor.at, scratch_folder()), "application/pdf", "costs.pdf")


def _asked(given: Given) -> recovery.Asked:
    codes = list(support.cope_questions())
    marked = {code: given.get(f"mark_{code}", "") for code in codes}
    marks = {code: int(mark) for code, mark in marked.items() if mark in MARKS}
    said = {code: given.get(f"said_{code}", "") for code in codes}
    return recovery.Asked(day(given, "on"), given.get("still", ""), marks, said, given.get("own", ""))
