"""What orders answer to the other parts: days of an order as dots, what waits on a desk, and what is held."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, get_args
from uuid import UUID

from django.db.models import Q

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.holding import ELSEWHERE, INSIDE, OTHERS, Holds
from joindots.kernel.dots import Binds, Dot, Due, Found, Held, Reason
from joindots.kernel.problems import NotAllowed, NotFound
from joindots.kernel.when import Precision, When, london_day, midnight
from joindots.kernel.words import Words, words
from joindots.law.life import IN_FORCE, Table, steps
from joindots.orders import queries, rules, tasks
from joindots.orders.models import OrderAsk, OrderKeeping, SignatureAsk
from joindots.orders.rules.asks import OPEN
from joindots.orders.tasks.asking import forget_words
from joindots.people.rules.protected import Kind

STEP = "orders.step"
"""A day on which something happened to an order."""
CHANGE = "orders.change"
"""A day on which an order that binds was changed: what the bars of a timeline do not tell."""
CHANGES = frozenset(
    {"decided", "renewed", "interim_varied_or_renewed", "order_varied", "variation_served", "decision_appeal_allowed"}
)


@cache
def marked() -> frozenset[str]:
    """Steps that mark a day in the pictures: with which an order begins to bind, is served, changes, is broken or ends.

    Read from the tables of life, so that a new step that begins or ends protection is never left out.
    """
    rows = (one for by in get_args(Table) for one in steps(by).values())
    turns = {one.event for one in rows if one.to_stage and IN_FORCE & {one.to_stage, *one.stages.split()}}
    return CHANGES | turns | {"breach_reported", "order_in_force", "order_in_force_none_owed"}


def dots(actor: Actor, circle: UUID, *, kinds: Collection[str], **_: Any) -> Iterator[Dot]:
    """Days of orders that mark the course of things; none for a role or side that sees no orders."""
    wanted = (marked() if STEP in kinds else frozenset()) | (CHANGES if CHANGE in kinds else frozenset())
    if not wanted:
        return
    try:
        found = queries.orders(actor, Ref(circle))
        pages = [queries.order(actor, Ref(one.id)) for one in found]
    except (NotAllowed, NotFound):
        return
    for page in pages:
        for step in page.steps:
            if step.event in wanted and step.struck is None:
                start = midnight(step.act_on or step.on)
                when = When(start, start + timedelta(days=1) - timedelta(microseconds=1), Precision.DAY)
                kind = STEP if STEP in kinds else CHANGE
                yield Dot(when, kind, f"Order: {step.label.lower()}", step.by, "recorded", "circle",
                          f"/orders/{page.line.id}/")  # fmt: skip


def binds(actor: Actor, circle: UUID, terms: bool) -> tuple[Binds, ...]:
    """When orders and bail bind; nothing for a role or side that sees no orders."""
    try:
        return queries.course(actor, Ref(circle), terms=terms)
    except (NotAllowed, NotFound):
        return ()


def leaving(membership: UUID) -> Words | None:
    """Orders that a leaver looks after by name, and applications that wait for their signature, go to somebody else."""
    to_see_to = Q(order__stage__in=IN_FORCE) | ~Q(order__due_on=None)
    kept = OrderKeeping.objects.filter(to_see_to, keeper=membership).count()
    packs = SignatureAsk.objects.filter(waits=membership).count()
    if not kept and not packs:
        return None
    return words(
        "leaver_orders", "Orders they look after: {kept}; applications that wait for their signature: {packs}. "
        "Hand the orders on from the desk of orders, and ask somebody else to sign.", kept=kept, packs=packs,
    )  # fmt: skip


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Alarms of orders that stand, each with the order as where to see to it.

    One that is about no day of its own stands since it came up: nothing of it is over.
    """
    for asked in (queries.asks_waiting, queries.asks_to_answer, queries.papers.signatures_waiting):
        if asked.may(actor):
            yield from asked(actor, whose, until, most)
    if not queries.orders_waiting.may(actor):
        return
    for one in queries.orders_waiting(actor, whose, until, most):
        reason = Reason.ORDER if one.alarm.code in rules.ON_ITS_DAY else Reason.NEW
        yield Due(
            one.circle, f"orders.{one.alarm.code}", reason, rules.day_for_desk(one.alarm), one.alarm.told,
            f"/orders/{one.order}/", words("open_order", "Open the order"),
        )  # fmt: skip
    if queries.watch_waiting.may(actor):
        yield from map(_acts_due, queries.watch_waiting(actor, whose, most))


NEW_ACTS = {
    (True, False): words("watch_entries", "Entries dated after an order, and not decided: {entries}."),
    (False, True): words("watch_files", "Files whose contact may be dated after an order, and not decided: {files}."),
    (True, True): words(
        "watch_both", "Dated after an order, and not decided: entries {entries}; files that may hold contact {files}."
    ),
}
"""What waits by what it is."""


