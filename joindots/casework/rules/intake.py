"""Rules of how a case begins: where it came from, how soon somebody is spoken to, and who could take it (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import LOCAL
from joindots.law.clocks import due_at

ENOUGH_ATTEMPTS = 3
USUAL_LOAD = 25
"""Open cases of one worker, as a planning figure of the field (verify); a team sets its own for each worker."""


class Origin(StrEnum):
    """Where a case came from."""

    OWN = "own"
    CONTACT = "contact"
    REFERRAL = "referral"
    WEB = "web"


ORIGIN_WORDS = {
    Origin.OWN: "opened here", Origin.CONTACT: "a call or other contact", Origin.REFERRAL: "a referral",
    Origin.WEB: "the web form",
}  # fmt: skip


class Grade(StrEnum):
    """How soon somebody is to be spoken to, as the people who sent it judged it."""

    HIGH = "high"
    STANDARD = "standard"


GRADE_WORDS = {Grade.HIGH: "high: within 24 hours", Grade.STANDARD: "standard: within 48 hours"}
CLOCKS = {Grade.HIGH: "isac_first_contact_high", Grade.STANDARD: "isac_first_contact_std"}


class Need(StrEnum):
    """What somebody may need help with (source: needs areas of the commissioning framework; verify)."""

    HEALTH = "health"
    SHELTER = "shelter"
    FAMILY = "family"
    LEARNING = "learning"
    DRUGS = "drugs"
    FINANCE = "finance"
    OUTLOOK = "outlook"
    SOCIAL = "social"


NEED_WORDS = {
    Need.HEALTH: "mental and physical health", Need.SHELTER: "shelter and accommodation",
    Need.FAMILY: "family, friends and children", Need.LEARNING: "education, skills and employment",
    Need.DRUGS: "drugs and alcohol", Need.FINANCE: "finance and benefits", Need.OUTLOOK: "outlook and attitudes",
    Need.SOCIAL: "social interactions",
}  # fmt: skip


class Qualification(StrEnum):
    """What a worker is qualified for, as their agency recorded it."""

    STALKING = "stalking"
    DOMESTIC = "domestic"
    YOUNG = "young"
    HIGH_RISK = "high_risk"
    ONLINE = "online"


QUALIFICATION_WORDS = {
    Qualification.STALKING: "stalking advocacy", Qualification.DOMESTIC: "domestic abuse advocacy",
    Qualification.YOUNG: "children and young people", Qualification.HIGH_RISK: "high-risk cases",
    Qualification.ONLINE: "stalking online",
}  # fmt: skip


class Outcome(StrEnum):
    """What came of a try to speak to somebody for the first time."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    NOT_SAFE = "not_safe"
    DECLINED = "declined"


OUTCOME_WORDS = {
    Outcome.REACHED: "reached", Outcome.NO_ANSWER: "no answer", Outcome.NOT_SAFE: "it was not safe to talk",
    Outcome.DECLINED: "reached; wants no help from us now",
}  # fmt: skip
SPOKEN = frozenset({Outcome.REACHED, Outcome.DECLINED})
HOW_WORDS = {"call": "call", "text": "text", "mail": "mail", "post": "letter", "meeting": "met in person"}


def first_contact_due(grade: Grade, came: datetime) -> datetime:
    """By when somebody is spoken to: 24 hours where it was judged high, otherwise 48. Hours, not working hours."""
    return due_at(CLOCKS[grade], came)


def says_late(due: datetime, spoken: datetime | None, now: datetime) -> int:
    """By how many whole minutes the first contact was, or is, late; 0 where it is not."""
    return max(0, int(((spoken or now) - due).total_seconds() // 60))


def minutes_says(minutes: int) -> str:
    """`95 minutes`, `2 days 4 hours`: how long in words, not finer than it helps."""
    hours, rest = divmod(minutes, 60)
    if hours < 2:
        return f"{minutes} minutes" if minutes != 1 else "1 minute"
    days, hours = divmod(hours, 24)
    if not days:
        return f"{hours} hours {rest} minutes" if rest else f"{hours} hours"
    return f"{days} {'day' if days == 1 else 'days'}" + (f" {hours} hours" if hours else "")


def part_of_day(at: datetime) -> str:
    """Which part of the day in London: tries at one time of day only tell little."""
    hour = at.astimezone(LOCAL).hour
    return "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"


def tried_enough(at: Collection[datetime]) -> bool:
    """Three tries at no fewer than two parts of the day: then it goes back to who sent it, and is not just dropped."""
    return len(at) >= ENOUGH_ATTEMPTS and len({part_of_day(one) for one in at}) > 1


def can_try(*, spoken: datetime | None, made: datetime, at: datetime, now: datetime) -> Decision:
    """A try lies between the day the case came and now."""
    if at > now:
        return no("try_ahead", "A try cannot lie in the future. Check day and time.")
    if at < made:
        return no("try_before", "A try cannot lie before the case came. Check day and time.")
    return YES


@dataclass(frozen=True, slots=True)
class Able:
    """Facts about one who could take a case. Nothing here is a mark of how good anybody is."""

    key: str
    name: str
    load: int
    most: int
    qualified: bool
    speaks: bool
    near: bool
    away: bool

    @property
    def full(self) -> bool:
        """Whether they hold as many open cases as they should, or more."""
        return self.load >= self.most


SORTED_BY = (
    "Who is here and holds fewer cases than their own limit first; then who is qualified for it, speaks the language, "
    "works in the area; then the fewest open cases; then by name."
)


def in_order(people: Iterable[Able]) -> list[Able]:
    """By the rule that the page shows; a person decides."""
    return sorted(
        people,
        key=lambda one: (one.away, one.full, not one.qualified, not one.speaks, not one.near, one.load, one.name),
    )


def same_word(wanted: str, has: str) -> bool:
    """Whether a language or area is among those that somebody's card names, apart by commas."""
    if not wanted.strip():
        return True
    return wanted.strip().casefold() in {one.strip().casefold() for one in has.split(",")}


def is_away(start: date | None, end: date | None, day: date) -> bool:
    """Whether somebody is away on a day; an end that is not known goes on."""
    return start is not None and start <= day and (end is None or day <= end)
