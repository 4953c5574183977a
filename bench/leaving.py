"""The leak bar for all else that leaves: case-file forms, letters, calendar entries, bundles with copies of exhibits.

Each of 500 cases has an address, number, workplace and more planted in every field or in a file's details, written in
another way each time. What a check let go is looked through by a finder that shares no line with it.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.table import Figure, verdict
from joindots.casework.rules import letters
from joindots.documents.contents import Exhibit
from joindots.documents.leaks.finding import find
from joindots.documents.leaks.protected import Protected, Word
from joindots.documents.plain import LetterText, letter_pdf
from joindots.documents.tests.disguises import PLAIN
from joindots.documents.tests.independent import Finder
from joindots.documents.tests.packs import Pack, planted_pack
from joindots.documents.tests.proof import redacted
from joindots.documents.tests.world import World
from joindots.documents.word import letter_docx
from joindots.documents.zipped import zip_folder
from joindots.justice.tests import planted
from joindots.notices.rules import calendars, neutral
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import Kind
from joindots.orders.rules import letters as of_orders
from joindots.orders.rules import returns
from joindots.orders.rules.enclosing import Shown
from joindots.orders.rules.packs import ExhibitOf
from joindots.orders.rules.papers import Printed
from joindots.orders.tests.planted import planted_draft
from joindots.orders.work import laying, pressing
from joindots.people.rules.protected import parts_of

CASES = 500
AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
TODAY = date(2026, 5, 1)


def _told(what: str, seen: list[str], stopped: int) -> Iterator[Figure]:
    for one in seen[:20]:
        print(f"  leaked: {one}")
    yield Figure(f"{CASES} {what}: seen by another finder in what left", f"{len(seen)}", "0", verdict(not seen),
                 peer=f"{stopped} stopped")  # fmt: skip


def _hidden(seed: int) -> tuple[World, str, str, Finder]:
    """Somebody's world, a secret of theirs as it is written this time, the secret, and who looks for it."""
    rng = random.Random(seed)
    world = World(rng)
    secret = rng.choice(world.secrets.each()[:-1])
    way = list(PLAIN.values())[seed % len(PLAIN)]
    return world, way(secret, rng), secret, Finder(world.secrets, lambda _: [])


def forms() -> Iterator[Figure]:
    """Every form of each case as a Word file, one of them in turn as a PDF."""
    seen: list[str] = []
    blocked = stopped = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(CASES):
            pressed = (planted.FORMS[seed % len(planted.FORMS)].code,)
            found, hits, worded = planted.leaked(*planted.planted_facts(seed), Path(folder), pressed)
            seen, blocked, stopped = seen + found, blocked + hits, stopped + worded
    yield from _told(f"case files of {len(planted.FORMS)} forms", seen, blocked)
    whole = 2 * CASES
    yield Figure("schedules with a secret in their own words: stopped", f"{stopped}", f"{whole}",
                 verdict(stopped == whole))  # fmt: skip


def orders_letters() -> Iterator[Figure]:
    """The one word of a desk's letter that somebody types is the force's own reference."""
    seen: list[str] = []
    stopped = 0
    for seed in range(CASES):
        world, written, _, other = _hidden(seed)
        about = of_orders.About("NS-1", written, TODAY, TODAY, TODAY, "Gwen Example", "Northshire", TODAY)
        text = "\n".join(of_orders.compose(one, about) for one in of_orders.MACROS)
        known = returns.can_keep(returns.Facts(force_record_reference=written))
        if not known or not of_orders.can_hold(text, world.secrets.protected()):
            stopped += 1
            continue
        seen += [place for place, _ in other.in_files([("letter.txt", text.encode())])]
    yield from _told("letters of the orders' desk", seen, stopped)


