"""Today's desk: what waits, under plain reasons, each ordered by the rule its heading names; never by a score."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.evidence import queries as evidence
from joindots.kernel.dots import Due, Reason
from joindots.kernel.when import LOCAL, day_says, london_day, midnight
from joindots.kernel.words import Words, words
from joindots.people import queries as people
from joindots.web.desk.spark import Spark, drawn

MOST: Final = 60
"""Things of one part that a desk asks for; the soonest come first, and the page says if there may be more."""
AHEAD: Final = timedelta(days=14)
SOON: Final = timedelta(days=7)
"""How long before its day an order's end or a court day is already today's work."""
EARLY: Final = frozenset({Reason.ORDER, Reason.COURT})

GROUPS: Final[dict[Reason, tuple[Words, Words]]] = {
    Reason.NEW: (words("new", "Something new"), words("new_rule", "longest waiting first")),
    Reason.ORDER: (words("order", "Order or bail changes soon"), words("soonest", "soonest first")),
    Reason.COURT: (words("court", "Court"), words("soonest", "soonest first")),
    Reason.PROMISED: (words("promised", "Promised"), words("promised_rule", "by time promised")),
    Reason.LATE: (words("late", "Somebody has not answered"), words("late_rule", "longest over first")),
    Reason.REVIEW: (words("review", "Review due"), words("review_rule", "oldest first")),
}
"""Each reason in words, and the rule its rows are ordered by. All are by day; the words say what that means there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing due as a desk shows it: whose case, why, when, the last weeks in small, and what comes next."""

    due: Due
    case: casework.CaseLine | None
    tag: Words
    over: bool
    spark: Spark | None = None
    safe: str = ""
    """How the person is reached safely: said where what comes next is a call that was promised, and only there."""


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one reason."""

    title: Words
    rule: Words
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk on one day: what needs somebody today, what comes within a fortnight, what waits on others."""

    today: tuple[Due, ...] = ()
    coming: tuple[Due, ...] = ()
    others: tuple[Due, ...] = ()
    cut: bool = field(default=False)
    """A part gave as many as were asked of it: there may be more behind them."""


def sorted_out(due: Iterable[Due], day: date, most: int = MOST) -> Desk:
    """What is due by where it stands on the desk: an answer that is not late yet waits on others (pure)."""
    today: list[Due] = []
    coming: list[Due] = []
    others: list[Due] = []
    number: dict[str, int] = {}
    for one in due:
        number[one.kind] = number.get(one.kind, 0) + 1
        if one.on <= day or (one.reason in EARLY and one.on <= day + SOON):
            today.append(one)
        elif one.reason is Reason.LATE:
            others.append(one)
        else:
            coming.append(one)
    return Desk(tuple(today), tuple(coming), tuple(others), any(each >= most for each in number.values()))


def desk_of(actor: Actor, whose: Collection[UUID]) -> Desk:
    """What waits for these memberships, of what the actor may know of."""
    day = london_day(actor.at)
    return sorted_out(parts.due(actor, whose, day + AHEAD, MOST), day)


def grouped(actor: Actor, due: Sequence[Due]) -> tuple[Group, ...]:
    """The rows of one tab under their reasons, in the order in which a desk is worked."""
    circles = {one.circle for one in due}
    cases = casework.lines_of(actor, circles) if circles and casework.lines_of.may(actor) else {}
    day = london_day(actor.at)
    weeks = evidence.weeks_of(actor, list(cases), day) if cases and evidence.weeks_of.may(actor) else {}
    rows: dict[Reason, list[Row]] = {reason: [] for reason in Reason}
    for one in due:
        tag, over = due_says(one, actor.at)
        small = drawn(weeks[one.circle]) if one.circle in weeks else None
        rows[one.reason].append(Row(one, cases.get(one.circle), tag, over, small, _safe(actor, one)))
    return tuple(Group(*GROUPS[reason], tuple(found)) for reason, found in rows.items() if found)


def _safe(actor: Actor, one: Due) -> str:
    """Opened for what was promised alone: a desk that opened every card each morning would make the trail worthless."""
    if one.reason is not Reason.PROMISED or not actor.may(people.safe_line.permission):
        return ""
    line = people.safe_line(actor, Ref(one.circle))
    return line.words if line else ""


def due_says(one: Due, at: datetime) -> tuple[Words, bool]:
    """When something is due, as a person would say it, and whether that is past: `2 days over`, `17:15 today`."""
    days = (one.on - london_day(at)).days
    if one.reason is Reason.NEW and days < 0:
        return words("since_day", "since {day}", day=day_says(midnight(one.on))), False
    if days < 0:
        over = words("days_over", "{days} days over", days=-days) if days < -1 else words("day_over", "1 day over")
        return over, True
    if one.at and days <= 1:
        clock = one.at.astimezone(LOCAL).strftime("%H:%M")
        if one.at < at:
            return words("since_clock", "since {clock} today", clock=clock), True
        which = words("clock_today", "{clock} today", clock=clock)
        return (which if days == 0 else words("clock_tomorrow", "{clock} tomorrow", clock=clock)), False
    if days <= 1:
        return (words("today", "today") if days == 0 else words("tomorrow", "tomorrow")), False
    if days < SOON.days:
        return words("in_days", "in {days} days", days=days), False
    return words("on_day", "on {day}", day=day_says(midnight(one.on))), False
