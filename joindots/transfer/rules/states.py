"""Where a spreadsheet of cases stands, and where a taking out does (pure)."""

from __future__ import annotations

from enum import StrEnum

from joindots.kernel.decisions import YES, Decision, no


class SheetState(StrEnum):
    """The way of a spreadsheet: looked at, columns named, tried, brought in."""

    LOOKING = "looking"
    UNREADABLE = "unreadable"
    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    BRINGING = "bringing"
    DONE = "done"


SHEET_NEXT: dict[SheetState, frozenset[SheetState]] = {
    SheetState.LOOKING: frozenset({SheetState.MAPPING, SheetState.UNREADABLE}),
    SheetState.UNREADABLE: frozenset(),
    SheetState.MAPPING: frozenset({SheetState.CHECKING}),
    SheetState.CHECKING: frozenset({SheetState.CHECKED, SheetState.MAPPING}),
    SheetState.CHECKED: frozenset({SheetState.CHECKING, SheetState.BRINGING}),
    SheetState.BRINGING: frozenset({SheetState.DONE}),
    SheetState.DONE: frozenset(),
}


class OutState(StrEnum):
    """The way of a taking out: asked for, made once a second person agreed, ready, then gone."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    TAKEN = "taken"


OUT_NEXT: dict[OutState, frozenset[OutState]] = {
    OutState.ASKED: frozenset({OutState.MAKING}),
    OutState.MAKING: frozenset({OutState.READY, OutState.ASKED}),
    OutState.READY: frozenset({OutState.TAKEN}),
    OutState.TAKEN: frozenset(),
}


def sheet_can(now: str, to: SheetState) -> Decision:
    """Whether a spreadsheet of cases may pass to a state."""
    if to in SHEET_NEXT[SheetState(now)]:
        return YES
    return no("sheet_state", "This spreadsheet is not at that step. Open its page again to see where it stands.")


def out_can(now: str, to: OutState) -> Decision:
    """Whether a taking out may pass to a state."""
    if to in OUT_NEXT[OutState(now)]:
        return YES
    return no("out_state", "This is not at that step. Open its page again to see where it stands.")


def can_take_out(*, fresh: bool) -> Decision:
    """All that an agency owns leaves only by somebody who has just given the second factor."""
    if fresh:
        return YES
    return no("not_fresh", "Give your second factor again first: taking everything out needs it fresh.")


def can_make(*, decision: str, expired: bool) -> Decision:
    """It is made once a second person agreed, and in time."""
    if decision == "agreed" and not expired:
        return YES
    if decision == "refused":
        return no("second_refused", "The second person said no. Speak with them before you ask again.")
    if expired:
        return no("second_expired", "Too much time has passed. Ask again if it is still needed.")
    return no("second_waits", "A second person must agree before anything is taken out.")
