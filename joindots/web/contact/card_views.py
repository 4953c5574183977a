"""The safe-contact card of one person: seeing it, changing it, confirming it, proving a way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.casework import queries as casework
from joindots.kernel.problems import NotFound, OutOfDate, RuleBroken
from joindots.notices import actions as notices
from joindots.notices import queries as left
from joindots.people import actions as people_actions
from joindots.people import queries as people
from joindots.people.rules.reaching import KIND_WORDS, TRUST_WORDS, USE_WORDS, Card, Trust, Way, line
from joindots.people.rules.windows import in_words
from joindots.web.contact.card_form import EVERY_USE, TRUSTS, card_sent, rows_of, rows_sent
from joindots.web.typed import again, case_ref, seen


@dataclass(frozen=True, slots=True)
class WayShown:
    """One way as the card shows it; its value only when somebody asked for it."""

    id: UUID
    kind: str
    uses: str
    times: str
    trust: str
    usable: bool
    known: bool
    main: bool
    proved_at: object
    value: str


def ways_shown(actor: Actor, person: UUID, card: Card, wanted: str) -> tuple[WayShown, ...]:
    """Every way of a card, the wanted one with its value."""
    return tuple(_shown(actor, person, one, wanted) for one in card.ways)


def head_of(actor: Actor, reference: str, person: UUID) -> casework.CaseHead:
    """The case; NotFound unless the reader is on the side of somebody of it who is not reported."""
    head = casework.case(actor, case_ref(reference))
    if head.side != "victim" or not any(one.id == person and one.stands_as != "suspect" for one in head.people):
        raise NotFound
    return head


@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, reference: str, person: UUID) -> HttpResponse:
    """The card, its history and what left; posting confirms that it is still so."""
    actor = actor_of(request)
    head = head_of(actor, reference, person)
    if request.method == "POST":
        people_actions.confirm_card(actor, seen(person, request.POST))
        return redirect("web:card", reference=reference, person=person)
    page = people.card_page(actor, Ref(person))
    earlier = request.GET.get("version", "")
    was = people.card_as_it_was(actor, Ref(person), int(earlier)) if earlier.isdecimal() and len(earlier) < 7 else None
    shown = was or page.card
    context = {
        "head": head, "tab": "contact", "page": page, "card": shown, "line": line(shown) if shown.ways else "",
        "earlier": earlier if was else "", "uses": ", ".join(USE_WORDS[one] for one in shown.exception_uses),
        "ways": ways_shown(actor, person, shown, "" if was else request.GET.get("show", "")),
        "held": page.card.held_until if page.card.held_until and page.card.held_until > actor.at else None,
        "trips": {one.way for one in left.trips(actor, Ref(head.circle), person)},
        "log": left.left(actor, Ref(head.circle), person)[:20],
        "may_set": people_actions.set_card.may(actor, Ref(person)),
    }  # fmt: skip
    return render(request, "contact/card.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str, person: UUID) -> HttpResponse:
    """Enter the card as it was told, all at once; what was typed stays where it is refused."""
    actor = actor_of(request)
    head = head_of(actor, reference, person)
    page = people.card_page(actor, Ref(person))
    error, status, given = "", 200, page.card
    if request.method == "POST":
        try:
            given = card_sent(request.POST, page.card)
            people_actions.set_card(actor, seen(person, request.POST), card=given, moved="moved" in request.POST)
            return redirect("web:card", reference=reference, person=person)
        except (RuleBroken, OutOfDate) as refused:
            error, status = str(refused), refused.status
    sent = again(request.POST, status)
    given = given if sent else page.card
    rows = rows_sent(sent) if sent else rows_of(page.card)
    context = {
        "head": head, "tab": "contact", "page": page, "rows": rows, "error": error, "given": given, "sent": sent,
        "windows": sent.get("windows", "") if sent else in_words(page.card.windows), "every_use": EVERY_USE,
        "trusts": [one for one in TRUSTS if one[0] != Trust.KNOWN], "version": sent.get("version", page.version),
        "known": [one.value for one in page.card.ways if one.trust == Trust.KNOWN],
        "exception_uses": {one.value for one in given.exception_uses} | set(sent.getlist("exception_uses")),
        "main": sent.get("main", next((str(row.number) for row in rows if row.main), "")),
        "may": people_actions.set_card.may(actor, Ref(person)),
    }  # fmt: skip
    return render(request, "contact/change.html", context, status=status)


@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest, reference: str, person: UUID, way: UUID) -> HttpResponse:
    """The round trip of one way: begin it, then enter the word that the person said back."""
    actor = actor_of(request)
    head = head_of(actor, reference, person)
    circle, error = Ref(head.circle), ""
    page = people.card_page(actor, Ref(person))
    found = page.card.way(way)
    if found is None:
        raise NotFound
    if request.method == "POST":
        try:
            if request.POST.get("do") == "begin":
                told = notices.prove(actor, circle, person=person, way=way, said_now="now" in request.POST)
                if not told.refused:
                    return redirect("web:prove", reference=reference, person=person, way=way)
                error = str(told.reason)
            elif notices.confirm(actor, circle, person=person, way=way, word=request.POST.get("word", "")[:60]):
                return redirect("web:card", reference=reference, person=person)
            else:
                error = "This is not the word that was sent. Ask for it once more."
        except RuleBroken as broken:
            error = str(broken)
    trip = next((one for one in left.trips(actor, circle, person) if one.way == way), None)
    context = {
        "head": head, "tab": "contact", "page": page, "way": _shown(actor, person, found, ""), "trip": trip,
        "error": error, "line": line(page.card),
    }  # fmt: skip
    return render(request, "contact/prove.html", context, status=422 if error else 200)


def _shown(actor: Actor, person: UUID, one: Way, wanted: str) -> WayShown:
    value = people.value_of(actor, Ref(person), one.id) if wanted and str(one.id) == wanted else ""
    return WayShown(
        one.id, KIND_WORDS[one.kind], ", ".join(USE_WORDS[use] for use in one.uses), in_words(one.windows),
        TRUST_WORDS[one.trust], one.trust == Trust.FREE, one.trust == Trust.KNOWN, one.main, one.proved_at, value,
    )  # fmt: skip
