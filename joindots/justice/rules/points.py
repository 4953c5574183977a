"""What may be said of the points to prove, and when something is missing at one (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.clocks import System
from joindots.law.crime_course import offences_in
from joindots.law.points import Point, points_of

SAYS: Mapping[str, str] = {
    "shown": "shown by what is linked", "not_shown": "not shown yet", "cannot_tell": "can’t tell",
}  # fmt: skip
NONE = "none"
"""The judgement of the whole that no offence of the list is shown."""
MOST_WHY = 2000
MOST_AT_ONCE = 200
NO_ACT = "No act linked to this point yet."
NO_WORDS = "Nobody has written anything about this point yet."
NOTHING_MISSING = "Nothing missing from what has been entered"


def can_point(point: str, system: System) -> Decision:
    """Whether a point is one of the law system of the crime."""
    if any(one.code == point for one in points_of(system)):
        return YES
    return no("point_unknown", "Choose a point from the list.")


def can_link(chosen: Collection[str]) -> Decision:
    """Whether something was chosen, and not more than can be looked at."""
    if not chosen:
        return no("none_chosen", "Tick the acts or files that speak to this point first.")
    if len(chosen) > MOST_AT_ONCE:
        return no("too_many_chosen", "Link {most} at a time at most.", most=MOST_AT_ONCE)
    return YES


def can_judge(says: str, why: str) -> Decision:
    """Whether a judgement of a point says what it must."""
    if says not in SAYS:
        return no("judgement_unknown", "Choose what you make of this point.")
    return _because(why)


def can_conclude(offence: str, why: str, system: System) -> Decision:
    """Whether a judgement of the whole names an offence of the law system, or none, with its reasons."""
    if offence != NONE and offence not in offences_in(system):
        return no("judgement_unknown", "Choose an offence, or that none is shown.")
    return _because(why)


def _because(why: str) -> Decision:
    if not why.strip():
        return no("judgement_why", "Write why. The reasons stay with it.")
    if len(why) > MOST_WHY:
        return no("words_long", "Shorten it to {most} letters.", most=MOST_WHY)
    return YES


def gap_of(point: Point, linked: int, says: str) -> str:
    """What is missing at a point, in a sentence; empty where nothing is. A judgement alone links no act."""
    if point.acts:
        return "" if linked else NO_ACT
    return "" if says else NO_WORDS
