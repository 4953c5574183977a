"""The leak gate: protected words (an address, a safe number) stop a pack; they are never cut out silently."""

from __future__ import annotations

from collections.abc import Iterable

from joindots.documents.contents import Cell
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words

SHORTEST = 3
"""Shorter words would stop everything."""


class Gate:
    """Looks for protected words in every text that would leave. Case, spaces and punctuation do not matter."""

    def __init__(self, protected: Iterable[str] = ()) -> None:
        bare = sorted({_bare(word) for word in protected})
        self._needles = tuple(word for word in bare if len(word) >= SHORTEST)

    def check(self, where: str, *texts: Cell) -> None:
        """Raise `RuleBroken` naming the place, never the word, when one stands in any of the texts."""
        if not self._needles:
            return
        joined = "\x00".join(_bare(text) for text in texts if isinstance(text, str))
        if any(needle in joined for needle in self._needles):
            raise RuleBroken(
                words(
                    "protected_words",
                    "{where} holds words that must not leave, so no pack was made. Take that record out, "
                    "or have its words kept back, and make the pack again.",
                    where=where,
                )
            )


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
