"""The form of a judgement: what was typed, kept as it is while something is missing, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from joindots.risk.rules.judging import AT_RISK, LEVEL_WORDS, RATED, RATINGS, Judging, Level, clock_says, review_by

NO_DAY = "Enter the day of the judgement, for example 17 November 2025."
NO_REVIEW = "Enter the day of review, for example 24 November 2025, or leave it empty for the default."
FIELD_OF = {
    "level_missing": "level", "reasons_missing": "reasons", "reasons_long": "reasons", "at_risk_missing": "at_risk",
    "ratings_missing": "violence", "made_ahead": "made_on", "made_old": "made_on",
    "review_before": "review_on", "review_far": "review_on",
    "others_long": "others", "why_missing": "why", "why_long": "why",
}  # fmt: skip
"""Which field a rule's refusal belongs to."""


class NotWhole(Exception):
    """Something is missing: the field, and the cure."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the form holds."""

    level: str = ""
    made_on: str = ""
    review_on: str = ""
    reasons: str = ""
    others: str = ""
    next_steps: str = ""
    whose: str = ""
    why: str = ""
    at_risk: tuple[str, ...] = ()
    assessments: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    ratings: tuple[tuple[str, str], ...] = ()


def sheet_of(given: QueryDict) -> Sheet:
    """What was sent."""

    def text(name: str) -> str:
        return given.get(name, "")

    def several(name: str) -> tuple[str, ...]:
        return tuple(given.getlist(name))

    return Sheet(
        text("level"), text("made_on"), text("review_on"), text("reasons"), text("others"), text("next_steps"),
        text("whose"), text("why"), several("at_risk"), several("assessments"), several("entries"),
        several("prompts"), tuple((code, text(code)) for code in RATED),
    )  # fmt: skip


def blank(today: date, again: Judging | None = None) -> Sheet:
    """A fresh one, of today. Of one that is made again it takes over whose it is and who is at risk; no level and no
    reasons are ever suggested.
    """
    if again is None:
        return Sheet(made_on=today.isoformat())
    return Sheet(made_on=today.isoformat(), at_risk=again.at_risk, others=again.others, whose=again.whose)


def filled(said: Judging) -> Sheet:
    """What a judgement says, to be corrected."""
    return Sheet(
        said.level, said.made_on.isoformat(), said.review_on.isoformat(), said.reasons, said.others, said.next_steps,
        said.whose, "", said.at_risk, said.assessments, said.entries, (), said.ratings,
    )  # fmt: skip


def judging_of(sheet: Sheet) -> Judging:
    """What the form says; `NotWhole` where a day cannot be read. An empty day of review is the default of the level."""
    made_on = _day(sheet.made_on, "made_on", NO_DAY)
    if sheet.review_on:
        review_on = _day(sheet.review_on, "review_on", NO_REVIEW)
    else:
        review_on = review_by(sheet.level, made_on) if sheet.level in set(Level) else made_on
    return Judging(
        sheet.level, made_on, review_on, sheet.reasons, sheet.at_risk, sheet.others, sheet.next_steps, sheet.ratings,
        sheet.assessments, sheet.entries, sheet.whose,
    )  # fmt: skip


def choices(sheet: Sheet) -> dict[str, object]:
    """What the template offers: levels, the four risks, who is at risk, and the default days of review."""
    given = dict(sheet.ratings)
    return {
        "levels": [(level.value, words, sheet.level == level) for level, words in LEVEL_WORDS.items()],
        "rated": [(code, words, given.get(code, "")) for code, words in RATED.items()],
        "ratings": RATINGS.items(),
        "at_risk": [(code, words, code in sheet.at_risk) for code, words in AT_RISK.items()],
        "clocks": _clocks((Level.HIGH, Level.MEDIUM)),
    }


def _clocks(levels: Sequence[Level]) -> str:
    return "; ".join(clock_says(level) for level in levels)


def _day(typed: str, field: str, says: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise NotWhole(field, says) from None
