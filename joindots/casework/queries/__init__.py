"""Cases and the work on them, as their reader may see them."""

from __future__ import annotations

from joindots.casework.queries.cases import (
    PAGE,
    CaseHead,
    CaseLine,
    CaseList,
    Mark,
    case,
    cases,
    here_already,
    lines_of,
    of_circle,
    open_number,
    opened_when,
)
from joindots.casework.queries.finding import CaseMet, cases_met

__all__ = [
    "PAGE", "CaseHead", "CaseLine", "CaseList", "CaseMet", "Mark", "case", "cases", "cases_met", "here_already",
    "lines_of", "of_circle", "open_number", "opened_when",
]  # fmt: skip
