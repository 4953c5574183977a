"""Which routes of the law on harassment and stalking in England and Wales are open by the number of acts (pure).

Source: Protection from Harassment Act 1997 s1, s2, s2A, s7 (https://www.legislation.gov.uk/ukpga/1997/40). It counts
occasions and nothing else: whether they make a course of conduct, and an offence, is for people to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from joindots.kernel.words import Words, words

LEAST = 2
"""Occasions that a course of conduct towards one person needs (s7(3)(a)); towards several, one for each."""

TO_ONE = (
    "Two or more acts towards one person can be a course of conduct: harassment, and stalking where the acts are such "
    "(s1(1), s2A)."
)
TO_SEVERAL = (
    "One act towards each of two or more people can be harassment where it is meant to persuade somebody (s1(1A)); it "
    "is not stalking."
)
SINGLE = "A single act may be another offence, and a stalking protection order may still be possible."


@dataclass(frozen=True, slots=True)
class Route:
    """A route that the number of acts leaves open, and what it asks besides."""

    code: str
    says: Words


def routes(acts: Mapping[str, int]) -> tuple[Route, ...]:
    """The routes open by how many acts were aimed at each person; an order may be thought of whatever the number."""
    told = [person for person, number in acts.items() if number > 0]
    return tuple(_open(told, acts))


def _open(told: list[str], acts: Mapping[str, int]) -> Iterable[Route]:
    if any(acts[person] >= LEAST for person in told):
        yield Route("s2a", words("route_s2a", TO_ONE))
    if len(told) >= LEAST:
        yield Route("s1_1a", words("route_s1_1a", TO_SEVERAL))
    if told:
        yield Route("other", words("route_other", SINGLE))
