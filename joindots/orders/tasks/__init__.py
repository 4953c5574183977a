"""What orders do by themselves: asked by their actions, queries and answers."""

from __future__ import annotations

from joindots.orders.tasks.life import (
    begins,
    episode_of,
    happened,
    is_other,
    keep_duties,
    keep_spans,
    own_ends,
    own_kind,
    refuse_closed,
    settle,
    spans,
    stands_so,
    steps_of,
    why_it_stays,
    withdraw_asks,
)

__all__ = [
    "begins",
    "episode_of",
    "happened",
    "is_other",
    "keep_duties",
    "keep_spans",
    "own_ends",
    "own_kind",
    "refuse_closed",
    "settle",
    "spans",
    "stands_so",
    "steps_of",
    "why_it_stays",
    "withdraw_asks",
]
