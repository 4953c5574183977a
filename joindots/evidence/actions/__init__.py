"""Bringing in files, reading them, answering their questions, and removing them."""

from joindots.evidence.actions.arriving import bring_in, remove
from joindots.evidence.actions.reading import (
    answer,
    begin_reading,
    count_days,
    drop_reading,
    hold_reading,
    keep_batch,
    keep_exhibit,
)

__all__ = [
    "answer", "begin_reading", "bring_in", "count_days", "drop_reading", "hold_reading", "keep_batch", "keep_exhibit",
    "remove",
]  # fmt: skip
