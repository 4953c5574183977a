"""By which marks an account that writes in a file can be met, and what may be meant by what is typed (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from joindots.kernel.identities import key_of_address, key_of_number
from joindots.people.rules.finding import MOST, folded

KIND: Final = "seen"
"""What stands before each mark in its blind index."""
MOST_SENDERS: Final = 300
"""Senders of one reading that are met across cases, the most frequent first; all of them are met in the case itself."""


def marks_of(shown: str | None, key: str | None) -> tuple[str, ...]:
    """A sender's marks: the number or address, the name online after its service, the name shown."""
    service, _, name = (key or "").partition(":")
    told = [_address(key or ""), folded(name) if name and service not in ("tel", "mailto") else ""]
    if shown and not (key_of_number(shown) or key_of_address(shown)):
        told.append(folded(shown).removeprefix("@"))
    return tuple(dict.fromkeys(mark for mark in told if mark and len(mark) <= MOST))


def meant_by(typed: str) -> tuple[str, ...]:
    """Every mark that the words typed may be: a number in any spelling, an address in any case, a name as shown."""
    text = " ".join(typed.split())
    if not text or len(text) > MOST:
        return ()
    told = (key_of_number(text), _address(key_of_address(text) or ""), folded(text).removeprefix("@"))
    return tuple(dict.fromkeys(mark for mark in told if mark))


def most_frequent(senders: Iterable[tuple[str | None, str | None, int]]) -> tuple[str, ...]:
    """The marks of the senders (name shown, key, how many records) that are met across cases, each once."""
    first = sorted(senders, key=lambda one: -one[2])[:MOST_SENDERS]
    return tuple(dict.fromkeys(mark for shown, key, _ in first for mark in marks_of(shown, key)))


def _address(key: str) -> str:
    """Mail addresses are met in any case: people type them so, and no service tells two apart by it."""
    return key.casefold() if key.startswith("mailto:") else key
