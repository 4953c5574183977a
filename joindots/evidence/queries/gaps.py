"""Times of which there is no record, as they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.casework.models import Case
from joindots.evidence import permissions
from joindots.evidence.models import CoverageGap
from joindots.evidence.rules import gaps


@dataclass(frozen=True, slots=True)
class GapView:
    """Days without a record: which, why, who told it, who wrote it down and when; and whether it was withdrawn."""

    id: UUID
    case: str
    version: int
    first: date
    last: date
    why: str
    told_by: str
    words: str
    by: str
    at: datetime
    ended_by: str
    ended_at: datetime | None

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.ended_at is None

    @property
    def why_words(self) -> str:
        """The reason in words."""
        return gaps.WHY[self.why]

    @property
    def says(self) -> str:
        """The whole of it as one or two sentences."""
        return gaps.says(self.first, self.last, self.why, self.told_by, self.words)


@reads_one(permissions.SEE_EVIDENCE, Case)
def gaps_told(actor: Actor, case: Case) -> tuple[GapView, ...]:
    """Every gap of the case in order of its days, withdrawn ones too."""
    rows = CoverageGap.objects.filter(circle=case.circle_id).select_related("by__user", "ended_by__user")
    return tuple(_view(actor, row, case.reference) for row in rows.order_by("first", "last", "id"))


@reads_one(permissions.SEE_EVIDENCE, CoverageGap)
def gap(actor: Actor, row: CoverageGap) -> GapView:
    """One gap."""
    return _view(actor, row, Case.objects.get(circle=row.circle_id).reference)


def _view(actor: Actor, row: CoverageGap, case: str) -> GapView:
    return GapView(
        row.pk, case, row.version, row.first, row.last, row.why, row.told_by, actor.keys.open(row.words),
        row.by.user.name, row.at, row.ended_by.user.name if row.ended_by else "", row.ended_at,
    )  # fmt: skip
