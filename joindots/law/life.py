"""The life of a stalking protection order, interim and full as one episode: every step from every state, or why not.

One table of steps (`data/spo_life.csv`; source: Stalking Protection Act 2019 s1 to s11) decides; whatever is not in it
is refused by a sentence that names what can follow. A life has three sides: how far the order has come, whether its
subject owes a notification, and what is being asked of a court meanwhile. Several things can be asked at once, so they
are a set and not stages: an order stays in force while its variation, renewal, discharge or an appeal is open.
Every other order, notice and bail has a simpler life by another table of the same form (`data/order_life.csv`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from types import MappingProxyType
from typing import Literal, get_args

from joindots.kernel.words import Words, words
from joindots.law.reading import Fact, table

Stage = Literal[
    "considered", "not_pursued", "preparing", "authorised", "lodged", "withdrawn", "interim_sought", "interim_made",
    "interim_served", "interim_ended", "refused", "made", "served", "discharged", "expired", "quashed",
]  # fmt: skip
Notification = Literal["not_owed", "owed", "overdue", "given"]
Matter = Literal["variation", "renewal", "discharge", "appeal", "decision_appeal"]
STAGES: tuple[Stage, ...] = get_args(Stage)
NOTIFICATIONS: tuple[Notification, ...] = get_args(Notification)
MATTERS: tuple[Matter, ...] = get_args(Matter)
ALL = "all"
Table = Literal["spo_life", "order_life"]

SAID: Mapping[Stage, str] = {
    "considered": "being thought of", "not_pursued": "not being applied for", "preparing": "being prepared",
    "authorised": "authorised and not lodged yet", "lodged": "before the court, with no order",
    "withdrawn": "withdrawn", "interim_sought": "before the court, with an interim order asked for",
    "interim_made": "an interim order, not served yet", "interim_served": "an interim order that was served",
    "interim_ended": "before the court, with the interim order ended", "refused": "refused",
    "made": "a full order, not served yet", "served": "a full order that was served", "discharged": "discharged",
    "expired": "expired", "quashed": "quashed on appeal",
}  # fmt: skip
IN_FORCE: frozenset[Stage] = frozenset({"interim_made", "interim_served", "made", "served"})
"""Stages in which an order binds its subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Fact):
    """A row of the table: an event, from which stages it can come, and what it changes. Empty: unchanged, or any."""

    event: str
    label: str
    stages: str
    notification: Literal["", "not_owed", "owed", "overdue", "given"] = ""
    """How the notification must stand."""
    needs: Literal["", "variation", "renewal", "discharge", "appeal", "decision_appeal"] = ""
    """What must be open before a court."""
    to_stage: str = ""
    to_notification: Literal["", "not_owed", "owed", "overdue", "given"] = ""
    opens: Literal["", "variation", "renewal", "discharge", "appeal", "decision_appeal"] = ""
    """What it opens; it must not be open already."""
    closes: str = ""
    tell_first: bool
    """Whether the person protected is told by safe contact before it, or a reason is recorded why not."""
    beside: bool
    """Whether it happens beside the order's life and may be written down after later steps."""
    guard: str = ""
    records: str = ""
    kinds: str = ""
    """The kinds of order that alone have it; "not" before them: every kind but these; empty: every kind."""

    def is_for(self, kind: str) -> bool:
        """Whether an order of a kind has this step."""
        named = self.kinds.split()
        return not named or ((kind not in named[1:]) if named[0] == "not" else kind in named)


@dataclass(frozen=True, slots=True)
class Life:
    """Where an order stands."""

    stage: Stage = "considered"
    notification: Notification = "not_owed"
    open: frozenset[Matter] = frozenset()
    by: Table = "spo_life"
    """The table that decides it."""
    kind: str = ""
    """The kind of order, where its own table tells kinds apart; empty for one that is known by somebody's word."""


START = Life()
OTHER_START = Life(by="order_life")
"""The first thought of any other order, notice or bail."""


def steps(by: Table = "spo_life") -> Mapping[str, Step]:
    """Every row of a table."""
    return table(by, Step)


