"""Order watch and the orders' desk at the size of a nation: `python -m bench orders`, or with figures of one's own
`python -m bench.orders ORDERS INCIDENTS`.

It makes its data anew each time: in a folder of its own that goes with it, or in an empty JOINDOTS_DATA (and database).

Makes so many live orders, each in a case of its own with old entries that were decided, then so many new entries, and
asks what of them is dated inside an order and undecided: once as one desk that looks after them all. 5,000 and 10,000
are the issue's figures: at most 5 seconds, and a desk at most 300 ms at the 95th of 100. The peer, in the same run: the
plain way, each case's entries read and laid beside its order one case after another, over a hundred of the orders.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from bench.table import Figure, within
from bench.timing import inside

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
OLD = 30
"""Entries of each case that were there before, most of them from before its order."""
LIVE, NEW = 5000, 10_000
ROUNDS = 20
BATCH = 500
LIFE = ("decide_yes", "chief_officer_delegate_signs", "complaint_lodged", "main_granted", "served")
PEER = 100


class Times(NamedTuple):
    """Milliseconds of each round, by the wall and by the processor: a busy machine shows in the first alone."""

    wall: list[float]
    cpu: list[float]

    def says(self, name: str) -> dict[str, Any]:
        """The middle, and the 95th of a hundred."""
        last = -2 if len(self.wall) > 2 else -1
        half = len(self.wall) // 2
        return {"figure": name, "p50 ms": round(self.wall[half]), "p95 ms": round(self.wall[last]),
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
    from joindots.law.episode import Happened
    from joindots.orders import rules
    from joindots.orders.models import Order, OrderCondition, OrderDuty, OrderSpan, OrderStep
    from joindots.orders.rules import desk

    circles = list(Circle.objects.order_by("pk"))
    made = [NOW - timedelta(days=100 + n % 600) for n in range(len(circles))]
    orders = [
        Order(circle=one, by=keeper, at=at, considered_on=at.date(), stage="served", due_on=None)
        for one, at in zip(circles, made, strict=True)
    ]
    Order.objects.bulk_create(orders, batch_size=BATCH)
    steps: list[OrderStep] = []
    duties: list[OrderDuty] = []
    for one, at in zip(orders, made, strict=True):
        happened = [
            Happened(event=event, on=at.date(), investigation="live", told="told",
                     ends=at.date() + timedelta(days=731) if event == "main_granted" else None) for event in LIFE
        ]  # fmt: skip
        steps += [
            OrderStep(circle_id=one.circle_id, order=one, number=n, event=new.event, on=new.on, by=keeper, at=at,
                      investigation="live", told="told", ends=new.ends) for n, new in enumerate(happened, 1)
        ]  # fmt: skip
        duties += [
            OrderDuty(order=one, circle_id=one.circle_id, kind=due.kind, code=due.code, day=due.day, about=due.about)
            for due in desk.duties(rules.stands(at.date(), happened), (), ())
        ]
    OrderStep.objects.bulk_create(steps, batch_size=BATCH)
    OrderDuty.objects.bulk_create(duties, batch_size=BATCH)
    OrderCondition.objects.bulk_create(
        (OrderCondition(circle_id=one.circle_id, order=one, number=1, library="P01", by=keeper, at=at, since=at.date())
         for one, at in zip(orders, made, strict=True)), batch_size=BATCH,
    )  # fmt: skip
    OrderSpan.objects.bulk_create(
        (OrderSpan(order=one, circle_id=one.circle_id, starts=at, since=NOW - timedelta(days=7))
         for one, at in zip(orders, made, strict=True)), batch_size=BATCH,
    )  # fmt: skip


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
    from joindots.orders import answers, queries, tasks
    from joindots.orders.models import Order, OrderSpan

    keeper = Membership.objects.get()
    OrderSpan.objects.update(since=NOW - timedelta(days=7))
    lines: list[dict[str, Any]] = []

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
    for name, ahead in (("orders' desk, 60 days", 60), ("orders' desk, everything", None)):
        lines.append(_desk(name, lambda ahead=ahead: visit(lambda actor: queries.on_desk(actor, ahead=ahead))))
    rows = list(Order.objects.order_by("pk")[:PEER])
    some = [one.pk for one in rows]
    plain, _ = _timed(
        lambda: visit(lambda actor: [queries.watch(actor, door.Ref(key), most=0).waiting for key in some]), 1
    )
    alarms, _ = _timed(lambda: [tasks.episode_of(one, tasks.steps_of([one.pk])[one.pk]) for one in rows], 1)
    bare = alarms.cpu[-1] / len(rows) * Order.objects.count()
    for line in lines:
        line["ratio"] = round(bare / max(line["cpu p50 ms"], 1), 1)
    each = plain.cpu[-1] / len(some) * Order.objects.count()
    return [
        {"new entries": new, "orders": Order.objects.count(), **whole.says("whole look"), "bar ms": 5000,
         "plain way cpu ms, reckoned from some": round(each), "ratio": round(each / whole.cpu[-1], 1)},
        {**desk.says("desk"), "bar ms": 300},
        {**quiet.says("desk with nothing new"), "bar ms": 300},
        *lines,
    ]  # fmt: skip


def _desk(name: str, ask: Callable[[], Any]) -> dict[str, Any]:
    """The page of the orders' desk; its peer reads every order's steps and works out where it stands."""
    page, told = _timed(ask, ROUNDS)
    assert told.lines
    return {**page.says(name), "bar ms": 300}


def _timed(ask: Callable[[], Any], rounds: int) -> tuple[Times, Any]:
    wall, cpu, told = [], [], None
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        told = ask()
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    return Times(sorted(wall), sorted(cpu)), told


def watch() -> Iterator[Figure]:
    """The look and each desk beside their bars; the peer is the plain way, in the same run."""
    with tempfile.TemporaryDirectory(prefix="joindots-bench-") as here:
        told = inside("bench.orders", str(LIVE), str(NEW), environment={"JOINDOTS_DATA": here})
    for line in told["lines"]:
        yield Figure(
            f"{LIVE:,} live orders: {line['figure']}", f"p95 {line['p95 ms']} ms", f"≤ {line['bar ms']} ms",
            within(line["p95 ms"], line["cpu p95 ms"], line["bar ms"]), line.get("ratio"),
            "each order or case by itself" if "ratio" in line else "",
        )  # fmt: skip


WATCH: dict[str, Callable[[], Iterator[Figure]]] = {"orders": watch}


def main() -> int:
    """Fill anew, then measure. Refused where there is data already: its columns and its days may be old."""
    if "JOINDOTS_DATA" not in os.environ:
        with tempfile.TemporaryDirectory(prefix="joindots-bench-") as here:
            return subprocess.run(  # fixed words: this module again, with a folder of its own
                [sys.executable, "-m", "bench.orders", *sys.argv[1:]], check=False,
                env={**os.environ, "JOINDOTS_DATA": here},
            ).returncode  # fmt: skip
    from joindots.config.prepare import prepare_store, setup

    setup()
    number, new = (int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (LIVE, NEW)
    prepare_store()
    from joindots.agencies.models import Agency

    if Agency.objects.exists():
        print("There is data here already. Leave JOINDOTS_DATA out, or give it an empty folder and database.")
        return 1
    print(json.dumps(fill(number, new)), flush=True)
    print(json.dumps({"lines": measure(new)}), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
