"""The pack's speed and memory, beside a library that writes untagged pages: `python -m bench.pack RUN` is one of them.

Peak memory is that of the whole family of processes, sampled, so pages that two processes share are counted
twice. The peer (fpdf2 or reportlab) is timed when it can be imported.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from io import FileIO
from pathlib import Path

from bench.generate import WORDS
from bench.table import MISSED, Figure, within
from bench.timing import Clock, inside
from joindots.chronology.rules.document import chronology_of
from joindots.chronology.rules.given import SourceRead
from joindots.documents.contents import Exhibit
from joindots.documents.pack import build_pack
from joindots.evidence.readers.records import Communication, Coverage, Identity, Place

MOST_MIB = 500
PAGE = os.sysconf("SC_PAGE_SIZE")


def chat(messages: int, burst: int) -> SourceRead:
    """An invented chat in bursts of `burst` messages, seven hours apart."""
    pick = random.Random(7)
    at = datetime(2024, 1, 1, tzinfo=UTC)
    records = []
    for n in range(messages):
        at += timedelta(seconds=pick.randint(1, 90)) if n % burst else timedelta(hours=7)
        minute = at.replace(second=0)
        records.append(
            Communication(
                id=f"r{n}", source_file="a" * 64, place=Place(line=n + 1), seq=n, channel="whatsapp", kind="text",
                thread="Callum", direction="in", sender=Identity("Callum Pryce", "tel:+447700900123"),
                at_earliest=minute, at_latest=minute + timedelta(seconds=59), precision="minute",
                zone_basis="device_assumed", text=" ".join(pick.choices(WORDS, k=pick.randint(2, 24))),
            )
        )  # fmt: skip
    coverage = [Coverage("whatsapp", records[0].at_earliest, records[-1].at_latest)]
    return SourceRead("chat.txt", "a" * 64, 1, "WhatsApp chat", records, coverage=coverage)


def exhibits(folder: Path, count: int, size: int) -> Iterator[Exhibit]:
    """Files of random bytes."""
    for number in range(2, count + 2):
        path = folder / f"{number}.jpg"
        path.write_bytes(os.urandom(size))
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        yield Exhibit(number, path.name, digest, size, "image/jpeg", open=partial(FileIO, path))


class Family:
    """Samples the memory of this process and its children, twice a second."""

    def __init__(self) -> None:
        self.peak = 0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.peak = max(self.peak, sum(_sizes()))
            time.sleep(0.5)


def _sizes() -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if os.getpid() in (int(entry.name), int(fields[1])):
                yield int(fields[21]) * PAGE


def ours(messages: int, burst: int, files: int) -> dict[str, float]:
    """One pack; the exhibits are made before the clock starts."""
    family = Family()
    with tempfile.TemporaryDirectory() as folder:
        held = list(exhibits(Path(folder), files, 2_000_000))
        source = chat(messages, burst)
        clock = Clock()
        made = chronology_of([source])
        assert made.last_instant is not None
        build_pack(made.document, held, Path(folder) / "pack", made.last_instant)
        figures = clock.figures(entries=len(made.document.entries))
    return {**figures, "family_mib": family.peak / (1 << 20)}


def fpdf2(messages: int) -> dict[str, float]:
    """The same messages as plain paragraphs, untagged, by fpdf2."""
    from fpdf import FPDF

    told, clock = chat(messages, 41).communications, Clock()
    pdf = FPDF()
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    for n, one in enumerate(told, start=1):
        pdf.multi_cell(0, 5, f"{n} {one.sender.shown} {one.at_earliest}\n{one.text}", new_x="LMARGIN", new_y="NEXT")
    return clock.figures(bytes=len(pdf.output()))


def reportlab(messages: int) -> dict[str, float]:
    """The same messages as paragraphs, untagged, by reportlab."""
    import io

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    told, clock = chat(messages, 41).communications, Clock()
    style, out = getSampleStyleSheet()["Normal"], io.BytesIO()
    SimpleDocTemplate(out).build(
        [
            Paragraph(f"{n} <b>{one.sender.shown}</b> {one.at_earliest}<br/>{one.text}", style)
            for n, one in enumerate(told, start=1)
        ]
    )
    return clock.figures(bytes=len(out.getvalue()))


PEERS = {"fpdf2": ("fpdf", fpdf2), "reportlab": ("reportlab", reportlab)}
SIZES = {"small": (5_000, 5, 100), "large": (60_000, 41, 0)}
RUNS: dict[str, Callable[[], dict[str, float]]] = {
    **{name: partial(ours, *size) for name, size in SIZES.items()},
    **{f"{peer}-{name}": partial(write, size[0]) for peer, (_, write) in PEERS.items() for name, size in SIZES.items()},
}


def figures(name: str, says: str, seconds: float) -> Iterator[Figure]:
    """One size of pack beside each peer that is installed; without any, beside nothing."""
    mine = inside("bench.pack", name)
    here = [peer for peer, (package, _) in PEERS.items() if find_spec(package)]
    theirs = {peer: inside("bench.pack", f"{peer}-{name}") for peer in here}
    met = within(mine["seconds"], mine["cpu"], seconds) if mine["family_mib"] <= MOST_MIB else MISSED
    for peer, told in (theirs or {"no PDF library is installed to compare with": None}).items():
        yield Figure(
            says, f"{mine['seconds']:.1f} s", f"≤ {seconds:.0f} s", met, told and told["seconds"] / mine["seconds"],
            f"{peer}, same messages, untagged: {told['seconds']:.1f} s" if told else peer, mine["cpu"],
            mine["family_mib"],
        )  # fmt: skip


PACKS = {
    "pack-small": partial(figures, "small", "pack: 1,000 entries, 100 exhibits, 5,000 messages", 5),
    "pack-large": partial(figures, "large", "pack: an annex of 60,000 messages", 20),
}


def main() -> None:
    """One run in this process, as one line of JSON."""
    print(json.dumps(RUNS[sys.argv[1]]()))


if __name__ == "__main__":
    main()
