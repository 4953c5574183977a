"""Bringing in files, reading them, answering their questions, grouping repeats, removing files; writing the log."""

from joindots.evidence.actions.arriving import bring_in, end_removing, hide, keep_after_all, remove
from joindots.evidence.actions.choosing import answer, choose
from joindots.evidence.actions.cyber import keep_capture, note_change, note_check, withdraw_capture
from joindots.evidence.actions.gaps import tell_gap, withdraw_gap
from joindots.evidence.actions.inside import drop_exhibits, keep_exhibit
from joindots.evidence.actions.linking import link, undo_link
from joindots.evidence.actions.pictures import (
    confirm_words,
    keep_suggestion,
    keep_thumbnail,
    keep_thumbnail_inside,
)
from joindots.evidence.actions.reading import (
    Begun,
    begin_reading,
    count_days,
    drop_reading,
    hold_reading,
    keep_batch,
    wait_for_choice,
)
from joindots.evidence.actions.repeats import clear_repeats, count_repeats, mark_repeats
from joindots.evidence.actions.sending import PIECE, begin_sending, end_sending, keep_piece
from joindots.evidence.actions.writing import (
    bring_back_entry,
    correct_entry,
    drop_draft,
    keep_draft,
    mark_for_statement,
    withdraw_entry,
    write_entry,
)

__all__ = [
    "PIECE", "Begun", "answer", "begin_reading", "begin_sending", "bring_back_entry", "bring_in", "choose",
    "clear_repeats", "confirm_words", "correct_entry", "count_days", "count_repeats", "drop_draft", "drop_exhibits",
    "drop_reading", "end_removing", "end_sending", "hide", "hold_reading", "keep_after_all", "keep_batch",
    "keep_capture", "keep_draft", "keep_exhibit", "keep_piece", "keep_suggestion", "keep_thumbnail",
    "keep_thumbnail_inside", "link", "mark_for_statement", "mark_repeats", "note_change", "note_check", "remove",
    "tell_gap", "undo_link", "wait_for_choice", "withdraw_capture", "withdraw_entry", "withdraw_gap", "write_entry",
]  # fmt: skip
