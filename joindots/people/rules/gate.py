"""Whether somebody may be reached now by one way: yes, not before a moment, or no with the reason (pure).

Everything that leaves asks here, and nothing else decides. Only one thing may pass the person's limits of hours and
uses: the exception that they wrote themselves, with a reason kept beside it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from joindots.kernel.when import LOCAL
from joindots.kernel.words import Words, words
from joindots.people.rules.reaching import KIND_WORDS, USE_WORDS, USES, Card, Trust, Use, Way
from joindots.people.rules.windows import inside, next_inside

SHORTEST_REASON: Final = 10
"""Letters of a reason for passing somebody's limits."""
AT_ANY_HOUR: Final = frozenset({Use.POST})
"""A letter waits in the box; when it is written makes nobody less safe."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done: by which way, for what use, and on what ground beyond the card's own flags."""

    way: UUID
    use: Use
    calendar: bool = False
    """A calendar entry, which needs their own asking."""
    proof: bool = False
    """A round trip, by which a way is proved before its first use."""
    said_now: bool = False
    """They are with us at this moment and asked for the round trip now."""
    emergency: str = ""
    """The reason for which their own exception applies; empty where it is not called on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Now, later or never. `reason` says why not now; `waits_until` is the first moment that is safe."""

    leaves: bool
    reason: Words = Words("", "")  # noqa: RUF009 - frozen
    waits_until: datetime | None = None

    @property
    def waits(self) -> bool:
        """Not now, and later."""
        return not self.leaves and self.waits_until is not None


NOW: Final = Verdict(True)


def verdict(card: Card | None, asked: Asked, at: datetime, closed: Collection[date] = ()) -> Verdict:
    """Whether it may be done at this moment. `closed` are the bank holidays to count."""
    if card is None or not card.ways:
        return _never("contact_none", "No safe way is recorded. Ask the person for one before anything leaves.")
    way = card.way(asked.way)
    if way is None:
        return _never("way_gone", "This way no longer stands on the card. Choose one that does.")
    refused = _never_by(way, asked) or _held_back(card, way, at) or _not_so_used(card, way, asked)
    return refused or _when(card, way, asked, at, closed)


def excepted(card: Card, asked: Asked) -> bool:
    """Whether the person's own exception covers this, and a reason is given."""
    return (
        bool(card.exception.strip()) and asked.use in card.exception_uses and not asked.proof
        and len(asked.emergency.strip()) >= SHORTEST_REASON
    )  # fmt: skip


def ways_for(card: Card | None, use: Use, *, emergency: bool = False) -> tuple[Way, ...]:
    """The proved ways that were said to be safe for a use, the safe way first; never one that was not."""
    if card is None:
        return ()
    told = emergency and use in card.exception_uses
    found = [one for one in card.ways if one.trust == Trust.FREE and one.proved_at and use in USES[one.kind]
             and (use in one.uses or told)]  # fmt: skip
    return tuple(sorted(found, key=lambda one: not one.main))


def _never(code: str, text: str, **values: object) -> Verdict:
    return Verdict(False, words(code, text, **values))


def _never_by(way: Way, asked: Asked) -> Verdict | None:
    """What no reason can pass: a way that is watched or known, or that nobody has proved."""
    if way.trust == Trust.KNOWN:
        return _never("way_known", "The person reported knows this {what}. Nothing may be sent there.", what=_what(way))
    if way.trust == Trust.WATCHED:
        return _never("way_watched", "This {what} is believed to be watched. Nothing may be sent there.",
                      what=_what(way))  # fmt: skip
    if asked.use not in USES[way.kind]:
        return _never("way_unfit", "This {what} cannot be used to {use}.", what=_what(way), use=USE_WORDS[asked.use])
    if way.proved_at is None and not asked.proof:
        return _never(
            "way_unproved", "This {what} was never confirmed by a round trip. Confirm it first, or choose another way.",
            what=_what(way),
        )  # fmt: skip
    return None


def _held_back(card: Card, way: Way, at: datetime) -> Verdict | None:
    """For seven days after a move only the safe way serves, and only if it was proved before."""
    if card.held_until is None or card.held_since is None or at >= card.held_until:
        return None
    if way.main and way.proved_at is not None and way.proved_at <= card.held_since:
        return None
    return _never("contact_held", "The address changed. Until {day} only the safe way may be used.",
                  day=f"{card.held_until.astimezone(LOCAL):%d %B}".lstrip("0"))  # fmt: skip


def _not_so_used(card: Card, way: Way, asked: Asked) -> Verdict | None:
    """A use that was not said to be safe."""
    if asked.use not in way.uses and not excepted(card, asked):
        return _never("use_unsafe", "It was not said to be safe to {use} here.", use=USE_WORDS[asked.use])
    if asked.calendar and not card.calendar:
        return _never(
            "calendar_unasked", "The person has not asked for calendar entries. Whoever has the phone sees them."
        )
    return None


def _when(card: Card, way: Way, asked: Asked, at: datetime, closed: Collection[date]) -> Verdict:
    """Now, or the first moment that is safe."""
    if asked.use in AT_ANY_HOUR or excepted(card, asked) or (asked.proof and asked.said_now):
        return NOW
    windows = way.windows or card.windows
    if not windows:
        return _never("times_unknown", "No safe days and hours are entered. Ask for them, and enter them as times.")
    shut = closed if card.no_bank_holidays else ()
    if inside(windows, at, shut):
        return NOW
    opens = next_inside(windows, at, shut)
    if opens is None:
        return _never("times_never", "None of the safe times comes within two weeks. Ask for others.")
    return Verdict(False, words("not_now", "It is not a safe time now."), opens)


def _what(way: Way) -> str:
    return KIND_WORDS[way.kind].lower()
