"""Spreadsheets of cases, takings out, and what leaves."""

from joindots.transfer.queries.leaving import agency_trail, circles_to_take, members_of, rows_of, sheet_of, trail_of
from joindots.transfer.queries.sheets import SheetFile, SheetView, left_out, remembered, sheet, sheet_file, sheets
from joindots.transfer.queries.takings import OutView, deciders, take_out, take_outs

__all__ = [
    "OutView", "SheetFile", "SheetView", "agency_trail", "circles_to_take", "deciders", "left_out", "members_of",
    "remembered", "rows_of", "sheet", "sheet_file", "sheet_of", "sheets", "take_out", "take_outs", "trail_of",
]  # fmt: skip
