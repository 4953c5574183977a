"""Generated applications with secrets planted in every field, each written in another way, for the leak bar."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from joindots.documents.tests.disguises import PLAIN
from joindots.documents.tests.independent import Finder
from joindots.documents.tests.world import World
from joindots.kernel.when import Precision, When
from joindots.orders.rules.packs import FORMS, TOUCHES, Act, Draft, ExhibitOf, Term
from joindots.orders.rules.papers import Printed
from joindots.orders.work import pressing

START = datetime(2025, 6, 10, 12, tzinfo=UTC)


def planted_draft(seed: int, acts: int = 4, *, in_term: bool = False, of: World | None = None) -> tuple[Draft, World]:
    """A draft in whose every field but the terms and the names a secret stands, the court and the applicant of its
    first page too; with `in_term` in the terms too. `of` are the people whose secrets they are.
    """
    rng = random.Random(seed)
    world = of or World(rng)
    ways, secrets = list(PLAIN.values()), world.secrets.each()[:-1]

    def hidden() -> str:
        return f"{world.said(2)} {rng.choice(ways)(rng.choice(secrets), rng)} {world.said(1)}"

    sheets = {
        part: {one.code: hidden() for one in form.fields if one.kind in ("line", "text")}
        for part, form in FORMS.items() if part not in ("respondent", "protected")
    }  # fmt: skip
    sheets |= {
        "respondent": {"name": "Callum Rowan Pryce", "court": hidden(), "applicant": hidden()},
        "protected": {"names": "The applicant’s protected person"},
    }
    sheets["risk"]["served"], sheets["interim"]["asked"] = rng.choice(["", "yes"]), "yes"
    told = tuple(
        Act(UUID(int=n), n, When(at := START + timedelta(days=n), at, Precision.MINUTE), hidden(), f"E{n}", ("near",),
            "client", hidden(), hidden(), ExhibitOf(f"AB/{n}", "picture", 1000 * n, f"{n:064x}"), "ABC")
        for n in range(1, acts + 1)
    )  # fmt: skip
    text = hidden() if in_term else "Not to contact the protected person by any means."
    term = Term(UUID(int=9999), 1, "P01", text, (1,), hidden(), dict.fromkeys(TOUCHES, "settled"), hidden(), hidden())
    return Draft("NS-1", sheets, acts=told, terms=(term,)), world


def leaked(draft: Draft, world: World, folder: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What an independent finder sees in the copy to be served, and what our own check finds in all three files."""
    protected = world.secrets.protected()
    made = pressing.pressed(Printed(draft, 1, START), protected, folder)
    seen = Finder(world.secrets, lambda _: []).in_files([(f"{what}.pdf", data) for what, data in made.items()])
    return seen, list(pressing.found_in(made, protected))
