"""The judgement of risk as a case's header and summary show it: level, whose, when, on what, and what came since."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.evidence.queries.since import Since
from joindots.kernel.problems import NotAllowed
from joindots.risk import queries

log = logging.getLogger(__name__)
IN_HEADER = 2


@dataclass(frozen=True, slots=True)
class Told:
    """One judgement with how much was recorded since; None where the reader's role shows no evidence."""

    line: queries.LevelLine
    since: Since | None


@dataclass(frozen=True, slots=True)
class RiskSummary:
    """What is shown of a risk. `state` is one of: judged, none (nobody judged it), lost (could not be loaded)."""

    state: str
    told: tuple[Told, ...] = ()

    @property
    def more(self) -> int:
        """How many the header has no room for."""
        return max(0, len(self.told) - IN_HEADER)

    @property
    def differ(self) -> bool:
        """Whether people judged it differently. Both stand; nothing is put together."""
        return len({one.line.level for one in self.told}) > 1


def line_of(actor: Actor, circle: UUID) -> RiskSummary | None:
    """The newest judgement of each person, for a case's header; None for a role or side that sees no risk.

    A fault in it is said as such, for a level that could not be read must never look like none that was given.
    """
    try:
        lines = queries.levels(actor, Ref(circle))
        return RiskSummary("judged" if lines else "none", tuple(Told(one, None) for one in lines))
    except NotAllowed:
        return None
    except Exception:
        log.exception("a risk could not be shown")
        return RiskSummary("lost")


def with_since(actor: Actor, circle: UUID, line: RiskSummary) -> RiskSummary:
    """The same with what was recorded since each judgement, for a case's summary."""
    if line.state != "judged":
        return line
    try:
        since = queries.numbers_since(actor, Ref(circle), [one.line.made_at for one in line.told]) or {}
    except Exception:
        log.exception("what came since a judgement could not be counted")
        return RiskSummary("lost")
    return RiskSummary("judged", tuple(Told(one.line, since.get(one.line.made_at)) for one in line.told))
