"""The application for an order: 300 acts and 60 exhibits drafted, pressed and checked; same bytes; nothing leaks."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from bench.generate import WORDS
from bench.table import Figure, verdict, within
from joindots.documents.tests.world import World
from joindots.kernel.when import Precision, When
from joindots.orders.rules import drafting, leaking, papers, selecting
from joindots.orders.rules.packs import TOUCHES, Act, Draft, ExhibitOf, Term, covers
from joindots.orders.rules.papers import Printed
from joindots.orders.rules.selecting import Candidate
from joindots.orders.tests.planted import leaked, planted_draft
from joindots.orders.work import pressing

ACTS, EXHIBITS, TERMS = 300, 60, 8
MOST_SECONDS = 10.0
CASES = 500
START = datetime(2024, 1, 1, tzinfo=UTC)


def draft() -> Draft:
    """An invented application that relies on every entry of a long log."""
    pick = random.Random(5)
    told = []
    for n in range(1, ACTS + 1):
        at = START + timedelta(hours=29 * n)
        shown = ExhibitOf(f"AB/{n % EXHIBITS + 1}", "picture", 2_000_000, f"{n % EXHIBITS:064x}") if n % 3 else None
        told.append(
            Act(UUID(int=n), n, When(at, at + timedelta(minutes=9), Precision.RANGE),
                " ".join(pick.choices(WORDS, k=24)), f"E{n}", ("near", "call", "message")[n % 3 :], "client",
                "Log, told by the person protected", "PC Okoro", shown, "ABC")
        )  # fmt: skip
    terms = tuple(
        Term(UUID(int=9000 + n), n, "P01", f"Not to do the thing of number {n} by any means.",
             tuple(range(n, ACTS, 40)), "By report", dict.fromkeys(TOUCHES, "no"))
        for n in range(1, TERMS + 1)
    )  # fmt: skip
    sheets = {"respondent": {"name": "Callum Pryce"}, "protected": {"names": "Maya Ellwood"},
              "risk": {"risk": " ".join(pick.choices(WORDS, k=400))}, "interim": {"asked": "no"},
              "statements": {"officer": " ".join(pick.choices(WORDS, k=900))}, "others": {"live": "NS/1"}}  # fmt: skip
    return Draft("NS-1", sheets, acts=tuple(told), terms=terms, log=ACTS)


def drafted() -> Iterator[Figure]:
    """From the log to three checked files."""
    protected = World(random.Random(7)).secrets.protected()
    with tempfile.TemporaryDirectory() as folder:
        begun, busy = time.perf_counter(), os.times()
        whole = draft()
        log = [Candidate(one.entry, one.when, one.kinds) for one in whole.acts]
        selecting.suggested(log, [])
        covers(whole.acts)
        drafting.gaps(whole)
        leaking.leaks(whole, protected)
        made = pressing.pressed(Printed(whole, 1, START), protected, Path(folder))
        hits = pressing.found_in(made, protected)
        took, now = time.perf_counter() - begun, os.times()
        used = sum(now[:4]) - sum(busy[:4])
        says = f"{ACTS} acts, {EXHIBITS} exhibits: suggested, checked, pressed three times, searched"
        yield Figure(
            says,
            f"{took:.1f} s ({used:.1f} s of processor)",
            f"≤ {MOST_SECONDS:.0f} s",
            within(took, used, MOST_SECONDS),
        )
        kept = papers.read(papers.sealed(Printed(replace(whole), 1, START)))
        again = pressing.pressed(kept, protected, Path(folder))
        yield Figure("the same draft again", "the same bytes" if again == made else "other bytes", "the same bytes",
                     verdict(again == made and not hits))  # fmt: skip


def leaks() -> Iterator[Figure]:
    """Nothing planted is in any byte of any paper, by a finder that shares no line with the check."""
    seen = stopped = terms = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(CASES):
            found, hits = leaked(*planted_draft(seed), Path(folder))
            seen, stopped = seen + (bool(found) and not hits), stopped + bool(hits)
            whole, world = planted_draft(seed, in_term=True)
            terms += any(one.stops for one in leaking.leaks(whole, world.secrets.protected()))
    yield Figure(f"{CASES} applications full of secrets: seen by another finder in what was kept", f"{seen}", "0",
                 verdict(seen == 0))  # fmt: skip
    yield Figure("stopped by our own check after all was kept back", f"{stopped}")
    yield Figure(f"{CASES} with a secret in a term: stopped", f"{terms}", f"{CASES}", verdict(terms == CASES))


ORDER_PACKS: dict[str, Callable[[], Iterator[Figure]]] = {"order_pack": drafted, "order_pack_leaks": leaks}
