"""Rules of a safety plan: eight areas, what the person already does first, and the plain sheet they keep (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from joindots.casework.rules.saying import LONG, SHORT, can_say, first_refusal, one_of
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.words import words

AREA_WORDS = {
    "home": "Home", "travel": "Travel", "work": "Work or study", "online": "Phone and online", "children": "Children",
    "finance": "Money", "court": "Court", "people": "People who help",
}  # fmt: skip
"""The eight areas of a plan, in the order in which a plan shows them."""
DEVICE_WORDS = {
    "phone": "phone", "computer": "computer or tablet", "accounts": "accounts and e-mail", "car": "car",
    "home": "things at home: doorbell, camera, speaker, router", "children": "a child's phone or console",
    "wearable": "watch or tracker",
}  # fmt: skip
WHOSE = ("victim", "secondary", "child")
"""Whose plan can be written, by how they stand in the case."""
TITLE = "Notes"
"""What the person's own sheet is called, on page, paper and as a file: it says nothing to whoever finds it."""
NOTHING = "No plan yet. Start with what the person already does to stay safe."
NOT_AGREED = words("plan_not_agreed", "No version was agreed yet. Agree the plan with them first.")
DEVICE_FIRST = (
    "Before anything is changed: taking away a tracker or changing a password can be noticed. Plan first, keep the "
    "evidence first, ask the police. Use a device the other person cannot see."
)
"""Device safety as domain notes 13.3 have it."""


class Kind(StrEnum):
    """What a line of a plan is."""

    ALREADY = "already"
    STEP = "step"
    DEVICE = "device"


class StepState(StrEnum):
    """Where a line stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


HOLD_WORDS = {
    "unknown": "nobody has asked yet", "yes": "they can keep a copy safely",
    "no": "not safe to keep a copy: show it, do not hand it over",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a plan as it is written down."""

    kind: str
    area: str
    what: str
    who: str = ""
    by_when: date | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class SheetArea:
    """One area of the person's own sheet: what they already do, then what comes next."""

    label: str
    already: tuple[str, ...]
    steps: tuple[str, ...]


def can_add(step: Step) -> Decision:
    """A line has an area and words; a step about a device names which."""
    return first_refusal(
        one_of(step.kind, set(Kind)),
        one_of(step.area, AREA_WORDS),
        can_say(step.what, words("step_empty", "Say what is done, in a few words.")),
        can_say(step.who, most=SHORT),
        one_of(step.device, DEVICE_WORDS) if step.kind == Kind.DEVICE else YES,
    )


def can_end(state: str, to: str, why: str) -> Decision:
    """An open line is done, or dropped with the reason."""
    if state != StepState.OPEN:
        return no("step_ended", "This line was ended already.")
    if to not in (StepState.DONE, StepState.DROPPED):
        return no("choice_unknown", "Choose one of the list.")
    missing = words("why_dropped", "Say why it is dropped.") if to == StepState.DROPPED else None
    return can_say(why, missing, LONG)


def can_agree(lines: int, review_on: date | None, today: date) -> Decision:
    """A plan that says something, with a day on which it is looked at again."""
    if not lines:
        return no("plan_empty", "Write down one thing first. Begin with what the person already does.")
    if review_on is None or review_on <= today:
        return no("review_past", "Choose a day to come on which you look at the plan again.")
    return YES


def can_hand_over(hold: str) -> Decision:
    """A copy leaves only where the person said that keeping one is safe."""
    if hold == "yes":
        return YES
    return no(
        "not_safe_to_hold",
        "Nobody has said that keeping a copy is safe. Ask first, then say so on the plan. You can show it on the page.",
    )


def sheet_of(steps: Iterable[Step]) -> tuple[SheetArea, ...]:
    """The person's own sheet: each area with something in it, what they already do before what comes next."""
    told = list(steps)
    return tuple(
        SheetArea(label, _lines(told, area, already=True), _lines(told, area, already=False))
        for area, label in AREA_WORDS.items()
        if any(one.area == area for one in told)
    )


def _lines(steps: Iterable[Step], area: str, *, already: bool) -> tuple[str, ...]:
    return tuple(line(one) for one in steps if one.area == area and (one.kind == Kind.ALREADY) == already)


def line(step: Step) -> str:
    """One line in plain words: what, who, by when."""
    device = f" ({DEVICE_WORDS[step.device]})" if step.device else ""
    who = f" – {step.who.strip()}" if step.who.strip() else ""
    when = f", by {step.by_when:%a} {step.by_when.day} {step.by_when:%b %Y}" if step.by_when else ""
    return f"{step.what.strip()}{device}{who}{when}"
