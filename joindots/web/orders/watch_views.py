"""Order watch: acts dated inside an order beside its conditions, each decided by a person, and what followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.agencies.actors import actor_of
from joindots.kernel.problems import NotAllowed, NotFound, OutOfDate, RuleBroken
from joindots.orders import actions, queries
from joindots.orders.rules.watch import CANT_TELL, MOST_WHY, NOT, OUTCOMES, VERDICTS
from joindots.web.orders.forms import Unreadable, day_typed
from joindots.web.orders.order_views import head_of
from joindots.web.typed import seen, whole

AT_A_TIME = 20
CHANGED = "The act or the order’s conditions changed meanwhile. They stand below as they are now: choose again."
NOT_NONE = "You chose something else for a condition. Keep what is chosen, or choose “not a breach” there."


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition beside an act, and what was chosen for it in a form that did not go through."""

    one: queries.Beside
    chosen: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An act with its form."""

    act: queries.ActView
    asked: tuple[Asked, ...]
    why: str
    error: str

    @property
    def decided(self) -> tuple[queries.Beside, ...]:
        """The conditions by which it was decided."""
        return tuple(one.one for one in self.asked if one.one.decided)

    @property
    def several(self) -> bool:
        """Whether more than one condition waits."""
        return sum(not one.one.decided and not one.one.struck for one in self.asked) > 1


@require_GET
def watch(request: HttpRequest, order: UUID) -> HttpResponse:
    """The acts that nobody decided yet, or all; nothing is chosen beforehand."""
    return watch_page(request, order)


def watch_page(request: HttpRequest, key: UUID, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page, with what stood in the way of a decision."""
    actor, given = actor_of(request), request.POST
    page = queries.order(actor, Ref(key))
    which = request.GET.get("all", "") or given.get("all", "")
    every, unsure = which == "yes", which == "unsure"
    skip = whole(request.GET.get("from", "") or given.get("from", ""), 0)
    context: dict[str, object] = {
        "head": head_of(actor, page), "tab": "orders", "page": page, "trouble": trouble, "every": every, "skip": skip,
        "unsure": unsure, "which": which if every or unsure else "",
        "next": skip + AT_A_TIME, "back": max(skip - AT_A_TIME, 0), "verdicts": VERDICTS.items(), "most": MOST_WHY,
        "may": _may(actor, key), "may_follow": actions.record.may(actor, Ref(key)), "outcomes": OUTCOMES.items(),
    }  # fmt: skip
    try:
        found = queries.watch(actor, Ref(key), waiting_only=not every, unsure_only=unsure, skip=skip, most=AT_A_TIME)
    except NotAllowed as closed:
        context["closed"] = str(closed.reason)
    else:
        context |= {"watch": found, "rows": [_shown(one, given, trouble) for one in found.acts]}
    return render(request, "orders/watch.html", context, status=status)


def _may(actor: Actor, key: UUID) -> object:
    return actions.decide.may(actor, Ref(key))


def _shown(act: queries.ActView, given: Mapping[str, str], trouble: str) -> Shown:
    mine = given.get("act") == act.name
    asked = tuple(Asked(one, given.get(f"verdict-{one.id}", "") if mine else "") for one in act.beside)
    return Shown(act, asked, given.get("why", "") if mine else "", trouble if mine else "")


@require_POST
def decide(request: HttpRequest, order: UUID) -> HttpResponse:
    """Keep what was chosen of one act, and go on to the next."""
    actor, given = actor_of(request), request.POST
    chosen, why = _chosen(given), given.get("why", "")
    if given.get("do") == "none" and set(chosen.values()) - {NOT}:
        return watch_page(request, order, trouble=NOT_NONE, status=422)
    if given.get("do") == "vague":
        chosen, why = dict.fromkeys(_ids(given), CANT_TELL), given.get("vague", "")
    try:
        actions.decide(
            actor, Ref(order), act=given.get("act", ""), stands=given.get("stands", ""), verdicts=chosen, why=why,
            others_not=given.get("do") in ("none", "others_not"),
        )  # fmt: skip
    except RuleBroken as broken:
        return watch_page(request, order, trouble=str(broken.reason), status=broken.status)
    except OutOfDate as late:
        return watch_page(request, order, trouble=CHANGED, status=late.status)
    return redirect(_where(order, given, "acts"))


def _chosen(given: Mapping[str, str]) -> dict[UUID, str]:
    told = {}
    for name, value in given.items():
        if name.startswith("verdict-") and value:
            try:
                told[UUID(name.removeprefix("verdict-"))] = value
            except ValueError:
                raise NotFound from None
    return told


def _ids(given: Mapping[str, str]) -> list[UUID]:
    try:
        return [UUID(one) for one in given.get("asked", "").split()]
    except ValueError:
        raise NotFound from None


def _where(order: UUID, given: Mapping[str, str], at: str) -> str:
    skip = whole(given.get("from", ""), 0)
    more = [
        part
        for part in (
            f"all={given['all']}" if given.get("all") in ("yes", "unsure") else "",
            f"from={skip}" if skip else "",
        )
        if part
    ]
    return reverse("web:order_watch", args=[order]) + ("?" + "&".join(more) if more else "") + f"#{at}"


@require_POST
def undecide(request: HttpRequest, order: UUID) -> HttpResponse:
    """Take back a decision; it is kept, and shown struck."""
    actor, given = actor_of(request), request.POST
    try:
        key = UUID(given.get("decision", ""))
    except ValueError:
        raise NotFound from None
    try:
        actions.undecide(actor, Ref(order), decision=key, why=given.get("struck_why", ""))
    except (RuleBroken, OutOfDate) as broken:
        return watch_page(request, order, trouble=str(broken.reason), status=broken.status)
    return redirect(_where(order, given, "acts"))


@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, order: UUID, breach: UUID) -> HttpResponse:
    """What followed a breach: arrest, charge and outcome, each with its day."""
    actor, given = actor_of(request), request.POST
    page = queries.order(actor, Ref(order))
    found = next((one for one in queries.breaches(actor, Ref(order)) if one.id == breach), None)
    if found is None:
        raise NotFound
    error, status = "", 200
    if request.method == "POST":
        try:
            days = {name: day_typed(given, name, needed=False) for name in ("arrested", "charged", "outcome_on")}
            actions.follow_up(
                actor, seen(breach, given), **days, outcome=given.get("outcome", ""), words=given.get("words", "")
            )
            return redirect(_where(order, {}, "breaches"))
        except Unreadable as wrong:
            error, status = str(wrong), 422
        except (RuleBroken, OutOfDate) as broken:
            error, status = str(broken.reason), broken.status
    context = {
        "head": head_of(actor, page), "tab": "orders", "page": page, "breach": found, "given": given, "error": error,
        "outcomes": OUTCOMES.items(), "most": MOST_WHY, "may": actions.follow_up.may(actor, Ref(breach)),
        "late": status == OutOfDate.status, "may_undecide": _may(actor, order),
        "version": given["version"] if "version" in given and status != OutOfDate.status else found.version,
    }  # fmt: skip
    return render(request, "orders/breach.html", context, status=status)