@cache
def events(by: Table = "spo_life") -> Mapping[str, str]:
    """Every event with its name for people, in the order of the table."""
    return MappingProxyType({one.event: one.label for one in steps(by).values()})


@cache
def all_events() -> Mapping[str, str]:
    """Every event of either life with its name for people."""
    return MappingProxyType({**events("order_life"), **events()})


def said(life: Life) -> str:
    """Where an order stands, in words."""
    plain = {"made": "made, not served yet", "served": "in force, served", "lodged": "applied for"}
    return plain.get(life.stage, SAID[life.stage]) if life.by == "order_life" else SAID[life.stage]


@cache
def _from(by: Table, stage: Stage, event: str) -> tuple[Step, ...]:
    return tuple(one for one in steps(by).values() if one.event == event and stage in one.stages.split())


def step_of(life: Life, event: str) -> Step | None:
    """The row by which an event happens to a life, or None where the table forbids it."""
    return next((one for one in _from(life.by, life.stage, event) if _fits(one, life)), None)


def _fits(one: Step, life: Life) -> bool:
    if not one.is_for(life.kind):
        return False
    if one.notification and one.notification != life.notification:
        return False
    if one.needs and one.needs not in life.open:
        return False
    return not (one.opens and one.opens in life.open)


def after(life: Life, event: str) -> Life | Words:
    """The life after an event, or the sentence that refuses it. It answers for every life and every event."""
    one = step_of(life, event)
    if one is None:
        return refusal(life, event)
    closed = life.open if one.closes == ALL else frozenset(one.closes.split())
    opened = {one.opens} if one.opens else set()
    stage = next((name for name in STAGES if name == one.to_stage), life.stage)
    return Life(
        stage, one.to_notification or life.notification, frozenset((life.open - closed) | opened), life.by, life.kind
    )


@cache
def can_follow(life: Life) -> tuple[str, ...]:
    """The events that the table allows from here, in its order."""
    return tuple(event for event in events(life.by) if step_of(life, event))


def refusal(life: Life, event: str) -> Words:
    """Why an event cannot happen to a life, and what can."""
    label = events(life.by).get(event)
    if label is None:
        return words("no_such_step", "There is no step “{event}”. Choose one of the list.", event=event)
    return words(
        "step_forbidden", "“{label}” cannot follow now: {reason}. What can follow: {nexts}.",
        label=label, reason=_reason(life, event), nexts=_named(life.by, can_follow(life)) or "nothing",
    )  # fmt: skip


def _reason(life: Life, event: str) -> str:
    there = [one for one in _from(life.by, life.stage, event) if one.is_for(life.kind)]
    if not there:
        return f"the order is {said(life)}"
    if any(one.opens in life.open for one in there if one.opens):
        return "it is open already"
    if any(one.needs and one.needs not in life.open for one in there):
        return "nothing of the kind was asked for, or it was decided"
    return {
        "not_owed": "no notification is owed", "owed": "a notification is owed and its last day has not passed",
        "overdue": "the notification is overdue", "given": "the notification was given",
    }[life.notification]  # fmt: skip


def _named(by: Table, codes: tuple[str, ...]) -> str:
    return "; ".join(events(by)[code] for code in codes)


def every_life() -> Iterator[Life]:
    """Every combination of the three sides, whether a path leads to it or not."""
    sets = chain.from_iterable(combinations(MATTERS, number) for number in range(len(MATTERS) + 1))
    for open_ in map(frozenset, list(sets)):
        for stage in STAGES:
            for notification in NOTIFICATIONS:
                yield Life(stage, notification, open_)


@cache
def reachable() -> frozenset[Life]:
    """Every life that some path of events leads to from the first thought of an order."""
    seen, waiting = {START}, [START]
    while waiting:
        life = waiting.pop()
        for event in can_follow(life):
            nxt = after(life, event)
            if isinstance(nxt, Life) and nxt not in seen:
                seen.add(nxt)
                waiting.append(nxt)
    return frozenset(seen)
