"""The form of a safe-contact card: what stands on it, and the card that was sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from joindots.kernel.ids import uuid7
from joindots.people.rules.reaching import (
    EMPTY,
    KIND_WORDS,
    TRUST_WORDS,
    USE_WORDS,
    USES,
    Card,
    Kind,
    Trust,
    Use,
    Way,
)
from joindots.people.rules.windows import in_words, read

TEXTS = ("say", "sender", "may_answer", "must_not_know", "watched", "language", "exception", "times")
MOST_ROWS = 12
BLANK = (Kind.NUMBER, Kind.MAIL, Kind.ADDRESS)
"""A blank row of each kind; of mail and address only where there is none yet."""


@dataclass(frozen=True, slots=True)
class WayRow:
    """One row of the form, as it is shown: from the card, or as it was typed."""

    number: int
    id: str
    kind: str
    label: str
    value: str
    uses: tuple[tuple[str, str, bool], ...]
    trust: str
    times: str
    main: bool


def rows_of(card: Card) -> tuple[WayRow, ...]:
    """The rows of a card, then blank ones. What the person reported knows is shown, and is no row."""
    free = [one for one in card.ways if one.trust != Trust.KNOWN]
    shown = [
        _row(number, str(one.id), one.kind, one.value, {use.value for use in one.uses}, one.trust,
             in_words(one.windows), main=one.main)
        for number, one in enumerate(free)
    ]  # fmt: skip
    blank = [kind for kind in BLANK if kind == Kind.NUMBER or not any(one.kind == kind for one in free)]
    empty = [_row(len(shown) + at, "", kind, "", set(), Trust.FREE, "", main=False) for at, kind in enumerate(blank)]
    return (*shown, *empty)


def rows_sent(sent: QueryDict) -> tuple[WayRow, ...]:
    """The rows as they were typed, for a form that was refused."""
    return tuple(
        _row(number, sent.get(f"id-{number}", ""), _kind(sent, number), sent.get(f"value-{number}", ""),
             set(sent.getlist(f"uses-{number}")), sent.get(f"trust-{number}", Trust.FREE),
             sent.get(f"times-{number}", ""), main=sent.get("main") == str(number))
        for number in range(MOST_ROWS) if f"kind-{number}" in sent
    )  # fmt: skip


def card_sent(sent: QueryDict, before: Card = EMPTY) -> Card:
    """The card that was sent; RuleBroken where times are not plain. A row left empty is no way."""
    ways = tuple(_way(sent, number, before) for number in range(MOST_ROWS) if sent.get(f"value-{number}", "").strip())
    told = {name: _text(sent, name) for name in TEXTS}
    return Card(
        ways=ways, windows=read(_text(sent, "windows")), times=told["times"], say=told["say"], sender=told["sender"],
        may_answer=told["may_answer"], must_not_know=told["must_not_know"], watched=told["watched"],
        language=told["language"], exception=told["exception"],
        exception_uses=tuple(use for use in Use if use.value in sent.getlist("exception_uses")),
        no_bank_holidays="no_bank_holidays" in sent, withheld="withheld" in sent, calendar="calendar" in sent,
    )  # fmt: skip


def _way(sent: QueryDict, number: int, before: Card) -> Way:
    kind, trust = Kind(_kind(sent, number)), sent.get(f"trust-{number}", "")
    known = {str(one.id): one.id for one in before.ways}
    uses = set(sent.getlist(f"uses-{number}"))
    return Way(
        id=known.get(sent.get(f"id-{number}", "")) or uuid7(), kind=kind, value=_text(sent, f"value-{number}"),
        uses=tuple(use for use in USES[kind] if use.value in uses), windows=read(sent.get(f"times-{number}", "")),
        main=sent.get("main") == str(number), trust=Trust(trust) if trust in set(Trust) else Trust.FREE,
    )  # fmt: skip


def _text(sent: QueryDict, name: str) -> str:
    return str(sent.get(name, "")).strip()


def _kind(sent: QueryDict, number: int) -> str:
    kind = sent.get(f"kind-{number}", "")
    return kind if kind in set(Kind) else Kind.NUMBER.value


def _row(number: int, key: str, kind: str, value: str, uses: set[str], trust: str, times: str, *, main: bool) -> WayRow:
    told = tuple((use.value, USE_WORDS[use], use.value in uses) for use in USES[Kind(kind)])
    return WayRow(number, key, kind, KIND_WORDS[Kind(kind)], value, told, trust, times, main)


TRUSTS = tuple((trust.value, words) for trust, words in TRUST_WORDS.items())
EVERY_USE = tuple((use.value, words) for use, words in USE_WORDS.items())
