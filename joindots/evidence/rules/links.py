"""Links between entries, records and files: which can be made, and how a record is known again (pure)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec

from joindots.evidence.readers.records import Place
from joindots.kernel.decisions import YES, Decision, no

SHOWS: Final = "shows"
SAME_ACT: Final = "same_act"
KIND_WORDS: Final = {SHOWS: "shows what an entry tells", SAME_ACT: "tell of the same act"}
MOST_ENDS: Final = 200
MOST_WHY: Final = 500


@dataclass(frozen=True, slots=True)
class End:
    """One thing to be linked: an entry by its reference; a file by its id, with `seq` one record of it; an exhibit."""

    entry: str = ""
    source: int | None = None
    seq: int | None = None
    exhibit: UUID | None = None


def can_link(kind: str, ends: Sequence[End], why: str) -> Decision:
    """Two things or more, each once; what shows something is a file or a record, and what it shows an entry."""
    if kind not in KIND_WORDS:
        return no("link_kind", "Choose from the kinds of link shown.")
    if not (short := can_say_why(why)):
        return short
    if len(set(ends)) < 2 or len(set(ends)) != len(ends):
        return no("link_alone", "Choose two different things to link.")
    if len(ends) > MOST_ENDS:
        return no("link_many", "Choose at most {most} things for one link.", most=MOST_ENDS)
    whole = [end for end in ends if not end.entry and end.seq is None]
    entered = [end for end in ends if end.entry]
    if kind == SHOWS and (len(entered) != 1 or len(ends) != 2):
        return no("shows_one", "A picture, file or message is linked to one entry at a time.")
    if kind == SAME_ACT and whole:
        return no("same_whole", "Only messages, calls and entries can be one act. A file can show an entry.")
    return YES


def can_say_why(why: str) -> Decision:
    """A link and its undoing may say why; it is not asked for."""
    return YES if len(why) <= MOST_WHY else no("why_long", "Shorten the reason to {most} letters.", most=MOST_WHY)


def can_undo(ended: bool) -> Decision:
    """A link is undone once."""
    return no("link_ended", "This link was undone already.") if ended else YES


def mark_of(key: bytes, place: Place) -> str:
    """Where a record stands in its file, as 32 letters that say nothing to who has not the key (its circle's); the
    same in every reading of the file.
    """
    told = msgspec.json.encode([place.member, place.line, place.byte, place.length, place.pointer])
    return hmac.digest(key, b"place|" + told, hashlib.sha256).hex()[:32]
