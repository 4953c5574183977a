"""The return of a period: what is reported of each order, and counts with what each was counted from (pure).

The field names are those that a legal team of the police reports (law/data/spo_reporting_fields.csv). An interim and a
full order are one order here: counted apart they would be two for one subject. A cohort, never a mixture: every figure
counts orders whose application was lodged in the period, and says what became of those very orders until today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, Final, Literal
from uuid import UUID

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.small_numbers import FEW, SMALL, shown
from joindots.kernel.words import Words, words
from joindots.law.counting import so_many

FORMAT: Final = "join-the-dots.spo-return/1"
GENDERS: Final[Mapping[str, str]] = {
    "": "not asked", "woman": "woman", "man": "man", "other": "another", "not_said": "did not say",
}  # fmt: skip
SUPPORTS: Final[Mapping[str, str]] = {"": "not known", "yes": "yes", "no": "no"}
CONTESTED: Final[Mapping[str, str]] = {"": "not known", "yes": "yes", "no": "no"}
MOST_LETTERS: Final = 120
OLDEST: Final = 120
NEVER: Final = frozenset({"victim_postcode", "perpetrator_postcode"})
"""Fields of the table that no return holds: where somebody lives leaves the force in no list. They stay empty."""
Outcome = Literal["granted", "refused", "withdrawn", "open"]
OUTCOMES: Final[Mapping[Outcome, Words]] = {
    "granted": words("return_granted", "a full order was made"),
    "refused": words("return_refused", "refused"), "withdrawn": words("return_withdrawn", "withdrawn"),
    "open": words("return_open", "not decided yet"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What is reported of an order beside its steps. Empty: not asked."""

    force_record_reference: str = ""
    division_or_district: str = ""
    court: str = ""
    perpetrator_age: int | None = None
    perpetrator_gender: str = ""
    victim_age: int | None = None
    victim_gender: str = ""
    victim_supports_application: str = ""
    application_contested: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """A step as a return needs it."""

    event: str
    on: date
    ends: date | None = None
    hearing: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An order in a return: its own reference, what happened, and what is reported of it."""

    order: UUID
    matter: str
    kind: str
    """What the two are to each other, in words."""
    facts: Facts
    steps: tuple[Happened, ...]
    reason: bool = False
    """Whether it was written down why it was withdrawn or refused. The words themselves stay with the order."""


@dataclass(frozen=True, slots=True)
class Course:
    """What became of an application."""

    applied: date
    interim: date | None
    full: date | None
    ends: date | None
    outcome: Outcome
    hearing: date | None
    breached: bool
    quashed: bool = False
    decided: date | None = None
    """When the court first decided the application, or the police withdrew it."""

    @property
    def length(self) -> str:
        """How long the full order was made for, counted from its days: whole years, then days."""
        return length_of(self.full, self.ends)


REFERENCE: Final = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9/.-]{0,39}")
RINGS: Final = re.compile(r"(0|44)[0-9]{9,10}")


def is_reference(typed: str) -> bool:
    """Whether something can be a reference of a force's records: one word with a digit, and no telephone number."""
    digits = re.sub(r"[.-]", "", typed)
    return REFERENCE.fullmatch(typed) is not None and RINGS.fullmatch(digits) is None


def can_keep(facts: Facts) -> Decision:
    """Choices of the lists, ages that somebody can have, words that fit a line."""
    ages = (facts.perpetrator_age, facts.victim_age)
    if any(age is not None and not 0 <= age <= OLDEST for age in ages):
        return no("facts_age", "Enter an age in whole years, or leave it empty.")
    chosen = ((facts.perpetrator_gender, GENDERS), (facts.victim_gender, GENDERS),
              (facts.victim_supports_application, SUPPORTS), (facts.application_contested, CONTESTED))  # fmt: skip
    if any(code not in known for code, known in chosen):
        return no("facts_choice", "Choose from the lists.")
    if facts.force_record_reference and not is_reference(facts.force_record_reference):
        return no("facts_reference", "Write the reference alone: letters, digits and / . - with no space. It goes into "
                  "letters, so it is no name, place or telephone number.")  # fmt: skip
    if max(map(len, (facts.force_record_reference, facts.division_or_district, facts.court))) > MOST_LETTERS:
        return no("facts_long", "Shorten it to {most} letters.", most=MOST_LETTERS)
    return YES


