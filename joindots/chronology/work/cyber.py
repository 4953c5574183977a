"""What was noted of captures and of looks at devices, in the words of a pack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology.rules.given import Captured
from joindots.evidence import queries as evidence
from joindots.kernel.when import day_says
from joindots.law import tables


def captured(actor: Actor, case: Ref) -> dict[str, tuple[Captured, ...]]:
    """What stands of each captured file, by its SHA-256. A capture that was withdrawn says nothing in a pack."""
    found: defaultdict[str, list[Captured]] = defaultdict(list)
    for one in evidence.captures_of(actor, case):
        if one.stands and one.file is not None:
            when = one.when.says() if one.when.earliest or one.when.latest else one.when.given
            found[one.file.sha256].append(
                Captured(one.shows_words, one.address, one.account, when, one.who_words, one.who == "writer",
                         one.received)
            )  # fmt: skip
    return {sha256: tuple(those) for sha256, those in found.items()}


def looks(actor: Actor, case: Ref) -> Iterator[str]:
    """Each look at a device or account, with what came of it: of each thing its newest note, one sentence each."""
    known = tables.device_checks()
    for code, notes in evidence.checks_of(actor, case).items():
        for one in notes:
            what = known[code].label if code in known else code
            said = "; ".join(part for part in (one.outcome_words, one.says) if part)
            yield f"{what}: {said}. Noted {day_says(one.at)} by {one.by}."
