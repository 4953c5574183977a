"""The leak bar in full: 500 packs with a planted secret, 500 clean ones, and the speed of the check."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

from bench.table import Figure, verdict, within
from joindots.documents.leaks.finding import find
from joindots.documents.leaks.protected import Protected, Word
from joindots.documents.redaction.pictures import picture
from joindots.documents.tests.packs import clean_pack, photograph, planted_pack
from joindots.documents.tests.proof import blocked, judged
from joindots.documents.tests.world import World

PACKS = 500
CLEAN_SEEDS = 1_000_000
MOST_FALSE = 0.01
TEXT = 10_000_000
PICTURES = 100
WORDS = 200
FEW_SECONDS = 5.0


def planted() -> Iterator[Figure]:
    """Nothing leaks, by the word of a finder that shares no line with the check."""
    packs = [planted_pack(seed) for seed in range(PACKS)]
    found = [judged(pack) for pack in packs]
    for pack, one in zip(packs, found, strict=True):
        if one.leaked or not one.stopped:
            print(f"  {'leaked' if one.leaked else 'passed'}: {pack.place}, {pack.disguise}")
    passed = sum(not one.stopped for one in found)
    yield Figure(f"{PACKS} packs with a planted secret: let go", f"{passed}", "0", verdict(passed == 0))
    leaked = sum(bool(one.leaked) for one in found)
    yield Figure(
        "leaks seen by another finder in what passed", f"{leaked}", "0", verdict(leaked == 0),
        peer=f"it sees {sum(one.seen for one in found)} of {PACKS} secrets before",
    )  # fmt: skip
    copies = sum(one.copies for one in found)
    yield Figure("redacted copies that may leave", f"{copies} of {PACKS}")


def clean() -> Iterator[Figure]:
    """Packs that hold nothing protected may go."""
    stopped = [seed for seed in range(PACKS) if blocked(clean_pack(CLEAN_SEEDS + seed))]
    share = len(stopped) / PACKS
    yield Figure(
        f"{PACKS} clean packs: stopped", f"{len(stopped)} ({share:.1%})", f"≤ {MOST_FALSE:.0%}",
        verdict(share <= MOST_FALSE),
    )  # fmt: skip


def speed() -> Iterator[Figure]:
    """10 MB of text and 100 pictures under 200 protected words, no reader of pictures."""
    rng = random.Random(7)
    worlds = [World(rng) for _ in range(20)]
    words: list[Word] = [word for world in worlds for word in world.secrets.protected().words]
    words += [Word(world.any_number(), "number") for world in worlds]
    text = "\n".join(worlds[0].said() for _ in range(20_000))
    text = (text * (TEXT // len(text) + 1))[:TEXT].encode()
    names = [f"exhibits/{number:03d}.jpg" for number in range(PICTURES)]
    shown = picture(photograph(worlds[0])[1])
    files = [("records.csv", text), *((name, shown) for name in names)]
    started, cpu = time.perf_counter(), time.process_time()
    find(files, Protected(tuple(words[:WORDS])), vouched=names)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    yield Figure(
        "leak check: 10 MB of text, 100 pictures, 200 words", f"{seconds:.1f} s", f"≤ {FEW_SECONDS:.0f} s",
        within(seconds, cpu, FEW_SECONDS), cpu=cpu,
    )  # fmt: skip


def leaks() -> Iterator[Figure]:
    """All of it, the quick first."""
    for part in (speed, clean, planted):
        yield from part()


LEAKS: dict[str, Callable[[], Iterator[Figure]]] = {"leaks": leaks}
