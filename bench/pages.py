"""Signed-in pages while an import runs: a real server and worker, one reader of pages, every answer timed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from statistics import median, quantiles

from bench.generate import made
from bench.store import DATABASES, STYLE, Environment, inside_installation
from bench.table import Figure, verdict
from bench.timing import ROOT

MOST_MS = 300
IDLE_ROUNDS = 8
PAUSE = 0.1
"""Seconds between two pages: one person who clicks without reading."""


@dataclass
class Answers:
    """How long each page took, and how it was answered."""

    took: list[float] = field(default_factory=list)
    by_page: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)

    def p95(self) -> float:
        """The time in milliseconds that 19 of 20 answers kept."""
        return 1000 * quantiles(self.took, n=20, method="inclusive")[-1]

    def slowest(self) -> str:
        """The page with the longest middle time."""
        name = max(self.by_page, key=lambda page: median(self.by_page[page]))
        return f"{name} {1000 * median(self.by_page[name]):.0f} ms"


def ask(port: int, cookie: str, pages: dict[str, str], answers: Answers) -> None:
    """Every page once, each on a connection of its own, as a browser that was away does."""
    for name, path in pages.items():
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        connection.close()
        took = time.perf_counter() - began
        answers.took.append(took)
        answers.by_page.setdefault(name, []).append(took)
        answers.statuses[response.status] += 1
        time.sleep(PAUSE)


@contextmanager
def served(environment: Environment) -> Iterator[int]:
    """`joindots serve` on a free port of this machine, ended afterwards with its worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "joindots", "serve", "--no-demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def ask_until_ended(environment: Environment, job: str, ask_all: Callable[[], None]) -> float:
    """Ask for the pages until the job has ended well; the seconds that took."""
    began = time.perf_counter()
    watcher = [sys.executable, "-m", "bench.installation", "wait", job]
    process = subprocess.Popen(watcher, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        ask_all()
    if process.returncode:
        raise RuntimeError("The import did not end well: what was said stands above.")
    return time.perf_counter() - began


def pages_meanwhile(database: str, number: int = 100_000) -> Iterator[Figure]:
    """Pages of a case that already holds a chat, first at rest, then while another file is imported into it."""
    first, second = made(STYLE, number), made("whatsapp:ios-en-gb", number)
    with DATABASES[database]() as environment:
        inside_installation(environment, "import", str(first))
        way_in = inside_installation(environment, "enter")
        with served(environment) as port:
            idle, busy = Answers(), Answers()
            ask(port, way_in["cookie"], way_in["pages"], Answers())
            for _ in range(IDLE_ROUNDS):
                ask(port, way_in["cookie"], way_in["pages"], idle)
            job = inside_installation(environment, "bring", str(second))["job"]
            pages = {**way_in["pages"], "work": f"/jobs/{job}/"}
            took = ask_until_ended(environment, job, partial(ask, port, way_in["cookie"], pages, busy))
    refused = sum(count for status, count in busy.statuses.items() if status != 200)
    yield Figure(
        f"pages while {number:,} are imported, {database}", f"p95 {busy.p95():.0f} ms, {refused} refused",
        f"p95 ≤ {MOST_MS} ms, 0", verdict(busy.p95() <= MOST_MS and not refused), idle.p95() / busy.p95(),
        f"nothing imported: p95 {idle.p95():.0f} ms",
    )  # fmt: skip
    yield Figure(
        "   of which", f"middle {1000 * median(busy.took):.0f} ms",
        peer=f"{len(busy.took)} pages in {took:.0f} s; slowest: {busy.slowest()}",
    )  # fmt: skip


def timeline(database: str, number: int, bars: tuple[int, int]) -> Iterator[Figure]:
    """The list and the pictures of a case with so many messages; `bars` in milliseconds."""
    with DATABASES[database]() as environment:
        inside_installation(environment, "import", str(made(STYLE, number)))
        way_in = inside_installation(environment, "enter")
        case = way_in["pages"]["case"]
        pages = {name: f"{case}{path}" for name, path in READ_FROM_COUNTS.items()}
        with served(environment) as port:
            answers = Answers()
            ask(port, way_in["cookie"], pages, Answers())
            for _ in range(IDLE_ROUNDS):
                ask(port, way_in["cookie"], pages, answers)
    for name in pages:
        most = bars[name != "first list"]
        took = 1000 * median(answers.by_page[name])
        yield Figure(f"{name} of {number:,}, {database}", f"{took:.0f} ms", f"≤ {most} ms", verdict(took <= most))


READ_FROM_COUNTS = {
    "first list": "chronology/", "pictures": "timeline/", "patterns": "patterns/", "who is who": "who-is-who/",
    "episodes": "episodes/", "a rare word": "search/?q=zebra", "a common word": "search/?q=station",
}  # fmt: skip
"""Pages of one case whose work may not grow with its messages; a search alone opens all of them."""
TIMELINE_BARS = {10_000: (400, 800), 100_000: (1_500, 1_500), 1_000_000: (1_500, 1_500)}
PAGES = {f"pages-{database.lower()}": partial(pages_meanwhile, database) for database in DATABASES}
PAGES |= {
    f"timeline-{number}-{database.lower()}": partial(timeline, database, number, bars)
    for database in DATABASES for number, bars in TIMELINE_BARS.items()
}  # fmt: skip
LARGE = {name for name in PAGES if "1000000" in name}
