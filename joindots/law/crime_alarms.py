"""What a crime's days ask of the people who follow it, and from when each is to be seen (pure).

Sources: the deadlines of the table (`s2a_laying_information`, `vrr_request_police`, `vrr_request_cps`), and days that
a court or an officer set. How long before its day something is shown is the project's own default.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words, words
from joindots.law.clocks import due_on, months_after
from joindots.law.counting import day_said
from joindots.law.crime_course import Course, is_limited, limit_of
from joindots.law.crime_life import AT_COURT, LIVE, REOPENED
from joindots.law.reading import with_mark
from joindots.law.tables import deadlines

EARLY = {"limit": 42, "bail": 7, "hearing": 7, "release": 28}
"""Days before its day from which something is shown (the project's own default)."""
GRAVER = {"limit": "limit_past", "bail": "bail_past", "hearing": "hearing_past", "release": "release_past"}
"""What an alarm turns into when its day has passed."""
REVIEW_MONTHS = 3
"""How long a review is accepted after the wished-for time (source: Right to Review schemes; verify)."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to see to: from which day it stands, the day it is about, and the day after which it is over."""

    code: str
    stands_from: date
    day: date
    says: Words
    until: date | None = None
    mark: str = ""
    """What of the rule it rests on has no source that was read, as the table marks it."""

    @property
    def told(self) -> Words:
        """What it says, with the mark wherever its rule has one."""
        return with_mark(self.says, self.mark)


@dataclass(frozen=True, slots=True)
class Review:
    """The time in which a review of a decision can be asked for, from the day on which the person was told."""

    by: str
    told_on: date
    wished: date | None
    """None where the bank holidays of its year are not known, so that it cannot be counted."""
    last: date


def review_time(course: Course) -> Review | None:
    """The clock of the Victims' Right to Review; None where nothing was stopped, or nobody was told of it yet.

    Not recording a crime is no decision of these schemes, and they are of England and Wales.
    """
    stop = course.stopped
    if stop is None or stop.told_on is None or course.life.stage == "not_recorded" or course.system != "england_wales":
        return None
    if course.life.stage == "stopped":
        last = due_on("vrr_request_police", stop.told_on)
        return Review("police", stop.told_on, last, last)
    return Review("prosecutor", stop.told_on, _wished(stop.told_on), months_after(stop.told_on, REVIEW_MONTHS))


def _wished(told_on: date) -> date | None:
    try:
        return due_on("vrr_request_cps", told_on)
    except RuleBroken:
        return None


def alarms(course: Course) -> tuple[Alarm, ...]:
    """Every alarm of a crime as it stands recorded, the earliest first, those of later days among them."""
    found = [*_limit(course), *_recording(course), *_bail(course), *_court(course), *_review(course)]
    return tuple(sorted(found, key=lambda one: (one.stands_from, one.day, one.code)))


def standing(course: Course, day: date) -> tuple[Alarm, ...]:
    """The alarms that stand on a day. One gives way to its graver form as soon as that stands."""
    found = [one for one in alarms(course) if one.stands_from <= day and (one.until is None or day <= one.until)]
    codes = {one.code for one in found}
    return tuple(one for one in found if GRAVER.get(one.code) not in codes)


def _turning(code: str, day: date, before: Words, after: Words, mark: str = "") -> Iterator[Alarm]:
    """Shown before its day in one way, and after it in another."""
    yield Alarm(code, day - timedelta(days=EARLY[code]), day, before, mark=mark)
    yield Alarm(GRAVER[code], day + timedelta(days=1), day, after, mark=mark)


def _limit(course: Course) -> Iterator[Alarm]:
    if course.life.stage in REOPENED:
        yield from _limit_of_stopped(course)
    if course.life.stage not in LIVE or not is_limited(course.offence):
        return
    since, mark = course.last or date.min, deadlines()["s2a_laying_information"].mark
    if course.last_act is None:
        yield Alarm("no_last_act", since, since, words("alarm_no_last_act", "This offence must be charged within six "
                    "months of the last act, and the day of the last act is not written down."), mark=mark)  # fmt: skip
        return
    day = limit_of(course.last_act)
    yield from _turning(
        "limit", day,
        words("alarm_limit", "Proceedings for this offence must begin by {day}: six months from the last act.",
              day=day_said(day)),
        words("alarm_limit_past", "Proceedings for this offence had to begin by {day}. Ask whether another offence "
              "fits; write down why none began.", day=day_said(day)),
        mark,
    )  # fmt: skip


def _limit_of_stopped(course: Course) -> Iterator[Alarm]:
    """A stop does not stop the clock: after the limit a review could open nothing again under this offence."""
    if not course.tells or course.last_act is None or not is_limited(course.offence):
        return
    day = limit_of(course.last_act)
    says = words("alarm_limit_stopped", "If this is opened again, proceedings for this offence must still begin by "
                 "{day}: six months from the last act.", day=day_said(day))  # fmt: skip
    mark = deadlines()["s2a_laying_information"].mark
    yield Alarm("limit", day - timedelta(days=EARLY["limit"]), day, says, until=day, mark=mark)


def _recording(course: Course) -> Iterator[Alarm]:
    since = course.last or date.min
    if course.life.stage == "recorded":
        yield Alarm("no_officer", since, since, words("alarm_no_officer", "It is recorded, and no officer is named."))
    if course.life.stage in LIVE and course.checks.get("course") == "yes" and course.checks.get("stalking") == "no":
        yield Alarm("not_stalking", since, since, words("alarm_not_stalking", "A course of conduct is written down, "
                    "but it is not recorded as stalking. Ask the force for its reason."))  # fmt: skip
    if course.life.stage in LIVE and course.checks.get("linked") == "no":
        yield Alarm("linked", since, since, words("alarm_linked", "Other harms were reported with it and are not "
                    "recorded. Ask the force for its reason."))  # fmt: skip


def _bail(course: Course) -> Iterator[Alarm]:
    if course.bail_ends is not None and course.life.bail == "police":
        ends = day_said(course.bail_ends)
        yield from _turning(
            "bail", course.bail_ends,
            words("alarm_bail", "Bail from the police ends on {day}. Ask what comes after it.", day=ends),
            words("alarm_bail_past", "Bail from the police ended on {day}. Write down what came after it.", day=ends),
        )  # fmt: skip
    if course.release is not None and course.life.bail == "custody":
        day = day_said(course.release)
        yield from _turning(
            "release", course.release,
            words("alarm_release", "You were told of a release on {day}. Look at the plan, and how the person wants "
                  "to hear.",
                  day=day),
            words("alarm_release_past", "You were told of a release on {day}. Write down whether it happened.",
                  day=day),
        )  # fmt: skip


def _court(course: Course) -> Iterator[Alarm]:
    if course.hearing is not None:
        day = day_said(course.hearing)
        yield from _turning(
            "hearing", course.hearing,
            words("alarm_hearing", "The hearing is on {day}.", day=day),
            words("alarm_hearing_past", "The hearing was on {day}. Write down what the court decided, or the new day.",
                  day=day),
        )  # fmt: skip
    named = course.system == "england_wales"  # the Victims' Code names it so; other laws are not told of here
    if named and course.life.stage in AT_COURT and not course.statement and course.charged and course.tells:
        yield Alarm("statement", course.charged, course.charged, words("alarm_statement", "No victim personal "
                    "statement was offered. One can be made until sentence."))  # fmt: skip


def _review(course: Course) -> Iterator[Alarm]:
    time, stop = review_time(course), course.stopped
    if stop is not None and stop.told_on is None and course.tells:
        yield Alarm("untold", stop.on, stop.on, words("alarm_untold", "It was decided not to go on, and nobody has "
                    "written down that the person was told."))  # fmt: skip
    if time is None or course.life.open == "review" or course.reviewed is not None or not course.tells:
        return
    wished = time.last if time.wished is None else time.wished
    says = (
        words("alarm_review", "A review of the decision can be asked for until {day}.", day=day_said(time.last))
        if wished == time.last
        else words("alarm_review_cps", "A review of the decision is best asked for by {wished}; it is accepted until "
                   "{day}.", wished=day_said(wished), day=day_said(time.last))
    )  # fmt: skip
    mark = deadlines()[f"vrr_request_{'police' if time.by == 'police' else 'cps'}"].mark
    yield Alarm("review", time.told_on, wished, says, until=time.last, mark=mark)
