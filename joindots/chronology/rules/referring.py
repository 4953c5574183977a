"""Police-style references of exhibits: `AB/1`, initials of who produced it and a number (pure)."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Collection
from typing import Final

from joindots.kernel.decisions import YES, Decision, no

MOST_NAME: Final = 120
MOST_NUMBER: Final = 99_999
WHATS: Final = {"image": "picture", "video": "video", "audio": "recording", "text": "text"}
_INITIALS: Final = re.compile(r"[A-Z]{2,5}")


def reference_of(initials: str, number: int) -> str:
    """`AB/1`."""
    return f"{initials}/{number}"


def what_is(name: str) -> str:
    """What a file is, in one word. Its own name is not told: it may say too much."""
    kind = (mimetypes.guess_type(name)[0] or "").partition("/")[0]
    return WHATS.get(kind, "document" if name.lower().endswith(".pdf") else "file")


def initials_of(name: str) -> str:
    """The first letters of a name's words, as far as they make initials: `AB` for Asha Bell."""
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name)).upper()[:5]
    return letters if _INITIALS.fullmatch(letters) else ""


def tidy_initials(typed: str) -> str:
    """As they stand in a reference: capital letters alone."""
    return re.sub(r"[^A-Z]", "", typed.upper())


def can_produce(name: str, initials: str, taken: Collection[tuple[str, str]]) -> Decision:
    """Whoever produces an exhibit has a name and initials that are nobody else's in the case.

    `taken` are the names and initials of the producers there are.
    """
    if not name.strip() or len(name) > MOST_NAME:
        return no("producer_name", "Enter the name of who produces it, in up to {most} letters.", most=MOST_NAME)
    if not _INITIALS.fullmatch(initials):
        return no("producer_initials", "Enter two to five initials, such as AB.")
    for other, theirs in taken:
        if theirs == initials and _folded(other) != _folded(name):
            return no(
                "initials_taken", "{initials} is {name} in this case. Add a letter of the second name.",
                initials=initials, name=other,
            )  # fmt: skip
        if theirs != initials and _folded(other) == _folded(name):
            return no("name_taken", "{name} has the initials {initials} in this case.", initials=theirs, name=other)
    return YES


def can_number(number: int, last: int) -> Decision:
    """A number is given once: it is higher than every one given before, whether its exhibit is still there or not."""
    if number > MOST_NUMBER:
        return no("exhibit_number_high", "Enter a number up to {most}.", most=MOST_NUMBER)
    if number <= last:
        return no("exhibit_number_used", "Numbers are given once. The next is {next} or higher.", next=last + 1)
    return YES


def can_refer(before: str) -> Decision:
    """A file has one reference for good."""
    return no("exhibit_has", "This is {reference} already.", reference=before) if before else YES


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
