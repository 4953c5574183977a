"""A person's judgement of risk: its level, what it rests on, who is at risk, and when it is looked at again (pure).

The level is what a named person says. Nothing computes it, converts it from a tool's words, or puts two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.tables import deadlines

MOST_LETTERS: Final = 4_000
MOST_SHORT: Final = 500
MOST_RESTS: Final = 100
LONGEST_REVIEW: Final = timedelta(days=366)
OLDEST: Final = timedelta(days=3660)
"""A judgement, result or change is of the last ten years: an odd day would stretch every picture."""


class Level(StrEnum):
    """A level as a person gave it, highest first. `OPEN` is for who gives no single one."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    STANDARD = "standard"
    OPEN = "open"


LEVEL_WORDS: Final[Mapping[Level, str]] = {
    Level.VERY_HIGH: "Very high", Level.HIGH: "High", Level.MEDIUM: "Medium", Level.STANDARD: "Standard",
    Level.OPEN: "No single level",
}  # fmt: skip
RATED: Final[Mapping[str, str]] = {
    "violence": "Violence", "persistence": "Going on", "recurrence": "Coming back, or somebody new",
    "harm": "Harm to mind and life",
}  # fmt: skip
"""Four risks that are judged apart (domain 4.4)."""
RATINGS: Final[Mapping[str, str]] = {
    "": "not said", "high": "high", "medium": "medium", "low": "low", "uncertain": "uncertain",
}  # fmt: skip
AT_RISK: Final[Mapping[str, str]] = {
    "person": "the person being stalked", "children": "children", "others": "family, friends or others named",
    "staff": "staff", "public": "the public", "reported": "the person reported, from themselves",
}  # fmt: skip
CLOCK: Final[Mapping[Level, str]] = {
    Level.VERY_HIGH: "risk_review_high", Level.HIGH: "risk_review_high", Level.OPEN: "risk_review_high",
    Level.MEDIUM: "risk_review_medium", Level.STANDARD: "risk_review_medium",
}  # fmt: skip
"""Which clock of the table of deadlines suggests the day of review. What is open has the shorter one."""


class Step(StrEnum):
    """What made a version of a judgement."""

    WRITTEN = "written"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


STEP_WORDS: Final[Mapping[Step, str]] = {
    Step.WRITTEN: "written", Step.CORRECTED: "corrected", Step.WITHDRAWN: "withdrawn",
}  # fmt: skip


class State(StrEnum):
    """Whether a judgement stands."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Judging:
    """All that one version of a judgement says."""

    level: str
    made_on: date
    review_on: date
    reasons: str
    at_risk: tuple[str, ...] = ()
    others: str = ""
    """Who else is meant, by name or description."""
    next_steps: str = ""
    ratings: tuple[tuple[str, str], ...] = ()
    """Pairs of a code of `RATED` and one of `RATINGS`."""
    assessments: tuple[str, ...] = ()
    """Ids of the forms and results that it rests on."""
    entries: tuple[str, ...] = ()
    """References of entries of the log that it rests on."""
    whose: str = ""
    """Whose judgement it is, as told, where it is not the writer's own: name, role, agency."""


def review_by(level: str, made_on: date) -> date:
    """The day the clock of a level suggests; the source of the clock stands in the table of deadlines."""
    amount = deadlines()[CLOCK[Level(level)]].amount
    assert amount is not None
    return made_on + timedelta(days=min(amount, (date.max - made_on).days))


def clock_says(level: str) -> str:
    """`high: within 7 days (our default)`: what the suggestion rests on."""
    clock = deadlines()[CLOCK[Level(level)]]
    mark = "; verify before relying on it" if clock.verify else ""
    return f"{LEVEL_WORDS[Level(level)].lower()}: within {clock.amount} {clock.unit} (our default{mark})"


def can_judge(said: Judging, today: date) -> Decision:
    """A level, its reasons, who is at risk, and a day on which it is looked at again. Nothing may be left to guess."""
    if said.level not in set(Level):
        return no("level_missing", "Choose the level as you judge it, or “no single level”.")
    if not said.reasons.strip():
        return no("reasons_missing", "Write your reasons. They are the judgement; the level is its short name.")
    if not said.at_risk:
        return no("at_risk_missing", "Say who is at risk.")
    if not _from_lists(said):
        return no("judging_unknown", "Choose from the answers shown.")
    if said.level == Level.OPEN and not any(value for _, value in said.ratings):
        return no("ratings_missing", "You give no single level: say at least one of the four risks.")
    if said.made_on > today:
        return no("made_ahead", "Enter the day of the judgement: today or earlier.")
    if today - said.made_on > OLDEST:
        return no("made_old", "Enter a day of the judgement within the last ten years.")
    return _can_review(said)


def _can_review(said: Judging) -> Decision:
    if said.review_on <= said.made_on:
        return no("review_before", "Enter a day of review after the day of the judgement.")
    if said.review_on - said.made_on > LONGEST_REVIEW:
        return no("review_far", "Enter a day of review within a year.")
    if max(len(said.reasons), len(said.next_steps)) > MOST_LETTERS:
        return no("reasons_long", "Shorten reasons and next steps to {most} letters each.", most=f"{MOST_LETTERS:,}")
    if max(len(said.others), len(said.whose)) > MOST_SHORT:
        return no("others_long", "Shorten who is at risk and whose judgement it is to {most} letters.", most=MOST_SHORT)
    if len(said.assessments) + len(said.entries) > MOST_RESTS:
        return no("rests_many", "Choose at most {most} things that it rests on.", most=MOST_RESTS)
    return YES


def _from_lists(said: Judging) -> bool:
    rated = all(name in RATED and value in RATINGS for name, value in said.ratings)
    return rated and set(said.at_risk) <= set(AT_RISK)


def can_change(now: State) -> Decision:
    """What was withdrawn is not changed any more; a new judgement is made instead."""
    if now is State.STANDS:
        return YES
    return no("judgement_withdrawn", "This judgement was withdrawn. Make a new one instead.")


def can_touch(mine: bool) -> Decision:
    """A judgement is corrected or withdrawn by whoever wrote it."""
    if mine:
        return YES
    return no("not_your_judgement", "This is somebody else’s judgement. Make your own: both stand side by side.")


def at_risk_says(at_risk: Sequence[str], others: str = "") -> str:
    """`the person being stalked, children (Isla)`, in the form's order."""
    said = ", ".join(words for code, words in AT_RISK.items() if code in at_risk)
    return f"{said} ({others})" if others else said


def ratings_say(ratings: Sequence[tuple[str, str]]) -> str:
    """`Violence uncertain; going on high`; nothing for what was not said."""
    told = [f"{words} {RATINGS[dict(ratings)[code]]}" for code, words in RATED.items() if dict(ratings).get(code)]
    said = "; ".join(told)
    return said[:1] + said[1:].replace("; Going", "; going").replace("; Coming", "; coming").replace("; Harm", "; harm")


def name_of(whose: str) -> str:
    """`Dr Sam Example` of `Dr Sam Example, psychologist, a trust`; empty of nothing."""
    return whose.partition(",")[0].strip()
