"""Bringing in files, reading them, answering their questions, grouping repeats, and removing files."""

from joindots.evidence.actions.arriving import bring_in, end_removing, hide, keep_after_all, remove
from joindots.evidence.actions.reading import (
    answer,
    begin_reading,
    count_days,
    drop_reading,
    hold_reading,
    keep_batch,
    keep_exhibit,
)
from joindots.evidence.actions.repeats import clear_repeats, count_repeats, mark_repeats

__all__ = [
    "answer", "begin_reading", "bring_in", "clear_repeats", "count_days", "count_repeats", "drop_reading",
    "end_removing", "hide", "hold_reading", "keep_after_all", "keep_batch", "keep_exhibit", "mark_repeats", "remove",
]  # fmt: skip
