"""Opening, closing and reopening cases."""

from __future__ import annotations

from joindots.casework.actions.cases import (
    NOTHING_ELSE,
    Identifiers,
    Known,
    close_case,
    open_case,
    open_in_emergency,
    reopen_case,
)

__all__ = [
    "NOTHING_ELSE", "Identifiers", "Known", "close_case", "open_case", "open_in_emergency", "reopen_case",
]  # fmt: skip
