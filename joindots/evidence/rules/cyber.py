"""Pages that were captured, and things found on devices: what can be noted of them, and how they are said (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import When

MOST_ADDRESS: Final = 2_000
SHORT: Final = 500
WHO_CAPTURED: Final = {"client": "the person being stalked", "writer": "me", "other": "somebody else"}
SHOWS: Final = {
    "page": "a page", "profile": "a profile or account", "post": "a post or comment", "chat": "a chat or message",
    "search": "results of a search", "list": "a list of devices or sign-ins", "other": "something else",
}  # fmt: skip
FORMS: Final = {
    ".mhtml": "saved page, whole", ".mht": "saved page, whole", ".html": "saved page", ".htm": "saved page",
    ".pdf": "printed to PDF", ".png": "picture of the screen", ".jpg": "picture of the screen",
    ".jpeg": "picture of the screen", ".webp": "picture of the screen", ".heic": "picture of the screen",
    ".warc": "web archive", ".gz": "web archive", ".zip": "saved page, packed", ".mp4": "recording of the screen",
    ".mov": "recording of the screen",
}  # fmt: skip
"""Forms of a capture by a file's ending, which its maker chose: shown as it is named, and not relied on."""
_SCHEME: Final = re.compile(r"^(?:[a-z][a-z0-9+.-]{1,20}):", re.IGNORECASE)

FOUND, NOTHING, UNSURE = "found", "nothing", "unsure"
OUTCOMES: Final = {FOUND: "something was found", NOTHING: "nothing was found", UNSURE: "not sure"}
LEFT, REMOVED, CHANGED, HANDED = "left", "removed", "changed", "handed_over"
STATES: Final = {
    LEFT: "left as it is", REMOVED: "removed", CHANGED: "changed or turned off", HANDED: "handed to the police",
}  # fmt: skip
ADVISED: Final = {
    "police": "the police", "advocate": "an advocate", "specialist": "a specialist in devices",
    "other": "somebody else", "nobody": "nobody",
}  # fmt: skip
MENDED: Final = frozenset({REMOVED, CHANGED, HANDED})
"""States that change something, which may be seen by whoever placed it."""


@dataclass(frozen=True, slots=True)
class Captured:
    """What is said of a capture. Its hash and when it was received stand with its file."""

    address: str
    shows: str
    who: str
    when: When
    """When it was captured, as claimed."""
    account: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is said of one look at a device or thing: what came of it, and what was done."""

    check: str
    outcome: str
    state: str = ""
    advised: str = ""
    thing: str = ""
    place: str = ""
    serial: str = ""
    advice: str = ""
    """Who advised by name, and what."""
    warned: bool = False
    """Whether the writer has ticked that the warning was read, before anything was changed."""


def can_keep_capture(told: Captured) -> Decision:
    """An address, codes from the lists, words of a bearable length. The address is never opened by us."""
    if not told.address.strip():
        return no("address_missing", "Enter the address of the page, or the name of the account as it is shown.")
    if len(told.address) > MOST_ADDRESS:
        return no("address_long", "Shorten the address to {most} letters.", most=MOST_ADDRESS)
    if told.shows not in SHOWS or told.who not in WHO_CAPTURED:
        return no("choice_unknown", "Choose from the answers shown.")
    if max(len(told.account), len(told.why)) > SHORT:
        return no("short_long", "Shorten the words to {most} letters.", most=SHORT)
    return YES


def can_note(told: Noted, checks: frozenset[str]) -> Decision:
    """Something found says what and what was done; whoever changes something has read what that may bring about, and
    says who advised it.
    """
    if told.check not in checks or told.outcome not in OUTCOMES:
        return no("choice_unknown", "Choose from the answers shown.")
    if max(len(told.place), len(told.serial), len(told.advice), len(told.thing)) > SHORT:
        return no("short_long", "Shorten the words to {most} letters.", most=SHORT)
    if told.outcome != FOUND:
        return YES
    if not told.thing.strip():
        return no("thing_missing", "Say what was found, such as a tag or the name of an app.")
    if told.state not in STATES:
        return no("state_missing", "Say whether it was left, removed, changed or handed over.")
    if told.advised not in ADVISED:
        return no("advised_missing", "Say who advised it. “Nobody” is fine.")
    if told.state in MENDED and not told.warned:
        return no("warning_unread", "Tick that you read what a change may bring about. It is noted, not judged.")
    return YES


def form_of(name: str) -> str:
    """How a capture was made, as far as its file's name says."""
    ending = name[name.rfind(".") :].casefold() if "." in name else ""
    return FORMS.get(ending, "a file")


def shown_address(address: str) -> str:
    """An address as it is shown: as text that cannot be pressed, its scheme and points as they were typed."""
    return " ".join(address.split())


def is_link(address: str) -> bool:
    """Whether it begins like an address of the web; nothing is done with it either way."""
    return bool(_SCHEME.match(address.strip()))


def found_says(told: Noted) -> str:
    """`tag, found under the rear seat, serial number ABC, left as it is, as the police advised`."""
    parts = [
        told.thing, f"found {told.place}" if told.place else "", f"serial number {told.serial}" if told.serial else "",
        STATES.get(told.state, ""),
    ]  # fmt: skip
    advised = ADVISED.get(told.advised, "")
    if advised:
        parts.append(f"advised by {advised}" + (f" ({told.advice})" if told.advice else ""))
    return ", ".join(part for part in parts if part)
