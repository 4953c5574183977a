"""The clocks and limits of a crime in sentences, each with how it was counted and where it comes from (pure).

Facts to show; whether a case falls under one is for people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from joindots.kernel.problems import RuleBroken
from joindots.law import counting
from joindots.law.catalogue import catalogue
from joindots.law.clocks import due_on
from joindots.law.counting import day_said
from joindots.law.crime_alarms import review_time
from joindots.law.crime_course import Course, is_limited, is_summary, limit_of, offences_in
from joindots.law.crime_life import AT_COURT, LIVE, REOPENED
from joindots.law.limits import longest_sentence
from joindots.law.reading import Fact as Row
from joindots.law.tables import deadlines, offences, outcomes


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence with its counting, its source and what of it must be checked."""

    says: str
    counting: tuple[str, ...] = ()
    source: str = ""
    mark: str = ""


def facts_of(course: Course, today: date) -> tuple[Fact, ...]:
    """What the days of a crime mean, in the order in which they matter."""
    return (*_limit(course), *_bail(course), *_review(course), *_outcome(course), *_sentence(course, today))


def _with(says: str, row: Row, *counted: str) -> Fact:
    return Fact(says, counted, row.source, row.mark)


def _limit(course: Course) -> Iterator[Fact]:
    limited, stopped = is_limited(course.offence), course.life.stage in REOPENED
    shown = course.life.stage in LIVE or (stopped and limited and course.last_act is not None)
    if course.system != "england_wales" or not shown:
        return
    row = deadlines()["s2a_laying_information"]
    if is_summary(course.offence) and not limited:
        own = offences()[course.offence]
        yield _with(f"Proceedings for this offence: {own.prosecution_time_limit}. It is not counted here.", own)
        return
    if course.last_act is None:
        yield _with("The day of the last act is not written down. An offence that magistrates alone can try, such as "
                    "section 2 or 2A, must be begun within six months of it.", row)  # fmt: skip
        return
    day = limit_of(course.last_act)
    counted = counting.months(course.last_act, row.amount or 0, day)
    again = "If it is opened again, proceedings for this offence must still begin"
    head = again if stopped else "Proceedings for this offence must begin" if limited else (
        "As it is recorded, the offence has no such limit. If only section 2 or 2A can be charged, it must begin"
    )  # fmt: skip
    yield _with(f"{head} by {day_said(day)}.", row, *counted)


def _bail(course: Course) -> Iterator[Fact]:
    if course.system != "england_wales" or course.arrested is None or course.life.bail != "police":
        return
    row, last = deadlines()["bail_pre_initial"], due_on("bail_pre_initial", course.arrested)
    clock = catalogue()["bail_pre_initial"]
    yield Fact(
        f"Arrested on {day_said(course.arrested)}: the first period of bail before charge ends on {day_said(last)} at "
        "the latest, unless it was made longer.",
        tuple(counting.months_next_day(course.arrested, row.amount or 0, last)), row.source, clock.mark,
    )  # fmt: skip


def _review(course: Course) -> Iterator[Fact]:
    time, stop = review_time(course), course.stopped
    if stop is not None and stop.told_on is None and course.tells and course.life.stage != "not_recorded":
        yield Fact("Nobody has written down that the person was told of this decision. The time for a review begins "
                   "when they are.")  # fmt: skip
    if course.reviewed is not None and course.tells:
        yield Fact(f"A review left the decision as it is, on {day_said(course.reviewed)}. No time for another is "
                   "known here. Ask whoever reviewed it, or a lawyer, what can still be done.")  # fmt: skip
        return
    if time is None or not course.tells:
        return
    police, prosecutor = deadlines()["vrr_request_police"], deadlines()["vrr_request_cps"]
    if time.by == "police":
        counted = counting.months(time.told_on, police.amount or 0, time.last)
        yield _with(f"Victims’ Right to Review: it can be asked for until {day_said(time.last)}.", police, *counted)
        return
    if time.wished is None:
        yield _with(f"Victims’ Right to Review: accepted until {day_said(time.last)}. The working days by which it is "
                    "best asked for cannot be counted in that year.", prosecutor)  # fmt: skip
        return
    counted = counting.working_days(time.told_on, prosecutor.amount or 0, time.wished)
    yield _with(f"Victims’ Right to Review: best asked for by {day_said(time.wished)}; accepted until "
                f"{day_said(time.last)}.", prosecutor, *counted)  # fmt: skip


def _outcome(course: Course) -> Iterator[Fact]:
    row = outcomes().get(course.outcome)
    if row is not None:
        note = f" {row.note}." if row.note else ""
        yield _with(f"Outcome {row.code}: {row.label}.{note}", row)


def _sentence(course: Course, today: date) -> Iterator[Fact]:
    """The most that a magistrates' court can pass; it goes by the day of the offence and the day of conviction."""
    if course.life.stage not in AT_COURT or course.system != "england_wales" or course.last_act is None:
        return
    known = offences_in(course.system)
    if not any(known[one.offence].mode_of_trial == "either_way" for one in course.counts if one.offence in known):
        return
    try:
        limit = longest_sentence(course.last_act, max(today, course.last_act))
    except RuleBroken:
        return
    yield _with(
        f"If a magistrates’ court sentenced now for one either-way offence: {limit.months} months at most.", limit
    )
