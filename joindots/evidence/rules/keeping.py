"""What of a file is taken in: everything, only some senders, a period (pure). The file itself is kept whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from joindots.evidence.readers.records import OWN_THINGS, Communication, Coverage
from joindots.kernel.decisions import YES, Decision, no
from joindots.kernel.when import day_says, midnight

WORTH_ASKING = 200
"""Acts of contact from which on a person is asked; shorter files are taken in whole, and can be narrowed later."""
NO_CHAT = OWN_THINGS | {"log", "payment", "other"}
Who = tuple[str | None, str | None]
"""A sender as the file shows it, and the account behind it."""


class Choice(msgspec.Struct, frozen=True):
    """What is taken in. `senders` None: everybody's; `first` and `last`: London days, both taken in.

    `ask`: nobody has chosen yet, and a person shall.
    """

    senders: tuple[Who, ...] | None = None
    first: date | None = None
    last: date | None = None
    ask: bool = False

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self.senders is None and self.first is None and self.last is None


WHOLE_FILE = Choice()


def lets(choice: Choice, one: Communication) -> bool:
    """Whether a record is taken in. A time that is not known, or only about, leaves none out."""
    return of_sender(choice, one) and in_period(choice, one)


def of_sender(choice: Choice, one: Communication) -> bool:
    """Whether its sender is among those chosen."""
    return choice.senders is None or (one.sender.shown, one.sender.key) in choice.senders


def in_period(choice: Choice, one: Communication) -> bool:
    """Whether it may have been in the period chosen."""
    earliest, latest = _ends(choice)
    after = latest is None or one.at_earliest is None or one.at_earliest <= latest
    return after and (earliest is None or one.at_latest is None or one.at_latest >= earliest)


def worth_asking(channels: Iterable[str], contacts: int, senders: int) -> bool:
    """Whether a file is long enough, and between people, so that somebody is asked what of it to take in."""
    return contacts >= WORTH_ASKING and senders > 1 and any(one not in NO_CHAT for one in channels)


def can_choose(choice: Choice, known: Sequence[Who]) -> Decision:
    """A choice names senders of the file, and a period that does not end before it begins."""
    if choice.senders is not None and not choice.senders:
        return no("keep_nobody", "Choose at least one sender, or take in everything.")
    if choice.senders is not None and not set(choice.senders) <= set(known):
        return no("keep_unknown", "Choose among the senders shown.")
    if choice.first and choice.last and choice.first > choice.last:
        return no("keep_period", "The period ends before it begins. Change one of the two days.")
    return YES


def covered(coverage: Iterable[Coverage], choice: Choice, left_out: int) -> list[Coverage]:
    """What the source can show of what was taken in: cut to the period, with how much was left out."""
    if choice.everything:
        return list(coverage)
    told = tuple(
        code
        for code, said in (
            ("kept_senders", choice.senders is not None), ("kept_period", bool(choice.first or choice.last)),
        )
        if said
    )  # fmt: skip
    return [_cut(one, choice, (*told, f"not_taken_in={left_out:,}")) for one in coverage]


def says(choice: Choice) -> str:
    """The choice in words: `Only from Sam Example and 07700 900123, from 3 Jan 2022 to 20 Mar 2025`."""
    if choice.everything:
        return "Everything"
    names = [shown or key or "a sender who is not shown" for shown, key in choice.senders or ()]
    whom = f"Only from {' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}" if names else "Everything"
    first = f" from {day_says(midnight(choice.first))}" if choice.first else ""
    last = f" to {day_says(midnight(choice.last))}" if choice.last else ""
    return f"{whom}{',' if names and (first or last) else ''}{first}{last}"


def _cut(one: Coverage, choice: Choice, limits: tuple[str, ...]) -> Coverage:
    earliest, latest = _ends(choice)
    first = max(filter(None, (one.earliest, earliest)), default=None) if one.earliest else None
    last = min(filter(None, (one.latest, latest)), default=None) if one.latest else None
    if first and last and first > last:
        first = last = None
    return msgspec.structs.replace(one, earliest=first, latest=last, limits=(*one.limits, *limits))


def _ends(choice: Choice) -> tuple[datetime | None, datetime | None]:
    """The first and last moments of the period."""
    first = midnight(choice.first).astimezone(UTC) if choice.first else None
    after = midnight(choice.last + timedelta(days=1)) if choice.last else None
    return first, after.astimezone(UTC) - timedelta(microseconds=1) if after else None


def encoded(choice: Choice) -> bytes:
    """As stored."""
    return msgspec.msgpack.encode(choice)


def decoded(data: bytes) -> Choice:
    """As read back; everything where nothing was chosen."""
    return msgspec.msgpack.decode(data, type=Choice) if data else WHOLE_FILE
