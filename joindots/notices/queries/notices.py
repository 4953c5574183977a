"""What left, was refused or waits in a circle; one notice with its words; what the gate would say now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads, reads_one
from joindots.circles.models import Circle, Standing
from joindots.kernel.words import Words
from joindots.notices import permissions
from joindots.notices.models import Notice, RoundTrip
from joindots.notices.rules.neutral import can_leave
from joindots.notices.rules.notices import BY_HAND, KIND_WORDS, STATE_WORDS, USE, WHY_WORDS, Kind, State
from joindots.notices.rules.outward import Outward, verdict_to
from joindots.notices.tasks import (
    ask,
    asked_now,
    looked_over,
    not_to_reported,
    only_theirs,
    outward_of,
    somebody,
    unless_kept_out,
)
from joindots.people import queries as people
from joindots.people.rules.gate import Verdict, ways_for
from joindots.people.rules.reaching import KIND_WORDS as WAY_WORDS
from joindots.people.rules.reaching import Card, Way, line
from joindots.people.tasks import only_on_her_side

PAGE = 100
SAID = {
    (State.SENT, Kind.CALL): "done", (State.SENT, Kind.VOICEMAIL): "done", (State.SENT, Kind.LETTER): "posted",
    (State.SENT, Kind.PRINTED): "handed over to be printed and posted", (State.QUEUED, Kind.LETTER): "to be posted",
}  # fmt: skip
"""What a state is called where its own word would say too much or too little of this kind."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the log: no words of it and no address."""

    id: UUID
    person: UUID
    name: str
    kind: str
    state: str
    state_words: str
    why: str
    at: datetime
    """When it left, waits for, or was written."""
    made_at: datetime
    by: str
    emergency: bool
    whom: str = ""
    """Who it goes to, where that is somebody else than the person."""
    done_by: str = ""
    """Who posted it or rang."""


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice with its words and, once begun by hand, the number or address to use."""

    line: NoticeLine
    circle: UUID
    version: int
    body: str
    subject: str
    sender: str
    file_name: str
    reason: str
    by_hand: bool
    safe_line: str
    told: Verdict | None
    """What the gate says now, while it waits."""
    way: str
    to: str
    seen: bool
    stopped: Words | None = None
    """Why a call or letter that was begun is not to be done any more: its number or address is not shown."""

    @property
    def posted(self) -> bool:
        """Whether a person posts it; a call is made."""
        return self.line.kind == KIND_WORDS[Kind.LETTER]


@dataclass(frozen=True, slots=True)
class Preview:
    """What somebody must read before they write or ring: the line that matters, the ways that fit, the answer now."""

    safe_line: str
    ways: tuple[Way, ...]
    chosen: Way | None
    told: Verdict
    exception: str
    applies: bool
    """Their exception covers this kind."""
    sender: str
    must_not_know: str
    may_answer: str
    withheld: bool
    calendar: bool
    """They asked for calendar entries."""


@dataclass(frozen=True, slots=True)
class Trip:
    """A round trip that is open."""

    way: UUID
    ends_at: datetime
    misses: int
    notice: UUID
    state: str


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """A notice that waits for a person."""

    id: UUID
    circle: UUID
    kind: str
    state: str
    on: date
    at: datetime


@reads_one(permissions.SEE_NOTICES, Circle)
def left(actor: Actor, circle: Circle, person: UUID | None = None) -> tuple[NoticeLine, ...]:
    """What left, was refused or waits: the newest hundred, of everybody or of one person."""
    only_on_her_side(actor, circle.pk)
    rows = Notice.objects.filter(circle=circle).select_related("person", "by__user", "done_by__user")
    found = list((rows.filter(person=person) if person else rows).order_by("-made_at", "-id")[:PAGE])
    actor.keys.prepare({row.person_id for row in found})
    return tuple(_line(actor, row) for row in found)


@reads_one(permissions.SEE_NOTICES, Circle)
def left_out(actor: Actor, circle: Circle) -> tuple[NoticeLine, ...]:
    """What went to somebody else about a person of this circle, was refused or waits: the newest hundred."""
    only_on_her_side(actor, circle.pk)
    rows = Notice.objects.filter(circle=circle, outward=True).select_related("person", "by__user", "done_by__user")
    found = list(rows.order_by("-made_at", "-id")[:PAGE])
    actor.keys.prepare({row.person_id for row in found})
    return tuple(_line(actor, row) for row in found)


@reads_one(permissions.WRITE_OUT, Notice)
def notice(actor: Actor, row: Notice) -> NoticePage:
    """One notice. The number or address stands on it only while a call or letter is begun, for who may do it, and
    only for as long as the gate would let it leave: a safe hour ends while somebody has the page open.
    """
    only_theirs(actor, row)
    show, waits = actor.keys.open, row.state == State.QUEUED
    card, told = asked_now(actor, row)
    way = card.way(row.way) if card else None
    begun = row.state == State.LEAVING and row.kind in BY_HAND
    stopped = told.reason if begun and not told.leaves else None
    if stopped is not None:
        way = None
    if begun and way is not None:
        actor.visit.note(row.circle_id, f"people.way.{way.kind}")
    to = way.value if begun and way else ""
    if row.outward:
        to = "" if stopped is not None else outward_of(actor, row).to
    safe = line(card) if card and actor.may(permissions.WRITE) else ""
    return NoticePage(
        _line(actor, row), row.circle_id, row.version, show(row.body), show(row.subject), show(row.sender),
        show(row.file_name), show(row.reason), row.kind in BY_HAND, safe, told if waits else None,
        WAY_WORDS[way.kind] if way else "", to, row.seen_at is not None, stopped,
    )  # fmt: skip


@reads_one(permissions.WRITE, Circle)
def preview(
    actor: Actor, circle: Circle, *, person: UUID, kind: str, way: UUID | None = None, emergency: str = ""
) -> Preview:
    """What the gate would say now to a notice of this kind, with everything to know before it is written."""
    somebody(actor, circle, person)
    card, what = people.card_of(actor, Ref(person)), Kind(kind)
    asked, told = ask(card, what, way, emergency.strip(), actor.at)
    told = unless_kept_out(actor, circle.pk, person, told)
    full = card or Card()
    return Preview(
        line(full) if card else "", ways_for(card, USE[what], emergency=bool(emergency)), full.way(asked.way), told,
        full.exception, USE[what] in full.exception_uses, full.sender, full.must_not_know, full.may_answer,
        full.withheld, full.calendar,
    )  # fmt: skip


@reads_one(permissions.WRITE, Circle)
def goes_to(actor: Actor, circle: Circle, *, person: UUID, whom: str, to: str, body: str) -> Verdict:
    """What the person's card says now to something that goes to somebody else, before anything is queued."""
    somebody(actor, circle, person)
    if not (other := not_to_reported(actor, circle, whom, to)):
        return Verdict(False, other.reason)
    if not (filled := can_leave(body)):
        return Verdict(False, filled.reason)
    return verdict_to(people.card_of(actor, Ref(person)), Outward(whom, to, body), actor.at)


