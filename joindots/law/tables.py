"""The tables of facts that the service knows, one frozen type and one function each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from joindots.law.reading import Fact, LawSystem, table

Band = Literal["low", "medium", "high", "critical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryBehaviour(Fact):
    """An example of what the three laws on stalking list. `letter` is that of section 2A(3) in England and Wales."""

    label: str
    letter: str = ""
    scotland: bool
    northern_ireland: bool
    channel: Literal["offline", "online", "both"]
    examples: str = ""
    typical_evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour(Fact):
    """Our own finer kind of act. `behaviour` is the code of the statutory one it comes under."""

    label: str
    behaviour: str
    suggested_band: Band
    """A suggestion for people. Nothing is computed from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceType(Fact):
    """A kind of evidence, and how to keep it so that it can be used."""

    label: str
    preserve: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence(Fact):
    """An offence that conduct in a case may amount to. Whether it does is for people, never computed."""

    act: str
    provision: str
    short_name: str
    law_system: LawSystem
    conduct_threshold: str
    mental_element_or_excuse: str = ""
    mode_of_trial: Literal["summary", "either_way", "indictable", "civil", "varies"]
    max_summary: str = ""
    max_indictment: str = ""
    max_aggravated: str = ""
    home_office_code: str = ""
    prosecution_time_limit: str = ""
    notes: str = ""
    in_force_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceForce(Fact):
    """A police force. Boundaries of prosecution and probation areas do not nest in it or in each other."""

    ons_code: str = ""
    ons_code_status: Literal["official", "pseudo", "none"]
    ons_name: str = ""
    name: str
    nation: str
    force_type: Literal["territorial", "national", "special"]
    law_system: LawSystem
    can_apply_spo: bool
    policing_body_type: str
    policing_body: str
    prosecutor: str
    cps_area: str = ""
    probation_region: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRole(Fact):
    """A role in the response to stalking, as the field names it."""

    label: str
    main_tasks: str
    default_visibility: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule(Fact):
    """How long a kind of record is kept, in words."""

    record: str
    period: str
    controller: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingBasis(Fact):
    """On what basis somebody may share. A power to share is not consent, and consent is not the only basis."""

    basis: str
    law: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Fact):
    """A clock: what starts it, how long it runs and on whose authority. `clocks` computes some of them."""

    domain: str
    trigger: str
    amount: int | None = None
    """Negative: before the trigger. None: set by a court in the case."""
    unit: Literal["hours", "days", "working_days", "business_days", "weeks", "months", "years"] | None = None
    counting_rule: str = ""
    authority: Literal[
        "statutory", "statutory_guidance", "guidance", "code", "rules", "scheme", "service_standard", "court_set",
        "project_default",
    ]  # fmt: skip
    duty_holder: str
    note: str = ""
    law_system: LawSystem


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Fact):
    """An outcome that police record for a crime."""

    label: str
    group: str
    formal_sanction: bool
    suspect_identified: bool | None = None
    victim_supports: bool | None = None
    in_use_from: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCheck(Fact):
    """One look at a device or account: where to look, and what a change of it may bring about."""

    area: str
    label: str
    look: str
    changing: str
    behaviour: str


def statutory_behaviours() -> Mapping[str, StatutoryBehaviour]:
    """The lists of the three laws on stalking."""
    return table("stalking_behaviours", StatutoryBehaviour)


def behaviours() -> Mapping[str, Behaviour]:
    """Our own kinds of act, each under a statutory one."""
    return table("behaviours", Behaviour)


def evidence_types() -> Mapping[str, EvidenceType]:
    """Kinds of evidence."""
    return table("evidence_types", EvidenceType)


def offences() -> Mapping[str, Offence]:
    """Offences of the three law systems."""
    return table("offences", Offence)


def police_forces() -> Mapping[str, PoliceForce]:
    """Police forces of the United Kingdom."""
    return table("police_forces", PoliceForce)


def field_roles() -> Mapping[str, FieldRole]:
    """Roles of the field."""
    return table("roles", FieldRole)


def retention_rules() -> Mapping[str, RetentionRule]:
    """How long records are kept."""
    return table("retention_rules", RetentionRule)


def sharing_bases() -> Mapping[str, SharingBasis]:
    """Bases for sharing, by who shares."""
    return table("information_sharing_bases", SharingBasis)


def deadlines() -> Mapping[str, Deadline]:
    """Every clock in one table."""
    return table("deadlines", Deadline)


def outcomes() -> Mapping[str, Outcome]:
    """Outcome codes of recorded crime."""
    return table("home_office_outcomes", Outcome)


def device_checks() -> Mapping[str, DeviceCheck]:
    """Checks of devices and accounts, in the order in which they are best done."""
    return table("device_checks", DeviceCheck)
