"""What casework keeps: the case, its own numbers, and the work on it."""

from __future__ import annotations

from joindots.casework.models.cases import Case, CaseQuerySet, OwnNumber

__all__ = ["Case", "CaseQuerySet", "OwnNumber"]
