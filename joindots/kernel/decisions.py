"""A refusal carries its reason: one sentence for page, button hint, API error and log alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import Words, words


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with the reason. True in a condition when allowed."""

    allowed: bool
    reason: Words = field(default=Words("", ""))

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self) -> None:
        """Raise `RuleBroken` with the reason unless allowed."""
        if not self.allowed:
            raise RuleBroken(self.reason)


YES: Final = Decision(True)


def no(code: str, text: str, **values: object) -> Decision:
    """A refusal and its sentence."""
    return Decision(False, words(code, text, **values))
