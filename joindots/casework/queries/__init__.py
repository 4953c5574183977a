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
    of_circle,
    opened_when,
)

__all__ = [
    "PAGE", "CaseHead", "CaseLine", "CaseList", "Mark", "case", "cases", "here_already", "of_circle", "opened_when",
]  # fmt: skip
