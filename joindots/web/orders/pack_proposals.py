"""What a part of an application proposes to its writer out of the case: taken in by one press, and theirs to edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.evidence import queries as evidence
from joindots.orders.queries.packs import PackView
from joindots.orders.rules import packs, selecting
from joindots.risk import queries as risk
from joindots.web.typed import case_ref


@dataclass(frozen=True, slots=True)
class Proposed:
    """A text that the case holds already, for one field of a part."""

    key: str
    field: str
    says: str


def proposed(actor: Actor, view: PackView, part: str, sheet: Mapping[str, str]) -> tuple[Proposed, ...]:
    """What a part proposes beside what its sheet says already; nothing of what its reader may not see."""
    match part:
        case "risk":
            return tuple(_judged(actor, view))
        case "statements":
            return tuple(_marked(actor, view, sheet))
    return ()


def taken(sheet: Mapping[str, str], one: Proposed) -> dict[str, str]:
    """The sheet with a proposal taken in."""
    return {**sheet, one.field: packs.taken_over(sheet.get(one.field, ""), one.says)}


def _judged(actor: Actor, view: PackView) -> Iterator[Proposed]:
    """Each person's newest judgement that stands; none for who may not see risk."""
    circle = Ref(view.circle)
    for one in risk.judgements(actor, circle) if risk.judgements.may(actor, circle) else ():
        if one.current:
            said = one.now.said
            yield Proposed(str(one.id), "risk",
                           packs.judgement_told(one.now.level_words, said.reasons, one.who, said.made_on))  # fmt: skip


def _marked(actor: Actor, view: PackView, sheet: Mapping[str, str]) -> Iterator[Proposed]:
    """The entries that are marked for a statement and not listed yet; none for who may not see the log."""
    case = case_ref(view.case)
    found = evidence.entries_for_statement(actor, case) if evidence.entries_for_statement.may(actor, case) else ()
    lines = (
        packs.to_cover(one.view.reference, one.view.when.says(),
                       selecting.in_few_words(one.view.says, one.telling.words))
        for one in found
    )  # fmt: skip
    if new := packs.not_yet_said(sheet.get("cover", ""), lines):
        yield Proposed("marked", "cover", new)
