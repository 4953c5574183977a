"""Acts to drafts of entries: which records stand together under one number, in order of time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from joindots.chronology.rules.acts import order
from joindots.chronology.rules.bundles import LEAST, is_message, is_small_payment, runs_of_messages, runs_of_payments
from joindots.chronology.rules.given import Act
from joindots.chronology.rules.grouping.grouped import UNGROUPED, Grouped
from joindots.evidence.readers.records import Communication

_MATTERS = re.compile(
    r"\b(un)?block(ed)?\b|\bnumber\b.*\bchanged\b|\bchanged\b.*\bnumber\b|\bnew (phone )?number\b", re.IGNORECASE
)
"""System lines that a reader of the chronology must see: a number changed, somebody blocked."""


class Draft(NamedTuple):
    """What will be one entry. Acts stand in order of time; payments in the statement's order."""

    kind: Literal["bundle", "single", "payments", "notice"]
    acts: tuple[Act, ...]
    episode: str = ""
    """The reference of the episode in which all of them stand."""


def drafts_of(acts: Iterable[Act], notices: Iterable[Act], grouped: Grouped = UNGROUPED) -> list[Draft]:
    """Every act is in exactly one draft; `acts` come in order of time."""
    messages: list[Act] = []
    payments: list[Act] = []
    drafts: list[Draft] = [Draft("notice", (act,)) for act in notices if matters(act.c)]
    for act in acts:
        if is_message(act.c):
            messages.append(act)
        elif is_small_payment(act.c):
            payments.append(act)
        else:
            drafts.append(Draft("single", (act,)))
    drafts += _bundled(runs_of_messages(messages, grouped.cut), grouped)
    for run in runs_of_payments(payments, grouped.episode_of):
        drafts.append(Draft("payments" if len(run) > 1 else "single", tuple(run)))
    drafts = [draft._replace(episode=grouped.episode_of(draft.acts[0])) for draft in drafts]
    drafts.sort(key=lambda draft: min(order(act) for act in draft.acts))
    return drafts


def _bundled(runs: Iterable[list[Act]], grouped: Grouped) -> Iterator[Draft]:
    for run in runs:
        if len(run) >= LEAST or (len(run) > 1 and grouped.by_hand(run)):
            yield Draft("bundle", tuple(run))
        else:
            for act in run:
                yield Draft("single", (act,))


def matters(c: Communication) -> bool:
    """Whether a system line stands in the chronology as a notice (it never counts)."""
    return c.kind == "system" and bool(c.text) and _MATTERS.search(c.text or "") is not None
