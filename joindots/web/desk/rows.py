"""The rows of a desk: whose case, why, how the person is reached, the last contact; in an order of the reader's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.casework import queries as casework
from joindots.casework.rules.desk import gathered
from joindots.evidence import queries as evidence
from joindots.helpline import queries as helpline
from joindots.kernel.dots import Due, Reason
from joindots.kernel.when import day_says, london_day
from joindots.kernel.words import Words, words
from joindots.notices import queries as notices
from joindots.orders import queries as orders
from joindots.people import queries as people
from joindots.web.desk.spark import Spark, drawn
from joindots.web.desk.today import Desk, due_says, mark_of

GROUPS: Final[dict[Reason, tuple[Words, Words]]] = {
    Reason.NEW: (words("new", "Something new"), words("new_rule", "longest waiting first")),
    Reason.ORDER: (words("order", "Order or bail changes soon"), words("soonest", "soonest first")),
    Reason.COURT: (words("court", "Court"), words("soonest", "soonest first")),
    Reason.PROMISED: (words("promised", "Promised"), words("promised_rule", "by time promised")),
    Reason.LATE: (words("late", "Somebody has not answered"), words("late_rule", "longest over first")),
    Reason.REVIEW: (words("review", "Review due"), words("review_rule", "oldest first")),
}
"""Each reason in words, and the rule its rows are ordered by. All are by day; the words say what that means there."""
ORDERS: Final[dict[str, tuple[Words, Words]]] = {
    "reason": (words("order_reason", "By reason"), words("order_reason_rule", "new first, reviews last")),
    "day": (words("order_day", "By day"), words("order_day_rule", "earliest day first, whatever the reason")),
    "case": (words("order_case", "By case"), words("order_case_rule", "the case with the earliest day first")),
}
"""Orders a reader can choose, each by a rule that is told."""
REACHES: Final = frozenset({Reason.PROMISED})
"""What is done by reaching the person: the safe line stands on the row without being asked for."""
NOT_ASKED: Final = words("safe_not_asked", "Not asked yet. Do not ring, text or write.")
NEVER_LATER: Final = frozenset({"justice.second"})
"""What lapses by the hour and hangs on no case that the reader could put it off in."""
VICTIM: Final = "victim"
FIRST_CONTACT: Final = "casework.first_contact"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing due as a desk shows it: whose case, why, when, the last weeks in small, and what comes next."""

    due: Due
    case: casework.CaseLine | None
    tag: Words
    over: bool
    mark: str
    spark: Spark | None = None
    safe: str = ""
    """How the person is reached safely; empty where it was not asked for, and where nothing is on record."""
    last: str = ""
    """When somebody last reached the person, and how."""
    put_off: casework.PutOffView | None = None
    again: bool = False
    """The row above is of the same case: its name and pictures stand there."""

    @property
    def can_wait(self) -> bool:
        """Whether it can be put off to another day."""
        return self.due.kind not in NEVER_LATER


@dataclass(frozen=True, slots=True)
class Group:
    """The rows under one heading."""

    title: Words
    rule: Words
    rows: tuple[Row, ...]


def grouped(
    actor: Actor, desk: Desk, due: Sequence[Due], *, order: str = "reason", safe_for_all: bool = False
) -> tuple[Group, ...]:
    """The rows of one tab in the order chosen; the rows of one case stand together under each heading."""
    circles = {one.circle for one in due}
    cases = casework.lines_of(actor, circles) if circles and casework.lines_of.may(actor) else {}
    weeks = (
        evidence.weeks_of(actor, list(cases), london_day(actor.at)) if cases and evidence.weeks_of.may(actor) else {}
    )
    bound = orders.bound(actor, list(weeks)) if weeks and orders.bound.may(actor) else {}
    small = {circle: drawn(told, bound.get(circle, ())) for circle, told in weeks.items()}
    last, safe = last_of(actor, cases), _safe_lines(actor, due, cases, safe_for_all)
    rows = []
    for one in due:
        tag, over = due_says(one, actor.at)
        mark = mark_of(one)
        rows.append(Row(
            one, cases.get(one.circle), tag, over, mark, small.get(one.circle), safe.get(one.circle, ""),
            last.get(one.circle, ""), desk.put_off.get(mark),
        ))  # fmt: skip
    return ordered(rows, order)


def ordered(rows: Sequence[Row], order: str) -> tuple[Group, ...]:
    """Rows under their headings by the order chosen (pure); each order has a rule in words."""
    if order == "case":
        return (Group(*ORDERS["case"], _told_once(rows)),) if rows else ()
    if order == "day":
        return (Group(*ORDERS["day"], tuple(rows)),) if rows else ()
    found = {reason: [row for row in rows if row.due.reason is reason] for reason in Reason}
    return tuple(Group(*GROUPS[reason], _told_once(some)) for reason, some in found.items() if some)


def _told_once(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of one case side by side, its name and weeks on the first of them."""
    together = gathered(rows, lambda row: row.due.circle if row.case else row.mark)
    above: UUID | None = None
    told = []
    for row in together:
        again = bool(row.case) and row.due.circle == above
        told.append(Row(row.due, row.case, row.tag, row.over, row.mark, None if again else row.spark,
                        "" if again else row.safe, "" if again else row.last, row.put_off, again))  # fmt: skip
        above = row.due.circle if row.case else None
    return tuple(told)


def last_of(actor: Actor, circles: Collection[UUID]) -> dict[UUID, str]:
    """The last contact with the person of each circle, of what is on record and the actor may know of: day and kind."""
    if not circles:
        return {}
    actor.keys.prepare(circles)
    found: dict[UUID, tuple[datetime, str]] = {}
    for query in (casework.spoken_last, notices.left_last, helpline.spoken_last):
        told: Mapping[UUID, tuple[datetime, str]] = query(actor, circles) if query.may(actor) else {}
        for circle, one in told.items():
            found[circle] = max(one, found.get(circle, one))
    return {circle: f"{day_says(at)}, {how}" for circle, (at, how) in found.items()
            if actor.keys.side(circle) == VICTIM}  # fmt: skip


def _safe_lines(
    actor: Actor, due: Sequence[Due], cases: Collection[UUID], everybody: bool
) -> dict[UUID, str]:  # fmt: skip
    """Opened for who is to be reached now, and for everybody when that is asked: a desk that opened every card each
    morning would make the trail of who looked at them worthless.
    """
    if not actor.may(people.safe_line.permission):
        return {}
    wanted = {one.circle for one in due if everybody or one.reason in REACHES or one.kind == FIRST_CONTACT}
    lines = {circle: people.safe_line(actor, Ref(circle)) for circle in wanted & set(cases)}
    return {circle: line.words or str(NOT_ASKED) for circle, line in lines.items() if line}
