"""Reports to the police on a case, and the signposting promise: was a specialist offered, and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import referring as rule
from joindots.kernel.problems import NotFound
from joindots.law.tables import police_forces
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, an_id, day, maybe_day, row, tried, words_of
from joindots.web.work.fields import Asking


@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest, reference: str) -> HttpResponse:
    """The reports of a case; each asks whether a specialist was offered."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    given, trouble = request.POST, None
    if request.method == "POST":
        trouble = tried(given, {
            "report": lambda sent: actions.note_report(
                actor, ref, force=sent.get("force", ""), reported_on=day(sent, "reported_on"),
                stage=sent.get("stage", ""), crime_reference=words_of(sent, "crime_reference", 60), offer=_offer(sent)),
            "offer": lambda sent: actions.tell_offer(actor, row(sent), offer=_offer(sent)),
            "stage": lambda sent: actions.change_report(
                actor, row(sent), stage=sent.get("stage", ""),
                crime_reference=words_of(sent, "crime_reference", 60)),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:case_reports", reference=reference)
    asking = Asking(given)
    context = {
        "head": head, "tab": "taking", "sub": "reports", "trouble": trouble,
        "reports": casework.police_reports(actor, ref), "may": actions.note_report.may(actor, ref),
        "stages": {str(code): says for code, says in rule.STAGE_WORDS.items()}, "by": rule.BY_WORDS,
        "taken": rule.TAKEN_WORDS, "why_not": rule.WHY_NOT_WORDS, "offers": _offers(),
        "fields": [
            asking.choice("force", _("Which police force?"), _forces(),
                          kind="select", ask="Choose"),
            asking.text("reported_on", _("Reported on"), kind="date"),
            asking.text("crime_reference", _("Crime reference"), hint=_("If there is one.")),
            asking.choice("stage", _("What became of it?"), [(str(c), t) for c, t in rule.STAGE_WORDS.items()],
                          otherwise="reported"),
            *_offer_fields(asking),
        ],
    }  # fmt: skip
    return render(request, "work/reports.html", context, status=trouble.status if trouble else 200)


@require_GET
def told(request: HttpRequest, reference: str) -> HttpResponse:
    """The versions of a report that a force's own system told: who sent each, when, and what differs."""
    actor = actor_of(request)
    head = casework.case(actor, case_ref(reference))
    found = casework.versions_of(actor, Ref(an_id(request.GET, "report")))
    if found.report.case != head.reference or not found.told:
        raise NotFound
    context = {"head": head, "tab": "taking", "sub": "reports", "page": found}
    return render(request, "work/report_told.html", context)


def _forces() -> list[tuple[str, str]]:
    return [*((code, one.name) for code, one in police_forces().items()), (rule.ANOTHER_FORCE, "another force")]


def _offers() -> dict[str, str]:
    return {str(code): says for code, says in rule.OFFERED_WORDS.items()}


def _offer_fields(asking: Asking) -> list[object]:
    return [
        asking.choice("offered", _("Was a specialist offered?"), _offers(), otherwise="not_known"),
        asking.text("offered_on", _("If so, on which day?"), kind="date"),
        asking.choice("offered_by", _("By whom?"), rule.BY_WORDS, kind="select", ask="Choose"),
        asking.text("offered_what", _("Which service?")),
        asking.choice("taken", _("Was it taken up?"), rule.TAKEN_WORDS, kind="select", ask="Choose"),
        asking.choice("why_not", _("If not, why?"), rule.WHY_NOT_WORDS, kind="select", ask="Choose"),
    ]  # fmt: skip


def _offer(given: Given) -> actions.Offer:
    return actions.Offer(
        given.get("offered", "") or "not_known", maybe_day(given, "offered_on"), given.get("offered_by", ""),
        words_of(given, "offered_what", 200), given.get("taken", ""), given.get("why_not", ""),
    )  # fmt: skip


@require_GET
def signposting(request: HttpRequest) -> HttpResponse:
    """Every report to the police on which nobody offered a specialist yet, the longest over first."""
    actor = actor_of(request)
    context = {"told": casework.signposting(actor), "here": "signposting", "may_feed": bool(_rejects(actor))}
    return render(request, "work/signposting.html", context)


def _rejects(actor: Actor) -> tuple[casework.Reject, ...]:
    return casework.rejected_reports(actor) if casework.rejected_reports.may(actor) else ()


@require_http_methods(["GET", "POST"])
def rejected(request: HttpRequest) -> HttpResponse:
    """The rows of a force's feed that were not taken in, each with why; putting away one of which nothing comes."""
    actor = actor_of(request)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "away": lambda sent: actions.put_away_rejected(actor, row(sent), why=words_of(sent, "why", 500)),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:reports_rejected")
    lines = casework.rejected_reports(actor)
    context = {
        "waiting": [one for one in lines if one.waits], "over": [one for one in lines if not one.waits],
        "trouble": trouble, "here": "signposting", "typed": request.POST,
        "leads": ", ".join(casework.feed_leads(actor)),
    }  # fmt: skip
    return render(request, "work/rejected.html", context, status=trouble.status if trouble else 200)
