"""What the app's own lines tell: that they are its own, that there is a group, its name, a new number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from joindots.evidence.readers.whatsapp import sentences as say
from joindots.evidence.readers.whatsapp import sentences_marked as marked

LRM: Final = "\u200e"
"""With this the app marks its own words in an iPhone's export."""
LONGEST: Final = 600
"""Characters; no line of the app's own is longer."""


class Said(NamedTuple):
    """What one of the app's own lines tells."""

    system: bool
    group: bool
    subject: str | None
    numbers: tuple[str, str] | None
    encryption: bool = False
    """Whether it is on encryption, as the first line of an export is."""


@lru_cache(maxsize=4096)
def app_says(first: str) -> Said:
    """What a line of the app's own says. Only asked of lines whose shape says that the app wrote them."""
    if len(first) > LONGEST:
        return Said(system=False, group=False, subject=None, numbers=None)
    key = say.plain(first)
    shown = first.strip("\u200e\u200f \r")
    subject = marked.SUBJECT.search(shown)
    new = marked.NEW_NUMBER.match(shown)
    return Said(
        system=marked.is_system(key),
        group=bool(marked.GROUP.search(key)),
        subject=subject["subject"] if subject else None,
        numbers=(new["old"], new["new"]) if new else None,
        encryption=any(part in key for part in marked.ENCRYPTION),
    )


_NAMES: Final = ("whatsapp", "واتساب", "واتس اپ")
_NOTICES: Final = ("messages and calls are", "messages you send", "messages to this")


def is_notice(first: str) -> bool:
    """Whether a line is the app's notice on encryption, told by its words alone, in a file that lost its marks."""
    if not 40 < len(first) <= LONGEST or not app_says(first).encryption:
        return False
    key = say.plain(first)
    return key.startswith(_NOTICES) or any(name in key for name in _NAMES)


def message_like(first: str) -> bool:
    """Whether the app's words behind U+200E stand in the place of a person's message: a file, a call, …"""
    if len(first) > LONGEST:
        return False
    if "<" in first and (":" in first or first.rstrip().endswith(">")):
        return True
    key = say.plain(first.rpartition(LRM)[2])
    if key in marked.OMITTED_TYPES or key in say.DELETED or key in say.YOU_DELETED or key in say.LIVE_LOCATION:
        return True
    if LRM not in first[1:] and (marked.left_out_type(key) or ("view once" in key and marked.left_out(key))):
        return True
    what = re.split(r"[,.]\s|[，،]\s?", say.plain(first), maxsplit=1)[0]
    return what in say.MISSED_VOICE or what in say.MISSED_VIDEO or bool(marked.CALL.match(say.plain(first)))


def stands_for_message(rest: str) -> bool:
    """Whether the words after a colon are the app's, so that the colon ends a name."""
    key = say.plain(rest)
    return (
        key in say.DELETED
        or key in say.YOU_DELETED
        or (key.startswith("<") and key.strip("<>").strip() in say.OMITTED)
        or rest.startswith(LRM)
        or (rest.endswith(")") and say.plain(rest[rest.rfind("(") + 1 : -1]) in say.ATTACHED)
    )