def support_letters() -> Iterator[Figure]:
    """A letter to an employer, landlord or court: nothing of the case ticked; then a secret in its own words."""
    seen: list[str] = []
    stopped, kinds = 0, list(letters.MACROS)
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(CASES):
            world, written, _, other = _hidden(seed)
            kept = world.secrets
            facts = letters.Facts("Maya Ellwood", "Asha Verma", "Stillwater", "REF", TODAY, kept.address, kept.number,
                                  (kept.child,))  # fmt: skip
            kind = kinds[seed % len(kinds)]
            for words in ("", f"{world.said(1)} {written} {world.said(1)}"):
                draft = letters.Draft(kind, "The person in charge", tuple(letters.MACROS[kind].asks), words=words)
                made = letters.compose(draft, facts)
                if words and letters.searched("The letter", made.text, kept.protected().words, facts.name):
                    stopped += 1
                    continue
                text = LetterText(made.to, made.day, made.title, made.opening, made.asks, made.closing, made.signed)
                files = [("letter.docx", letter_docx(text)), ("letter.pdf", letter_pdf(text, AT, Path(folder)))]
                seen += [f"{kind}: {place}" for place, _ in other.in_files(files)]
    yield from _told("letters, each with nothing ticked and with a secret in its words", seen, stopped)


def entries() -> Iterator[Figure]:
    """A calendar entry and a text, with a secret in what somebody wrote; and a feed whose salt is one."""
    seen: list[str] = []
    stopped = 0
    for seed in range(CASES):
        world, written, secret, other = _hidden(seed)
        parts = [found for one in world.secrets.protected().words for found in parts_of(one.kind, one.text)]
        never, kept = [part for _, part in parts], Protected(tuple(Word(part, kind) for kind, part in parts))  # type: ignore[arg-type]  # kinds of the list
        line = " ".join(written.split())
        files = [("feed.ics", calendars.of_work([(TODAY, AT)], AT, secret))]
        for said in (Said("See you", line), Said(f"See you. {line}"), Said("See you", sender=line)):
            if not neutral.can_be(Kind.CALENDAR, said, never, kept):
                stopped += 1
                continue
            files.append(("appointment.ics", calendars.of_appointment(AT, said.subject, AT, "one")))
            files.append(("notice.txt", "\n".join(said.seen(Kind.CALENDAR)).encode()))
        seen += [f"{place}: {list(PLAIN)[seed % len(PLAIN)]}" for place, _ in other.in_files(files)]
    yield from _told("calendar entries, three places each", seen, stopped)


def bundles() -> Iterator[Figure]:
    """Papers full of secrets, first page and all, with copies of files that carry one in sight or in their details."""
    seen: list[str] = []
    stopped = 0
    with tempfile.TemporaryDirectory() as scratch:
        for seed in range(CASES):
            pack = planted_pack(seed)
            with tempfile.TemporaryDirectory(dir=scratch) as name:
                found, hits = _bundled(pack, seed, Path(name))
            seen, stopped = seen + found, stopped + hits
    yield from _told("bundles to be served, with copies of exhibits", seen, stopped)


def _bundled(pack: Pack, seed: int, folder: Path) -> tuple[list[str], bool]:
    """What another finder sees in a bundle to be served, and whether our own check stops it."""
    protected, other = pack.world.secrets.protected(), Finder(pack.world.secrets, pack.drawn)
    printed = Printed(planted_draft(seed, of=pack.world)[0], 1, AT + timedelta(days=seed))
    papers = pressing.pressed(printed, protected, folder)
    told = []
    for number, (_, data) in enumerate(redacted(pack), start=1):
        (lies := folder / f"copy{number}").write_bytes(data)
        shown = Shown(ExhibitOf(f"AB/{number}", "file", len(data), f"{number:064x}"), (1,), ())
        copied = Exhibit(number, f"Exhibit {number}", hashlib.sha256(data).hexdigest(), len(data), link_from=lies)
        told.append((laying.enclosed(shown, copied), copied))
    laying.lay(folder / "serve", "serve", papers, told, printed.stamp)
    zip_folder(folder / "serve", folder / "serve.zip", AT, "bundle-to-serve")
    files = [(path.name, path.read_bytes()) for path in sorted((folder / "serve").rglob("*")) if path.is_file()]
    ours = tuple(laying.NAMES.values())
    if any(find([file], protected, pack.drawn, vouched=ours) for file in files):
        return [], True
    return [place for place, _ in other.in_files([("serve.zip", (folder / "serve.zip").read_bytes())])], False


def leaving() -> Iterator[Figure]:
    """All of it, the quick first."""
    for part in (orders_letters, entries, support_letters, forms, bundles):
        yield from part()


LEAVING: dict[str, Callable[[], Iterator[Figure]]] = {"leaving": leaving}
