"""Names that may be one person's although they differ: misspelt, turned round, or with another surname (pure).

A near name is shown to whoever decides, and stops nothing: one word of a name is anybody's (the linkage rules).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from string import ascii_lowercase
from typing import Final, Literal

from joindots.people.rules.finding import folded

Near = Literal["order", "spelt", "shares"]
LETTERS: Final = ascii_lowercase + "'"
MOST_LETTERS: Final = 15
"""Letters of a word of which all misspellings are tried."""
NEAR_WORDS: Final[Mapping[Near, str]] = {
    "spelt": "spelt nearly the same", "order": "the same words in another order",
    "shares": "one word of the name is the same",
}  # fmt: skip
"""What is near about a name, the nearest first."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, each as compared; a double surname is two."""
    return tuple(folded(name).replace("-", " ").split())


def spellings(word: str) -> frozenset[str]:
    """Every word that is one slip away: a letter left out, put in, taken for another, or two turned round."""
    if not 1 < len(word) <= MOST_LETTERS:
        return frozenset({word})
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {word}
    for left, right in cuts:
        found |= {left + right[1:], left + right[1:2] + right[:1] + right[2:]}
        found |= {left + letter + rest for letter in LETTERS for rest in (right, right[1:])}
    return frozenset(one for one in found if one)


def near(one: str, other: str) -> Near | None:
    """What is near about two names; None for the same name, which is found otherwise, and for those that are far."""
    first, second = words_of(one), words_of(other)
    if first == second:
        return None
    if sorted(first) == sorted(second):
        return "order"
    if len(first) == len(second) and all(left in spellings(right) for left, right in zip(first, second, strict=True)):
        return "spelt"
    return "shares" if set(_long(first)) & set(_long(second)) else None


def tried(name: str) -> Iterator[str]:
    """The words to look up for names near this one: each slip of its first and its last word, and all others."""
    words = words_of(name)
    for word in dict.fromkeys((*words[:1], *words[-1:])):
        yield from spellings(word)
    yield from words[1:-1]


def _long(words: Collection[str]) -> Iterator[str]:
    return (word for word in words if len(word) > 1)
