"""What people answer to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.access.holding import INSIDE, OTHERS, SECRET, Holds
from joindots.circles import answers as circles
from joindots.kernel.dots import Due, Held, Reason
from joindots.kernel.words import words
from joindots.people import queries
from joindots.people.models import Person, Presence
from joindots.people.rules.callers import Outcome

RANK = {"victim": 0, "both": 1, "suspect": 2}
MISSED = words("caller_missed", "Somebody said they were this person, and three code words did not fit.")
CLOSED = words("caller_closed", "Somebody tried a code word again after three had not fitted. Ring the person by the "
               "safe way: they may be shut out.")  # fmt: skip
FORCED = words("caller_forced", "A caller gave the word for danger: they may have been forced to ring.")
ASK = words("safe_contact_old", "Safe contact was not confirmed for 30 days. Ask whether it is still safe.")
KNOWN = words("way_turned_known", "A safe way of this person is the person reported’s. Nothing leaves by it.")
LOOK, OPEN = words("caller_look", "Look at the calls"), words("safe_contact_open", "Open the card")


def sides(membership: UUID, at: datetime, owners: Collection[UUID]) -> dict[UUID, str]:
    """The side of a membership for each person it may know of, through the circles they stand in.

    Where the circles differ, the narrowest side counts: two standings never add up.
    """
    rows = list(Presence.objects.filter(person__in=owners).values_list("person_id", "circle_id"))
    known = circles.sides(membership, at, {circle for _, circle in rows})
    told: dict[UUID, str] = {}
    for person, circle in rows:
        side = known.get(circle)
        if side and (person not in told or RANK[side] > RANK[told[person]]):
            told[person] = side
    return told


def protected(actor: Actor, circle: UUID) -> dict[str, str]:
    """Everything of a circle that must never leave, with its kind; NotFound for who is not on the victim's side."""
    return queries.protected_words(actor, Ref(circle))


def forget(circle: UUID) -> list[UUID]:
    """People who stand in this circle alone go with it."""
    here = Person.objects.filter(Q(presences__circle=circle) | Q(taken_off__circle=circle)).distinct()
    return list(here.exclude(presences__circle__in=_others(circle)).values_list("pk", flat=True))


def _others(circle: UUID) -> list[UUID]:
    people = Person.objects.filter(Q(presences__circle=circle) | Q(taken_off__circle=circle)).values("pk")
    return list(
        Presence.objects.filter(person__in=people, circle__state="open").exclude(circle=circle)
        .values_list("circle", flat=True)
    )  # fmt: skip


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Callers who failed their check, and safe contact that was not confirmed for thirty days."""
    if not actor.may(queries.callers_waiting.permission):
        return
    for one in queries.callers_waiting(actor, whose, until, most):
        forced = one.outcome == Outcome.DURESS
        says = FORCED if forced else CLOSED if one.outcome == Outcome.CLOSED else MISSED
        yield Due(
            one.circle, "people.caller_forced" if forced else "people.caller_missed", Reason.NEW, one.on,
            says, f"/contact/{one.circle}/{one.person}/caller/", LOOK, one.at,
        )  # fmt: skip
    for one in queries.ways_turned_known(actor, whose, until, most):
        yield Due(
            one.circle, "people.way_known", Reason.NEW, one.on, KNOWN, f"/contact/{one.circle}/{one.person}/", OPEN,
            one.at,
        )  # fmt: skip
    for one in queries.cards_to_ask_about(actor, whose, until, most):
        yield Due(
            one.circle, "people.safe_contact_old", Reason.REVIEW, one.on, ASK, f"/contact/{one.circle}/{one.person}/",
            OPEN,
        )  # fmt: skip


HOLDS = (
    Holds("people.Person", words("h_people", "who stands in your case"), ("name",), None, "presences__circle"),
    Holds("people.SafeContact", words("h_cards", "how you may be reached"),
          ("card", "number", "times", "address", "say", "made_at"), None, "person__presences__circle"),
    Holds("people.CallerCheck", words("h_callers", "checks of who was calling"), ("at", "outcome", "note")),
    Holds("people.ProtectedWord", words("h_protected", "what must never leave"), ("kind", "word")),
    Holds("people.Identifier", words("h_identifiers", "numbers and accounts of people"), (), OTHERS,
          "person__presences__circle"),
    Holds("people.WithdrawnMark", words("h_withdrawn_marks", "numbers and accounts that were withdrawn"), (), OTHERS,
          "person__presences__circle"),
    Holds("people.TakenOff", words("h_taken_off", "who stood in the case by mistake"), (), OTHERS),
    Holds("people.Belief", words("h_beliefs", "whose an account is believed to be"), (), OTHERS),
    Holds("people.CodeWord", words("h_code_words", "code words"), (), SECRET, "person__presences__circle"),
    Holds("people.Presence", words("h_presences", "that somebody stands in the case"), (), INSIDE),
)  # fmt: skip
"""What people hold of somebody, and what of it a copy shows."""


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)
