"""Rules of the paired questions and of the ledger of costs and losses (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from joindots.casework.rules.saying import LONG, SHORT, can_say, first_refusal, not_to_come, one_of
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import words
from joindots.law.support import cope_questions

LEAST, MOST = 1, 5
SCALE = "1 is “not at all as I want it”, 5 is “as I want it”. Any question can be left out."
STILL_WORDS = {"yes": "still happening", "less": "still happening, less", "no": "not happening now",
               "not_sure": "not sure"}  # fmt: skip
"""What the person says of the stalking. A gap in contact is no end of it, and nobody must say that it is over."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One asking of the questions: the day, what is said of the stalking, marks and words by question, own words."""

    on: date
    still: str
    marks: Mapping[str, int]
    said: Mapping[str, str]
    own: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question at the start and at a later day, side by side. Nothing is taken away from or added to anything."""

    question: str
    marks: tuple[int | None, ...]
    said: tuple[str, ...]


def can_keep(asked: Asked, today: date) -> Decision:
    """Marks of known questions from 1 to 5; at least one thing said."""
    if not asked.marks and not asked.own.strip() and not any(one.strip() for one in asked.said.values()):
        return no("nothing_asked", "Answer at least one question, or write a few words.")
    if any(not LEAST <= mark <= MOST for mark in asked.marks.values()):
        return no("mark_odd", "Marks go from {least} to {most}.", least=LEAST, most=MOST)
    known = cope_questions()
    return first_refusal(
        one_of(asked.still, STILL_WORDS), not_to_come(asked.on, today), can_say(asked.own),
        *(one_of(code, known) for code in (*asked.marks, *asked.said)),
        *(can_say(text, most=LONG) for text in asked.said.values()),
    )  # fmt: skip


def pairs(asked: Iterable[Asked]) -> tuple[Pair, ...]:
    """Every question that was answered once at least, with each asking's answer beside the others, oldest first."""
    told = sorted(asked, key=lambda one: one.on)
    return tuple(
        Pair(one.question, tuple(each.marks.get(code) for each in told),
             tuple(each.said.get(code, "") for each in told))
        for code, one in cope_questions().items()
        if any(code in each.marks or each.said.get(code) for each in told)
    )  # fmt: skip


COST_WORDS = {
    "security": "locks, alarm, camera, lighting", "travel": "travel", "phone": "phone and devices",
    "moving": "moving and rent", "earnings": "earnings lost", "therapy": "therapy and health",
    "children": "childcare and school", "property": "damage and cleaning", "legal": "legal costs", "other": "other",
}  # fmt: skip
CLAIM_WORDS = {"no": "not claimed yet", "claimed": "claimed", "paid": "paid back", "refused": "refused"}
MOST_PENCE = 100_000_000
_AMOUNT = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d{1,2}))?\s*(p?)", re.ASCII)


def pence_of(typed: str) -> int | None:
    """The pence of an amount as people write it (`£12.50`, `1,200`, `80p`); None where it can be read in two ways."""
    found = _AMOUNT.fullmatch(typed.strip())
    if found is None:
        return None
    whole, part, pence = found[1].replace(",", ""), found[2], found[3]
    if pence:
        return None if part or typed.strip().startswith("£") else int(whole)
    return int(whole) * 100 + int((part or "0").ljust(2, "0"))


def pounds(pence: int) -> str:
    """`£1,234.50`."""
    return f"£{pence // 100:,}.{pence % 100:02}"


def can_add_cost(kind: str, what: str, pence: int | None, on: date, today: date, receipt: str) -> Decision:
    """What it was, when, and an amount above nothing."""
    if pence is None or not 0 < pence <= MOST_PENCE:
        return no("amount_odd", "Enter an amount such as £12.50.")
    return first_refusal(
        one_of(kind, COST_WORDS), can_say(what, words("cost_what", "Say what it was for."), SHORT),
        not_to_come(on, today), can_say(receipt, most=SHORT),
    )  # fmt: skip


def can_claim(now: str, to: str) -> Decision:
    """Another state of the claim than it has."""
    if to == now:
        return no("claim_same", "This is what it says already.")
    return one_of(to, CLAIM_WORDS)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one kind: how many entries, of which so many with a receipt and so many claimed."""

    kind: str
    entries: int
    receipts: int
    claimed: int
    pence: int

    @property
    def says(self) -> str:
        """The sum as an amount."""
        return pounds(self.pence)


def totals(costs: Iterable[tuple[str, int, bool, str]]) -> tuple[Total, ...]:
    """Totals by kind in the order of the list: (kind, pence, has a receipt, state of the claim) of each entry."""
    told = list(costs)
    return tuple(
        Total(
            COST_WORDS[kind], len(rows), sum(row[2] for row in rows), sum(row[3] != "no" for row in rows),
            sum(row[1] for row in rows),
        )
        for kind in COST_WORDS
        if (rows := [row for row in told if row[0] == kind])
    )  # fmt: skip


def can_withdraw(*, withdrawn: bool, why: str) -> Decision:
    """Once, with the reason: the entry stays, struck through."""
    if withdrawn:
        return no("withdrawn", "This was withdrawn already.")
    return first_refusal(YES, can_say(why, words("why_withdrawn", "Say why it is withdrawn.")))
