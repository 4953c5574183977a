"""Versions of a report to the police as a force's own system told them: what stood after each, and what differs (pure).

A version is codes and days as they came: a column left out tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from joindots.casework.rules.referring import BY_WORDS, OFFERED_WORDS, STAGE_WORDS, TAKEN_WORDS, WHY_NOT_WORDS, Stage
from joindots.casework.rules.referring import Offered as Offer
from joindots.kernel.when import day_says, midnight

OFFER = ("offered", "on", "offer_by", "taken", "why_not")
"""An offer is told whole: what it does not say any more is no more."""
LABELS: Mapping[str, str] = {
    "stage": "What became of the report", "offered": "Offer of a specialist", "on": "Offered on",
    "offer_by": "Offered by", "taken": "Taken up", "why_not": "Why not",
}  # fmt: skip
_WORDS: Mapping[str, Mapping[str, str]] = {
    "stage": {str(code): says for code, says in STAGE_WORDS.items()},
    "offered": {str(code): says for code, says in OFFERED_WORDS.items()},
    "offer_by": BY_WORDS, "taken": TAKEN_WORDS, "why_not": WHY_NOT_WORDS,
}  # fmt: skip
NOTHING: Mapping[str, str] = {"stage": Stage.REPORTED.value, "offered": Offer.NOT_KNOWN.value}
"""What a report says of which nobody has told anything yet."""


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing that is otherwise than before, in words; empty where nothing was said, or is any more."""

    label: str
    was: str
    now: str


def stands_after(before: Mapping[str, str], told: Mapping[str, str]) -> Mapping[str, str]:
    """What stands after a version: it never takes back what is known by not knowing it."""
    stands = dict(before)
    if told.get("stage", Stage.REPORTED) != Stage.REPORTED:
        stands["stage"] = told["stage"]
    if told.get("offered", Offer.NOT_KNOWN) != Offer.NOT_KNOWN:
        stands = {name: value for name, value in stands.items() if name not in OFFER}
        stands |= {name: told[name] for name in OFFER if told.get(name)}
    return stands


def differs(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Differs, ...]:
    """What is otherwise, in the order in which a report says it."""
    return tuple(
        Differs(label, in_words(name, before.get(name, "")), in_words(name, after.get(name, "")))
        for name, label in LABELS.items() if before.get(name, "") != after.get(name, "")
    )  # fmt: skip


def each_after(told: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """What stood after each version, in the order they came."""
    stood: list[Mapping[str, str]] = []
    for one in told:
        stood.append(stands_after(stood[-1] if stood else NOTHING, one))
    return stood


def in_words(name: str, value: str) -> str:
    """One value as people say it."""
    if name == "on" and value:
        return day_says(midnight(date.fromisoformat(value)))
    return _WORDS.get(name, {}).get(value, value)
