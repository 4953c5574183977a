"""How somebody may be reached: the card as a whole, what may stand in it, and what a change brings about (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec
from msgspec.structs import replace

from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.identities import key_of_address, key_of_number
from joindots.people.rules import windows as times
from joindots.people.rules.finding import folded
from joindots.people.rules.windows import Window

HOLD: Final = timedelta(days=7)
"""After a change of address nothing leaves for so long except by the safe way (security.md A2)."""
ASK_AGAIN: Final = timedelta(days=30)
"""A card confirmed longer ago is asked about again; after twice as long it is said more loudly."""
MOST_WAYS: Final = 8
MOST_LETTERS: Final = 300
LONG: Final = 600
SAID: Final = 120
SHORT: Final = 60


class Use(StrEnum):
    """What a way may be used for. Whatever was not said to be safe is not."""

    CALL = "call"
    TEXT = "text"
    VOICEMAIL = "voicemail"
    MAIL = "mail"
    POST = "post"


class Kind(StrEnum):
    """What a way is."""

    NUMBER = "number"
    MAIL = "mail"
    ADDRESS = "address"


class Trust(StrEnum):
    """What is believed of a way. Only `free` ways are ever used."""

    FREE = "free"
    WATCHED = "watched"
    KNOWN = "known"


USES: Final[dict[Kind, tuple[Use, ...]]] = {
    Kind.NUMBER: (Use.CALL, Use.TEXT, Use.VOICEMAIL), Kind.MAIL: (Use.MAIL,), Kind.ADDRESS: (Use.POST,),
}  # fmt: skip
USE_WORDS: Final[dict[Use, str]] = {
    Use.CALL: "ring", Use.TEXT: "text", Use.VOICEMAIL: "leave voicemail", Use.MAIL: "e-mail", Use.POST: "write by post",
}  # fmt: skip
KIND_WORDS: Final[dict[Kind, str]] = {
    Kind.NUMBER: "Number", Kind.MAIL: "E-mail address", Kind.ADDRESS: "Postal address",
}  # fmt: skip
TRUST_WORDS: Final[dict[Trust, str]] = {
    Trust.FREE: "not known to be watched", Trust.WATCHED: "on a device believed to be watched",
    Trust.KNOWN: "known to the person reported",
}  # fmt: skip
OLD_WAY, OLD_PLACE = UUID(int=1), UUID(int=2)
"""The ways of a card that was kept before ways had marks of their own."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One number or address: what it may be used for, when (empty: the card's times), and how it was proved."""

    id: UUID
    kind: Kind
    value: str
    uses: tuple[Use, ...] = ()
    windows: tuple[Window, ...] = ()
    main: bool = False
    """The safe way: the one that still serves while a change of address holds everything back."""
    trust: Trust = Trust.FREE
    proved_at: datetime | None = None

    @property
    def key(self) -> str:
        """The value as compared: another way of writing a number is the same number."""
        made = None
        if self.kind == Kind.NUMBER:
            made = key_of_number(self.value)
        elif self.kind == Kind.MAIL:
            made = key_of_address(self.value)
        return made or _plain(self.value)


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known about reaching somebody safely."""

    ways: tuple[Way, ...] = ()
    windows: tuple[Window, ...] = ()
    times: str = ""
    """The times as they were told, for people; a machine obeys `windows`."""
    no_bank_holidays: bool = False
    say: str = ""
    sender: str = ""
    may_answer: str = ""
    must_not_know: str = ""
    watched: str = ""
    language: str = ""
    withheld: bool = False
    """Ring with the number withheld."""
    calendar: bool = False
    """They asked for calendar entries themselves."""
    exception: str = ""
    """When their own limits may be passed, in their own words."""
    exception_uses: tuple[Use, ...] = ()
    held_since: datetime | None = None
    held_until: datetime | None = None

    def way(self, wanted: UUID) -> Way | None:
        """The way with this mark."""
        return next((one for one in self.ways if one.id == wanted), None)

    def of(self, kind: Kind) -> tuple[Way, ...]:
        """Every way of a kind that is not known to the person reported."""
        return tuple(one for one in self.ways if one.kind == kind and one.trust != Trust.KNOWN)

    @property
    def safe_uses(self) -> tuple[Use, ...]:
        """What at least one way that may be used was said to be safe for."""
        told = {use for one in self.ways if one.trust == Trust.FREE for use in one.uses}
        return tuple(use for use in Use if use in told)

    @property
    def times_words(self) -> str:
        """When, as people say it: the windows where there are any, else the words as told."""
        said = times.in_words(self.windows) or self.times
        return f"{said}, not on bank holidays" if self.windows and self.no_bank_holidays else said


EMPTY: Final = Card()
_ENCODE, _DECODE = msgspec.json.Encoder(), msgspec.json.Decoder(Card)


def encoded(card: Card) -> str:
    """A card as it is sealed."""
    return _ENCODE.encode(card).decode()


def decoded(text: str) -> Card:
    """The card from what was sealed."""
    return _DECODE.decode(text)


def from_before(*, number: str, times: str, address: str, say: str, uses: tuple[Use, ...]) -> Card:
    """The card of one that was told in words alone: its number and address are not proved, its times bind no machine.

    Nothing leaves by it until days and hours are entered and a way was proved.
    """
    ways = []
    if number.strip():
        on = tuple(use for use in uses if use in USES[Kind.NUMBER])
        ways.append(Way(id=OLD_WAY, kind=Kind.NUMBER, value=number.strip(), uses=on, main=True))
    if address.strip():
        by_post = (Use.POST,) if Use.POST in uses else ()
        ways.append(Way(id=OLD_PLACE, kind=Kind.ADDRESS, value=address.strip(), uses=by_post))
    return Card(ways=tuple(ways), times=times.strip(), say=say.strip())


def can_be(card: Card) -> Decision:
    """Ways that there are, uses that fit them, at most one safe way, and nothing too long."""
    if len(card.ways) > MOST_WAYS:
        return no("ways_many", "Keep at most {most} ways. Leave out what is no longer used.", most=MOST_WAYS)
    if len({(one.kind, one.key) for one in card.ways}) < len(card.ways):
        return no("way_twice", "The same number or address stands here twice. Leave one of them out.")
    if sum(one.main for one in card.ways) > 1:
        return no("main_twice", "Choose one safe way, the one to use when nothing else may be used.")
    long = (card.times, card.say, card.sender, card.may_answer, card.must_not_know, card.watched, card.exception)
    if any(len(text) > LONG for text in long):
        return no("card_long", "Shorten what is longer than {most} letters.", most=LONG)
    if len(card.say) > SAID or max(len(card.sender), len(card.language)) > SHORT:
        return no("card_words", "Shorten the words to say to {said} letters, sender and language to {most}.",
                  said=SAID, most=SHORT)  # fmt: skip
    if card.exception.strip() and not card.exception_uses:
        return no("exception_uses", "Say what the exception is for: ringing, a text, or another way.")
    if card.exception_uses and not card.exception.strip():
        return no("exception_words", "Write the exception in the person’s own words.")
    refusals = (*(_way_can_be(one) for one in card.ways), times.can_be(card.windows))
    return next((one for one in refusals if not one), YES)


def _way_can_be(way: Way) -> Decision:
    if not way.value.strip() or len(way.value) > MOST_LETTERS or "\x00" in way.value:
        return no("way_value", "Enter the number or address, no longer than {most} letters.", most=MOST_LETTERS)
    if not set(way.uses) <= set(USES[way.kind]):
        return no("way_uses", "{kind}: choose uses that fit it.", kind=KIND_WORDS[way.kind])
    if way.kind == Kind.NUMBER and way.uses and key_of_number(way.value) is None:
        return no("way_number", "“{typed}” is no whole telephone number. Check its digits.", typed=way.value[:40])
    if way.kind == Kind.MAIL and (_plain(way.value).count("@") != 1 or any(sign.isspace() for sign in way.value)):
        return no("way_mail", "“{typed}” is no e-mail address. It needs one @ and no space.", typed=way.value[:60])
    return times.can_be(way.windows)


def marks_of_way(way: Way) -> Iterator[tuple[str, str]]:
    """The marks (kind, value) by which somebody else's way would be found to be the same, as identifiers are kept."""
    if way.kind == Kind.NUMBER:
        yield "number", way.key
    elif way.kind == Kind.MAIL:
        key = way.key.casefold()
        yield from (("email", one) for one in (key, key.removeprefix("mailto:")))
    else:
        yield "address", folded(way.value)


