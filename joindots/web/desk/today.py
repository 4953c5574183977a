"""Today's desk: what waits, sorted by day into tabs; what was put off stands apart until its day; never by a score."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.crypto import salted_hmac

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.casework import queries as casework
from joindots.kernel.dots import Due, Reason
from joindots.kernel.when import LOCAL, day_says, london_day, midnight
from joindots.kernel.words import Words, words

log = logging.getLogger(__name__)
MOST: Final = 60
"""Things of one part that a desk asks for; the soonest come first, and the page says if there may be more."""
AHEAD: Final = timedelta(days=14)
SOON: Final = timedelta(days=7)
"""How long before its day an order's end or a court day is already today's work."""
EARLY: Final = frozenset({Reason.ORDER, Reason.COURT})
PARTS: Final[Mapping[str, Words]] = {
    "casework": words("part_casework", "Tasks, replies, court days and cases to take on"),
    "evidence": words("part_evidence", "What is new in logs and files"),
    "risk": words("part_risk", "Reviews of risk"),
    "orders": words("part_orders", "Days of orders"),
    "people": words("part_people", "Callers to check, and safe contact to ask about"),
    "notices": words("part_notices", "What left or did not leave"),
    "helpline": words("part_helpline", "Calls that were promised"),
    "privacy": words("part_privacy", "Requests about personal data"),
}
"""What each part brings to a desk, as a reader misses it where it did not load."""
OTHER_PART: Final = words("part_other", "A part of the desk")


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk on one day: what needs somebody today, what comes within a fortnight, what waits on others."""

    today: tuple[Due, ...] = ()
    coming: tuple[Due, ...] = ()
    others: tuple[Due, ...] = ()
    later: tuple[Due, ...] = ()
    """What the reader put off to a day that has not come."""
    cut: bool = field(default=False)
    """A part gave as many as were asked of it: there may be more behind them."""
    missing: tuple[Words, ...] = ()
    """What did not load. Nothing is said of it then, above all not that there is none."""
    put_off: Mapping[str, casework.PutOffView] = field(default_factory=dict)
    """What stands put off now, by the mark of the thing."""


def sorted_out(
    due: Iterable[Due], day: date, most: int = MOST, later: Collection[str] = (), missing: tuple[Words, ...] = ()
) -> Desk:
    """What is due by where it stands on the desk: an answer that is not late yet waits on others (pure).

    What came new waits for somebody from the moment it came: its day is the last one for it, not the first. `later` are
    the marks of what was put off.
    """
    found: dict[str, list[Due]] = {"today": [], "coming": [], "others": [], "later": []}
    number: dict[str, int] = {}
    for one in due:
        number[one.kind] = number.get(one.kind, 0) + 1
        found[_tab(one, day) if not later or mark_of(one) not in later else "later"].append(one)
    cut = any(each >= most for each in number.values())
    waiting, coming, others, away = (tuple(rows) for rows in found.values())
    return Desk(waiting, coming, others, away, cut, missing)


def _tab(one: Due, day: date) -> str:
    if one.on <= day or one.reason is Reason.NEW or (one.reason in EARLY and one.on <= day + SOON):
        return "today"
    return "others" if one.reason is Reason.LATE else "coming"


def desk_of(actor: Actor, whose: Collection[UUID]) -> Desk:
    """What waits for these memberships, of what the actor may know of.

    What the actor put off on their own desk stands apart. What a colleague put off stays in its place for a lead.
    """
    day = london_day(actor.at)
    waiting, missing = _asked(actor, whose, day + AHEAD)
    put_off = casework.put_off_now(actor, whose) if casework.put_off_now.may(actor) else ()
    by_mark = {_digest(one.circle, one.what): one for one in put_off}
    own = set(whose) == {actor.membership_id}
    desk = sorted_out(waiting, day, MOST, by_mark if own else (), missing)
    return Desk(desk.today, desk.coming, desk.others, desk.later, desk.cut, desk.missing, by_mark)


def _asked(actor: Actor, whose: Collection[UUID], until: date) -> tuple[list[Due], tuple[Words, ...]]:
    """What every part answers. One that breaks is named on the page, and the others stand."""
    waiting: list[Due] = []
    missing: list[Words] = []
    for answer in parts.answering("due"):
        part = answer.__module__.split(".")[1]
        try:
            waiting += list(answer(actor, whose, until, MOST))
        except Exception:  # whatever broke there, the rest of a working day must not wait for it
            log.exception("a part did not answer what is due: %s", part)
            missing.append(PARTS.get(part, OTHER_PART))
    return sorted(waiting, key=lambda one: (one.on, one.kind)), tuple(missing)


def what_of(one: Due) -> str:
    """The thing due exactly as it stands now: what changes in it makes it another thing."""
    return json.dumps([one.kind, one.link, one.on.isoformat(), str(one.sentence)])


def mark_of(one: Due) -> str:
    """A mark by which a page names one thing due; its words cannot be guessed from it."""
    return _digest(one.circle, what_of(one))


def _digest(circle: UUID, what: str) -> str:
    return salted_hmac("joindots.desk", f"{circle}|{what}", algorithm="sha256").hexdigest()[:32]


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
