"""A crime's life with its days: what each event must say to be believed, and what it sets (pure).

The table of `crime_life` says which event can follow; here are the guards that need a fact: no stop without its reason
and outcome, no charge of a summary offence after its six months, no verdict on a count that is not open, no sentence
while one is. Sources: Magistrates' Courts Act 1980 s127 for the six months (general knowledge, verify); Home Office
outcomes framework; the rest is the order in which things are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words
from joindots.law.clocks import System, due_on
from joindots.law.counting import day_said
from joindots.law.crime_life import AT_COURT, LIVE, START, STOPS, Life, Step, after, step_of
from joindots.law.tables import Offence, offences, outcomes
from joindots.law.telling import Telling, may_go_on

Verdict = Literal["", "guilty", "not_guilty", "on_file"]
CHARGED_OUTCOMES = ("1", "1A")
REASONED = frozenset(
    {"not_recorded", "stopped", "no_charge", "discontinued", "reopened", "reclassified", "bail_ended", "review_same",
     "released_inquiry", "advice_given", "sentenced", "sentenced_custody", "officer_changed"}
)  # fmt: skip
"""Events that say nothing without words."""
NAMED = frozenset({"officer_named", "officer_changed", "no_charge", "charge_authorised", "reopened"})
"""Events that name somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event and what was said of it. What an event does not ask for is left out."""

    number: int
    """Its place in the crime's own book; a count is known by the number of its charge."""
    event: str
    on: date
    offence: str = ""
    included: tuple[str, ...] = ()
    checks: Mapping[str, str] = field(default_factory=dict)
    outcome: str = ""
    last_act: date | None = None
    ends: date | None = None
    hearing: date | None = None
    count: int | None = None
    told: Telling = ""
    told_on: date | None = None
    """When the person was told of it; None while they were not."""
    named: bool = False
    reasoned: bool = False
    """Whether there are words with it."""


