"""The reader library and `joindots read`, each beside a peer over the same file, taken in turn and the best of each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.generate import made, whatsapp_styles
from bench.table import Figure, rate, verdict, within
from bench.timing import Run, inside, run

ROUNDS = 3
MOST_MIB = 300
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Race:
    """One file read by us and by peers. `bar` is records a second; 0 where the issue asks for none."""

    name: str
    kind: str
    number: int
    what: str
    peers: tuple[str, ...]
    bar: int = 0
    way: str = "ours"

    def figures(self) -> Iterator[Figure]:
        """One figure for each peer that is installed."""
        path = made(self.kind, self.number)
        best = _best((self.way, *self.peers), path)
        ours = best.pop(self.way)
        for peer, theirs in best.items():
            yield Figure(
                f"{self.name}, {self.number:,} {self.what}",
                rate(self.number, ours["seconds"], self.what),
                f"≥ {self.bar:,}/s" if self.bar else "", self._verdict(ours),
                theirs["cpu"] / ours["cpu"], f"{peer}: {rate(theirs['found'], theirs['seconds'], self.what)}",
                ours["cpu"], ours["peak_mib"],
            )  # fmt: skip

    def _verdict(self, ours: Figures) -> str:
        return within(ours["seconds"], ours["cpu"], self.number / self.bar) if self.bar else ""


def _best(ways: tuple[str, ...], path: Path) -> dict[str, Figures]:
    """Each way's best of some rounds, taken in turn, so that a busy moment is nobody's disadvantage."""
    best: dict[str, Figures] = {}
    for _ in range(ROUNDS):
        for way in ways:
            if (found := _once(way, path)) and (way not in best or found["cpu"] < best[way]["cpu"]):
                best[way] = found
    return best


def _once(way: str, path: Path) -> Figures | None:
    return inside("bench.peers", way, str(path)) if installed(way) else None


def installed(way: str) -> bool:
    """Whether a peer can be had here; ours and the standard library's always can."""
    from importlib.util import find_spec

    return way not in ("whatstk", "chatminer", "fast_mail_parser", "ijson", "openpyxl") or find_spec(way) is not None


def whole_process(number: int = 100_000) -> Iterator[Figure]:
    """`joindots read --jsonl`, from its start to its end, beside a bare expression over the same file."""
    for style in whatsapp_styles():
        path = made(f"whatsapp:{style}", number)
        ours: list[Run] = []
        theirs: list[Run] = []
        for _ in range(ROUNDS):
            ours.append(run([sys.executable, "-m", "joindots", "read", "--jsonl", str(path)]))
            theirs.append(run([sys.executable, "-m", "bench.peers", "regex_loop", str(path)]))
        mine, peer = (min(runs, key=lambda one: one.cpu) for runs in (ours, theirs))
        assert mine.status in (0, 3), mine.status
        yield Figure(
            f"read --jsonl, whole process, {style}", f"{mine.seconds:.2f} s", "ratio ≥ 0.10",
            verdict(peer.cpu / mine.cpu >= 0.10), peer.cpu / mine.cpu,
            f"bare regex loop, whole process: {peer.seconds:.2f} s", mine.cpu, mine.peak_mib,
        )  # fmt: skip


def peak(number: int = 1_000_000) -> Iterator[Figure]:
    """The largest of the two processes of `joindots read` over a million messages."""
    path = made("whatsapp:ios-en-gb", number)
    mine = run([sys.executable, "-m", "joindots", "read", "--jsonl", str(path)])
    theirs = inside("bench.peers", "regex_dates", str(path))
    yield Figure(
        f"memory: read --jsonl, {number:,} messages", f"{mine.peak_mib:.0f} MiB", f"≤ {MOST_MIB} MiB",
        verdict(mine.peak_mib <= MOST_MIB), theirs["peak_mib"] / mine.peak_mib,
        f"regex and dicts in memory: {theirs['peak_mib']:.0f} MiB", mine.cpu, mine.peak_mib,
    )  # fmt: skip


WHATSAPP = ("regex_loop", "regex_dates", "whatstk", "chatminer")
RACES: dict[str, Callable[[], Iterator[Figure]]] = {
    **{
        f"whatsapp-{style}": Race(f"WhatsApp {style}", f"whatsapp:{style}", 100_000, "msgs", WHATSAPP, 150_000).figures
        for style in whatsapp_styles()
    },
    "read": whole_process,
    "memory": peak,
    "sms": Race(
        "SMS XML, pictures written", "sms", 40_000, "records", ("element_tree",), 30_000, "ours_with_media"
    ).figures,
    "mbox": Race("mbox", "mbox", 10_000, "mails", ("mailbox", "fast_mail_parser"), 20_000).figures,
    "telegram": Race("Telegram JSON", "telegram", 100_000, "msgs", ("json_whole", "ijson")).figures,
    "messenger": Race("Messenger JSON, letters mended", "messenger", 100_000, "msgs", ("json_whole",)).figures,
    "snapchat": Race("Snapchat JSON", "snapchat", 100_000, "msgs", ("json_whole",)).figures,
    "imessage": Race("iPhone messages as text", "imessage", 100_000, "msgs", ("lines_of_three",)).figures,
    "bank": Race("bank statement, CSV", "bank", 50_000, "rows", ("csv_rows",)).figures,
    "calls": Race("call log, CSV", "calls", 50_000, "rows", ("csv_rows",)).figures,
    "workbook": Race("incidents, XLSX", "workbook", 20_000, "rows", ("openpyxl",)).figures,
}