def course_of(steps: Sequence[Happened]) -> Course | None:
    """What became of an application, from its steps in their order; None for what was never lodged."""
    said: dict[str, Any] = {}
    for one in steps:
        said.update(_SETS.get(one.event, _nothing)(one))
        if one.event == "appeal_allowed" and said.get("outcome") == "refused":
            said.update(full=one.on, ends=one.ends, outcome="granted")
        elif one.event == "appeal_allowed" and said.get("outcome") == "granted":
            said["quashed"] = True
        elif one.event == "appeal_allowed":  # the main application waits: an interim order refused before is made
            said.setdefault("interim", one.on)
    if "applied" not in said:
        return None
    return Course(
        said["applied"], said.get("interim"), said.get("full"), said.get("ends"), said.get("outcome", "open"),
        said.get("hearing"), said.get("breached", False), said.get("quashed", False), said.get("decided"),
    )  # fmt: skip


def _nothing(_: Happened) -> dict[str, Any]:
    return {}


_SETS: Final[Mapping[str, Callable[[Happened], dict[str, Any]]]] = {
    "complaint_lodged": lambda one: {"applied": one.on},
    "court_makes_interim": lambda one: {"interim": one.on},
    "hearing_listed": lambda one: {"hearing": one.hearing},
    "main_granted": lambda one: {
        "full": one.on,
        "ends": one.ends,
        "outcome": "granted",
        "hearing": None,
        "decided": one.on,
    },
    "main_refused": lambda one: {"outcome": "refused", "hearing": None, "decided": one.on},
    "police_withdraw": lambda one: {"outcome": "withdrawn", "hearing": None, "decided": one.on},
    "renewed": lambda one: {"ends": one.ends},
    "breach_reported": lambda _: {"breached": True},
}


def length_of(made: date | None, ends: date | None) -> str:
    """The length of a full order from its days, both counted: "2 years", "2 years and 10 days", or until further order.

    Never a difference of calendar years: that gives 2 for 31 December 2024 to 1 January 2026.
    """
    if made is None:
        return ""
    if ends is None:
        return "until further order"
    years, after = 0, ends + timedelta(days=1)
    while _years_on(made, years + 1) <= after:
        years += 1
    days = (after - _years_on(made, years)).days
    told = [so_many(years, "year")] if years else []
    return " and ".join([*told, *([so_many(days, "day")] if days or not years else [])])


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February: the period ends with the day before 1 March
        return date(day.year + years, 3, 1)


UNMADE: Final = frozenset({"refused", "withdrawn"})
WRITTEN: Final = "written down with the order"
"""What a return tells of a reason: its free words name people and places, and rows are handed round."""


