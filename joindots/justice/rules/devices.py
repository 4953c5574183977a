"""Rules of asking somebody for data from their own phone, computer or account, agreed to freely (pure).

Source: Police, Crime, Sentencing and Courts Act 2022 s37 and after, and its code of practice (general knowledge,
verify). It reaches England and Wales, Scotland and Northern Ireland; whether a request is lawful is for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from joindots.kernel.decisions import YES, Decision, no

STATE_WORDS: Final[Mapping[str, str]] = {
    "asked": "asked, no answer yet", "agreed": "agreed in writing", "refused": "refused: no more is asked",
    "taken": "held by the police", "back": "given back", "ended": "agreement taken back", "withdrawn": "withdrawn",
}  # fmt: skip
NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    "asked": ("agreed", "refused", "withdrawn"), "agreed": ("taken", "ended", "withdrawn"), "taken": ("back", "ended"),
    "ended": ("back",), "refused": (), "back": (), "withdrawn": (),
}  # fmt: skip
"""What can follow what. A refusal ends it: somebody who refused is not asked again by the same request."""
EVENT_WORDS: Final[Mapping[str, str]] = {
    "agreed": "agreed, in writing", "refused": "refused", "taken": "the device or data was taken",
    "back": "given back", "ended": "took their agreement back", "withdrawn": "the police withdrew the request",
}  # fmt: skip
HELD: Final = frozenset({"taken", "ended"})
NEEDED: Final[Mapping[str, str]] = {
    "device": "Write which device or account.",
    "what": "Write what is asked for: no more than is needed, with its dates.",
    "enquiry": "Write which reasonable line of enquiry it belongs to, and why this is needed for it.",
    "other_means": "Write what else would do, such as pictures the person takes, and why it does not.",
}  # fmt: skip
TOLD: Final[Mapping[str, str]] = {
    "free": "that they can refuse, and that the investigation does not end only because they do",
    "what": "what is looked for and why", "handled": "how it is handled, who sees it, and what happens to the rest",
    "back": "when the device comes back",
}  # fmt: skip
"""What the notice to the person says."""
MOST: Final = 2000
LONGEST: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAsked:
    """A request as somebody writes it down."""

    device: str
    what: str
    enquiry: str
    other_means: str
    told: frozenset[str]
    notice_on: date | None
    return_by: date | None


def can_ask(new: DeviceAsked, today: date) -> Decision:
    """Whether a request says what, why, what else, and that the person was told everything in writing."""
    for name, cure in NEEDED.items():
        if not getattr(new, name).strip():
            return no(f"device_{name}", "{cure}", cure=cure)
        if len(getattr(new, name)) > MOST:
            return no(f"device_{name}", "Shorten it to {most} letters.", most=MOST)
    if not set(TOLD) <= new.told:
        return no("device_told", "Give the person a notice in writing that says all four things, and tick each.")
    if new.notice_on is None or new.notice_on > today:
        return no("device_notice", "Enter the day on which they got the notice, today or before.")
    if new.return_by is None or not new.notice_on < new.return_by <= new.notice_on + timedelta(days=LONGEST):
        return no("device_return", "Enter the day by which it is given back: after the notice, within a year.")
    return YES


def can_move(now: str, to: str, on: date | None, last: date, today: date, said: str) -> Decision:
    """Whether a request goes on as said, on a day from the last step to today."""
    if to not in NEXT.get(now, ()):
        return no("device_next", "That cannot follow: it is {now}.", now=STATE_WORDS[now])
    if on is None or not last <= on <= today:
        return no("device_when", "Enter the day it happened: not before the last step, and not one to come.")
    if len(said) > MOST:
        return no("device_long", "Shorten it to {most} letters.", most=MOST)
    return YES
