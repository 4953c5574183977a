"""Who sent and who received, as a backup shows it, and when, by the phone's clock in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from joindots.evidence.readers.records import Identity, SenderCertainty
from joindots.evidence.readers.sms_backup.pictures import NONE
from joindots.kernel.identities import key_of_address, key_of_number, plain

OWN = "insert-address-token"
"""What the phone writes for its own number where it does not know it."""
_NO_CONTACT = (*NONE, "(Unknown)", "Unknown")
_NO_NUMBER = (*NONE, "-1", "-2", "-3", "unknown", "UNKNOWN_SENDER!")
_NUMBER = re.compile(r"^[+*#\d\s().\-/]+$")
EARLIEST_MS = 631_152_000_000
LATEST_MS = 4_102_444_800_000
_MOST_DIGITS = 20
"""1990 to 2100. Before, there were no text messages; such a date is a clock that was never set."""


class Party(NamedTuple):
    """One side of a message or call. `thread` is its key, or else its name as shown."""

    identity: Identity
    certainty: SenderCertainty
    thread: str | None


NOBODY = Party(Identity(), "unknown", None)


@lru_cache(maxsize=65_536)
def party(address: str, contact: str = "") -> Party:
    """The party behind an address, under the name in the phone's contacts if it has one.

    A number or mail address gives a key. A sender of letters ("SamExample") can be set by anyone:
    it is only claimed, and has no key.
    """
    if address in _NO_NUMBER:
        return NOBODY
    key = key_of_number(address) or key_of_address(plain(address))
    number = bool(_NUMBER.match(plain(address)))
    shown = address if contact in _NO_CONTACT else contact
    return Party(Identity(shown, key), "account_shown" if number else "claimed", key or plain(address))


def has_name(contact: str) -> bool:
    """Whether the phone had a name for the other party."""
    return contact not in _NO_CONTACT


def has_number(number: str) -> bool:
    """Whether a call shows a number at all."""
    return number not in _NO_NUMBER


def moment(digits: str, *, may_be_seconds: bool = False) -> datetime | None:
    """Milliseconds since 1970 in UTC as a moment, to the second; None where no clock can have meant it.

    Some exports write a picture message's date in seconds: told by size, which is never in doubt
    between 1990 and 2100.
    """
    value = milliseconds(digits, may_be_seconds=may_be_seconds)
    return None if value is None else datetime.fromtimestamp(value // 1000, UTC)


def milliseconds(digits: str, *, may_be_seconds: bool = False) -> int | None:
    """The same as a number."""
    if not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return None
    value = int(digits)
    if EARLIEST_MS <= value < LATEST_MS:
        return value
    if may_be_seconds and EARLIEST_MS <= value * 1000 < LATEST_MS:
        return value * 1000
    return None
