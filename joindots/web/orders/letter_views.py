"""Letters about several orders at once: chosen on the desk, each shown whole, then each let go by the gate."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.kernel.problems import NotAllowed, OutOfDate, RuleBroken
from joindots.kernel.words import words
from joindots.orders import actions, queries
from joindots.orders.rules import letters as rule
from joindots.web.typed import whole
from joindots.web.work.doing import Given, Trouble
from joindots.web.work.letter_views import GOES, outside


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one letter."""

    case: str
    notice: UUID | None
    why: str


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Choose what the letters say and to whom; see each as it would leave; let them go, each by the gate."""
    actor, given, trouble = actor_of(request), request.POST or request.GET, None
    may = actor.may(actions.send_order_letter.permission)
    if not may:
        raise NotAllowed(may.reason)
    sent: list[Sent] = []
    shown: tuple[queries.OrderLetter, ...] = ()
    macro = given.get("macro", "")
    try:
        orders = _orders(given)
        shown = tuple(queries.order_letter(actor, Ref(one), macro) for one in orders) if macro else ()
        if request.method == "POST" and given.get("do") == "send":
            sent = _send(actor, given, shown)
    except (RuleBroken, OutOfDate) as broken:
        trouble, orders = Trouble(str(broken), broken.status), []
    context = {
        "orders": orders, "shown": shown, "sent": sent, "trouble": trouble, "given": given, "macro": macro,
        "macros": rule.MACROS.items(), "goes": GOES[:2], "here": "orders", "tab": "desk", "most": rule.MOST_AT_ONCE,
        "ready": any(not one.stop for one in shown),
    }  # fmt: skip
    return render(request, "orders/letters.html", context, status=trouble.status if trouble else 200)


def _orders(given: Given) -> list[UUID]:
    """The orders that were chosen, each once."""
    chosen: list[UUID] = []
    for typed in given.getlist("listed" if given.get("all") else "order"):
        try:
            one = UUID(typed)
        except ValueError:
            continue
        if one not in chosen:
            chosen.append(one)
    if not chosen:
        raise RuleBroken(words("letters_none", "Choose at least one order on the desk."))
    if len(chosen) > rule.MOST_AT_ONCE:
        raise RuleBroken(words("letters_many", "Choose {most} orders at most, so that each can be read.",
                               most=rule.MOST_AT_ONCE))  # fmt: skip
    return chosen


def _send(actor: Actor, given: Given, shown: tuple[queries.OrderLetter, ...]) -> list[Sent]:
    """Let each letter go; one that is refused says why and holds up no other."""
    how, told = outside(given), []
    for one in shown:
        if one.stop:
            told.append(Sent(one.case, None, one.stop))
            continue
        version = whole(given.get(f"version-{one.order}", ""), None)
        try:
            written = actions.send_order_letter(
                actor, Ref(one.order, version), macro=given.get("macro", ""), kind=how["kind"],
                whom=given.get("whom", "")[:80], to=how["to"],
            )  # fmt: skip
            told.append(Sent(one.case, written.id, str(written.reason) if written.refused else ""))
        except (RuleBroken, OutOfDate) as broken:
            told.append(Sent(one.case, None, str(broken)))
    return told
