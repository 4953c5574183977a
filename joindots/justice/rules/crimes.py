"""What may be written down of a crime: lengths, the questions of the counting rules, and what a step sets going (pure).

Sources of the questions: Home Office counting rules for stalking and harassment as changed in April 2018, April 2020
and May 2023 (https://vawg.gss-data.org.uk/dashboards/stalking-and-harassment/copy_of_police-recorded-crime-of-harassment;
the change of 2023 is general knowledge, verify). They are asked of people; nothing is worked out from the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from joindots.casework.rules.referring import Stage
from joindots.justice.rules.opposed import Act
from joindots.kernel.decisions import YES, Decision, no
from joindots.law.clocks import System
from joindots.law.crime_alarms import Alarm
from joindots.law.crime_course import Course, Happened, may_happen
from joindots.law.tables import Offence, outcomes, police_forces

MOST_LETTERS = 4000
MOST_NAME = 120
MOST_WHY = 500
STANDS_AS: Mapping[str, str] = {
    "victim": "they are its victim", "suspect": "somebody complained about them",
}  # fmt: skip
STALKING = frozenset({"pha_s2a", "pha_s4a_fear", "pha_s4a_sad", "cda32_s2a", "cda32_s4a", "sc_s39", "ni_s1"})
"""Offences that are stalking by name."""


@dataclass(frozen=True, slots=True)
class Check:
    """A question of the counting rules, where it comes from, and what of that must be checked."""

    code: str
    asks: str
    since: str
    mark: str = ""


CHECKS: Mapping[str, Check] = {
    one.code: one
    for one in (
        Check("course", "Is there a course of conduct: acts on two occasions or more?",
              "Counting rules since April 2018"),
        Check("stalking", "Is it recorded as stalking?",
              "Counting rules since May 2023: a report with a conduct crime is recorded as that one as a rule, "
              "stalking before harassment", "Verify before relying on it: everything"),
        Check("partner", "Is the person reported a former partner? Then a reported course of conduct is recorded as "
              "stalking, unless the police conclude that the law supports no more than harassment.",
              "Counting rules since April 2020"),
        Check("linked", "Is every other harm that was reported recorded, within this crime or on its own?",
              "Super-complaint of 2024, recommendation 7: crimes inside a principal crime must be recorded and found"),
    )
}  # fmt: skip
"""Questions where the law of England and Wales runs."""
ANSWERS: Mapping[str, str] = {"yes": "yes", "no": "no", "cannot_tell": "can’t tell"}
MET_BY_IT = frozenset({"right_2", "right_7"})
"""Rights that the step itself keeps: a crime that is recorded, a statement that is offered."""
ON_ITS_DAY = frozenset(
    {"limit", "limit_past", "bail", "bail_past", "hearing", "hearing_past", "release", "release_past", "review"}
)  # fmt: skip
"""Alarms that are about one day; the others stand since they came up."""
AT_COURT = frozenset({"hearing", "hearing_past", "statement"})
COMING = frozenset({"limit", "bail", "hearing", "release"})
"""Alarms whose words hold before their day."""
BY_CLOCK = frozenset({"limit", "limit_past", "bail", "bail_past", "release", "release_past"})


def system_of(force: str) -> System:
    """The law system of a force; England and Wales for one that works across them or is not listed."""
    found = police_forces().get(force)
    if found is not None and found.law_system in ("scotland", "northern_ireland"):
        return "scotland" if found.law_system == "scotland" else "northern_ireland"
    return "england_wales"


def force_name(force: str) -> str:
    """A force by its name."""
    found = police_forces().get(force)
    return found.name if found is not None else "another force"


def offence_says(one: Offence) -> str:
    """An offence as people say it, with its provision."""
    return f"{one.short_name} ({one.act} {one.provision})"


def can_be_on(day: date, today: date) -> Decision:
    """Whether something can have happened on a day: not ahead of today."""
    if day > today:
        return no("step_ahead", "That day has not come yet. Write it down once it has happened.")
    return YES


FROM_COURT = frozenset({"court_date", "outcome"})
"""Rights whose clock counts from the day on which the court’s information came: `vcop_court_dates`, `vcop_outcome`."""


def can_be_received(received: date | None, on: date, today: date) -> Decision:
    """Whether a court’s information can have come on a day: not before what it tells of, and not ahead of today."""
    if received is None or on <= received <= today:
        return YES
    return no("received_when", "Enter the day the court’s information came: not before what it tells of, not one to "
              "come. Leave it empty if it came on the day itself.")  # fmt: skip


def can_say(text: str, most: int = MOST_LETTERS, *, needed: str = "") -> Decision:
    """Whether words fit, and are there where `needed` says what they are for."""
    if needed and not text.strip():
        return no("words_missing", "{needed}", needed=needed)
    if len(text) > most:
        return no("words_long", "Shorten it to {most} letters.", most=most)
    return YES


def can_check(checks: Mapping[str, str]) -> Decision:
    """Whether questions and answers are those of the list. None needs an answer."""
    if all(code in CHECKS and answer in ANSWERS for code, answer in checks.items()):
        return YES
    return no("check_unknown", "Choose yes, no or can’t tell.")


def can_code(outcome: str, offence: str, recorded: str) -> Decision:
    """Whether the code of a charge fits its offence: 1A is for another than the one recorded."""
    if outcome == "1A" and offence and offence == recorded:
        return no("outcome_recorded", "This is the offence that was recorded: outcome 1. 1A is for another offence.")
    return YES


def can_be_offered(course: Course, event: str, today: date) -> bool:
    """Whether an event can be written down at all today: not one that no day and no fact would make possible."""
    verdicts = {one.number for one in course.open_counts}
    tried = Happened(
        number=0, event=event, on=max(today, course.last or today), told="told", named=True, reasoned=True,
        count=next(iter(verdicts), None),
    )  # fmt: skip
    return may_happen(course, tried).reason.code not in NEVER_NOW


NEVER_NOW = frozenset({"nothing_listed", "count_missing", "count_last", "counts_open"})
"""Refusals that no other day and no other fact would lift today."""


def strikeable(number: int, last: int | None) -> Decision:
    """Only the last step that stands can be struck: those after it rest on it."""
    if number == last:
        return YES
    return no("strike_last", "Only the last step can be struck: strike those after it first.")


def day_for_desk(alarm: Alarm) -> date:
    """The day under which a desk shows an alarm."""
    return alarm.day if alarm.code in ON_ITS_DAY else alarm.stands_from


AGAINST: Mapping[str, Act] = {"charged": Act.CHARGE, "bailed": Act.BAIL, "bail_changed": Act.BAIL}
"""Events that a police officer decides, and what they are to the rule of two people."""

ACTS_AGAINST = frozenset({*AGAINST, "stopped", "no_charge"})
"""Events that can put something on somebody: their outcome says whether it is a caution."""


def act_of(event: str, outcome: str) -> Act | None:
    """What an event puts on somebody: a charge, bail, or a caution or warning in place of a court; None for others."""
    row = outcomes().get(outcome)
    if event in ACTS_AGAINST - AGAINST.keys() and row is not None and row.group.startswith("out_of_court"):
        return Act.WARNING
    return AGAINST.get(event)


def report_stage(event: str, offence: str) -> Stage | None:
    """What an event makes of the report that the crime began with; None where nothing changes."""
    if event in ("recorded", "reclassified"):
        return Stage.RECORDED_STALKING if offence in STALKING else Stage.RECORDED_OTHER
    return {
        "not_recorded": Stage.NOT_RECORDED, "charged": Stage.CHARGED, "stopped": Stage.CLOSED,
        "no_charge": Stage.CLOSED,
    }.get(event)  # fmt: skip
