"""Order watch and its desk at the size of a nation: `python -m bench.orders ORDERS INCIDENTS` with its own data.

Makes so many live orders, each in a case of its own with old entries that were decided, then so many new entries, and
asks what of them is dated inside an order and undecided: once as one desk that looks after them all. 5,000 and 10,000
are the issue's figures: at most 5 seconds, and a desk at most 300 ms at the 95th of 100. The peer, in the same run: the
plain way, each case's entries read and laid beside its order one case after another, over a hundred of the orders.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OLD = 30
"""Entries of each case that were there before, most of them from before its order."""
ROUNDS = 20
BATCH = 500
PEER = 100


class Times(NamedTuple):
    """Milliseconds of each round, by the wall and by the processor: a busy machine shows in the first alone."""

    wall: list[float]
    cpu: list[float]

    def says(self, name: str) -> dict[str, Any]:
        """The middle, and the 95th of a hundred."""
        last = -2 if len(self.wall) > 2 else -1
        half = len(self.wall) // 2
        return {f"{name} p50 ms": round(self.wall[half]), "p95 ms": round(self.wall[last]),
                "cpu p50 ms": round(self.cpu[half]), "cpu p95 ms": round(self.cpu[last])}  # fmt: skip


def fill(number: int, new: int) -> dict[str, Any]:
    """Cases by the service's own action; orders, spans and entries row by row, for only their dates are asked."""
    from django.db import connections

    from joindots.access import door
    from joindots.agencies.actors import actor_as
    from joindots.agencies.models import Agency, Membership, User
    from joindots.casework import actions as casework

    agency = Agency.objects.create(name="Northshire", kind="police")
    user = User.objects.create(username="priya", name="Priya")
    keeper = Membership.objects.create(
        user=user, agency=agency, roles=["police_spoc"], starts=NOW - timedelta(days=900)
    )
    for alias in ("default", "keys"):  # a fresh set-up that can be made again need not survive a power cut
        if connections[alias].vendor == "sqlite":
            connections[alias].cursor().execute("PRAGMA synchronous=OFF")
    began = time.perf_counter()
    for n in range(number):
        actor = actor_as(keeper, NOW - timedelta(days=500, minutes=-n))
        casework.open_case(actor, victim=f"Robin Testcase {n}", own_number=f"NS-{n}")
        door.close(actor)
    _orders(keeper)
    _entries(keeper, OLD * number, new=False)
    _entries(keeper, new, new=True)
    return {"orders": number, "new entries": new, "seconds to fill": round(time.perf_counter() - began)}


def _orders(keeper: Any) -> None:
    from joindots.circles.models import Circle
    from joindots.orders.models import Order, OrderCondition, OrderSpan, OrderStep

    made = NOW - timedelta(days=100)
    circles = list(Circle.objects.order_by("pk"))
    orders = [
        Order(circle=one, by=keeper, at=made, considered_on=made.date(), stage="served", due_on=None) for one in circles
    ]
    Order.objects.bulk_create(orders, batch_size=BATCH)
    life = ("decide_yes", "chief_officer_delegate_signs", "complaint_lodged", "main_granted", "served")
    OrderStep.objects.bulk_create(
        (OrderStep(circle_id=one.circle_id, order=one, number=n, event=event, on=made.date(), by=keeper, at=made,
                   investigation="live", told="told")
         for one in orders for n, event in enumerate(life, 1)), batch_size=BATCH,
    )  # fmt: skip
    OrderCondition.objects.bulk_create(
        (OrderCondition(circle_id=one.circle_id, order=one, number=1, library="P01", by=keeper, at=made,
                        since=made.date()) for one in orders), batch_size=BATCH,
    )  # fmt: skip
    OrderSpan.objects.bulk_create(
        (OrderSpan(order=one, circle_id=one.circle_id, starts=made, since=NOW - timedelta(days=7)) for one in orders),
        batch_size=BATCH,
    )


def _entries(keeper: Any, number: int, *, new: bool) -> None:
    from joindots.evidence.models import Incident, IncidentVersion
    from joindots.orders.models import Order

    chance = random.Random(11 + new)
    circles = list(Order.objects.order_by("pk").values_list("circle", flat=True))
    for start in range(0, number, BATCH):
        rows, versions = [], []
        for n in range(start, min(start + BATCH, number)):
            written = NOW - timedelta(minutes=chance.randrange(6 * 1440) if new else chance.randrange(8, 400) * 1440)
            at = written - timedelta(hours=chance.randrange(1, 48))
            row = Incident(circle_id=circles[n % len(circles)], made_at=written)
            rows.append(row)
            versions.append(
                IncidentVersion(circle_id=row.circle_id, incident=row, number=1, step="written", by=keeper, at=written,
                                kinds=["message"], told_by="client", earliest=at, latest=at + timedelta(minutes=1),
                                precision="minute")
            )  # fmt: skip
        Incident.objects.bulk_create(rows)
        IncidentVersion.objects.bulk_create(versions)


def measure(new: int) -> list[dict[str, Any]]:
    """What the whole look and the desk take, and the plain way over some of the orders."""
    from joindots.access import door
    from joindots.agencies.actors import actor_as
    from joindots.agencies.models import Membership
    from joindots.kernel.when import london_day
    from joindots.orders import answers, queries
    from joindots.orders.models import Order, OrderSpan

    keeper = Membership.objects.get()
    OrderSpan.objects.update(since=NOW - timedelta(days=7))

    def visit(ask: Callable[[Any], Any]) -> Any:
        actor = actor_as(keeper, NOW)
        told = ask(actor)
        door.close(actor)
        return told

    whole, told = _timed(lambda: visit(lambda actor: queries.watch_waiting(actor, [keeper.pk], 1_000_000)), 3)
    assert sum(one.entries for one in told) == new, "every new entry stands by its order"
    desk, waiting = _timed(
        lambda: visit(lambda actor: list(answers.due(actor, [keeper.pk], london_day(NOW), 60))), ROUNDS
    )
    assert waiting
    OrderSpan.objects.update(since=NOW)
    quiet, nothing = _timed(
        lambda: visit(lambda actor: list(answers.due(actor, [keeper.pk], london_day(NOW), 60))), ROUNDS
    )
    assert not nothing
    some = list(Order.objects.order_by("pk").values_list("pk", flat=True)[:PEER])
    plain, _ = _timed(
        lambda: visit(lambda actor: [queries.watch(actor, door.Ref(key), most=0).waiting for key in some]), 1
    )
    each = plain.cpu[-1] / len(some) * Order.objects.count()
    return [
        {"new entries": new, "orders": Order.objects.count(), **whole.says("whole look"), "bar ms": 5000,
         "plain way cpu ms, reckoned from some": round(each), "ratio": round(each / whole.cpu[-1], 1)},
        {**desk.says("desk"), "bar ms": 300},
        {**quiet.says("desk with nothing new"), "bar ms": 300},
    ]  # fmt: skip


def _timed(ask: Callable[[], Any], rounds: int) -> tuple[Times, Any]:
    wall, cpu, told = [], [], None
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        told = ask()
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    return Times(sorted(wall), sorted(cpu)), told


def main() -> None:
    """Fill, then measure; without numbers, measure what is there by the number of new entries of the last filling."""
    from joindots.config.prepare import prepare_store, setup

    setup()
    number, new = (int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (5000, 10_000)
    if len(sys.argv) > 2:
        prepare_store()
        print(json.dumps(fill(number, new)), flush=True)
    for line in measure(new):
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
