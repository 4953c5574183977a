"""What a copy is made of: the records of a circle, what was decided about each, and words taken out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from joindots.access import parts
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.holding import INSIDE
from joindots.agencies.models import Agency
from joindots.kernel.dots import Piece
from joindots.kernel.when import london_day
from joindots.people import queries as people
from joindots.privacy.models import Choice, Copy
from joindots.privacy.rules import copying as rules
from joindots.privacy.rules.regime import regime_of

ALL = 0
"""None of this kind is in it. Not counted, so that a new one of them makes it no other copy."""
Chosen = dict[tuple[str, str], tuple[bool, str]]


@dataclass(frozen=True, slots=True)
class Looked:
    """A copy as it stands: how many records nobody looked at yet, how many are given, and the whole of it."""

    left: int
    given: int
    bundle: rules.Bundle


def others_in(actor: Actor, circle: UUID) -> tuple[str, ...]:
    """The names of everybody in a circle but the person it is about: what is taken out unless somebody says not."""
    found = people.people_in(actor, Ref(circle))
    theirs = [one.name for one in found if one.stands_as != "victim"]
    return rules.names_out(theirs, [one.name for one in found if one.stands_as == "victim"])


def known(actor: Actor, circle: UUID, kinds: Collection[str]) -> set[tuple[str, str]]:
    """The records of these kinds that may be in a copy, by kind and key."""
    return {
        (one.kind, piece.key)
        for one in parts.held(actor, circle, kinds)
        if one.kept_back is None
        for piece in one.pieces()
    }


def chosen(copy: UUID) -> Chosen:
    """What was decided about each record."""
    rows = Choice.objects.filter(copy=copy).values_list("kind", "key", "give", "why")
    return {(kind, key): (give, why) for kind, key, give, why in rows}


def looked_through(actor: Actor, row: Copy) -> Looked:
    """The copy as what was decided makes it. It is dated by its beginning, so that its bytes stay the same."""
    decided, out = chosen(row.pk), rules.tidy(actor.keys.open(row.out))
    sections, left, given = [], 0, 0
    for one in parts.held(actor, row.circle_id):
        if one.kept_back is INSIDE:
            continue
        if one.kept_back is not None:
            sections.append(rules.Section(str(one.what), (), ((str(one.kept_back), ALL),)))
            continue
        inside, reasons = [], []
        for piece in one.pieces():
            give, why = decided.get((one.kind, piece.key), (None, ""))
            left += give is None
            if give:
                inside.append(_item(piece, out))
            elif give is not None:
                reasons.append(rules.WHY_KEPT[why])
        given += len(inside)
        sections.append(rules.Section(str(one.what), tuple(inside), rules.tally(reasons)))
    agency = Agency.objects.get(pk=row.circle.agency_id)
    bundle = rules.Bundle(agency.name, regime_of(agency.kind).words, london_day(row.at), tuple(sections))
    return Looked(left, given, bundle)


def _item(piece: Piece, out: Collection[str]) -> rules.Item:
    return rules.Item(piece.on, tuple((name, rules.without(text, out)) for name, text in piece.lines))
