"""The way of a pack for disclosure: made, checked, released by two people, gone after a week (pure)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from joindots.circles.rules import SMALL_AGENCY
from joindots.kernel.decisions import YES, Decision, no

DAYS: Final = 7
"""A released pack can be fetched for so long."""
TOLD_DAYS: Final = 28
"""After so long the person is told again: plans change, and so does what a court asks."""
MOST_FOR: Final = 120


class State(StrEnum):
    """Where a pack for disclosure stands."""

    MAKING = "making"
    BLOCKED = "blocked"
    READY = "ready"
    ASKED = "asked"
    REFUSED = "refused"
    LAPSED = "lapsed"
    RELEASED = "released"
    ENDED = "ended"


NEXT: dict[State, frozenset[State]] = {
    State.MAKING: frozenset({State.READY, State.BLOCKED}),
    State.BLOCKED: frozenset(),
    State.READY: frozenset({State.ASKED}),
    State.ASKED: frozenset({State.RELEASED, State.REFUSED, State.LAPSED}),
    State.REFUSED: frozenset({State.ASKED}),
    State.LAPSED: frozenset({State.ASKED}),
    State.RELEASED: frozenset({State.ENDED}),
    State.ENDED: frozenset({State.ASKED}),
}
STATE_WORDS: Final[dict[State, str]] = {
    State.MAKING: "being made", State.BLOCKED: "blocked by the leak check", State.READY: "checked, not released",
    State.ASKED: "waits for a second person", State.REFUSED: "not released: the second person said no",
    State.LAPSED: "not released: nobody decided in time", State.RELEASED: "released",
    State.ENDED: "no longer released: its days are over",
}  # fmt: skip


def people_said(about: Collection[str], own: Collection[str]) -> str:
    """Both lists of names as one text, to be sealed."""
    return "\n".join(about) + "\n\n" + "\n".join(own)


def people_of(said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the person reported, and those of the person being stalked."""
    about, _, own = said.partition("\n\n")
    return tuple(about.splitlines()), tuple(own.splitlines())


def state_at(stored: str, at: datetime, *, lapses: datetime | None, ends: datetime | None) -> State:
    """Where it stands at a moment: what nobody decided has lapsed, and a release ends by itself."""
    state = State(stored)
    if state is State.ASKED and (lapses is None or at >= lapses):
        return State.LAPSED
    if state is State.RELEASED and (ends is None or at >= ends):
        return State.ENDED
    return state


def can_move(now: State, to: State) -> Decision:
    """Whether a pack may pass from one state to another."""
    if to in NEXT[now]:
        return YES
    return no("release_state", "This pack is {state}. Open its page again to see what can be done.",
              state=STATE_WORDS[now])  # fmt: skip


def can_make(told_at: datetime | None, at: datetime, *, about: Collection[str], recipient: str) -> Decision:
    """The person is told first; whom it is about and whom it is for must be said."""
    if told_at is None:
        return no("not_told", "Tell the person first what a court may order disclosed, and note that you did.")
    if at - told_at > timedelta(days=TOLD_DAYS):
        return no("told_long_ago", "The person was told more than {n} days ago. Tell them again first.", n=TOLD_DAYS)
    if not about:
        return no("about_missing", "Enter the person reported, as the files show them: all others are kept out.")
    if not recipient:
        return no("recipient_missing", "Enter whom the pack is for. It stands on every page.")
    if len(recipient) > MOST_FOR:
        return no("recipient_long", "Shorten whom it is for to {most} letters.", most=MOST_FOR)
    return YES


def can_ask(now: State, *, fresh: bool, grown: bool, wants_buddy: bool, staff: int, buddy: bool) -> Decision:
    """Asked for once the check found nothing, while nothing was added to what must never leave."""
    if not (may := can_move(now, State.ASKED)):
        return may
    if grown:
        return no(
            "list_grown",
            "Something was added to what must never leave after this pack was made. Make the pack again.",
        )
    if wants_buddy and staff >= SMALL_AGENCY:
        return no("agency_not_small", "Your agency has {n} members of staff: one of them decides.", n=staff)
    if wants_buddy and not buddy:
        return no("no_buddy", "Your agency has no buddy agency. Ask whoever looks after this system to name one.")
    return YES if fresh else not_fresh()


def can_decide(now: State, *, fresh: bool, grown: bool, agreed: bool, same: bool) -> Decision:
    """Decided once, in time, of exactly the pack that was asked about. To say no, nothing more is needed."""
    if not (may := can_move(now, State.RELEASED)):
        return may
    if not agreed:
        return YES
    if not same:
        return no("another_pack", "This is not the pack that was asked about. It is not released.")
    if grown:
        return no(
            "list_grown_meanwhile",
            "Something was added to what must never leave after this pack was made. It is not released.",
        )
    return YES if fresh else not_fresh()


def can_fetch(now: State, *, fresh: bool, grown: bool) -> Decision:
    """Fetched while it is released, by somebody who has just given the second factor."""
    if now is not State.RELEASED:
        return no("not_released", "This pack is {state}, so it cannot be downloaded.", state=STATE_WORDS[now])
    if grown:
        return no(
            "list_grown_since",
            "Something was added to what must never leave after this pack was made, so it cannot be downloaded any "
            "more. Make the pack again.",
        )
    return YES if fresh else not_fresh()


def not_fresh() -> Decision:
    """A pack leaves only by somebody who has just proved who they are."""
    return no("not_fresh", "Give your second factor again first: what leaves needs it fresh.")