def known_ways(card: Card, ways: Collection[UUID]) -> Card:
    """The card with these ways as known to the person reported: nothing may be sent there."""
    if not ways:
        return card
    known = [replace(one, trust=Trust.KNOWN, main=False) if one.id in ways else one for one in card.ways]
    return replace(card, ways=tuple(known))


def entered_anew(old: Card, new: Card) -> Card:
    """The ways that are entered as ways to use and did not stand on the card."""
    here = {(one.kind, one.key) for one in old.ways}
    return Card(ways=tuple(one for one in new.ways if one.trust != Trust.KNOWN and (one.kind, one.key) not in here))


def can_be_theirs(card: Card, reported: Collection[UUID]) -> Decision:
    """Whether none of these ways is the person reported's: one that is can only stand as known to them."""
    way = next((one for one in card.ways if one.id in reported), None)
    if way is None:
        return YES
    return no(
        "way_reported",
        "This {what} is recorded as the person reported’s. It is never a safe way. Choose another, or say that it is "
        "known to the person reported.",
        what=KIND_WORDS[way.kind].lower(),
    )  # fmt: skip


def changed(old: Card, new: Card, at: datetime, *, moved: bool = False, left: Collection[Way] = ()) -> Card:
    """The new card with what the change brings about.

    A proof stays with a way whose mark and value are the same, and is lost with any other. A way that the person
    reported knows stays known, however it is entered again. Where somebody moved (it is said, or the address is another
    one now), every old address stays on the card as known to the person reported, and everything but the safe way is
    held for seven days. `left` are addresses that were taken off the card before, where it has none any more: a move
    told in two steps is a move.
    """
    before, known = {one.id: one for one in old.ways}, {one.key for one in old.ways if one.trust == Trust.KNOWN}
    ways = tuple(_carried(before.get(one.id), one, known) for one in new.ways)
    homes = {one.key: one for one in (*left, *old.of(Kind.ADDRESS))}
    lived = set(homes)
    lives = {one.key for one in ways if one.kind == Kind.ADDRESS and one.trust != Trust.KNOWN}
    moved = moved or (bool(lived) and bool(lives - lived))
    if moved:
        ways = tuple(_given_up(one) if one.key in lived else one for one in ways)
        known |= lived
    here = {one.key for one in ways}
    there = {one.key: one for one in (*homes.values(), *old.ways)}
    gone = tuple(_given_up(one) for one in there.values() if one.key in known and one.key not in here)
    since, until = (at, at + HOLD) if moved else (old.held_since, old.held_until)
    return replace(new, ways=(*ways, *gone), held_since=since, held_until=until)