@dataclass(frozen=True, slots=True)
class Count:
    """One count of the charge and how it ended."""

    number: int
    offence: str
    verdict: Verdict = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One crime from the report on: where it stands, and the facts and days that matter now."""

    system: System = "england_wales"
    tells: bool = True
    """Whether the person of the case is its victim, who is told first."""
    life: Life = START
    last: date | None = None
    offence: str = ""
    included: tuple[str, ...] = ()
    checks: Mapping[str, str] = field(default_factory=dict)
    last_act: date | None = None
    arrested: date | None = None
    bail_ends: date | None = None
    release: date | None = None
    charged: date | None = None
    counts: tuple[Count, ...] = ()
    outcome: str = ""
    hearing: date | None = None
    stopped: Happened | None = None
    """The decision not to go on, while it stands."""
    reviewed: date | None = None
    """When a review left that decision as it is."""
    statement: Literal["", "offered", "taken", "not_wanted"] = ""

    @property
    def open_counts(self) -> tuple[Count, ...]:
        """Counts that wait for a verdict."""
        return tuple(one for one in self.counts if not one.verdict)


def told(system: System, tells: bool, reported: date, events: Iterable[Happened]) -> Course:
    """A crime from all its events in their order; `RuleBroken` at the first that cannot be."""
    course = Course(system=system, tells=tells, last=reported)
    for one in events:
        course = happen(course, one)
    return course


def happen(course: Course, new: Happened) -> Course:
    """The crime after one more event; `RuleBroken` with the sentence of `may_happen` where it cannot be."""
    may_happen(course, new).or_raise()
    step, life = step_of(course.life, new.event), after(course.life, new.event)
    if step is None or isinstance(life, Words):  # may_happen has refused both
        raise RuleBroken(Words("no_such_step", "There is no such step."))
    changed = replace(course, life=life, **_SET.get(new.event, _nothing)(course, new))
    if life.bail == "none":
        changed = replace(changed, bail_ends=None, release=None)
    if life.stage not in AT_COURT and life.open != "appeal":
        changed = replace(changed, hearing=None)
    if life.stage not in STOPS:
        changed = replace(changed, stopped=None, reviewed=None)
    if life.stage in LIVE:  # an outcome says why a crime was closed; one that is open again has none
        changed = replace(changed, outcome="")
    return replace(changed, last=course.last if step.beside else new.on)


def may_happen(course: Course, new: Happened) -> Decision:
    """Whether an event can be written down, or the sentence that says what is missing."""
    step, life = step_of(course.life, new.event), after(course.life, new.event)
    if step is None or isinstance(life, Words):
        return Decision(False, life) if isinstance(life, Words) else no("no_such_step", "There is no such step.")
    for guard in (_in_order, _told_first, _facts, *_GUARDS.get(new.event, ()), _words):
        decision = guard(step, course, new)
        if not decision:
            return decision
    return YES


def is_summary(offence: str) -> bool:
    """Whether an offence is one of England and Wales that magistrates alone can try."""
    found = offences().get(offence)
    return found is not None and found.mode_of_trial == "summary" and found.law_system == "england_wales"


def is_limited(offence: str) -> bool:
    """Whether six months from the last act limit an offence: a summary one, unless its row names another limit."""
    return is_summary(offence) and offences()[offence].prosecution_time_limit.startswith("6 months")


def limit_of(last_act: date) -> date:
    """The last day on which proceedings for a summary offence can begin."""
    return due_on("s2a_laying_information", last_act)


def offences_in(system: System) -> Mapping[str, Offence]:
    """Offences that a police record or a charge can name where a law system runs, its own first. No civil route."""
    wanted = {system, "uk"} | ({"england_wales_scotland"} if system != "northern_ireland" else set())
    found = [one for one in offences().values() if one.law_system in wanted and one.mode_of_trial != "civil"]
    return {one.code: one for one in sorted(found, key=lambda one: one.law_system != system)}


# -- guards


def _in_order(step: Step, course: Course, new: Happened) -> Decision:
    if step.beside or course.last is None or new.on >= course.last:
        return YES
    return no("step_too_early", "The last step was on {last}, and this one would be before it. Look at the day.",
              last=day_said(course.last))  # fmt: skip


def _told_first(step: Step, course: Course, new: Happened) -> Decision:
    return may_go_on(step.tell_first and course.tells, new.told)


def _facts(step: Step, course: Course, new: Happened) -> Decision:
    asks = step.asks.split()
    if "offence" in asks and new.offence not in offences_in(course.system):
        return no("offence_missing", "Choose the offence from the list.")
    if any(one not in offences_in(course.system) or one == new.offence for one in new.included):
        return no("included_unknown", "Choose the other offences from the list, each of them once.")
    if new.last_act is not None and new.last_act > new.on:
        return no("last_act_ahead", "The day of the last act is after the day of this step. Look at both days.")
    if new.event == "last_act_said" and new.last_act is None:
        return no("last_act_missing", "Write down the day of the last act.")
    return YES


def _words(step: Step, course: Course, new: Happened) -> Decision:
    if new.event in NAMED and not new.named:
        return no("name_missing", "Write down who: the name and rank or role.")
    if new.event in REASONED and not new.reasoned:
        return no("reason_missing", "Write down in words: {records}.", records=step.records)
    return YES


def _bail_end(step: Step, course: Course, new: Happened) -> Decision:
    if step.code == "court_bail_changed" or (new.ends is None and course.system != "england_wales"):
        return YES  # that bail of the police has a last day is the 1984 Act, of England and Wales
    if new.ends is None:
        return no("bail_needs_end", "Bail from the police has a last day. Write it down.")
    if new.ends < new.on:
        return no("ends_before", "The last day is before the day of the step. Look at both days.")
    return YES


def _release_day(step: Step, course: Course, new: Happened) -> Decision:
    if new.ends is not None and new.ends >= new.on:
        return YES
    return no("release_needs_day", "Write down the day of release as you were told it, today or later.")


def _outcome(step: Step, course: Course, new: Happened) -> Decision:
    """Outcome codes are those of the Home Office: other law systems have none here."""
    if course.system != "england_wales":
        return YES
    charging = new.event == "charged"
    if new.outcome not in outcomes() or (new.outcome in CHARGED_OUTCOMES) != charging:
        return no("outcome_missing", "Choose the outcome: 1 or 1A for a charge, another for a stop.")
    return YES


def _in_time(step: Step, course: Course, new: Happened) -> Decision:
    """Of most offences that magistrates alone can try, proceedings begin within six months of the last act."""
    if not is_limited(new.offence):
        return YES
    if course.last_act is None:
        return no("last_act_first", "This offence has a limit of six months. Write down first the day of the last act.")
    if new.on <= limit_of(course.last_act):
        return YES
    return no("out_of_time", "Proceedings for this offence had to begin by {day}, six months from the last act. Look "
              "at whether another offence fits, or at the day of the last act.",
              day=day_said(limit_of(course.last_act)))  # fmt: skip


def _hearing_day(step: Step, course: Course, new: Happened) -> Decision:
    if new.hearing is not None and new.hearing >= new.on:
        return YES
    return no("hearing_needs_day", "Write down the day of the hearing, today or later.")


def _was_listed(step: Step, course: Course, new: Happened) -> Decision:
    if course.hearing is None:
        return no("nothing_listed", "No hearing is listed. Write down first that one was.")
    if new.on < course.hearing:
        return no("hearing_to_come", "The hearing is listed for {day}. If it was moved, write down the new day first.",
                  day=day_said(course.hearing))  # fmt: skip
    return YES


def _count_open(step: Step, course: Course, new: Happened) -> Decision:
    if any(one.number == new.count for one in course.open_counts):
        return YES
    return no("count_missing", "Choose a count that is still open.")


def _not_the_last(step: Step, course: Course, new: Happened) -> Decision:
    others = [one for one in course.open_counts if one.number != new.count]
    if others or any(one.verdict == "guilty" for one in course.counts):
        return YES
    return no("count_last", "It is the last open count, and none ended in guilty. Choose how the whole ended.")


def _the_last(step: Step, course: Course, new: Happened) -> Decision:
    if len(course.open_counts) == 1:
        return YES
    return no("counts_open", "Another count is open. Choose “Not guilty of a count” for this one.")


def _none_open(step: Step, course: Course, new: Happened) -> Decision:
    if not course.open_counts:
        return YES
    return no("counts_open", "A count is still open. Write down its verdict first.")


Guard = Callable[[Step, Course, Happened], Decision]
_GUARDS: Mapping[str, tuple[Guard, ...]] = {
    "bailed": (_bail_end,), "bail_changed": (_bail_end,), "release_said": (_release_day,),
    "charged": (_outcome, _in_time), "no_charge": (_outcome,), "stopped": (_outcome,),
    "hearing_listed": (_hearing_day,), "hearing_held": (_was_listed,), "guilty": (_count_open,),
    "not_guilty": (_count_open, _not_the_last), "on_file": (_count_open, _not_the_last),
    "acquitted": (_count_open, _the_last), "sentenced": (_none_open,),
    "sentenced_custody": (_none_open,),
}  # fmt: skip


# -- what an event sets

Sets = Mapping[str, Any]


def _nothing(course: Course, new: Happened) -> Sets:
    return {}


def _recorded(course: Course, new: Happened) -> Sets:
    return {"offence": new.offence, "included": new.included, "checks": new.checks,
            "last_act": new.last_act or course.last_act}  # fmt: skip


def _last_act(course: Course, new: Happened) -> Sets:
    return {"last_act": new.last_act}


def _arrested(course: Course, new: Happened) -> Sets:
    return {"arrested": course.arrested or new.on}


def _bail(course: Course, new: Happened) -> Sets:
    return {"bail_ends": new.ends}


def _release(course: Course, new: Happened) -> Sets:
    return {"release": new.ends}


def _charged(course: Course, new: Happened) -> Sets:
    counts = (*course.counts, Count(new.number, new.offence))
    return {"counts": counts, "charged": course.charged or new.on, "outcome": new.outcome}


def _stopped(course: Course, new: Happened) -> Sets:
    return {"stopped": new, "outcome": new.outcome or course.outcome, "reviewed": None}


def _reviewed(course: Course, new: Happened) -> Sets:
    return {"reviewed": new.on}


def _listed(course: Course, new: Happened) -> Sets:
    return {"hearing": new.hearing}


def _held(course: Course, new: Happened) -> Sets:
    return {"hearing": None}


def _verdict(verdict: Verdict) -> Callable[[Course, Happened], Sets]:
    def sets(course: Course, new: Happened) -> Sets:
        told_of = (replace(one, verdict=verdict) if one.number == new.count else one for one in course.counts)
        return {"counts": tuple(told_of)}

    return sets


def _tried_again(course: Course, new: Happened) -> Sets:
    """Counts that ended in guilty are open again; the day of release fell with the sentence."""
    told_of = (replace(one, verdict="") if one.verdict == "guilty" else one for one in course.counts)
    return {"counts": tuple(told_of), "release": None, "hearing": None}


def _statement(state: str) -> Callable[[Course, Happened], Sets]:
    return lambda course, new: {"statement": state}


_SET: Mapping[str, Callable[[Course, Happened], Sets]] = {
    "recorded": _recorded, "reclassified": _recorded, "last_act_said": _last_act, "arrested": _arrested,
    "bailed": _bail, "bail_changed": _bail, "release_said": _release, "charged": _charged, "stopped": _stopped,
    "no_charge": _stopped, "not_recorded": _stopped, "discontinued": _stopped, "hearing_listed": _listed,
    "hearing_held": _held, "guilty": _verdict("guilty"), "not_guilty": _verdict("not_guilty"),
    "on_file": _verdict("on_file"), "appeal_new_trial": _tried_again,
    "acquitted": _verdict("not_guilty"), "vps_offered": _statement("offered"), "vps_taken": _statement("taken"),
    "vps_not_wanted": _statement("not_wanted"), "review_same": _reviewed,
}  # fmt: skip
