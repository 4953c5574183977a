"""What is held about somebody, and copies of it on their way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import reads_one
from joindots.access.holding import INSIDE
from joindots.circles.models import Circle
from joindots.people.tasks import only_on_her_side
from joindots.privacy import permissions
from joindots.privacy.models import Copy
from joindots.privacy.rules import copying as rules
from joindots.privacy.rules.regime import regime_of
from joindots.privacy.tasks import copying as tasks

PAGE = 20


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind of record that is held: its number, and why none of it is in a copy, where that is so."""

    kind: str
    what: str
    count: int
    kept_back: str
    given: int = 0
    kept: int = 0

    @property
    def left(self) -> int:
        """How many nobody looked at yet."""
        return 0 if self.kept_back else max(self.count - self.given - self.kept, 0)


@dataclass(frozen=True, slots=True)
class HeldView:
    """What is held in a circle, by whom and under which law."""

    controller: str
    regime: str
    kinds: tuple[KindView, ...]

    @property
    def records(self) -> int:
        """All of them."""
        return sum(one.count for one in self.kinds)


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One copy in the list."""

    id: UUID
    by: str
    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class CopyView:
    """A copy: what was decided so far, who asked, who may agree."""

    id: UUID
    version: int
    circle: UUID
    by: str
    at: datetime
    state: str
    """`looking`, `asked`, `refused`, `agreed`, `fetched` or `lapsed`."""
    out: str
    kinds: tuple[KindView, ...]
    asked_by: str
    mine: bool
    expires: datetime | None
    decided_by: str
    changing: bool


@dataclass(frozen=True, slots=True)
class PieceView:
    """One record as it would stand in the copy, and what was decided about it (`give` is None before that)."""

    key: str
    on: date
    lines: tuple[tuple[str, str], ...]
    give: bool | None
    why: str


@reads_one(permissions.MAKE_COPY, Circle)
def what_is_held(actor: Actor, circle: Circle) -> HeldView:
    """What is held in a circle, by kind and count: nothing is opened for this."""
    only_on_her_side(actor, circle.pk)
    found = parts.held(actor, circle.pk)
    kinds = (KindView(one.kind, str(one.what), one.count, str(one.kept_back or "")) for one in found)
    return HeldView(circle.agency.name, regime_of(circle.agency.kind).words, tuple(kinds))


@reads_one(permissions.MAKE_COPY, Circle)
def copies(actor: Actor, circle: Circle) -> tuple[CopyLine, ...]:
    """Copies that were begun, newest first."""
    only_on_her_side(actor, circle.pk)
    rows = Copy.objects.filter(circle=circle).select_related("by__user", "act").order_by("-at")[:PAGE]
    return tuple(CopyLine(row.pk, row.by.user.name, row.at, _state(actor, row)) for row in rows)


@reads_one(permissions.MAKE_COPY, Copy)
def copy(actor: Actor, row: Copy) -> CopyView:
    """One copy, with what is left to look at."""
    only_on_her_side(actor, row.circle_id)
    decided, act, state = tasks.chosen(row.pk), row.act, _state(actor, row)
    kinds = []
    for one in parts.held(actor, row.circle_id):
        if one.kept_back is INSIDE:
            continue
        told = [give for (kind, _), (give, _) in decided.items() if kind == one.kind]
        kinds.append(
            KindView(one.kind, str(one.what), one.count, str(one.kept_back or ""), sum(told), len(told) - sum(told))
        )
    return CopyView(
        row.pk, row.version, row.circle_id, row.by.user.name, row.at, state, actor.keys.open(row.out), tuple(kinds),
        act.asked_by.user.name if act else "", bool(act and act.asked_by.user_id == actor.user_id),
        act.expires if act else None, act.decided_by.user.name if act and act.decided_by else "",
        state in ("looking", "refused"),
    )  # fmt: skip


@reads_one(permissions.MAKE_COPY, Copy)
def pieces(actor: Actor, row: Copy, kind: str, page: int = 1) -> tuple[str, tuple[PieceView, ...], int]:
    """What a kind is, a page of its records as they would leave, and how many pages there are; nothing for a kind
    that is kept back.
    """
    only_on_her_side(actor, row.circle_id)
    one = next(iter(parts.held(actor, row.circle_id, (kind or "none",))), None)
    if one is None or one.kept_back is not None:
        return "", (), 0
    decided, out = tasks.chosen(row.pk), rules.tidy(actor.keys.open(row.out))
    found = list(one.pieces())
    pages = max(1, -(-len(found) // PAGE))
    first = (min(max(page, 1), pages) - 1) * PAGE
    return str(one.what), tuple(
        PieceView(
            each.key, each.on, tuple((name, rules.without(text, out)) for name, text in each.lines),
            *decided.get((kind, each.key), (None, "")),
        )
        for each in found[first : first + PAGE]
    ), pages  # fmt: skip


def _state(actor: Actor, row: Copy) -> str:
    if row.act is None:
        return "looking"
    if row.act.decision == "asked":
        return "asked" if actor.at < row.act.expires else "lapsed"
    return "fetched" if row.fetched_at and row.act.decision == "agreed" else str(row.act.decision)
