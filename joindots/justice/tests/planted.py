"""Generated facts of a case file with secrets planted in every field, each written in another way, for the leak bar."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from joindots.documents.leaks.finding import find
from joindots.documents.order_papers import papers_docx, papers_pdf
from joindots.documents.redaction import texts
from joindots.documents.tests.disguises import PLAIN
from joindots.documents.tests.independent import Finder
from joindots.documents.tests.world import World
from joindots.justice.rules import case_file
from joindots.justice.rules import file_forms as rules
from joindots.justice.rules.file_forms import ADVICE, BAIL, COURSE, BailOrder, FileFacts, Happening, Piece
from joindots.kernel.dots import Term
from joindots.law.case_file import file_forms, sections_of

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
FORMS = tuple(one for one in file_forms().values() if sections_of(one.code))


def planted_facts(seed: int) -> tuple[FileFacts, World]:
    """Facts in whose every free field a secret stands."""
    rng = random.Random(seed)
    world = World(rng)
    ways, secrets = list(PLAIN.values()), world.secrets.each()[:-1]

    def hidden() -> str:
        return f"{world.said(2)} {rng.choice(ways)(rng.choice(secrets), rng)} {world.said(1)}"

    first = date(2026, 5, 1)
    events = ["bailed", *sorted((COURSE | ADVICE | BAIL | {"officer_named"}) - {"bailed"})]
    steps = tuple(
        Happening(event=one, label="What happened", on=first + timedelta(days=n), who=hidden(), note=hidden())
        for n, one in enumerate(events)
    )
    material = tuple(
        Piece(act=bool(n % 2), use=use, schedule=hidden(), when="1 May", what="file", reference=f"AB/{n}",
              producer=hidden())
        for n, use in enumerate([*case_file.USES, *case_file.USES])
    )  # fmt: skip
    return FileFacts(
        force="Northshire", reference=hidden(), reported_on=first, offence="Stalking", victim=hidden(), steps=steps,
        counts=("Stalking",), material=material, asks=((hidden(), hidden(), "given"),),
        points=(("A course of conduct", hidden(), "nothing"),),
        bail=(BailOrder(made=first, says=hidden(), terms=(Term(hidden(), first, None),)),),
    ), world  # fmt: skip


def leaked(facts: FileFacts, world: World, folder: Path, pressed: Collection[str]) -> tuple[list[str], int, int]:
    """Forms in which an independent finder sees what passed, how many our own check stopped after all was kept back,
    and how many were stopped for words that a person wrote for their reader. Those named are pressed, all are written.
    """
    protected, other = world.secrets.protected(), Finder(world.secrets, lambda _: [])
    seen: list[str] = []
    blocked = stopped = 0
    for form in FORMS:
        draft = rules.drafted(form, facts, lambda said: texts.text(said, protected).text)
        stopped += draft.stops
        files = [("form.docx", papers_docx(draft.papers))]
        if form.code in pressed:
            files.append(("form.pdf", papers_pdf({"form": draft.papers}, AT, folder)["form"]))
        hits = [one for file in files for one in find([file], protected)]
        blocked += bool(hits)
        seen += [f"{form.code}: {place}" for place, _ in other.in_files(files) if not hits]
    return seen, blocked, stopped
