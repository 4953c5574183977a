"""What asks people to look at a risk again: signs found in what is recorded, each with the fact it is (pure).

A sign is never a verdict, changes no level and closes nothing. It carries what was found, so that a person can look at
exactly that; and a key, so that one fact asks once for each rule and not again after a person has answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import london_day
from joindots.law.tables import deadlines
from joindots.risk.rules.tables import Escalation

CRITICAL_ACTS: Final = frozenset({"threat_kill", "threat_self_harm", "weapon", "strangulation"})
"""Finer acts of the log that are signs of domain 4.4: statements of death, a threat to kill, weapons, strangulation."""
SERIOUS_ACTS: Final = frozenset(
    {"doxxing", "intimate_images", "livestreaming", "voyeurism", "strangulation", "forced_marriage", "fgm",
     "account_access", "stalkerware", "tracker", "hidden_camera", "criminal_damage", "break_in", "pet_harm",
     "threat_self_harm", "threat_violence", "threat_kill", "assault", "sexual_assault", "weapon",
     "following_physical", "vehicle_follow", "loiter_home", "loiter_work", "visits", "proxy"}
)  # fmt: skip
"""Finer acts whose first coming is looked at: being near, entering, damage, access, threats, violence, others used."""
CHANGES: Final[Mapping[str, str]] = {
    "order": "an order was made, served, changed or ended", "bail": "bail or its conditions changed",
    "court": "a court day", "release": "a release, or its date was told", "arrest": "an arrest or interview",
    "partner": "a new partner", "moved": "a move of home, work or school", "job": "a job lost",
    "children": "contact with children stopped or changed", "anniversary": "an anniversary or like day",
    "contact_again": "contact again after a quiet time", "other": "something else",
}  # fmt: skip
"""Changes around a case that a person notes (domain 4.4, 4.5)."""
TRIGGER_DOTS: Final = (
    "orders.made", "orders.served", "justice.bail", "justice.hearing", "justice.release", "casework.court_day",
)  # fmt: skip
"""Kinds of dots of other parts that are such changes. A part that has one more names it here."""
A_WEEK: Final = timedelta(days=7)
FARTHEST: Final = timedelta(days=3660)
MOST_WHY: Final = 500


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of the log as the rules need it: no word of it."""

    reference: str
    day: date | None
    """None where it is not known to the day."""
    written: date
    behaviours: tuple[str, ...]

    @property
    def counts_on(self) -> date:
        """The day it happened; where that is not known, the day it was written down."""
        return self.day or self.written


@dataclass(frozen=True, slots=True)
class Yes:
    """A yes to a question that is a sign."""

    assessment: str
    question: str
    sign: str
    day: date


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that somebody noted, or that another part marks by a dot."""

    key: str
    kind: str
    day: date


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a case's records show, as far as the rules look at it."""

    acts: tuple[Act, ...] = ()
    by_day: Mapping[date, int] | None = None
    """Everything recorded by day: contacts of files, and entries."""
    total: int = 0
    yes: tuple[Yes, ...] = ()
    changes: tuple[Changed, ...] = ()
    judged_high: bool = False
    """Whether the newest judgement of anybody is high or very high."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One fact for one rule. `kind` says what `ref` leads to: entry, answer, change, weeks, since."""

    rule: str
    key: str
    kind: str
    ref: str
    day: date | None
    code: str = ""
    number: int = 0


def signs(found: Recorded, rules: Mapping[str, Escalation], today: date) -> tuple[Sign, ...]:
    """Every sign of every rule as of a day, in the order of the rules."""
    looks = {
        "critical_sign": _critical, "new_kinds": _new_kinds, "trigger": _trigger, "rising": _rising,
        "silence": _silence, "fear_alone": _fear_alone,
    }  # fmt: skip
    return tuple(sign for code, rule in rules.items() for sign in looks[code](found, rule, today))


def fresh(found: Sequence[Sign], used: Collection[tuple[str, str]]) -> dict[str, tuple[Sign, ...]]:
    """Signs by rule, of those rules that have one nobody was asked about before. `used` are pairs of rule and key."""
    by_rule: dict[str, list[Sign]] = {}
    for sign in found:
        by_rule.setdefault(sign.rule, []).append(sign)
    return {
        rule: tuple(one for one in all_of if (rule, one.key) not in used)
        for rule, all_of in by_rule.items() if any((rule, one.key) not in used for one in all_of)
    }  # fmt: skip


