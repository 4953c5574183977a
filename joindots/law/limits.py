"""How long a sentence may be by the day of the offence and the day of conviction (pure).

Source: Stalking Protection Act 2019 s8(3); Sentencing Act 2020 Sch 23 para 14A(2); Protection from Harassment Act 1997
s4 and s4A. The general limit of a magistrates' court first went by the day of the offence; its changes of 2023 and
2024 go by the day of conviction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from joindots.kernel.problems import RuleBroken
from joindots.kernel.words import words
from joindots.law.reading import Fact, table

MAGISTRATES = "magistrates"
"""What the general limit of a magistrates' court for one either-way offence applies to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceLimit(Fact):
    """The longest sentence in months for offences, and convictions, from some day on."""

    applies_to: str
    """`magistrates`, or the code of an offence tried on indictment."""
    offence_from: date
    convicted_from: date | None = None
    """None: it goes by the day of the offence alone."""
    months: int
    note: str = ""


def sentence_limits() -> Mapping[str, SentenceLimit]:
    """Every dated limit; of those that apply to one thing, the last that is met counts."""
    return table("sentence_limits", SentenceLimit)


def longest_sentence(committed: date, convicted: date, applies_to: str = MAGISTRATES) -> SentenceLimit:
    """The limit that counts for an offence committed on its last day and convicted of on another."""
    if convicted < committed:
        raise RuleBroken(
            words(
                "convicted_before_offence",
                "The day of conviction, {convicted}, is before the day of the offence, {committed}. Look at both days.",
                convicted=convicted, committed=committed,
            )
        )  # fmt: skip
    met = [
        one
        for one in sentence_limits().values()
        if one.applies_to == applies_to
        and one.offence_from <= committed
        and (one.convicted_from is None or one.convicted_from <= convicted)
    ]
    if not met:
        raise RuleBroken(
            words(
                "no_limit_known",
                "No dated limit for “{what}” on {committed} is in this version. Look it up in the Act.",
                what=applies_to, committed=committed,
            )
        )  # fmt: skip
    return met[-1]
