"""The round trip by which a way is proved before its first use: a neutral word goes out, the person says it back."""

from __future__ import annotations

import hmac
from datetime import timedelta
from secrets import choice
from uuid import UUID

from joindots.access.actor import Actor
from joindots.access.door import Ref, writes
from joindots.circles.models import Circle
from joindots.kernel.problems import NotFound, RuleBroken
from joindots.kernel.words import words
from joindots.notices import permissions
from joindots.notices.models import Notice, RoundTrip
from joindots.notices.rules import neutral
from joindots.notices.rules.neutral import Said
from joindots.notices.rules.notices import Kind, State
from joindots.notices.tasks import Written, can_be_seen, keep, somebody, unless_kept_out
from joindots.people import actions as people_actions
from joindots.people import queries as people
from joindots.people.rules.callers import TRIES, compared
from joindots.people.rules.gate import Asked, verdict
from joindots.people.rules.reaching import Use, Way
from joindots.people.tasks import closed_days

WORDS = (
    "maple", "river", "candle", "pepper", "window", "button", "garden", "marble", "ribbon", "saddle", "copper",
    "walnut", "lantern", "pebble", "orchard", "kettle", "velvet", "thistle", "anchor", "cotton",
)  # fmt: skip
BY: dict[Use, Kind] = {Use.TEXT: Kind.TEXT, Use.MAIL: Kind.MAIL, Use.POST: Kind.LETTER, Use.CALL: Kind.CALL}
LASTS: dict[Kind, timedelta] = {Kind.LETTER: timedelta(days=21)}
OTHERWISE = timedelta(hours=24)
NO_TRIP = "This round trip is over. Begin another."
OTHER_WAY = "Another number or address stands here now, so this round trip is over. Begin another."
MAY_HAVE_LEFT = frozenset({State.LEAVING, State.SENT, State.UNSURE})


@writes(permissions.WRITE, Circle)
def prove(actor: Actor, circle: Circle, *, person: UUID, way: UUID, said_now: bool = False) -> Written:
    """Send a neutral word by a way that is not proved yet. `said_now`: they are with us and want it at this moment.

    A number is proved by text where texts are safe, else by ringing it: the word is told by the way on which we speak,
    and whoever answers the number must say it.
    """
    somebody(actor, circle, person)
    card = people.card_of(actor, Ref(person))
    found = card.way(way) if card else None
    if card is None or found is None:
        raise NotFound
    kind = _kind_for(found)
    word = choice(WORDS)
    said = Said(_asks(kind, word), sender=card.sender or neutral.SENDER)
    can_be_seen(actor, circle, kind, said, person).or_raise()
    use = next(one for one, by in BY.items() if by == kind)
    told = verdict(card, Asked(way, use, proof=True, said_now=said_now), actor.at, closed_days())
    told = unless_kept_out(actor, circle.pk, person, told)
    row = Notice(
        circle=circle, person_id=person, kind=kind.value, way=way, proof=True, said_now=said_now,
        by_id=actor.membership_id, made_at=actor.at,
    )  # fmt: skip
    written = keep(actor, row, said, told, "")
    if not written.refused:
        ends = written.not_before + LASTS.get(kind, OTHERWISE)
        trip = RoundTrip(circle=circle, person_id=person, notice=row, way=way, ends_at=ends)
        actor.keys.seal(trip, word=f"{word}\n{found.key}")
        trip.save(force_insert=True)
    return written


@writes(permissions.WRITE, Circle)
def confirm(actor: Actor, circle: Circle, *, person: UUID, way: UUID, word: str) -> bool:
    """Whether the word that was said back fits the newest round trip of this way; then the way is proved.

    After three misses, or a day (three weeks by post), the round trip is over; so it is once another number or address
    stands there than the one that the word was sent to.
    """
    somebody(actor, circle, person)
    trip = (
        RoundTrip.objects.select_for_update(of=("self",)).select_related("notice")
        .filter(circle=circle, person=person, way=way, answered_at=None).order_by("-id").first()
    )  # fmt: skip
    if trip is None or trip.misses >= TRIES or trip.ends_at <= actor.at:
        raise RuleBroken(words("trip_over", NO_TRIP))
    if trip.notice.state not in MAY_HAVE_LEFT:
        raise RuleBroken(words("trip_waits", "The word has not left yet, so nobody can have it. Wait until it has."))
    sent, _, to = actor.keys.open(trip.word).partition("\n")
    card = people.card_of(actor, Ref(person))
    now = card.way(way) if card else None
    if now is None or now.key != to:
        raise RuleBroken(words("trip_other", OTHER_WAY))
    fits = hmac.compare_digest(compared(word).encode(), compared(sent).encode())
    if fits:
        trip.answered_at = actor.at
        people_actions.note_proved(actor, Ref(person), way=way)
    else:
        trip.misses += 1
    trip.save(update_fields=("answered_at", "misses"))
    actor.record(circle.pk, "notices.proved" if fits else "notices.not_proved", person=person)
    return fits


def _kind_for(way: Way) -> Kind:
    """The kind by which a way is proved: of what it is safe for, what needs nobody to speak first."""
    found = next((kind for use, kind in BY.items() if use in way.uses), None)
    if found is None:
        raise RuleBroken(words("way_for_nothing", "Say first what this way may be used for."))
    return found


def _asks(kind: Kind, word: str) -> str:
    if kind == Kind.CALL:
        return f"Tell them this word by the way on which you speak: {word}. Then ring, and ask for it."
    return f"Your word is {word}. Please keep it for your next call."
