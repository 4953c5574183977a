"""A referral as it would leave to a service outside, with what in it must not leave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast, get_args
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework import permissions
from joindots.casework.models import Case, Referral
from joindots.casework.rules import RELATION_WORDS, agreeing
from joindots.casework.rules import referral_letter as rule
from joindots.casework.tasks import is_ours
from joindots.documents.leaks import protected as leaks
from joindots.documents.leaks.looking import Looking
from joindots.documents.leaks.matching import matcher
from joindots.kernel.problems import NotFound
from joindots.kernel.when import london_day
from joindots.notices.rules.outward import must_not_know
from joindots.people import queries as people
from joindots.people.rules.reaching import Card

KEPT_FROM = "Their safe-contact card says that this recipient must not know. No referral goes to them."
STRAY = "A mobile number stands there that is no safe way on their card. Put it on the card first, with its rules."


@dataclass(frozen=True, slots=True)
class ReferralSheet:
    """A referral as it would leave: its words, whom it is about, and what stands in the way of it."""

    case: str
    version: int
    whom: str
    person: UUID
    text: str
    notice: UUID | None
    stops: tuple[str, ...]
    """Each as a sentence that repeats nothing of what was found."""


@reads_one(permissions.REFER, Referral)
def referral_letter(actor: Actor, row: Referral) -> ReferralSheet:
    """The referral as a letter, for who works on the person's side alone; NotFound for one that goes here."""
    circle = Ref(row.circle_id)
    victim = next((one for one in people.people_in(actor, circle) if one.stands_as == "victim"), None)
    if victim is None or row.agency_id is not None or not is_ours(actor, row):
        raise NotFound
    card = people.card_of(actor, Ref(victim.id)) or Card()
    case, whom, made = Case.objects.get(circle=row.circle_id), actor.keys.open(row.whom).strip(), _told(actor, row)
    reaching = made.reach if not made.basis else ""
    stops = [
        *([KEPT_FROM] if must_not_know(card.must_not_know, whom) else []),
        *([STRAY] if rule.stray_number(reaching, rule.safe_ways(card)) else []),
        *_leaks(actor, circle, card, made, victim.name),
    ]  # fmt: skip
    text = rule.compose(made, rule.rules_of(card, made.reach))
    return ReferralSheet(
        case.reference, row.version, whom, victim.id, text, row.notice_id, tuple(dict.fromkeys(stops)),
    )  # fmt: skip


def _told(actor: Actor, row: Referral) -> rule.Referred:
    show = actor.keys.open
    told = json.loads(show(row.content))
    basis = "" if row.basis == agreeing.CONSENT else agreeing.bases().get(row.basis, row.basis)
    return rule.Referred(
        row.get_kind_display(), row.reference, told["name"], RELATION_WORDS.get(told["relation"], ""), told["tells"],
        show(row.reach), basis, actor.name, row.circle.agency.name, london_day(actor.at), row.due_on,
    )  # fmt: skip


def _leaks(actor: Actor, circle: Ref, card: Card, made: rule.Referred, name: str) -> Iterator[str]:
    """What must not leave, by kind and never by word.

    A safe way of the card stands by intent where it tells how to reach the person, with its rules and where they
    agreed; children's names where it tells of children. Neither stands anywhere else.
    """
    kinds = set(get_args(leaks.Kind))
    words = [
        leaks.Word(one.word, cast(leaks.Kind, one.kind if one.kind in kinds else "other"))
        for one in people.never_leaves(actor, circle) if one.withdrawn_at is None
    ]  # fmt: skip
    safe, about = rule.safe_ways(card), made.tells.get("children", "")
    reach = f"{made.reach}\n{rule.rules_of(card, made.reach)}" if made.reach and not made.basis else ""
    rest = {code: text for code, text in made.tells.items() if code != "children"}
    for text, those in (
        (rule.compose(replace(made, tells=rest, reach=""), ""), words),
        (reach, [one for one in words if not any(rule.same(way, one.text) for way in safe)]),
        (about, [one for one in words if one.kind != "child"]),
    ):
        looking = Looking(matcher(leaks.Protected(tuple(those), (name,) if name else ())))
        looking.text("The referral", text)
        yield from (str(one.says) for one in looking.found)
