"""Which entries a shown rule suggests as acts relied on: first, last, after each warning, each kind once (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from joindots.evidence.rules.entries import BY_THEM, KINDS
from joindots.kernel.when import When, midnight
from joindots.orders.rules.packs import MOST_ACT_WORDS, in_order

RULE = "the first, the last, the first certainly after each warning, and each kind once"
"""The rule in words, as the page shows it."""
TOLD: dict[str, str] = {
    "client": "told by the person protected", "writer": "seen by whoever wrote it down",
    "other": "told by somebody else: hearsay",
}  # fmt: skip
"""What the source of an act is, by who told it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that could be relied on: when, what kinds, and the code of who did it."""

    entry: str
    when: When
    kinds: tuple[str, ...]
    doer: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """An entry that the rule suggests, and why."""

    entry: str
    because: tuple[str, ...]


def suggested(entries: Sequence[Candidate], warned: Collection[date]) -> tuple[Suggested, ...]:
    """What the rule suggests of these entries, in order of time, each with every reason; nothing is ticked by it.

    Entries said to be by somebody else, or by nobody knows whom, are not suggested. An entry whose time is not known
    is neither first nor last, and comes after a warning only if every reading of its time does.
    """
    mine = sorted((one for one in entries if one.doer in ("", *BY_THEM)), key=lambda one: in_order(one.when))
    dated = [one for one in mine if one.when.earliest is not None]
    because: dict[str, list[str]] = {}

    def add(one: Candidate, why: str) -> None:
        because.setdefault(one.entry, []).append(why)

    if dated:
        add(dated[0], "the first")
        add(dated[-1], "the last")
    for day in sorted(set(warned)):
        after = next((one for one in dated if one.when.certainly_after(midnight(day)) and not _on(one, day)), None)
        if after is not None:
            add(after, f"the first after the warning of {day.day} {day:%b %Y}")
    seen: set[str] = set()
    for one in mine:
        for kind in one.kinds:
            if kind not in seen:
                seen.add(kind)
                add(one, f"the first of its kind: {KINDS[kind].says.lower() if kind in KINDS else kind}")
    return tuple(Suggested(one.entry, tuple(because[one.entry])) for one in mine if one.entry in because)


def _on(one: Candidate, day: date) -> bool:
    """Whether it may have been on the day of the warning itself, before or after it."""
    following = midnight(date.fromordinal(day.toordinal() + 1))
    return one.when.earliest is not None and one.when.earliest < following


def in_few_words(kinds: str, words: str, most: int = MOST_ACT_WORDS) -> str:
    """A first line for the schedule: the entry's own words where they are few enough, else their beginning, marked."""
    said = " ".join(words.split()) or kinds
    found = said.split(" ")
    return said if len(found) <= most else " ".join(found[: most - 1]) + " …"
