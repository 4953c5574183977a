"""The work on a case at a glance; changing what it says; adding somebody; closing it and opening it again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import RELATION_WORDS
from joindots.casework.rules.handing import ANSWER_WORDS, CLOSE_WORDS, OUTCOMES, can_close_with
from joindots.kernel.problems import OutOfDate
from joindots.web.typed import case_ref, seen
from joindots.web.work.doing import Trouble, places, row, tried, words_of
from joindots.web.work.fields import Asking

STANDS_AS = (
    ("secondary", _("family or a friend who is affected too")), ("child", _("a child")), ("witness", _("a witness")),
    ("suspect", _("the person reported")),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def case_work(request: HttpRequest, reference: str) -> HttpResponse:
    """How everything stands that takes a case on, in one look; and the answer of who was asked to take it."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    trouble = None
    if request.method == "POST":
        trouble = tried(request.POST, {
            "answer": lambda given: actions.answer_allocation(
                actor, allocation=_asked(actor, ref), accepted=given.get("accepted") == "yes",
                why=words_of(given, "why")),
            "seen_back": lambda given: actions.see_taken_back(actor, row(given)),
        })  # fmt: skip
        if trouble is None and request.POST.get("do") == "seen_back":
            return redirect("web:case_work", reference=reference)
        if trouble is None:
            accepted = request.POST.get("accepted") == "yes"
            return redirect("web:case_work", reference=reference) if accepted else redirect("web:today")
    context = {"head": head, "tab": "taking", "trouble": trouble, **_glance(actor, ref, head)}
    return render(request, "work/glance.html", context, status=trouble.status if trouble else 200)


def _asked(actor: Actor, ref: Ref) -> UUID:
    """The asking that waits for the actor's answer."""
    mine = [one for one in casework.asked_to_take(actor, ref) if one.mine]
    if not mine:
        raise OutOfDate
    return mine[0].id


