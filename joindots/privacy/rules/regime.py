"""Under which law an agency holds what it holds (pure). Source: domain notes 15, `law.sharing_bases`; to be verified.

Whoever owns a circle is its controller. Police, probation, prisons and prosecutors hold for law enforcement under
Part 3 of the Data Protection Act 2018; everybody else under the UK GDPR and Part 2. What one of the first holds
that is no law enforcement (its staff, say) is not in this service.
"""

from __future__ import annotations

from dataclasses import dataclass

from joindots.law.tables import SharingBasis, sharing_bases


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime: its code, what it is called, and the row of bases that goes with it."""

    code: str
    words: str
    basis: SharingBasis


_BASIS = {
    "police": "police", "probation": "probation_prison", "prosecution": "cps", "nhs": "nhs", "commissioner": "pcc",
    "school": "council",
}  # fmt: skip
_PART_3 = frozenset({"police", "probation", "prosecution"})
UK_GDPR = "UK GDPR"
PART_3 = "Data Protection Act 2018, Part 3 (law enforcement)"


def regime_of(agency_kind: str) -> Regime:
    """The regime of an agency of a kind."""
    code = "part_3" if agency_kind in _PART_3 else "uk_gdpr"
    basis = sharing_bases()[_BASIS.get(agency_kind, "charity_advocacy")]
    return Regime(code, PART_3 if code == "part_3" else UK_GDPR, basis)