def _acts_due(one: queries.WatchWaiting) -> Due:
    says = NEW_ACTS[one.entries > 0, one.files > 0]
    return Due(
        one.circle, "orders.watch", Reason.NEW, london_day(one.since),
        words(says.code, says.text, entries=one.entries, files=one.files),
        f"/orders/{one.order}/watch/", words("decide_acts", "Decide each"),
    )  # fmt: skip


HOLDS = (
    Holds("orders.Order", words("h_orders", "orders that were considered"), ("considered_on", "stage", "why")),
    Holds("orders.OrderStep", words("h_order_steps", "what happened to orders"), ("on", "event", "note")),
    Holds(
        "orders.OrderCondition", words("h_order_conditions", "conditions of orders"),
        ("library", "text", "place", "starts", "ends"),
    ),
    Holds("orders.OrderPack", words("h_order_packs", "applications for orders"), ("at",)),
    Holds("orders.PackPart", words("h_pack_parts", "parts of applications for orders"), (), OTHERS),
    Holds(
        "orders.PackAct", words("h_pack_acts", "acts that applications for orders rely on"),
        ("act", "source", "prover", "exhibit"),
    ),
    Holds("orders.PackTerm", words("h_pack_terms", "terms that are asked for"), ("text", "policed", "settled")),
    Holds("orders.PackPaper", words("h_pack_papers", "papers of applications for orders"), ("at", "draft", "final")),
    Holds("orders.PackFile", words("h_pack_files", "files of such papers"), (), ELSEWHERE),
    Holds("orders.PackSignature", words("h_pack_signatures", "signatures on applications"), ("step", "at", "name")),
    Holds("orders.SignatureAsk", words("h_signature_asks", "asks to sign an application"), ("step", "at", "state")),
    Holds("orders.PackSending", words("h_pack_sendings", "sendings of applications"), ("on", "to", "how")),
    Holds(
        "orders.OrderAsk", words("h_order_asks", "that a police force was asked for an order"),
        ("order", "says", "asked_on", "state", "answer", "told"), own="agency",
    ),
    Holds("orders.AskIn", words("h_asks_in", "asks for an order that came to a force"),
          ("order", "says", "came_at", "state", "answer")),
    Holds("orders.OrderService", words("h_services", "how orders were served"), (), OTHERS),
    Holds("orders.OrderTick", words("h_ticks", "notices, entries and hand-overs beside orders"),
          ("on", "code", "note")),
    Holds("orders.Decided", words("h_decided", "acts decided by an order’s conditions"), ("at", "verdict", "why")),
    Holds(
        "orders.Breach", words("h_breaches", "recorded breaches of orders"),
        ("act_on", "arrested_on", "charged_on", "outcome_on", "outcome", "words"),
    ),
    Holds("orders.OrderKeeping", words("h_order_keeping", "who looks after an order"), (), INSIDE),
    Holds("orders.OrderDuty", words("h_order_duties", "days on which an order is looked at"), (), INSIDE),
    Holds("orders.OrderTold", words("h_order_told", "that you were told later of what happened"), ("at", "how")),
    Holds("orders.Protected", words("h_protected", "people whom orders protect"), (), OTHERS),
)  # fmt: skip
"""What orders hold of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)


def taken_back(actor: Actor, consent: UUID) -> None:
    """What was asked of a force on a consent that was taken back, and still goes on, is withdrawn."""
    asks = OrderAsk.objects.filter(consent=consent, state__in=OPEN).values_list("pk", flat=True)
    tasks.withdraw_asks(actor, list(asks), "consent")


def found(actor: Actor, typed: str) -> Iterator[Found]:
    """Orders of the cases that a search meets."""
    if not queries.orders_met.may(actor):
        return
    for one in queries.orders_met(actor, typed):
        yield Found("order", f"Order for {one.victim}", f"{one.line.says} · case {one.reference}",
                    f"/orders/{one.line.id}/")  # fmt: skip


def protected(actor: Actor, circle: UUID) -> dict[str, str]:
    """Names of whom orders protect besides the person being stalked."""
    try:
        return dict.fromkeys(queries.names_protected(actor, Ref(circle)), Kind.BYSTANDER.value)
    except NotAllowed:  # a role that sees no orders is told no name of them either
        return {}


def stays(circle: UUID) -> Words | None:
    """An order in force keeps its case: breach of it is proved by what stands here."""
    return tasks.why_it_stays(circle)


def forget(circle: UUID) -> list[UUID]:
    """No key but the circle's own. What it told a force, in a circle of the force's, goes with it."""
    forget_words(circle)
    return []