@reads_one(permissions.SEE_NOTICES, Circle)
def trips(actor: Actor, circle: Circle, person: UUID) -> tuple[Trip, ...]:
    """Round trips of a person that wait for the word to be said back; the newest of each way."""
    only_on_her_side(actor, circle.pk)
    rows = RoundTrip.objects.filter(circle=circle, person=person, answered_at=None, ends_at__gt=actor.at)
    newest = {row.way: row for row in rows.select_related("notice").order_by("id")}
    return tuple(
        Trip(row.way, row.ends_at, row.misses, row.notice_id, row.notice.state) for row in newest.values()
        if row.notice.state not in {State.WITHDRAWN, State.REFUSED, State.FAILED}
    )  # fmt: skip


@reads(permissions.WRITE_OUT)
def to_look_at(actor: Actor, whose: Collection[UUID], until: date, most: int) -> tuple[ToLookAt, ...]:
    """Calls and letters whose day has come, and what did not leave, written by these memberships or by somebody who
    stands in the case no more: that waits for whoever has it now.
    """
    known = Notice.objects.visible_to(actor).filter(looked_over(until))
    theirs = list(known.filter(by__in=whose).order_by("due_on", "id")[:most])
    stands = Standing.objects.in_force(actor.at).filter(circle=OuterRef("circle"), membership=OuterRef("by"))
    left = known.filter(Q(by__ends__lte=actor.at) | ~Exists(stands)).exclude(by__in=whose)
    if not actor.may(permissions.WRITE):
        theirs, left = [row for row in theirs if row.outward], known.none()
    rows = sorted([*theirs, *left.order_by("due_on", "id")[:most]], key=lambda row: (row.due_on, row.pk))[:most]
    actor.visit.shows(row.circle_id for row in rows)
    return tuple(ToLookAt(row.pk, row.circle_id, row.kind, row.state, row.due_on, row.not_before) for row in rows)


def _line(actor: Actor, row: Notice) -> NoticeLine:
    kind, state = Kind(row.kind), State(row.state)
    name = actor.keys.open(row.person.name)
    says = SAID.get((state, kind), STATE_WORDS[state])
    return NoticeLine(
        row.pk, row.person_id, name, KIND_WORDS[kind], state.value, says, WHY_WORDS.get(row.code, ""),
        row.left_at or (row.not_before if state == State.QUEUED else row.made_at), row.made_at, row.by.user.name,
        row.emergency, outward_of(actor, row).whom if row.outward else "",
        row.done_by.user.name if row.done_by else "",
    )  # fmt: skip
