"""Letters of a case, what fills one, and the consents that a letter may rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast, get_args
from uuid import UUID

import msgspec
from django.db.models import Q

from joindots.access.actor import Actor
from joindots.access.door import Ref, reads_one
from joindots.casework import permissions
from joindots.casework.models import Case, Consent, Letter
from joindots.casework.rules import letters
from joindots.casework.rules.agreeing import Item
from joindots.casework.tasks import known_as
from joindots.documents.leaks import protected as leaks
from joindots.kernel.when import day_says, london_day
from joindots.notices import queries as notices
from joindots.notices.rules.notices import State as Goes
from joindots.notices.rules.outward import must_not_know
from joindots.people import queries as people

KEPT_FROM = "Their safe-contact card says that this recipient must not know. No letter goes to them."
WHERE = frozenset({"address", "postcode", "number"})


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter that was made."""

    id: UUID
    kind: str
    to: str
    at: datetime
    by: str
    reply_on: date | None
    taken_at: datetime | None
    left: notices.NoticeLine | None
    """How it goes: queued, posted by whom and when, or refused; None while nobody has said that it is to go."""
    chased: int
    answered_at: datetime | None
    answer: str

    @property
    def whom(self) -> str:
        """The first line of the recipient's."""
        return self.to.split("\n")[0]

    @property
    def gone(self) -> bool:
        """Whether it left, so that it can be answered."""
        return self.taken_at is not None or (self.left is not None and self.left.state == Goes.SENT)


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter with its words."""

    line: LetterLine
    case: str
    version: int
    letter: letters.Composed


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent in force that a letter may rest on."""

    id: UUID
    whom: str
    given_on: date
    until: date | None
    kinds: tuple[str, ...]
    """As what they can be written to."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as it would be made, with what in it must not leave."""

    letter: letters.Composed
    facts: letters.Facts
    must_not_know: str
    """Who must not know, as the safe-contact card has it."""
    leaks: tuple[str, ...]
    """What stands in the way of it, each as a sentence that repeats nothing of what was found."""


@reads_one(permissions.SEE_SUPPORT, Case)
def letters_of(actor: Actor, case: Case) -> tuple[LetterLine, ...]:
    """Letters of the case, newest first."""
    rows = Letter.objects.filter(circle=case.circle_id).select_related("by__user").order_by("-at", "-id")
    left = {one.id: one for one in notices.left_out(actor, Ref(case.circle_id))}
    return tuple(_line(actor, row, left) for row in rows)


@reads_one(permissions.SEE_SUPPORT, Letter)
def letter(actor: Actor, row: Letter) -> LetterView:
    """One letter with its words."""
    made = msgspec.json.decode(actor.keys.open_bytes(row.sheet), type=letters.Composed)
    left = {one.id: one for one in notices.left_out(actor, Ref(row.circle_id))}
    return LetterView(_line(actor, row, left), Case.objects.get(circle=row.circle_id).reference, row.version, made)


@reads_one(permissions.SEE_SUPPORT, Case)
def letters_agreed(actor: Actor, case: Case) -> tuple[Agreed, ...]:
    """Consents to letters that are in force, newest first."""
    live = Q(until=None) | Q(until__gte=london_day(actor.at))
    rows = Consent.objects.filter(live, circle=case.circle_id, item=Item.LETTER, withdrawn_at=None)
    found = list(rows.select_related("agency").order_by("-given_on", "-id"))
    named = [(row, actor.keys.open(row.whom) or (row.agency.name if row.agency else "")) for row in found]
    known = known_as(actor, case.circle_id, {whom for _, whom in named})
    return tuple(Agreed(row.pk, whom, row.given_on, row.until, known[whom]) for row, whom in named)


@reads_one(permissions.SEE_SUPPORT, Case)
def compose(actor: Actor, case: Case, *, draft: letters.Draft) -> Shown:
    """The letter from the case's facts. Address, number and children's names are opened only where they are ticked."""
    everyone = people.people_in(actor, Ref(case.circle_id))
    victim = next((one for one in everyone if one.stands_as == "victim"), None)
    wants = {letters.Extra.ADDRESS, letters.Extra.NUMBER} & set(draft.extras)
    contact = people.contact_of(actor, Ref(victim.id)) if victim and wants else None
    with_children = letters.Extra.CHILD in draft.extras
    facts = letters.Facts(
        victim.name if victim else "", actor.name, case.circle.agency.name, case.reference, london_day(actor.at),
        contact.address if contact and letters.Extra.ADDRESS in wants else "",
        contact.number if contact and letters.Extra.NUMBER in wants else "",
        tuple(one.name for one in everyone if one.stands_as == "child") if with_children else (),
    )  # fmt: skip
    made = letters.compose(draft, facts)
    card = people.card_of(actor, Ref(victim.id)) if victim else None
    told = card.must_not_know if card else ""
    stops = [
        *([KEPT_FROM] if must_not_know(told, made.whom) else []), *_held(actor, case, wants),
        *_leaks(actor, case, made, facts),
    ]  # fmt: skip
    return Shown(made, facts, told, tuple(stops))


def _held(actor: Actor, case: Case, wants: set[letters.Extra]) -> tuple[str, ...]:
    """An address that changed is told nobody for seven days: it may have been asked for by somebody else."""
    line = people.safe_line(actor, Ref(case.circle_id)) if wants else None
    if line is None or line.held_until is None or line.held_until <= actor.at:
        return ()
    return (f"How they are reached changed lately: no letter names it before {day_says(line.held_until)}.",)


def _leaks(actor: Actor, case: Case, made: letters.Composed, facts: letters.Facts) -> tuple[str, ...]:
    """What in the letter must not leave and was not ticked, by kind and never by word.

    The recipient's own lines may name a school or a place of work; where somebody lives stands in no line of it.
    """
    ticked = {one.strip() for one in (facts.address, facts.number, *facts.children) if one}
    kinds = set(get_args(leaks.Kind))
    words = tuple(
        leaks.Word(one.word, cast(leaks.Kind, one.kind if one.kind in kinds else "other"))
        for one in people.never_leaves(actor, Ref(case.circle_id))
        if one.withdrawn_at is None and one.word.strip() not in ticked
    )
    found = letters.searched("The letter", made.text, words, facts.name)
    found += letters.searched(
        "The recipient’s address", "\n".join(made.to), [one for one in words if one.kind in WHERE], ""
    )
    return tuple(dict.fromkeys(found))


def _line(actor: Actor, row: Letter, left: Mapping[UUID, notices.NoticeLine]) -> LetterLine:
    return LetterLine(
        row.pk, letters.MACROS[row.kind].to, actor.keys.open(row.to), row.at, row.by.user.name, row.reply_on,
        row.taken_at, left.get(row.notice_id) if row.notice_id else None, row.chased, row.answered_at,
        actor.keys.open(row.answer),
    )  # fmt: skip
