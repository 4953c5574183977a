"""A notice's way out: taken once under a lease, asked of the gate anew, and settled. Never sent twice."""

from __future__ import annotations

from joindots.access.actor import Actor
from joindots.access.door import writes
from joindots.agencies.models import Agency
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.notices import permissions
from joindots.notices.gateways import Parcel
from joindots.notices.models import Notice
from joindots.notices.rules import calendars
from joindots.notices.rules import notices as rules
from joindots.notices.rules.notices import BY_HAND, Ended, Kind, State
from joindots.notices.tasks import asked_now, gives_away, only_theirs, outward_of
from joindots.people.rules.reaching import Card

MOVES = ("state", "code", "gateway", "lease_until", "not_before", "due_on", "attempts", "left_at", "seen_at", "done_by")
ENDS: dict[Ended, tuple[State, str]] = {
    Ended.DONE: (State.SENT, ""), Ended.NO_ANSWER: (State.FAILED, "no_answer"),
    Ended.SOMEBODY_ELSE: (State.FAILED, "somebody_else"), Ended.NOT_DONE: (State.QUEUED, ""),
}  # fmt: skip


def _waits(row: Notice) -> Decision:
    if row.state == State.QUEUED:
        return YES
    return no("notice_over", "This is no longer waiting: it {state}.", state=rules.STATE_WORDS[State(row.state)])


def _leaves(row: Notice) -> Decision:
    return YES if row.state == State.LEAVING else no("notice_not_begun", "This was not begun.")


@writes(permissions.WRITE_OUT, Notice, when=_waits)
def take(actor: Actor, row: Notice) -> tuple[str, Parcel] | None:
    """Take a notice for its gateway: the agency's name and all that leaves, or None where it may not leave now.

    The gate is asked of the card as it stands at this moment. What is no longer safe is refused here, whatever it was
    when it was written; what has no safe hour now waits for the next.
    """
    if row.kind in BY_HAND:
        raise NotFound
    parcel = _opened(actor, row)
    if parcel is None:
        return None
    agency = Agency.objects.values_list("name", flat=True).get(pk=row.circle.agency_id)
    return agency, parcel


@writes(permissions.WRITE_OUT, Notice, when=_waits)
def begin(actor: Actor, row: Notice) -> bool:
    """Begin a call or letter: whether it may be done at this moment. From now on its number or address may be seen."""
    if row.kind not in BY_HAND:
        raise NotFound
    return _opened(actor, row) is not None


@writes(permissions.WRITE_OUT, Notice, when=_leaves)
def settle(actor: Actor, row: Notice, *, state: str, code: str, gateway: str) -> None:
    """Note what became of a notice that a gateway was given."""
    only_theirs(actor, row)
    if State(state) not in rules.NEXT[State.LEAVING]:
        raise NotFound
    row.state, row.code, row.gateway, row.lease_until = State(state), code[:24], gateway[:12], None
    if row.state == State.SENT:
        row.left_at, row.seen_at = actor.at, actor.at
    if row.state == State.QUEUED:
        row.not_before = actor.at + rules.AGAIN
        if row.attempts >= rules.MOST_ATTEMPTS:
            row.state, row.code = State.FAILED, "gateway_away"
    _save(row)
    actor.record(row.circle_id, f"notices.{row.state}", notice=row.pk, notice_kind=row.kind, code=row.code)


@writes(permissions.WRITE_OUT, Notice, when=_leaves)
def end_by_hand(actor: Actor, row: Notice, *, how: str) -> None:
    """Note what came of a call or letter, by who did it. Nobody leaves anything where nobody, or another, answers."""
    only_theirs(actor, row)
    if row.kind not in BY_HAND or how not in set(Ended):
        raise NotFound
    state, row.code = ENDS[Ended(how)]
    row.state, row.gateway, row.lease_until = state, "person", None
    if state != State.QUEUED:
        row.left_at, row.seen_at, row.done_by_id = actor.at, actor.at, actor.membership_id
    _save(row)
    actor.record(row.circle_id, "notices.by_hand", notice=row.pk, notice_kind=row.kind, code=how)


@writes(permissions.WRITE_OUT, Notice, when=_waits)
def withdraw(actor: Actor, row: Notice) -> None:
    """Take back what has not left. Its words go; that it was there stays."""
    only_theirs(actor, row)
    row.state, row.seen_at = State.WITHDRAWN, actor.at
    actor.keys.seal(row, body="", subject="", sender="", file_name="", reason="")
    row.save()
    actor.record(row.circle_id, "notices.withdrawn", notice=row.pk, notice_kind=row.kind)


@writes(permissions.WRITE_OUT, Notice)
def note_seen(actor: Actor, row: Notice) -> None:
    """Note that somebody looked at how it ended: it leaves the desk."""
    only_theirs(actor, row)
    row.seen_at = actor.at
    _save(row)
    actor.record(row.circle_id, "notices.seen", notice=row.pk)


def _opened(actor: Actor, row: Notice) -> Parcel | None:
    """Ask the gate, and move the notice as it answers: what may leave now is under a lease from this moment."""
    only_theirs(actor, row)
    if actor.at - row.made_at > rules.LASTS or (row.starts is not None and row.starts <= actor.at):
        row.state, row.code = State.FAILED, "too_late"
        return _moved(actor, row, None)
    card, told = asked_now(actor, row)
    if told.waits_until is not None:
        row.not_before, row.due_on = told.waits_until, london_day(told.waits_until)
    elif not told.leaves:
        row.state, row.code = State.REFUSED, told.reason.code[:24]
    elif not (seen := gives_away(actor, row)):
        row.state, row.code = State.REFUSED, seen.reason.code[:24]
    else:
        row.state, row.attempts = State.LEAVING, row.attempts + 1
        row.lease_until = actor.at + (rules.HAND_LEASE if row.kind in BY_HAND else rules.LEASE)
    return _moved(actor, row, card)


def _moved(actor: Actor, row: Notice, card: Card | None) -> Parcel | None:
    _save(row)
    actor.record(row.circle_id, f"notices.{row.state}", notice=row.pk, notice_kind=row.kind, code=row.code)
    return _parcel(actor, row, card) if row.state == State.LEAVING else None


def _parcel(actor: Actor, row: Notice, card: Card | None) -> Parcel:
    show, kind = actor.keys.open, Kind(row.kind)
    if row.outward:
        to = outward_of(actor, row).to
    else:
        way = card.way(row.way) if card else None
        assert way is not None, "the gate let through what is not on the card"
        to = way.key.partition(":")[2] if way.key.startswith(("tel:", "mailto:")) else way.value
    subject = show(row.subject)
    attached = calendars.of_appointment(row.starts, subject, row.made_at, str(row.pk)) if row.starts else b""
    return Parcel(kind, to, show(row.sender), subject, show(row.body), show(row.file_name), attached)


def _save(row: Notice) -> None:
    row.save(update_fields=MOVES)
