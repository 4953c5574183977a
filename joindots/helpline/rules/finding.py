"""How a caller may be met again: by a name, a number or an agreed word, each compared one way (pure)."""

from __future__ import annotations

from joindots.kernel.identities import key_of_number
from joindots.people.rules.finding import folded

NAME, NUMBER, WORD = "name", "number", "word"
LONGEST = 120
NOBODY = frozenset({
    "anonymous", "anon", "caller", "withheld", "number withheld", "unknown", "not known", "not given", "no name",
    "name not given", "name not known", "none", "nobody", "private", "private number", "refused", "not said",
    "would not say", "na", "n/a", "-", "?", "x",
})  # fmt: skip
"""Words written where no name, number or word was given: nobody is met again by them."""


def compared(kind: str, value: str) -> str:
    """The value as compared: a number as E.164, a name or word without case and accents. Empty where it is none."""
    text = value.strip()[:LONGEST]
    if kind == NUMBER:
        return key_of_number(text) or ""
    word = folded(text)
    return "" if word in NOBODY else word


def readings(typed: str) -> tuple[tuple[str, str], ...]:
    """Everything the words typed may be, each as (kind, value)."""
    told = ((kind, compared(kind, typed)) for kind in (NAME, NUMBER, WORD))
    return tuple((kind, value) for kind, value in told if value)
