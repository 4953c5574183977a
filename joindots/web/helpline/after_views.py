"""A contact's own page and what follows from it: fields, earlier contacts, services, call-backs, a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.circles import actions as circle_actions
from joindots.circles import queries as circles
from joindots.directory.rules.tables import needs
from joindots.helpline import actions, queries
from joindots.helpline.actions.linking import Earlier
from joindots.helpline.rules import fields as record
from joindots.helpline.rules import states
from joindots.kernel.problems import OutOfDate, RuleBroken
from joindots.kernel.words import words
from joindots.law.tables import police_forces
from joindots.web.helpline.call_views import day_of
from joindots.web.typed import case_ref, seen

CONSENT_WORDS = (
    "I can pass on your name, how to reach you safely and what you have told me, to that service alone. They will read "
    "it. You can leave things out, and you can change your mind. Is that all right?"
)
KIND_KEYS = {"signpost": "t", "referral": "c", "transfer": "v"}
OFFERED = ("name", "kind", "consent", "taker", "need", "area", "why", "reach")


@require_GET
def contact(request: HttpRequest, contact: str) -> HttpResponse:
    """One contact whole."""
    return _page(request, actor_of(request), case_ref(contact))


@require_POST
def go_on(request: HttpRequest, contact: str) -> HttpResponse:
    """Open an ended contact again."""
    return _to_live(request, contact, actions.go_on)


@require_POST
def take(request: HttpRequest, contact: str) -> HttpResponse:
    """Take over a contact of a colleague, to finish it."""
    return _to_live(request, contact, actions.take_over_contact)


def _to_live(request: HttpRequest, contact: str, deed: Callable[[Actor, Ref], object]) -> HttpResponse:
    """Do something that makes a contact live again and open it there; its page says why where that cannot be."""
    actor, ref = actor_of(request), case_ref(contact)
    try:
        deed(actor, ref)
    except RuleBroken as broken:
        return _page(request, actor, ref, str(broken.reason), broken.status)
    return redirect("web:helpline_live", contact=ref.key)


@require_http_methods(["GET", "POST"])
def fields(request: HttpRequest, contact: str) -> HttpResponse:
    """Every field of the record; each may be left as not asked."""
    actor, ref = actor_of(request), case_ref(contact)
    trouble = ""
    if request.method == "POST":
        told = {code: ",".join(request.POST.getlist(code)) for code in record.fields()}
        try:
            actions.say(actor, ref, told=told | {"tier": request.POST.get("tier", "")})
            return redirect("web:helpline_contact", contact=ref.key)
        except RuleBroken as broken:
            trouble = str(broken.reason)
    page = queries.contact(actor, ref)
    rows = [(field, _given(request, page, field.code), list(field.words.items())) for field in record.fields().values()]
    context = {"seen": page, "rows": rows, "tiers": list(states.TIERS.items()), "trouble": trouble, "here": "helpline"}
    return render(request, "helpline/fields.html", context, status=422 if trouble else 200)


@require_http_methods(["GET", "POST"])
def earlier(request: HttpRequest, contact: str) -> HttpResponse:
    """Look for an earlier contact, ask the caller, link it."""
    actor, ref = actor_of(request), case_ref(contact)
    typed, trouble = request.POST.get("typed", "").strip(), ""
    found: tuple[Earlier, ...] = ()
    try:
        if "link" in request.POST:
            other = _uuid(request.POST.get("link", ""))
            actions.link_earlier(actor, ref, other=other, typed=typed, consent="consent" in request.POST)
            return redirect("web:helpline_live", contact=ref.key)
        found = actions.look_earlier(actor, ref, typed=typed) if typed else ()
    except RuleBroken as broken:
        trouble = str(broken.reason)
        if "link" in request.POST:
            with suppress(RuleBroken):  # the last look was this one: what was refused stays said
                found = actions.look_earlier(actor, ref, typed=typed)
    page = queries.contact(actor, ref)
    context = {"seen": page, "typed": typed, "found": found, "trouble": trouble, "looked": bool(typed),
               "may_look": states.can_link(page.caller), "here": "helpline"}  # fmt: skip
    return render(request, "helpline/earlier.html", context, status=422 if trouble else 200)


@require_POST
def unlink(request: HttpRequest, contact: str) -> HttpResponse:
    """The caller no longer wants an earlier contact linked."""
    ref = case_ref(contact)
    actions.unlink_earlier(actor_of(request), ref, other=request.POST.get("other", ""))
    return redirect("web:helpline_contact", contact=ref.key)


@require_http_methods(["GET", "POST"])
def services(request: HttpRequest, contact: str) -> HttpResponse:
    """Offer a service, or note that none fits."""
    actor, ref = actor_of(request), case_ref(contact)
    trouble = ""
    if request.method == "POST":
        given = request.POST
        try:
            if "unmet" in given:
                actions.note_unmet(
                    actor, ref, need=given.get("need", ""), area=given.get("area", ""), why=given.get("why", "")
                )
            else:
                _offer(actor, ref, given)
            return redirect("web:helpline_live", contact=ref.key)
        except RuleBroken as broken:
            trouble = str(broken.reason)
    context = {
        "seen": queries.contact(actor, ref), "options": queries.options(actor, ref, need=request.GET.get("need", "")),
        "trouble": trouble, "chosen": request.POST.get("service", ""),
        "kinds": [(code, says, KIND_KEYS[code]) for code, says in states.OFFERS.items()],
        "needs": [(one.code, one.label) for one in needs().values()],
        "whys": list(states.UNMET.items()), "consent_words": CONSENT_WORDS,
        "areas": [(one.code, one.name) for one in police_forces().values()], "here": "helpline",
        "given": {name: request.POST.get(name, "") for name in OFFERED},
        "takers": [name for _, name in casework.who_takes_referrals(actor)] if _takes(actor) else [],
    }  # fmt: skip
    return render(request, "helpline/services.html", context, status=422 if trouble else 200)


@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, contact: str) -> HttpResponse:
    """Open a case from a contact, with what the caller agreed to."""
    actor, ref = actor_of(request), case_ref(contact)
    trouble = ""
    if request.method == "POST":
        try:
            about, consent = request.POST.get("about", ""), request.POST.get("consent", "")
            actions.open_case_from(actor, ref, consent=consent, about=about)
            return redirect("web:helpline_contact", contact=ref.key)
        except RuleBroken as broken:
            trouble = str(broken.reason)
    context = {"seen": queries.contact(actor, ref), "trouble": trouble, "consent": request.POST.get("consent", ""),
               "about": request.POST.get("about", ""),
               "may": actions.open_case_from.may(actor, ref), "here": "helpline"}  # fmt: skip
    return render(request, "helpline/open_case.html", context, status=422 if trouble else 200)


@require_POST
def promise(request: HttpRequest, contact: str) -> HttpResponse:
    """Promise a call-back."""
    actor, ref = actor_of(request), case_ref(contact)
    try:
        actions.promise_call(actor, ref, day=day_of(request.POST.get("day", "")))
    except RuleBroken as broken:
        return _page(request, actor, ref, str(broken.reason), broken.status)
    return redirect("web:helpline_contact", contact=ref.key)


@require_POST
def take_over(request: HttpRequest, call: UUID) -> HttpResponse:
    """Take over a call-back of the line."""
    return redirect("web:helpline_contact", contact=actions.take_over_call(actor_of(request), call=call))


@require_POST
def attempt(request: HttpRequest, contact: str, call: UUID) -> HttpResponse:
    """Note an attempt to reach somebody."""
    actor, ref = actor_of(request), case_ref(contact)
    try:
        actions.note_attempt(
            actor, seen(call, request.POST), result=request.POST.get("result", ""),
            again=day_of(request.POST.get("again", "")), stop="stop" in request.POST,
        )  # fmt: skip
    except (RuleBroken, OutOfDate) as broken:
        return _page(request, actor, ref, str(broken.reason), broken.status)
    return redirect("web:helpline_contact", contact=ref.key)


@require_POST
def answer_offer(request: HttpRequest, contact: str, offer: UUID) -> HttpResponse:
    """Note what the other service answered."""
    actor, ref = actor_of(request), case_ref(contact)
    try:
        actions.answer_offer(
            actor, seen(offer, request.POST), accepted=request.POST.get("answer") == "accepted",
            taker=request.POST.get("taker", ""),
        )  # fmt: skip
    except (RuleBroken, OutOfDate) as broken:
        return _page(request, actor, ref, str(broken.reason), broken.status)
    return redirect("web:helpline_contact", contact=ref.key)


@require_POST
def keep_out(request: HttpRequest, contact: str) -> HttpResponse:
    """Keep a colleague out of a contact, at once and whatever else is true."""
    actor, ref = actor_of(request), case_ref(contact)
    page = queries.contact(actor, ref)
    who = _uuid(request.POST.get("membership", ""))
    try:
        if who not in {one for one, _ in queries.colleagues(actor)}:
            raise RuleBroken(words("keep_out_whom", "Choose the colleague who must not know."))
        circle_actions.keep_out_member(actor, Ref(page.circle), membership=who, reason="conflict")
    except RuleBroken as broken:
        return _page(request, actor, ref, str(broken.reason), broken.status)
    return redirect("web:helpline_contact", contact=ref.key)


def _offer(actor: Actor, ref: Ref, given: Mapping[str, str]) -> None:
    chosen = given.get("service", "")
    name = given.get("name", "").strip() or given.get(f"name-{chosen}", "")
    here = _takes(actor).get(" ".join(name.casefold().split()))
    actions.offer(
        actor, ref, kind=given.get("kind", ""), name=name, consent=given.get("consent", ""),
        taker=given.get("taker", ""), service="" if given.get("name", "").strip() else chosen, agency=here,
        reach="reach" in given,
    )  # fmt: skip


def _takes(actor: Actor) -> dict[str, UUID]:
    """Agencies of this installation that take a referral here, by their name in small letters."""
    if not casework.who_takes_referrals.may(actor):
        return {}
    return {" ".join(name.casefold().split()): UUID(key) for key, name in casework.who_takes_referrals(actor)}


def _page(request: HttpRequest, actor: Actor, ref: Ref, trouble: str = "", status: int = 200) -> HttpResponse:
    page, writes = queries.contact(actor, ref), bool(actor.may(actions.say.permission))
    context = {
        "seen": page, "trouble": trouble, "here": "helpline", "may_write": writes,
        "may_take": actor.may(actions.take_over_contact.permission),
        "results": list(states.RESULTS.items()), "knowers": circles.who_may_know(actor, Ref(page.circle)),
        "colleagues": queries.colleagues(actor) if writes else (),
    }  # fmt: skip
    return render(request, "helpline/contact.html", context, status=status)


def _given(request: HttpRequest, page: queries.ContactView, code: str) -> list[str]:
    if request.method == "POST":
        return request.POST.getlist(code)
    return page.told[code].value.split(",") if code in page.told else []


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)