def _critical(found: Recorded, rule: Escalation, today: date) -> Iterator[Sign]:
    for act in found.acts:
        for code in act.behaviours:
            if code in CRITICAL_ACTS:
                yield Sign(rule.code, f"{act.reference}:{code}", "entry", act.reference, act.day, code)
    for one in found.yes:
        if one.sign == "critical":
            key = f"{one.assessment}:{one.question}"
            yield Sign(rule.code, key, "answer", one.assessment, one.day, one.question)


def _new_kinds(found: Recorded, rule: Escalation, today: date) -> Iterator[Sign]:
    """The first act of each finer kind, where enough of them came within the days the rule looks back, and
    something is recorded from before: where all is new, nothing is newer than the rest."""
    first: dict[str, Act] = {}
    for act in sorted(found.acts, key=lambda one: (one.counts_on, one.reference)):
        for code in act.behaviours:
            if code in SERIOUS_ACTS:
                first.setdefault(code, act)
    since = today - timedelta(days=rule.days or 0)
    new = {code: act for code, act in first.items() if since < act.counts_on <= today}
    earlier = any(act.counts_on <= since for act in found.acts) or any(day <= since for day in found.by_day or ())
    if len(new) >= rule.least and earlier:
        for code, act in new.items():
            yield Sign(rule.code, code, "entry", act.reference, act.day, code)


def _trigger(found: Recorded, rule: Escalation, today: date) -> Iterator[Sign]:
    for one in found.changes:
        yield Sign(rule.code, one.key, "change", one.key, one.day, one.kind)


def _rising(found: Recorded, rule: Escalation, today: date) -> Iterator[Sign]:
    """The last whole weeks, Monday to Sunday, each of which has more than the one before it."""
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - A_WEEK * back for back in range(rule.least + 1, 0, -1)]
    numbers = [_in_week(found.by_day or {}, week) for week in weeks]
    if all(more > less for less, more in pairwise(numbers)):
        for week, number in zip(weeks, numbers, strict=True):
            yield Sign(rule.code, str(weeks[-1]), "weeks", str(week), week, number=number)


def _in_week(by_day: Mapping[date, int], monday: date) -> int:
    return sum(by_day.get(monday + timedelta(days=day), 0) for day in range(7))


def _silence(found: Recorded, rule: Escalation, today: date) -> Iterator[Sign]:
    """The last day of which anything is recorded, where somebody judges the risk high and that day is long ago."""
    told = [day for day, number in (found.by_day or {}).items() if number and day <= today]
    if found.judged_high and told and (today - max(told)).days >= (rule.days or 0):
        yield Sign(rule.code, str(max(told)), "since", str(max(told)), max(told), number=(today - max(told)).days)


def _fear_alone(found: Recorded, rule: Escalation, today: date) -> Iterator[Sign]:
    if found.total < rule.least:
        for one in found.yes:
            if one.sign == "fear":
                yield Sign(rule.code, one.assessment, "answer", one.assessment, one.day, one.question, found.total)


def due_at(rule: Escalation, at: datetime) -> tuple[datetime | None, date]:
    """Until when somebody is to look: the moment where there is one, and the day."""
    if rule.within == "same_day":
        return None, london_day(at)
    if rule.within == "a_day":
        return at + timedelta(hours=24), london_day(at + timedelta(hours=24))
    days = deadlines()["risk_review_high"].amount
    assert days is not None
    return None, london_day(at) + timedelta(days=days)


CLOSING: Final[Mapping[str, str]] = {
    "judged": "I judged the risk anew", "same": "I looked, and the judgement stands as it is",
    "known": "It was known and is in the judgement already", "mistaken": "It is a mistake in the record",
    "other": "Something else",
}  # fmt: skip
"""How a person answers a prompt. None of them is the service's."""


def can_close(is_open: bool, how: str, why: str) -> Decision:
    """A prompt is closed by a person, once, with what they did and why."""
    if not is_open:
        return no("prompt_closed", "Somebody answered this already. Their reason stands below.")
    if how not in CLOSING:
        return no("closing_missing", "Say what you did.")
    if not why.strip():
        return no("why_missing", "Say why in a few words. It stays with it.")
    if len(why) > MOST_WHY:
        return no("why_long", "Shorten the reason to {most} letters.", most=MOST_WHY)
    return YES


def can_note_change(kind: str, words: str, days_from_today: int) -> Decision:
    """A change is of one of the kinds shown, named in a few words, and no more than ten years away."""
    if kind not in CHANGES:
        return no("change_missing", "Choose what changed.")
    if len(words) > MOST_WHY:
        return no("change_long", "Shorten the words to {most} letters.", most=MOST_WHY)
    if abs(days_from_today) > FARTHEST.days:
        return no("change_far", "Enter a day within ten years of today.")
    return YES
