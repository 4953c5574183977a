"""Who signs an application, in which order, and what a signature is bound to (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from joindots.kernel.decisions import YES, Decision, no

STEPS: Final[dict[str, str]] = {
    "drafter": "who drafted it",
    "checker": "who checked it",
    "delegate": "delegate of the chief officer, who authorises it",
}
"""The chain: a draft is signed by whoever drafted it, checked by another, and authorised for the chief officer."""
MOST_NAME: Final = 120
MOST_SENT: Final = 500


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature: of which step, by whom, over which content."""

    step: str
    user: UUID
    name: str
    at: datetime
    content: str


def standing(signed: Sequence[Signed], content: str) -> dict[str, Signed]:
    """The signatures that stand: those over exactly this content. Any change voids the others."""
    return {one.step: one for one in signed if one.content == content}


def whole(signed: Sequence[Signed], content: str) -> bool:
    """Whether every step of the chain is signed over this content."""
    return set(standing(signed, content)) == set(STEPS)


def next_step(signed: Sequence[Signed], content: str) -> str:
    """The step that is to be signed now; empty where all are."""
    here = standing(signed, content)
    return next((step for step in STEPS if step not in here), "")


def can_sign(
    step: str, user: UUID, name: str, signed: Sequence[Signed], *, content: str, seen: str, stops: int, fresh: bool
) -> Decision:
    """In order, over what was seen, once nothing stops it, by people who differ from the drafter."""
    if seen != content:
        return no("sign_changed", "The draft was changed since you opened this page. Read it again before you sign.")
    if stops:
        return no("sign_stopped", "{n} thing(s) on the check page stop this draft. Settle them first.", n=stops)
    if step != next_step(signed, content):
        return no("sign_order", "That signature is not the next one. Open the page again.")
    here = standing(signed, content)
    if step != "drafter" and here["drafter"].user == user:
        return no("sign_same", "You signed as the drafter. Somebody else must sign here.")
    if not name.strip():
        return no("sign_name", "Write the name and rank of who signs.")
    if len(name) > MOST_NAME:
        return no("sign_long", "Shorten the name and rank to {most} letters.", most=MOST_NAME)
    return YES if fresh else no("not_fresh", "Give your second factor again first: a signature needs it fresh.")


def can_ask(step: str, signed: Sequence[Signed], *, content: str, seen: str, stops: int, whom: UUID | None) -> Decision:
    """Whether somebody may be asked for a signature: for the next one, over what was seen, and not its drafter again.

    `whom` is the user who is asked; None where it is nobody who could sign.
    """
    if seen != content:
        return no("ask_changed", "The draft was changed since you opened this page. Read it again before you ask.")
    if stops:
        return no("sign_stopped", "{n} thing(s) on the check page stop this draft. Settle them first.", n=stops)
    if step != next_step(signed, content):
        return no("sign_order", "That signature is not the next one. Open the page again.")
    if whom is None:
        return no("ask_whom", "Choose a colleague who works on orders in this case. Bring them in first.")
    here = standing(signed, content)
    if step != "drafter" and here["drafter"].user == whom:
        return no("ask_same", "They signed as the drafter. Ask somebody else for this signature.")
    return YES


def can_hand_back(*, mine: bool, why: str) -> Decision:
    """Whether what was asked may be handed back: by whom it waits for, with a reason."""
    if not mine:
        return no("back_not_mine", "This signature does not wait for you any more. Open the page again.")
    if not why.strip():
        return no("back_why", "Write why you hand it back: what is to be changed, or who should sign.")
    return YES if len(why) <= MOST_SENT else no("back_long", "Shorten it to {most} letters.", most=MOST_SENT)


def can_print(*, final: bool, stops: int, signed: bool) -> Decision:
    """A draft can be printed while nothing must not leave stands where it cannot be cut out; final ones are signed."""
    if stops:
        return no(
            "paper_stopped", "Something that must not leave stands in the draft, so no copy is made. See the check."
        )
    if final and not signed:
        return no("paper_unsigned", "The final papers are made once all three have signed this draft.")
    return YES


def can_send(*, final: bool, ready: bool, grown: bool, current: bool, to: str) -> Decision:
    """Sending is written down of final papers that stand as they were signed."""
    if not (final and ready):
        return no("send_draft", "Only final papers are sent. Have the draft signed, then make them.")
    if grown:
        return no(
            "send_grown",
            "After these papers were made, something was added to what must never leave, or kept out of disclosure. "
            "Make them again.",
        )
    if not current:
        return no("send_changed", "The draft was changed after these papers were signed. Have it signed again.")
    if not to.strip():
        return no("send_whom", "Write to whom it was sent.")
    return YES if len(to) <= MOST_SENT else no("send_long", "Shorten it to {most} letters.", most=MOST_SENT)