def fields_of(line: Line) -> dict[str, str]:
    """An order by the field names of the table, as text. What shows where somebody lives is always empty."""
    course, facts = course_of(line.steps), line.facts
    if course is None:
        return {}
    told = {
        "matter_reference": line.matter, "force_record_reference": facts.force_record_reference,
        "division_or_district": facts.division_or_district, "perpetrator_age": _number(facts.perpetrator_age),
        "perpetrator_gender": GENDERS[facts.perpetrator_gender], "perpetrator_type": line.kind,
        "victim_gender": GENDERS[facts.victim_gender], "victim_age": _number(facts.victim_age),
        "victim_supports_application": SUPPORTS[facts.victim_supports_application],
        "application_contested": CONTESTED[facts.application_contested],
        "next_hearing_date_if_contested": _day(course.hearing) if facts.application_contested == "yes" else "",
        "interim_granted": "yes" if course.interim else "no", "date_interim_granted": _day(course.interim),
        "full_order": str(OUTCOMES[course.outcome]), "date_full_order_granted": _day(course.full),
        "date_order_expiry": _day(course.ends), "length_of_order": course.length,
        "reason_for_withdrawal_or_refusal": WRITTEN if line.reason and course.outcome in UNMADE else "",
    }  # fmt: skip
    return {**dict.fromkeys(NEVER, ""), **told}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a return: how many, of how many, and exactly which orders."""

    code: str
    says: Words
    count: int
    of: int
    orders: tuple[UUID, ...]


Told = tuple[Line, Course]
FIGURES: Final[Mapping[str, tuple[Words, Callable[[Told], bool]]]] = {
    "applied": (words("fig_applied", "Applications lodged"), lambda one: True),
    "granted": (words("fig_granted", "Full order made"), lambda one: one[1].outcome == "granted"),
    "refused": (words("fig_refused", "Refused"), lambda one: one[1].outcome == "refused"),
    "withdrawn": (words("fig_withdrawn", "Withdrawn"), lambda one: one[1].outcome == "withdrawn"),
    "open": (words("fig_open", "Not decided yet"), lambda one: one[1].outcome == "open"),
    "interim": (words("fig_interim", "With an interim order first"), lambda one: one[1].interim is not None),
    "further": (words("fig_further", "Made until further order"),
                lambda one: one[1].outcome == "granted" and one[1].ends is None),
    "quashed": (words("fig_quashed", "Made, and quashed on appeal"), lambda one: one[1].quashed),
    "contested": (words("fig_contested", "Contested"), lambda one: one[0].facts.application_contested == "yes"),
    "supported": (words("fig_supported", "The person protected supports it"),
                  lambda one: one[0].facts.victim_supports_application == "yes"),
    "breached": (words("fig_breached", "With a breach recorded"), lambda one: one[1].breached),
}  # fmt: skip
PARTS: Final = ("granted", "refused", "withdrawn", "open")
"""Figures that make up all applications between them."""
BY_FACTS: Final = ("contested", "supported")
"""Figures that rest on what is reported beside the steps, which only those see who may know of the order."""
OF_GRANTED: Final = frozenset({"further", "quashed"})
"""Figures of which the rest would be told by the number of full orders."""


def figures(lines: Iterable[Line], first: date, last: date) -> tuple[Figure, ...]:
    """The figures of a period: of the applications lodged in it, what became of them."""
    cohort = [(one, course) for one in lines if (course := course_of(one.steps)) and first <= course.applied <= last]
    return tuple(_figure(code, cohort) for code in FIGURES)


def _figure(code: str, cohort: Sequence[Told]) -> Figure:
    says, counts = FIGURES[code]
    found = tuple(one[0].order for one in cohort if counts(one))
    return Figure(code, says, len(found), len(cohort), found)


def open_return(
    force: str, first: date, last: date, made: date, told: Sequence[Figure], decided: Sequence[int],
    unknown: Collection[str] = (),
) -> dict[str, Any]:  # fmt: skip
    """A return to publish: counts alone, none from 1 to 4, nor anything that would give one away.

    A period with fewer than five applications is published as that and nothing else. `decided`: days from lodging to
    the decision, of those decided. `unknown`: figures that whoever publishes cannot count whole; they are not shown.
    """
    counts = {one.code: one.count for one in told}
    few = 0 < counts["applied"] < SMALL
    whole = dict.fromkeys(counts) if few else {**_published(counts), **dict.fromkeys(unknown)}
    return {
        "format": FORMAT, "force": force, "from": first.isoformat(), "to": last.isoformat(),
        "made_on": made.isoformat(), "counted": "one for each subject: interim and full orders together",
        "suppressed_below": SMALL,
        "figures": [
            {"code": code, "label": str(FIGURES[code][0]), "count": whole[code],
             "shown": FEW if few and code == "applied" else "not shown" if whole[code] is None else str(whole[code])}
            for code in FIGURES
        ],
        "median_days_to_decision": float(median(decided)) if len(decided) >= SMALL and not few else None,
    }  # fmt: skip


def _published(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Each count with the ones that make up a whole with it."""
    told: dict[str, int | None] = dict(zip(PARTS, shown([counts[one] for one in PARTS]), strict=True))
    for code in counts:
        if code == "applied":
            told[code] = counts[code]
        elif code in OF_GRANTED:
            rest = counts["granted"] - counts[code]
            told[code] = shown([counts[code], rest])[0] if told["granted"] is not None else None
        elif code not in PARTS:
            told[code] = shown([counts[code], counts["applied"] - counts[code]])[0]
    return told
