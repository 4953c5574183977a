"""Files, their readings and what stands in them, as their reader may see it."""

from joindots.evidence.queries.counts import counts_by_day, counts_by_hour
from joindots.evidence.queries.files import (
    by_content,
    coverage_of,
    exhibit,
    exhibits_of,
    file,
    files_of,
    held_sources,
    open_questions,
    original,
    repeats_marked,
)
from joindots.evidence.queries.lines import days_of, lines_between, lines_without_day, search
from joindots.evidence.queries.shown import (
    EVERYTHING,
    Covered,
    Day,
    DayTold,
    FilePage,
    FileView,
    HeldSource,
    Line,
    Only,
    Original,
)

__all__ = [
    "EVERYTHING", "Covered", "Day", "DayTold", "FilePage", "FileView", "HeldSource", "Line", "Only", "Original",
    "by_content", "counts_by_day", "counts_by_hour", "coverage_of", "days_of", "exhibit", "exhibits_of", "file",
    "files_of", "held_sources", "lines_between", "lines_without_day", "open_questions", "original", "repeats_marked",
    "search",
]  # fmt: skip
