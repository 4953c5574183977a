"""Rules of a case and of the work on it (pure)."""

from __future__ import annotations

from joindots.casework.rules.cases import (
    NEXT,
    RELATION_WORDS,
    Relation,
    State,
    can_move,
    can_work,
    opened_says,
    same_number,
)

__all__ = [
    "NEXT", "RELATION_WORDS", "Relation", "State", "can_move", "can_work", "opened_says", "same_number",
]  # fmt: skip
