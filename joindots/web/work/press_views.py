"""Pressing an agency: the facts filled in from the case, the letter for a check, then its sending and its clock."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import actions
from joindots.casework import queries as casework
from joindots.casework.rules import letters as rules
from joindots.casework.rules.tasks import REPLY_DAYS, reply_due
from joindots.justice import queries as justice
from joindots.kernel.problems import RuleBroken
from joindots.kernel.when import london_day
from joindots.kernel.words import words
from joindots.notices.rules import outward
from joindots.notices.rules.notices import Kind
from joindots.web.typed import case_ref
from joindots.web.work.doing import Given, Trouble, an_id, maybe_day, places, words_of
from joindots.web.work.letter_views import GOES, outside

LETTERS = 200


@require_http_methods(["GET", "POST"])
def press(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter as it would go, with its facts to be changed; sent as it was shown. Without consent, to the asking."""
    actor, ref = actor_of(request), case_ref(reference)
    head = casework.case(actor, ref)
    asked = request.POST if request.method == "POST" else request.GET
    agreed = {one.id: one for one in casework.may_ask(actor, ref)}.get(an_id(asked, "consent"))
    kind = asked.get("about", "")
    if agreed is None or kind not in agreed.kinds:
        return redirect("web:agencies_asked", reference=reference)
    given = request.POST.copy() if request.method == "POST" else _filled(actor, ref, head.circle, request.GET, agreed)
    shown, mark, trouble = None, "", None
    try:
        draft = _draft(given, kind, agreed.whom)
        rules.can_draft(draft, london_day(actor.at)).or_raise()
        shown, mark = casework.compose(actor, ref, draft=draft), _mark(draft)
        if "send" in request.POST:
            if request.POST.get("shown") != mark:
                raise RuleBroken(words("press_changed", "You changed the letter. Read it again as it stands now."))
            actions.press(actor, ref, draft=draft, consent=agreed.id, goes=actions.Outside(**outside(given)))
            return redirect("web:agencies_asked", reference=reference)
    except RuleBroken as broken:
        trouble = Trouble(str(broken), broken.status)
    macro = rules.MACROS[kind]
    context = {
        "head": head, "tab": "work", "places": places(actor, head, "agencies"), "given": given, "kind": kind,
        "macro": macro, "agreed": agreed, "shown": shown, "mark": mark, "trouble": trouble, "goes": GOES,
        "sender": outward.SENDER, "subject": outward.SUBJECT, "may": actions.press.may(actor, ref),
        "asks": [(code, text.format(name=agreed.name or head.victim), code in given.getlist("ask"))
                 for code, text in macro.asks.items()],
    }  # fmt: skip
    return render(request, "work/press.html", context, status=trouble.status if trouble else 200)


def _filled(actor: Actor, ref: Ref, circle: UUID, chosen: Given, agreed: casework.MayAsk) -> Given:
    """The form as it is first shown: what was chosen, and what the case knows."""
    facts = casework.press_facts(actor, ref, whom=agreed.whom)
    given = chosen.copy()
    given.update({
        "crime": facts.crime, "officer": _officer(actor, circle), "promised": facts.promised,
        "mail": facts.to if facts.kind == Kind.MAIL else "", "place": "" if facts.kind == Kind.MAIL else facts.to,
        "reply_by": reply_due(london_day(actor.at), REPLY_DAYS).isoformat(),
        "kind": facts.kind,
    })  # fmt: skip
    return given


def _officer(actor: Actor, circle: UUID) -> str:
    """Who had the newest crime last, as its steps have it; empty where that is not known, or not to this reader."""
    if not justice.crimes.may(actor, Ref(circle)):
        return ""
    ours = [one for one in justice.crimes(actor, Ref(circle)) if one.stands_as == "victim"]
    newest = max(ours, key=lambda one: one.reported_on, default=None)
    steps = justice.crime(actor, Ref(newest.id)).steps if newest else ()
    return next((one.who for one in reversed(steps) if one.who and one.struck is None), "")


def _draft(given: Given, kind: str, whom: str) -> rules.Draft:
    place = given.get("place", "").replace("\r\n", "\n").strip()
    return rules.Draft(
        kind, f"{whom}\n{place}".strip(), tuple(given.getlist("ask")), (), words_of(given, "words"),
        maybe_day(given, "reply_by"), *(words_of(given, name, LETTERS).strip() for name in FACTS),
    )  # fmt: skip


FACTS = ("crime", "officer", "promised")


def _mark(draft: rules.Draft) -> str:
    """A mark of exactly this letter: what was shown is what is sent."""
    return sha256(repr(draft).encode()).hexdigest()
