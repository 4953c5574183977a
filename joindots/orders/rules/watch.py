"""Order watch: whether an act may lie inside an order's life, what is vague about that, and what may be decided (pure).

Nothing here says that an act is a breach. It lays the act's time beside the order's, and names what cannot be told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import LOCAL, When, london_day, midnight
from joindots.kernel.words import Words, words
from joindots.law.counting import day_said
from joindots.law.episode import Binding, Episode, Terms

AFTER: Final = words("dated_after", "dated after the order")
BEFORE_SERVED: Final = words("made_not_served", "after made, before served")
VARIED_BEFORE_SERVED: Final = words("varied_not_served_then", "after this condition was made, before it was served")
BREACH, NOT, CANT_TELL = "breach", "not", "cant_tell"
VERDICTS: Final[Mapping[str, str]] = {BREACH: "a breach", NOT: "not a breach", CANT_TELL: "can’t tell"}
OUTCOMES: Final[Mapping[str, str]] = {
    "convicted": "convicted", "not_guilty": "not guilty", "no_charge": "no charge", "caution": "caution",
    "dropped": "charge dropped", "other": "another outcome",
}  # fmt: skip
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
MOST_WHY: Final = 500
RUN: Final = timedelta(minutes=10)
"""A longer pause between messages begins another act, as in the chronology."""


@dataclass(frozen=True, slots=True)
class Span:
    """When one order binds: the earliest and latest moment at which it was made, and served; and the moment it is over.

    A day without its time of day leaves the whole day open.
    """

    made: tuple[datetime, datetime]
    made_says: str
    served: tuple[datetime, datetime] | None
    served_says: str
    over: datetime | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an act lies by an order: one of the two labels, or none where its time does not tell, and what is vague."""

    label: Words | None
    vague: tuple[Words, ...]


Known = tuple[date, time | None]
"""When the subject came to know of an order before it was served: the day, and the time where it is known."""


def spans_of(episode: Episode, known: Known | None = None) -> tuple[Span, ...]:
    """When each order of an episode binds; the one that goes on ends with the episode's last day, if it has one.

    `known` counts as service of the order it falls into, where it came before.
    """
    return tuple(_span(one, episode.ends, known) for one in episode.bindings)


def _span(one: Binding, ends: date | None, known: Known | None) -> Span:
    last = one.last or ends
    told: Known | None = (one.served, one.served_clock) if one.served else None
    if known and known[0] >= one.made and (one.last is None or known[0] < one.last):
        told = min(told, known, key=lambda at: _moments(*at)) if told else known
    return Span(
        _moments(one.made, one.made_clock), _said(one.made, one.made_clock), _moments(*told) if told else None,
        _said(*told) if told else "", midnight(last + A_DAY) if last else None, last,
    )  # fmt: skip


def _moments(day: date, clock: time | None) -> tuple[datetime, datetime]:
    if clock is None:
        return midnight(day), midnight(day + A_DAY)
    at = datetime.combine(day, clock, LOCAL)
    return at, at + A_MINUTE


def _said(day: date, clock: time | None) -> str:
    return f"{day_said(day)} at {clock:%H:%M}" if clock else day_said(day)


def placed(when: When, spans: Sequence[Span]) -> Placed | None:
    """Where an act lies by the orders of an episode; None where it lies outside for certain, or its time is not known.

    The label says that an act is before service only where every reading of its time is, and none where some reading
    lies before the order was made.
    """
    if when.earliest is None and when.latest is None:
        return None
    first, last = when.earliest or FIRST, when.latest or LAST
    near = [one for one in spans if last >= one.made[0] and (one.over is None or first < one.over)]
    if not near:
        return None
    vague = tuple(_vague(when, first, last, near))
    if first < near[0].made[1]:
        return Placed(None, vague)
    unserved = all(one.served is None or last < one.served[0] for one in near)
    return Placed(BEFORE_SERVED if unserved else AFTER, vague)


def _vague(when: When, first: datetime, last: datetime, near: Sequence[Span]) -> Iterator[Words]:
    if when.earliest is None or when.latest is None or last - first > A_DAY:
        yield words("vague_time", "Its time is known only as: {when}.", when=when.says())
    if first < near[0].made[1]:
        yield words("vague_made", "By its time it may be before the order was made on {made}.", made=near[0].made_says)
    for one, other in pairwise(near):
        if one.over is not None and one.over < other.made[0]:
            yield words("vague_gap", "By its time it may be on a day between two orders, on which none was in force.")
    for one in near:
        if one.served and first < one.served[1] and last >= one.served[0]:
            yield words("vague_served", "By its time it may be before or after the order was served on {served}.",
                        served=one.served_says)  # fmt: skip
    over = near[-1].over
    if over is not None and last >= over and near[-1].last is not None:
        yield words("vague_over", "By its time it may be after the last day of the order, {last}.",
                    last=day_said(near[-1].last))  # fmt: skip


def binds_then(since: date | None, until: date | None, when: When) -> bool:
    """Whether a condition that runs from one day to another may bind at an act's time."""
    first = london_day(when.earliest) if when.earliest else date.min
    last = london_day(when.latest) if when.latest else date.max
    return (since is None or since <= last) and (until is None or until >= first)


@dataclass(frozen=True, slots=True)
class Change:
    """When a change of an order was made, and when it was served: the earliest and latest moment of each."""

    made: tuple[datetime, datetime]
    made_says: str
    served: tuple[datetime, datetime] | None
    served_says: str


