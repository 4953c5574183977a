"""What stands on the orders' desk: each thing to see to with its day and kind, and how the day is said (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from joindots.kernel.words import Words, words
from joindots.law.alarms import GRAVER, Alarm, alarms
from joindots.law.episode import Episode

FAR: Final = 99
SOON: Final = 60
"""Days ahead that a desk shows unless somebody asks for more."""
AHEAD: Final = (14, 60, 365)
KINDS: Final[Mapping[str, Words]] = {
    "gap": words("duty_gap", "Gap of protection"), "hearing": words("duty_hearing", "Hearing"),
    "service": words("duty_service", "Service"), "notify": words("duty_notify", "Notification"),
    "told": words("duty_told", "To be told"), "renewal": words("duty_renewal", "Renewal"),
    "end": words("duty_end", "End"),
}  # fmt: skip
EMPTY: Final[Mapping[str, Words]] = {
    "gap": words("none_gap", "No gap of protection is known"),
    "hearing": words("none_hearing", "No hearing is listed"),
    "service": words("none_service", "No order is waiting to be served"),
    "notify": words("none_notify", "No notification is due"),
    "told": words("none_told", "Nobody is waiting to be told"),
    "renewal": words("none_renewal", "No renewal needs looking at"),
    "end": words("none_end", "No order or condition ends"),
    "": words("none_any", "Nothing is due"),
}  # fmt: skip
KIND_OF: Final[Mapping[str, str]] = {
    "hearing_past": "hearing", "unprotected": "gap", "no_hearing": "gap", "gap": "gap", "not_served": "service",
    "notify": "notify", "change": "notify", "renewal_prompt": "renewal", "renewal_lodge": "renewal",
    "renewal_undecided": "renewal", "run_out": "end", "condition_ends": "end", "varied_not_served": "service",
    "not_in_force": "notify", "notice_hearing": "hearing", "notice_beyond": "hearing",
}  # fmt: skip
"""The kind of each alarm; a graver form of another alarm is the same duty, later."""
ON_THE_DAY: Final = frozenset({"hearing_past", "notify", "change", "run_out", "condition_ends", "notice_hearing"})
"""Alarms whose duty stands under the day they are about; the others stand under the day from which they are seen."""
GRAVEST: Final = frozenset(GRAVER.values()) - {"renewal_lodge"}
TOLD: Final = "told_later"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to see to: what, under which day, and the day it is about."""

    kind: str
    code: str
    day: date
    about: date


def duties(episode: Episode, condition_ends: Iterable[date], untold: Iterable[date]) -> tuple[Duty, ...]:
    """Everything of an order that is or will be to see to, as it stands recorded, earliest first.

    `untold`: days of steps of which the person protected was not told first, and not since.
    """
    found = [_duty(one) for one in alarms(episode, tuple(condition_ends)) if one.code not in GRAVEST]
    found += [Duty("told", TOLD, day, day) for day in untold]
    return tuple(sorted(set(found), key=lambda one: (one.day, one.kind, one.code, one.about)))


def _duty(alarm: Alarm) -> Duty:
    day = alarm.day if alarm.code in ON_THE_DAY else alarm.stands_from
    return Duty(KIND_OF.get(alarm.code, "gap"), alarm.code, day, alarm.day)


def says(kind: str, code: str, about: date, today: date) -> Words:
    """What it is, with its day as it stands to today: "Ends in 9 days"."""
    when = away(about, today)
    if code in OF_THEIR_OWN:
        own = OF_THEIR_OWN[code]
        return words(own.code, own.text, when=when)
    return {
        "gap": GAPS.get(code, GAPS["gap"]),
        "hearing": words("duty_says_hearing", "Hearing {when}", when=when),
        "service": words("duty_says_service", "Made {when}, not served", when=when),
        "notify": words("duty_says_notify", "Notification due {when}", when=when),
        "told": words("duty_says_told", "Not told first {when}: tell them", when=when),
        "renewal": words("duty_says_renewal", "Ends {when}: {what} (verify)", when=when, what=RENEWAL.get(code, "")),
        "end": words("duty_says_end", "Ends {when}", when=when) if code != "condition_ends" else words(
            "duty_says_condition", "A condition ends {when}", when=when),
    }[kind]  # fmt: skip


OF_THEIR_OWN: Final[Mapping[str, Words]] = {
    "varied_not_served": words("duty_says_varied", "Varied {when}, not served as varied"),
    "not_in_force": words("duty_says_in_force", "Made {when}: the day it came into force is not written down"),
    "notice_hearing": words("duty_says_notice", "Hearing of a notice due {when}"),
    "notice_beyond": words("duty_says_beyond", "A notice’s hearing is after its hours, which end {when}"),
}  # fmt: skip
GAPS: Final[Mapping[str, Words]] = {
    "gap": words("duty_says_gap", "A gap before the hearing: no order would protect"),
    "unprotected": words("duty_says_bare", "No order protects now"),
    "no_hearing": words("duty_says_unlisted", "An interim order without a hearing on record"),
}  # fmt: skip
RENEWAL: Final[Mapping[str, str]] = {
    "renewal_prompt": "look at whether to renew", "renewal_lodge": "lodge the renewal",
    "renewal_undecided": "the renewal is not decided",
}  # fmt: skip


def away(day: date, today: date) -> str:
    """How far a day is: "in 9 days", "today", "9 days ago"; farther than that is counted by nobody: its date."""
    days = (day - today).days
    if abs(days) > FAR:
        return f"on {day.day} {day:%B %Y}"
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def is_over(code: str, day: date, about: date, today: date) -> bool:
    """Whether its day has passed: the desk shows that in another weight."""
    return (about if code in ON_THE_DAY else day) < today or code in ("unprotected", "gap")


def until(today: date, ahead: int | None) -> date:
    """The last day that a desk shows; far off where it shows everything."""
    return today + timedelta(days=ahead) if ahead else date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody looks after: orders in all, and things to see to within 14 days or over."""

    name: str
    orders: int
    soon: int
