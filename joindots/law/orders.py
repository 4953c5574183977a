"""Orders that protect somebody: their kinds, the library of conditions, what is reported, powers not yet begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from joindots.law.reading import Fact, LawSystem, table

Stage = Literal["none", "arrested", "charged", "acquitted", "convicted", "released"]
"""How far a criminal matter has come; `none` where nobody was arrested, `released` once a sentence is being served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectiveOrder(Fact):
    """A kind of order, notice or set of conditions. What the cells say is the law's gist, not its wording."""

    label: str
    law_system: LawSystem
    nature: str
    asked_by: str
    maker: str = ""
    test: str = ""
    standard: str = ""
    consent: str = ""
    limits: str = ""
    duration: str = ""
    content: str = ""
    notification: str = ""
    breach: str = ""
    by_person: bool
    by_police: bool
    by_prosecutor: bool
    by_court: bool
    by_third_party: bool
    by_probation: bool
    link: Literal["any", "associated", "connected", "child"]
    """Which tie between the two it needs."""
    subject_from_age: int | None = None
    person_from_age: int | None = None
    stage: Literal["any", "arrested", "charged", "acquitted", "convicted", "decided", "released"]
    """How far the criminal matter must have come; `decided` is convicted or acquitted."""
    area: Literal["all", "pilot", "elsewhere"]
    power: str = ""
    """The codes, with a space between, of the powers of which one must have begun."""
    in_force_from: date | None = None
    not_for_stalking: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCondition(Fact):
    """A condition of the library: a text to start from, and what to look at before it is asked for."""

    kind: Literal["prohibition", "requirement"]
    category: str
    text: str
    parameters: str = ""
    checks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingField(Fact):
    """A field that a legal team of the police reports of each order. `restricted`: it may show where somebody lives."""

    label: str
    kind: Literal["text", "postcode", "choice", "number", "yes_no", "yes_no_unknown", "date", "derived"]
    restricted: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(Fact):
    """A power of a new Act behind a dated switch: without the day on which it begins, it is off."""

    label: str
    act: str
    stage: Literal["", "convicted", "acquitted"] = ""
    """The end of a trial at which it is used; empty for one that is used at none."""
    begins: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotArea(Fact):
    """A police force where domestic abuse protection orders are made, in the whole of it or in some places only."""

    force: str
    whole: bool
    begins: date
    ends: date | None = None
    note: str = ""


def protective_orders() -> Mapping[str, ProtectiveOrder]:
    """Kinds of order of the three law systems."""
    return table("protective_orders", ProtectiveOrder)


def order_conditions() -> Mapping[str, OrderCondition]:
    """The library of conditions for a stalking protection order."""
    return table("spo_conditions", OrderCondition)


_OWN = partial(OrderCondition, source="the order itself", category="own_words")
OWN_WORDS: Mapping[str, OrderCondition] = {
    "OWNP": _OWN(code="OWNP", kind="prohibition", text="Another prohibition, in the words of the order"),
    "OWNR": _OWN(code="OWNR", kind="requirement", text="Another requirement, in the words of the order"),
}
"""For conditions of orders and bail that the library does not know."""


def condition_kinds() -> Mapping[str, OrderCondition]:
    """The library, and what stands in its own words alone."""
    return {**order_conditions(), **OWN_WORDS}


def reporting_fields() -> Mapping[str, ReportingField]:
    """What is reported of each stalking protection order."""
    return table("spo_reporting_fields", ReportingField)


def powers() -> Mapping[str, Power]:
    """Powers that wait for a day of commencement."""
    return table("powers", Power)


def pilot_areas() -> Mapping[str, PilotArea]:
    """Where domestic abuse protection orders are made, as far as this version knows."""
    return table("dapo_areas", PilotArea)


def has_begun(power: Power, day: date) -> bool:
    """Whether a power is in force on a day. Without a day of commencement it never is."""
    return power.begins is not None and day >= power.begins
