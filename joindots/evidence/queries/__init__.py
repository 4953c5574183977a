"""Files, their readings and what stands in them, and entries of the log, as their reader may see it."""

from joindots.evidence.queries.counts import counts_by_day, counts_by_hour, message_times
from joindots.evidence.queries.cyber import CaptureView, captures_of, checks_of
from joindots.evidence.queries.dated import ActMark, acts_dated
from joindots.evidence.queries.files import (
    by_content,
    coverage_of,
    exhibit,
    exhibits_of,
    file,
    files_of,
    held_sources,
    original,
    pieces_of,
    questions_waiting,
    repeats_marked,
    waiting_for_choice,
)
from joindots.evidence.queries.files_shown import Shown
from joindots.evidence.queries.found import NoteView
from joindots.evidence.queries.gaps import GapView, gap, gaps_told
from joindots.evidence.queries.incidents import (
    Draft,
    EntryMark,
    IncidentPage,
    IncidentView,
    LogFile,
    VersionView,
    draft_of,
    entries_for_statement,
    entry_marks,
    incident,
    incidents_of,
    last_written,
    log_file,
)
from joindots.evidence.queries.lines import days_of, line_at, lines_between, lines_of, lines_without_day, search
from joindots.evidence.queries.links import EndView, LinkView, link_view, links_of, same_acts
from joindots.evidence.queries.pictures import (
    Inside,
    Said,
    inside,
    inside_one,
    thumbnail,
    thumbnail_inside,
    words_shown,
)
from joindots.evidence.queries.seen import AccountMet, accounts_met
from joindots.evidence.queries.shown import (
    EVERYTHING,
    Asked,
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
from joindots.evidence.queries.since import Brought, brought_since
from joindots.evidence.queries.stood import Stood, stood
from joindots.evidence.queries.weeks import Week, weeks_of

__all__ = [
    "EVERYTHING", "AccountMet", "ActMark", "Asked", "Brought", "CaptureView", "Covered", "Day", "DayTold", "Draft",
    "EndView", "EntryMark", "FilePage", "FileView", "GapView", "HeldSource", "IncidentPage", "IncidentView",
    "Inside", "Line", "LinkView", "LogFile", "NoteView", "Only", "Original", "Said", "Shown", "Stood",
    "VersionView", "Week", "accounts_met", "acts_dated", "brought_since", "by_content", "captures_of", "checks_of",
    "counts_by_day", "counts_by_hour", "coverage_of", "days_of", "draft_of", "entries_for_statement", "entry_marks",
    "exhibit", "exhibits_of", "file", "files_of", "gap", "gaps_told", "held_sources", "incident", "incidents_of",
    "inside", "inside_one", "last_written", "line_at", "lines_between", "lines_of", "lines_without_day",
    "link_view", "links_of", "log_file", "message_times", "original", "pieces_of", "questions_waiting",
    "repeats_marked", "same_acts", "search", "stood", "thumbnail", "thumbnail_inside", "waiting_for_choice",
    "weeks_of", "words_shown",
]  # fmt: skip