def change_of(terms: Sequence[Terms], under: int) -> Change | None:
    """The change that a condition came with; None for one that stands since the order was made."""
    if under >= len(terms) or not terms[under].changed:
        return None
    one = terms[under]
    served = _moments(one.served, one.served_clock) if one.served else None
    return Change(
        _moments(one.on, one.clock), _said(one.on, one.clock), served,
        _said(one.served, one.served_clock) if one.served else "",
    )  # fmt: skip


def by_change(change: Change | None, when: When) -> tuple[Words | None, Words | None]:
    """The label of an act by a condition that came with a change, and what is vague about that."""
    if change is None:
        return None, None
    first, last = when.earliest or FIRST, when.latest or LAST
    if first < change.made[1]:
        return None, words("vague_varied", "By its time it may be before this condition was made on {made}.",
                           made=change.made_says)  # fmt: skip
    if change.served is None or last < change.served[0]:
        return VARIED_BEFORE_SERVED, None
    if first < change.served[1]:
        return None, words("vague_varied_served", "By its time it may be before or after this condition was served "
                           "on {served}.", served=change.served_says)  # fmt: skip
    return None, None


def condition_vague(since: date | None, until: date | None, when: When) -> Words | None:
    """That an act may lie outside a condition's own days, where its time does not tell."""
    first = london_day(when.earliest) if when.earliest else date.min
    last = london_day(when.latest) if when.latest else date.max
    if since is not None and first < since:
        return words("vague_since", "By its time the act may be before this condition began on {day}.",
                     day=day_said(since))  # fmt: skip
    if until is not None and last > until:
        return words("vague_until", "By its time the act may be after this condition ended on {day}.",
                     day=day_said(until))  # fmt: skip
    return None


def day_of_act(when: When, spans: Sequence[Span]) -> date:
    """The first day on which the act can have been inside an order: the day a breach is recorded under."""
    first = when.earliest or FIRST
    near = next(one for one in spans if (when.latest or LAST) >= one.made[0] and (one.over is None or first < one.over))
    return london_day(max(first, near.made[0]))


def runs(moments: Iterable[tuple[object, datetime | None, bool]]) -> list[list[int]]:
    """Acts of messages in one conversation with pauses under ten minutes: their places in the order given.

    Of each message its conversation, its moment where known, and whether it can run together with others at all.
    """
    found: list[list[int]] = []
    open_runs: dict[object, tuple[list[int], datetime]] = {}
    for place, (talk, moment, joins) in enumerate(moments):
        before = open_runs.get(talk)
        if joins and moment is not None and before is not None and moment - before[1] < RUN:
            before[0].append(place)
            open_runs[talk] = (before[0], moment)
            continue
        found.append([place])
        if joins and moment is not None:
            open_runs[talk] = (found[-1], moment)
    return found


def can_decide(chosen: Mapping[str, str], asked: Collection[str], why: str, *, typed: bool) -> Decision:
    """Whether verdicts by condition can be kept: of conditions that are asked, from the three, with a reason for
    "can't tell". `typed`: whether any condition is written down.
    """
    if not typed:
        return no("no_condition", "Condition not yet typed: add the order’s wording first.")
    if not chosen:
        return no("nothing_chosen", "Choose for at least one condition: a breach, not a breach, or can’t tell.")
    if not set(chosen) <= set(asked):
        return no("not_asked", "That condition was decided already, or was not in force at that time. Look again.")
    if not set(chosen.values()) <= set(VERDICTS):
        return no("no_such_verdict", "Choose from the answers shown.")
    if CANT_TELL in chosen.values() and not why.strip():
        return no("why_missing", "Write why you can’t tell: what is vague, or not known.")
    if len(why) > MOST_WHY:
        return no("words_long", "Shorten it to {most} letters.", most=MOST_WHY)
    return YES


def reasons(chosen: Mapping[UUID, str], why: str) -> dict[UUID, str]:
    """The reason of each verdict, given once for all of an act: where any is not "not a breach", it speaks of those."""
    plain = set(chosen.values()) <= {NOT}
    return {key: why if plain or verdict != NOT else "" for key, verdict in chosen.items()}


def can_follow_up(
    act: date, today: date, arrested: date | None, charged: date | None, outcome_on: date | None, outcome: str
) -> Decision:
    """Whether what followed a breach can be so: no day before the act or ahead, none before the one it rests on."""
    days = [day for day in (arrested, charged, outcome_on) if day is not None]
    if any(day > today for day in days):
        return no("step_ahead", "That day has not come yet. Write it down once it has happened.")
    if any(day < act for day in days):
        return no("before_act", "That day is before the act, on {day}. Look at both days.", day=day_said(act))
    if charged and arrested and charged < arrested:
        return no("charge_first", "The charge would be before the arrest. Look at both days.")
    if outcome_on and max(days) > outcome_on:
        return no("outcome_first", "The outcome would be before the charge or the arrest. Look at the days.")
    if bool(outcome) != (outcome_on is not None):
        return no("outcome_half", "Give the outcome and its day together, or neither.")
    if outcome and outcome not in OUTCOMES:
        return no("no_such_outcome", "Choose the outcome from those shown.")
    return YES


def can_strike_breach() -> Decision:
    """The step of a breach that was decided from an act goes with its decision."""
    return no("breach_of_watch", "This breach was decided from an act. Take that decision back under Order watch.")
