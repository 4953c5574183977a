"""Records to acts: what counts as contact, and one act told by several sources counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Literal

from joindots.chronology.rules.given import Act, Held
from joindots.chronology.rules.people import BYSTANDER
from joindots.chronology.rules.times import LAST, sort_moment
from joindots.evidence.readers.records import NOT_CONTACT, Communication

Standing = Literal["contact", "incident", "exhibit", "of_others", "not_contact", "kept_back"]
"""What one record is: contact, a row of somebody's own log, a file or photo, another person's message in a
group (its words are kept back), or nothing that counts."""
_FILES = frozenset({"photo", "file"})
_RANK: dict[Standing, int] = {"contact": 0, "incident": 1, "exhibit": 2, "of_others": 3}
_WIDEST = timedelta.max


def standing_of(c: Communication) -> Standing:
    """Drafts, failed and system records never count, nor rows of which nobody can tell what they are.

    A record that its reader kept back shows nothing.
    """
    reason = c.extra.get("kept_back")
    if reason is not None and reason != BYSTANDER:
        return "kept_back"
    if c.kind in NOT_CONTACT or (c.kind == "unknown" and c.channel == "other" and not (c.text or c.sender.shown)):
        return "not_contact"
    if reason == BYSTANDER:
        return "of_others"
    if c.kind == "incident" or c.channel == "log":
        return "incident"
    return "exhibit" if c.channel in _FILES else "contact"


def acts_of(records: Iterable[Held]) -> list[Act]:
    """One act for each record, or for each `dup_group`; in order of time, unknown last, ties by file order.

    The record that shows an act best is contact before a log row before a file, then the one whose time is
    known most exactly, then the first given.
    """
    single: list[Act] = []
    groups: dict[str, list[Held]] = {}
    for held in records:
        if held.c.dup_group is None:
            single.append(Act(held))
        else:
            groups.setdefault(held.c.dup_group, []).append(held)
    acts = single + [_one_act(group) for group in groups.values()]
    acts.sort(key=order)
    return acts


def order(act: Act) -> tuple[object, ...]:
    """Where an act stands: its earliest reading, then the order of the files, then the order in the file."""
    c = act.c
    return (sort_moment(c), act.first.source, c.seq, act.first.at)


def _one_act(group: Sequence[Held]) -> Act:
    best = min(group, key=lambda held: (_RANK.get(standing_of(held.c), 4), _width(held.c), held.at))
    return Act(best, tuple(held for held in group if held is not best))


def _width(c: Communication) -> timedelta:
    if sort_moment(c) is LAST or c.at_earliest is None or c.at_latest is None:
        return _WIDEST
    return c.at_latest - c.at_earliest