def proved(card: Card, wanted: UUID, at: datetime) -> Card:
    """The card with one way proved by a round trip."""
    ways = tuple(replace(one, proved_at=at) if one.id == wanted else one for one in card.ways)
    return replace(card, ways=ways)


def _carried(old: Way | None, new: Way, known: set[str]) -> Way:
    same = old is not None and old.kind == new.kind and old.key == new.key
    proved_at = old.proved_at if old is not None and same else None
    return replace(new, proved_at=proved_at, trust=Trust.KNOWN if new.key in known else new.trust)


def _given_up(way: Way) -> Way:
    """A way that the person reported knows: it stays on the card, and is used for nothing."""
    return replace(way, trust=Trust.KNOWN, uses=(), main=False, windows=())


def _plain(value: str) -> str:
    """Without case, signs between words, or double spaces: `9 Larch Close,  ZZ99 4LC` and `9 larch close zz99 4lc`."""
    return " ".join("".join(sign if sign.isalnum() or sign in "@.-_+" else " " for sign in value.casefold()).split())


def line(card: Card) -> str:
    """The card in one line, for the head of a case: `Text only. Mon to Fri 12:30 to 13:15. Say “the dentist”.`"""
    told = [_uses_in_words(card)]
    if card.times_words:
        told.append(card.times_words.rstrip("."))
    if card.sender:
        told.append(f"From “{card.sender}”")
    if card.of(Kind.NUMBER) and Use.VOICEMAIL not in card.safe_uses and "voicemail" not in card.times.lower():
        told.append("No voicemail")
    if card.say:
        told.append(f"Say “{card.say}”")
    if card.exception:
        told.append(f"One exception, in their words: “{card.exception}”")
    return ". ".join(told) + "."


def _uses_in_words(card: Card) -> str:
    said = [USE_WORDS[use] for use in card.safe_uses if use != Use.VOICEMAIL]
    if not said:
        return "No way is said to be safe"
    first = said[0].capitalize()
    return f"{first} only" if len(said) == 1 else f"{', '.join((first, *said[1:-1]))} or {said[-1]}"
