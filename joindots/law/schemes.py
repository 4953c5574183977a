"""Schemes by which the police tell somebody what they hold of another: who may ask, and whom each is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from joindots.kernel.decisions import YES, Decision, no
from joindots.law.orders import powers
from joindots.law.reading import Fact, LawSystem, table

IDENTITY = "identity"
POWER_OF_IDENTITY = "identity_disclosure"
PARTNERS = frozenset({"partner", "ex_partner"})
Right = Literal["ask", "know"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(Fact):
    """A scheme of disclosure. `clock` is the code of its deadline, if the tables hold one."""

    label: str
    law_system: LawSystem
    asks: bool
    """Whether anybody may ask."""
    knows: bool
    """Whether the police may tell of themselves."""
    for_whom: Literal["partners", "anybody"]
    clock: str = ""


def disclosure_schemes() -> Mapping[str, Scheme]:
    """The schemes by their codes."""
    return table("disclosure_schemes", Scheme)


def is_on(scheme: Scheme, today: date) -> bool:
    """Whether a scheme can be used: that of the 2026 Act from the day its power begins, so not until then."""
    if scheme.code != IDENTITY:
        return True
    start = powers()[POWER_OF_IDENTITY].begins
    return start is not None and start <= today


def can_use(code: str, right: str, relation: str, today: date) -> Decision:
    """Whether a scheme's route is open for somebody, as a sentence where it is not."""
    scheme = disclosure_schemes().get(code)
    if scheme is None:
        return no("scheme", "Choose the scheme.")
    if not is_on(scheme, today):
        return no("scheme_off", "This power has not begun. The police can tell under their existing powers.")
    if right not in ("ask", "know") or not (scheme.asks if right == "ask" else scheme.knows):
        return no("scheme_right", "Under this the police tell of themselves; nobody can ask for it as of right.")
    if scheme.for_whom == "partners" and relation not in PARTNERS:
        return no(
            "scheme_partners",
            "This scheme is for partners and former partners alone. For anybody else the police may tell under their "
            "existing powers.",
        )
    return YES
