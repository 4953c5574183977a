"""What must not leave, as data: words by kind, and the words of others that may well look like them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from joindots.kernel.words import Words, words

Kind = Literal[
    "address", "postcode", "number", "email", "handle", "workplace", "school",
    "child", "bystander", "vehicle", "file name", "other",
]  # fmt: skip

MARK = "[kept back]"
"""What stands where words were kept back, whatever they were. It is never taken for a protected word itself."""

_SAYS: dict[str, Words] = {
    "address": words("leak_address", "an address"),
    "postcode": words("leak_postcode", "a postcode"),
    "number": words("leak_number", "a telephone number"),
    "email": words("leak_email", "an e-mail address"),
    "handle": words("leak_handle", "an account name"),
    "workplace": words("leak_workplace", "a workplace"),
    "school": words("leak_school", "a school"),
    "child": words("leak_child", "a child's name"),
    "bystander": words("leak_bystander", "somebody else's name"),
    "vehicle": words("leak_vehicle", "a vehicle's number plate"),
    "file name": words("leak_file_name", "a file's own name"),
    "other": words("leak_other", "protected words"),
}


def kind_says(kind: str) -> Words:
    """The kind as a person reads it: `a telephone number`."""
    return _SAYS[kind]


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to keep back. `text` as people write it; an address whole, with commas or lines between its parts.

    Of an address, the house number with its street and the postcode alone are each kept back too; of a child's
    name the first name too. `parts`: every part of a name stands alone as well (the surname alone, where asked).
    """

    text: str
    kind: Kind = "other"
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Protected:
    """All that must not leave one case, and `known`: words of others that may stand in the pack.

    A known word is never taken for a misspelling of a protected one, nor for a part of one (the suspect's own
    number is one digit away from the safe one). A protected word exactly as written blocks all the same.
    """

    words: tuple[Word, ...] = ()
    known: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Protected:
        """Bare words of no particular kind."""
        return cls(tuple(Word(text) for text in texts))
