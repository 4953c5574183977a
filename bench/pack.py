"""The pack's speed and memory, beside a library that writes untagged pages: `python bench/pack.py`.

Prints one JSON object a run. Peak memory is that of the whole family of processes, sampled, so pages that
two processes share are counted twice. The peer (fpdf2 or reportlab) is timed when it can be imported.
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
from io import FileIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from joindots.chronology.rules.document import chronology_of  # noqa: E402 – after the path is set
from joindots.chronology.rules.given import SourceRead  # noqa: E402
from joindots.documents.contents import Exhibit  # noqa: E402
from joindots.documents.pack import build_pack  # noqa: E402
from joindots.evidence.readers.records import Communication, Coverage, Identity, Place  # noqa: E402

WORDS = "the of you why are not answer phone me I know where live please stop call back now ever again tell".split()
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


def ours(messages: int, burst: int, files: int) -> dict[str, object]:
    """One pack; the exhibits are made before the clock starts."""
    family = Family()
    with tempfile.TemporaryDirectory() as folder:
        held = list(exhibits(Path(folder), files, 2_000_000))
        source = chat(messages, burst)
        started, spent = time.perf_counter(), sum(os.times()[:4])
        made = chronology_of([source])
        assert made.last_instant is not None
        build_pack(made.document, held, Path(folder) / "pack", made.last_instant)
        wall, cpu = time.perf_counter() - started, sum(os.times()[:4]) - spent
    return {
        "what": "joindots pack", "messages": messages, "entries": len(made.document.entries), "exhibits": files,
        "seconds": round(wall, 2), "cpu_seconds": round(cpu, 2), "family_peak_mib": family.peak >> 20,
    }  # fmt: skip


def peer_fpdf2(messages: int) -> dict[str, object]:
    """The same messages as plain paragraphs, untagged, by fpdf2."""
    from fpdf import FPDF

    started = time.perf_counter()
    pdf = FPDF()
    pdf.set_font("Helvetica", size=10)
    pdf.add_page()
    for n, one in enumerate(chat(messages, 41).communications, start=1):
        pdf.multi_cell(0, 5, f"{n} {one.sender.shown} {one.at_earliest}\n{one.text}", new_x="LMARGIN", new_y="NEXT")
    size = len(pdf.output())
    return {
        "what": "fpdf2, untagged",
        "messages": messages,
        "seconds": round(time.perf_counter() - started, 2),
        "bytes": size,
    }


def peer_reportlab(messages: int) -> dict[str, object]:
    """The same messages as paragraphs, untagged, by reportlab."""
    import io

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    started = time.perf_counter()
    style, out = getSampleStyleSheet()["Normal"], io.BytesIO()
    SimpleDocTemplate(out).build(
        [
            Paragraph(f"{n} <b>{one.sender.shown}</b> {one.at_earliest}<br/>{one.text}", style)
            for n, one in enumerate(chat(messages, 41).communications, start=1)
        ]
    )
    seconds = round(time.perf_counter() - started, 2)
    return {"what": "reportlab, untagged", "messages": messages, "seconds": seconds, "bytes": len(out.getvalue())}


RUNS: dict[str, Callable[[], dict[str, object]]] = {
    "small": partial(ours, 5_000, 5, 100),
    "large": partial(ours, 60_000, 41, 0),
    "fpdf2": partial(peer_fpdf2, 5_000),
    "reportlab": partial(peer_reportlab, 5_000),
}


def main() -> None:
    """Run one by name in this process, or all, each in a fresh process."""
    if len(sys.argv) > 1:
        try:
            print(json.dumps(RUNS[sys.argv[1]]()))
        except ModuleNotFoundError as error:
            print(json.dumps({"what": sys.argv[1], "not_installed": error.name}))
        return
    for name in RUNS:
        os.spawnv(os.P_WAIT, sys.executable, [sys.executable, __file__, name])


if __name__ == "__main__":
    main()
