"""Referrals that leave a case and that come, and the offer of a specialist on each report to the police."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import agreeing
from joindots.casework.rules import referring as rule
from joindots.casework.rules.intake import GRADE_WORDS
from joindots.circles import queries as knowing
from joindots.directory import queries as directory
from joindots.directory.rules.tables import needs
from joindots.kernel.problems import NotFound
from joindots.kernel.when import day_says, midnight
from joindots.notices.actions import Written
from joindots.notices.rules import outward
from joindots.web.directory.asking import Sheet, sheet_of
from joindots.web.typed import case_ref, seen
from joindots.web.work.doing import Given, an_id, row, tried, words_of
from joindots.web.work.fields import Asking
from joindots.web.work.letter_views import GOES, outside

REACH = _("How they can be reached safely")
ASKS = {
    "what": _("What has happened"), "worries": _("What worries you, and how soon"), "needs": _("What help is wanted"),
    "police": _("Police force and crime reference"), "children": _("Children and others affected"),
    "language": _("Language, access, and who should ring"),
}  # fmt: skip
CURED_BY = {"referral_whom": "agency", "agency_unknown": "agency", "name_missing": "name", "no_basis": "basis",
            "no_consent_refer": "consent", "two_receivers": "whom"}  # fmt: skip
"""The field that cures a refusal."""


@require_http_methods(["GET", "POST"])
def referrals(request: HttpRequest, reference: str) -> HttpResponse:
    """The referrals of a case: what each said, its answer, and its clock."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "chase": lambda given: actions.chase_referral(actor, row(given)),
            "revoke": lambda given: actions.revoke_referral(actor, row(given), why=words_of(given, "why")),
            "seen": lambda given: actions.see_answer(actor, row(given)),
            "answer": lambda given: actions.note_answer(
                actor, row(given), accepted=given.get("accepted") == "yes", rejected=given.get("rejected", ""),
                answer=words_of(given, "said")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:case_referrals", reference=reference)
    context = {
        "head": head, "tab": "taking", "sub": "referrals", "trouble": trouble,
        "referrals": casework.referrals(actor, ref), "came_from": casework.came_from(actor, ref),
        "rejected": rule.REJECTED_WORDS, "may": actions.refer.may(actor, ref),
    }  # fmt: skip
    return render(request, "work/referrals.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """A referral to a service outside as it would leave, how it goes, and what stands in its way."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    row_id = an_id(request.GET, "referral")
    found, trouble = casework.referral_letter(actor, Ref(row_id)), None
    if found.case != head.reference:
        raise NotFound
    if request.method == "POST":
        sent: list[Written] = []
        trouble = tried(request.POST, {
            "send": lambda given: sent.append(
                actions.send_referral(actor, seen(row_id, given), **outside(given)))
        })  # fmt: skip
        if sent:
            return redirect("web:notice", reference=reference, notice=sent[0].id)
    context = {
        "head": head, "tab": "taking", "sub": "referrals", "found": found, "trouble": trouble, "given": request.POST,
        "goes": GOES, "sender": outward.SENDER, "subject": outward.SUBJECT,
    }  # fmt: skip
    return render(request, "work/referral_letter.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    """One page: to whom, what it says, how the person can be reached, on what basis. Looking for a service is part of
    the same form, so that nothing typed is lost by it.
    """
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    actions.refer.may(actor, ref).or_raise()
    trouble = None
    looks = not {"find", "pick"}.isdisjoint(request.POST)
    if request.method == "POST" and not looks:
        trouble = tried(request.POST, {"send": lambda given: _send(actor, ref, head, given)}, CURED_BY)
        if trouble is None:
            return redirect("web:case_referrals", reference=reference)
    given, chosen = request.POST.copy() if request.POST else request.GET, _chosen(actor, request)
    known = _known(actor, chosen) if chosen else {}
    if "pick" in request.POST:
        given.update({"agency": "", "whom": ""})
        given.update(known)
    asked = sheet_of({"where": given.get("where", ""), "need": given.get("need", ""), "relation": head.relation_code})
    context = {
        "head": head, "tab": "taking", "sub": "referrals", "trouble": trouble, "chosen": chosen, "asked": asked,
        "fields": _fields(Asking(given if request.POST else QueryDict(), known), actor, ref, head),
        "needs": needs().values(), "found": _found(actor, asked),
    }  # fmt: skip
    return render(request, "work/refer.html", context, status=trouble.status if trouble else 200)


def _send(actor: Actor, ref: Ref, head: casework.CaseHead, given: Given) -> None:
    """Send it; where the form says that they agreed just now, that is written into the ledger with it."""
    agency = an_id(given, "agency") if given.get("agency") else None
    whom, basis = words_of(given, "whom", 200), given.get("basis", "")
    consent = an_id(given, "consent") if given.get("consent") else None
    tells, reach, why = (
        {one: words_of(given, one) for one in rule.TELLS},
        words_of(given, "reach"),
        words_of(given, "why"),
    )
    what = actions.Referring(
        given.get("kind", ""), words_of(given, "name", 120), given.get("grade", ""), agency,
        words_of(given, "service", 40), whom, head.relation_code, reach, tells, basis, consent, why,
    )  # fmt: skip
    how = given.get("agreed_how", "")
    if how and basis == agreeing.CONSENT and consent is None:
        actions.refer_as_agreed(actor, ref, how=how, what=what)
    else:
        actions.refer(actor, ref, what=what)


def _found(actor: Actor, asked: Sheet) -> list[directory.Hit] | None:
    """What fits, or what covers the whole country where nothing does; nobody is referred to a police number."""
    if not asked.where and not asked.need:
        return None
    told = directory.find(actor, asked.asked)
    return [one for one in told.hits or told.instead if not one.service.reference.startswith("police-")][:8]


def _chosen(actor: Actor, request: HttpRequest) -> directory.ServiceView | None:
    """The service of the directory that was picked; None where it is none, or there no more."""
    given = request.POST or request.GET
    picked = (given.get("pick") or given.get("service", ""))[:40]
    try:
        return directory.service(actor, picked) if picked and directory.service.may(actor) else None
    except NotFound:
        return None


def _known(actor: Actor, chosen: directory.ServiceView) -> dict[str, str]:
    """To whom, for a service that was picked: the agency of that name where it is here, else its name in words."""
    name = chosen.listing.name
    here = [str(one) for one, called, _kind in knowing.agencies(actor) if called.casefold() == name.casefold()]
    return {"agency": here[0]} if here else {"whom": name}


def _fields(asking: Asking, actor: Actor, ref: Ref, head: casework.CaseHead) -> list[object]:
    agencies = [(str(one), f"{name}, {kind}") for one, name, kind in knowing.agencies(actor) if one != actor.agency_id]
    given = [one for one in casework.consents(actor, ref) if one.live and one.item_code == "refer"]
    consents = [(str(one.id), f"{one.whom}: {one.whose}, {day_says(midnight(one.given_on))}") for one in given]
    reports = casework.police_reports(actor, ref)
    police = f"{reports[0].force}, {reports[0].crime_reference}" if reports else ""
    return [
        asking.choice("kind", _("What is asked for?"), [(str(c), t) for c, t in rule.KIND_WORDS.items()],
                      otherwise="advocate"),
        asking.choice("agency", _("To which agency?"), agencies, kind="select", ask="Another one, as written below",
                      hint=_("It is shown there at once, and nothing else of the case.")),
        asking.text("whom", _("Or to whom, in words"),
                    hint=_("For a service that is not here: tell them yourself, and the answer is awaited.")),
        asking.choice("grade", _("How soon?"), [(str(c), t) for c, t in GRADE_WORDS.items()], otherwise="standard"),
        asking.text("name", _("Name"), otherwise=head.victim),
        asking.text("reach", REACH, kind="area", hint=_(
            "Number, times, what to say. Only what they agreed to. Empty: they reach the person through you.")),
        *(asking.text(code, ASKS[code], kind="area" if code in ("what", "worries") else "text",
                      otherwise=police if code == "police" else "") for code in rule.TELLS),
        asking.basis(_("On what basis?"), _("consent"), agreeing.bases()),
        asking.choice("consent", _("Which consent?"), consents, kind="select",
                      otherwise=consents[0][0] if len(consents) == 1 else "",
                      ask=_("They agreed just now, as follows")),
        asking.choice("agreed_how", _("They agreed just now:"), agreeing.HOW_WORDS, kind="select", ask="No"),
        asking.text("why", _("Without consent: why it is necessary, and no more than is needed"), kind="area"),
    ]  # fmt: skip


@require_GET
def referrals_in(request: HttpRequest) -> HttpResponse:
    """Referrals that came to the agency: what waits first."""
    lines = casework.referrals_in(actor_of(request))
    context = {"waiting": [one for one in lines if one.state_code == "sent"],
               "over": [one for one in lines if one.state_code != "sent"], "here": "referrals"}  # fmt: skip
    return render(request, "work/referrals_in.html", context)


@require_http_methods(["GET", "POST"])
def referral_in(request: HttpRequest, referral: UUID) -> HttpResponse:
    """One referral that came: what it says and nothing else; taking somebody on, or saying why not."""
    actor = actor_of(request)
    made: list[str] = []
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "accept": lambda given: made.append(actions.accept_referral(actor, seen(referral, given))),
            "reject": lambda given: actions.reject_referral(
                actor, seen(referral, given), rejected=given.get("rejected", ""), answer=words_of(given, "said")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:case_work", reference=made[0]) if made else redirect("web:referrals_in")
    one = casework.referral_in(actor, Ref(referral))
    context = {"one": one, "trouble": trouble, "rejected": rule.REJECTED_WORDS, "here": "referrals",
               "may": actions.accept_referral.may(actor, Ref(referral))}  # fmt: skip
    return render(request, "work/referral_in.html", context, status=trouble.status if trouble else 200)