def _glance(actor: Actor, ref: Ref, head: casework.CaseHead) -> dict[str, object]:
    consents, shares = casework.consents(actor, ref), casework.shares(actor, ref)
    referrals, reports = casework.referrals(actor, ref), casework.police_reports(actor, ref)
    asked = casework.asked_to_take(actor, ref)
    return {
        "intake": casework.intake(actor, ref), "asked": asked,
        "asked_me": next((one for one in asked if one.mine), None),
        "consents": [one for one in consents if one.live], "taken_back": sum(not one.live for one in consents),
        "shares": [one for one in shares if one.live], "referrals": referrals,
        "waiting": [one for one in referrals if one.state_code == "sent"], "reports": reports,
        "missing": [one for one in reports if one.missing], "handovers": casework.handovers_of(actor, ref),
        "closings": casework.closings(actor, ref), "came_from": casework.came_from(actor, ref),
        "may_see_back": bool(actor.may(actions.see_taken_back.permission)),
        "support": places(actor, head, ""), "aside": casework.my_set_aside(actor, ref),
        "may_allocate": actions.ask_to_take.may(actor, ref), "may_try": actions.note_try.may(actor, ref),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what a case says. Where somebody else was faster, both wordings are shown and the later one is kept."""
    actor, ref = actor_of(request), case_ref(reference)
    given, trouble, mine = request.POST, None, None
    if request.method == "POST":
        trouble = tried(given, {
            "change": lambda sent: actions.change_case(
                actor, seen(str(ref.key), sent), relation=sent.get("relation", ""),
                own_number=words_of(sent, "own_number", 60), summary=words_of(sent, "summary")),
            "drop": lambda sent: actions.drop_set_aside(actor, row(sent)),
        })  # fmt: skip
        if trouble is None:
            back = "web:case_change" if given.get("do") == "drop" else "web:case"
            return redirect(back, reference=reference)
        if trouble.status == OutOfDate.status and given.get("do") == "change":
            mine = {"relation": given.get("relation", ""), "own_number": given.get("own_number", ""),
                    "summary": given.get("summary", "")}  # fmt: skip
            actions.set_aside(actor, ref, form="summary", fields=mine)
    head = casework.case(actor, ref)
    asking = Asking(given, {"relation": head.relation_code, "own_number": head.own_number, "summary": head.summary})
    context = {
        "head": head, "tab": "summary", "trouble": trouble, "mine": mine, "fields": _says(asking),
        "aside": [one for one in casework.my_set_aside(actor, ref) if one.form == "summary"] if mine is None else [],
        "may": actions.change_case.may(actor, ref),
    }  # fmt: skip
    return render(request, "work/change.html", context, status=trouble.status if trouble else 200)


def _says(asking: Asking) -> list[object]:
    return [
        asking.choice(
            "relation", _("What is the person reported to them?"), [(str(c), t) for c, t in RELATION_WORDS.items()],
            kind="select",
        ),
        asking.text("own_number", _("Your own case number")),
        asking.text("summary", _("Summary"), kind="area",
                    hint=_("In plain words. Everyone who may know of this case can read it.")),
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def somebody(request: HttpRequest, reference: str) -> HttpResponse:
    """Add somebody to a case. Each has a safe contact and a plan of their own."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    given, trouble = request.POST, None
    if request.method == "POST":
        trouble = tried(given, {
            "add": lambda sent: actions.add_somebody(
                actor, ref, name=sent.get("name", ""), stands_as=sent.get("stands_as", "")),
        })  # fmt: skip
        if trouble is None:
            return redirect("web:case", reference=reference)
    asking = Asking(given)
    fields = [
        asking.text("name", _("Name"), hint=_("Or what the person wants to be called.")),
        asking.choice("stands_as", _("Who is this?"), STANDS_AS),
    ]
    context = {"head": head, "tab": "summary", "trouble": trouble, "fields": fields,
               "may": actions.add_somebody.may(actor, ref)}  # fmt: skip
    return render(request, "work/somebody.html", context, status=trouble.status if trouble else 200)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a case with how things stand, in the person's own words; or open it again and say why."""
    actor, ref = actor_of(request), case_ref(reference)
    given, trouble = request.POST, None
    if request.method == "POST":
        trouble = _closed(request, actor, ref)
        if trouble is None:
            return redirect("web:case", reference=reference)
    head = casework.case(actor, ref)
    asking = Asking(given)
    answers = [
        asking.choice(code, question, [(one, ANSWER_WORDS[one]) for one in (*said, "")])
        for code, (question, said) in OUTCOMES.items()
    ]
    context = {
        "head": head, "tab": "summary", "trouble": trouble, "answers": answers,
        "why": [asking.choice("reason", _("Why is it closed?"), CLOSE_WORDS)],
        "words": [
            asking.text("said", _("How it is now, in their own words"), kind="area",
                        hint=_("Write it as it was said. You can leave it empty.")),
            asking.text("if_again", _("What to do if it begins again, as agreed"), kind="area"),
            asking.several("follow_up", "", [("yes", _("They agree that we ask how it is after 3 and 6 months"))]),
        ],
        "again": [asking.text("again_why", _("Why is it opened again?"), kind="area")],
        "may_close": actions.close_case.may(actor, ref), "may_reopen": actions.reopen_case.may(actor, ref),
        "waiting": _open_ends(actor, ref) if head.side != "suspect" else (),
    }  # fmt: skip
    return render(request, "work/close.html", context, status=trouble.status if trouble else 200)


def _closed(request: HttpRequest, actor: Actor, ref: Ref) -> Trouble | None:
    given = request.POST
    answers = {code: given.get(code, "") for code in OUTCOMES}

    def end() -> None:
        can_close_with(answers, given.get("reason", "")).or_raise()
        ended = actions.Ended(answers, words_of(given, "said"), words_of(given, "if_again"),
                              "follow_up" in given)  # fmt: skip
        actions.close_case(actor, seen(str(ref.key), given), reason=given.get("reason", ""), ended=ended)

    return tried(given, {
        "close": lambda sent: end(),
        "reopen": lambda sent: actions.reopen_case(
            actor, seen(str(ref.key), sent), why=words_of(sent, "again_why")),
    })  # fmt: skip


def _open_ends(actor: Actor, ref: Ref) -> list[str]:
    """What is not finished when somebody is about to close: told, and not forbidden."""
    ends = []
    if number := sum(one.state_code == "sent" for one in casework.referrals(actor, ref)):
        ends.append(f"Referrals without an answer: {number}")
    if number := sum(one.live for one in casework.shares(actor, ref)):
        ends.append(f"Shares that go on: {number}")
    if number := sum(one.missing for one in casework.police_reports(actor, ref)):
        ends.append(f"Police reports without an offer of a specialist: {number}")
    if casework.tasks_of.may(actor, ref) and (number := sum(one.open for one in casework.tasks_of(actor, ref))):
        ends.append(f"Tasks and promises still open: {number}")
    return ends
