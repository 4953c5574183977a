"""Bringing cases in from a spreadsheet, and taking out all that an agency owns."""

from joindots.transfer.actions.sheets import (
    bring,
    bring_row,
    check_again,
    finish,
    keep_survey,
    keep_tried,
    map_columns,
    remove_sheet,
    take_sheet,
)
from joindots.transfer.actions.takings import ask, decide, give_up, hand_over, keep_made, make, stand_aside, stand_in

__all__ = [
    "ask", "bring", "bring_row", "check_again", "decide", "finish", "give_up", "hand_over", "keep_made", "keep_survey",
    "keep_tried", "make", "map_columns", "remove_sheet", "stand_aside", "stand_in", "take_sheet",
]  # fmt: skip
