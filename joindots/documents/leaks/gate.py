"""The gate of a pack in the making: a protected word stops it at once; it is never cut out silently."""

from __future__ import annotations

from collections.abc import Iterable

from joindots.documents.contents import Cell
from joindots.documents.leaks.matching import matcher
from joindots.documents.leaks.protected import Protected
from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words


class Gate:
    """Looks for protected words in every text that would leave, by the same rule as the leak check.

    Bare strings are words of no particular kind.
    """

    def __init__(self, protected: Protected | Iterable[str] = ()) -> None:
        given = protected if isinstance(protected, Protected) else Protected.of(protected)
        self._matcher = matcher(given) if given.words else None

    def check(self, where: str, *texts: Cell) -> None:
        """Raise `RuleBroken` naming the place, never the word, when one stands in any of the texts."""
        if self._matcher is None:
            return
        joined = "\n".join(text for text in texts if isinstance(text, str))
        if self._matcher.first(joined) is not None:
            raise RuleBroken(
                words(
                    "protected_words",
                    "{where} holds words that must not leave, so no pack was made. Take that record out, "
                    "or have its words kept back, and make the pack again.",
                    where=where,
                )
            )
