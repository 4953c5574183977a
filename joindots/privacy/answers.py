"""What privacy answers to the other parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from joindots.access import holding
from joindots.access.actor import Actor
from joindots.access.holding import ELSEWHERE, INSIDE, Holds
from joindots.kernel.dots import Due, Held
from joindots.kernel.words import Words, words
from joindots.privacy import queries
from joindots.privacy.tasks.keeping import why_it_stays

HOLDS = (
    Holds("privacy.Request", words("h_requests", "requests about personal data"),
          ("reference", "kind", "came_on", "who", "words", "client_told", "why_untold", "answered_on", "answer")),
    Holds("privacy.Breach", words("h_breaches", "that data may have got out"), (), ELSEWHERE),
    Holds("privacy.BreachStep", words("h_breach_steps", "what was done about that"), (), ELSEWHERE),
    Holds("privacy.Hold", words("h_holds", "why something is kept longer"), ("kind", "at", "review_on")),
    Holds("privacy.Copy", words("h_copies", "copies that were made for you"), ("at",)),
    Holds("privacy.Choice", words("h_choices", "what was decided for a copy"), (), INSIDE),
    Holds("privacy.Signed", words("h_signed", "what was signed about keeping"), (), INSIDE),
    Holds("privacy.Certificate", words("h_certificates", "certificates of erasing"), (), INSIDE),
)  # fmt: skip
"""What privacy holds of somebody, and what of it a copy shows."""


def due(actor: Actor, whose: Collection[UUID], until: date, most: int) -> Iterator[Due]:
    """Requests whose clock ends, breaches that are open, holds to be looked at."""
    for asked in (queries.breaches_waiting, queries.waiting, queries.to_tell, queries.holds_waiting):
        if asked.may(actor):
            yield from asked(actor, whose, until, most)


def held(actor: Actor, circle: UUID, kinds: Collection[str] = ()) -> Iterator[Held]:
    """What is held in a circle, by kind and count."""
    return holding.held(actor, circle, HOLDS, kinds)


def stays(circle: UUID) -> Words | None:
    """Why a circle may not be erased now."""
    return why_it_stays(circle)
