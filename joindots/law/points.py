"""What must be shown for the offences of stalking of the three law systems, point by point, and which harms go with it.

A point says what to show and what can speak to it. Whether it is shown is for people; nothing is worked out from how
many acts stand beside it (source of each point: its row).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from joindots.law.clocks import System
from joindots.law.reading import Fact, LawSystem, table
from joindots.law.tables import Offence


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Fact):
    """One thing to show for one or more offences of stalking."""

    law_system: LawSystem
    offences: str
    """Codes of the offences that it belongs to."""
    label: str
    speaks: str
    """What can speak to it."""
    acts: bool
    """Whether acts and exhibits speak to it; where they do not, words do."""


@dataclass(frozen=True, slots=True)
class LinkedHarm:
    """A harm that often comes with stalking, and the offences it can be: sentences to start from, no advice."""

    code: str
    says: str
    offences: tuple[str, ...]


HARMS: tuple[LinkedHarm, ...] = (
    LinkedHarm("watched", "Somebody watched or filmed them in private, or under their clothes",
               ("soa_s67", "soa_s67a", "sc_so_s9", "ni_so_71")),
    LinkedHarm("image", "An intimate image was shared, made or threatened to be shared, or sent to them",
               ("soa_s66b", "soa_s66a", "sc_absh_s2", "ni_ja_s51")),
    LinkedHarm("streamed", "Something private of them was streamed live without their consent",
               ("soa_s67", "soa_s66b")),
    LinkedHarm("access", "Somebody got into an account or device, or put spyware on it", ("cma_s1", "cma_s3")),
    LinkedHarm("throat", "Somebody gripped their throat or stopped their breath", ("sca_s75a",)),
    LinkedHarm("marriage", "Somebody tries to make them marry, or breaks an order against it",
               ("asb_s121", "fla_s63ca")),
    LinkedHarm("cutting", "Female genital mutilation is threatened or was done, or an order against it was broken",
               ("fgm_s1", "fgm_sch2")),
    LinkedHarm("threat", "They were threatened with death or serious harm",
               ("oapa_s16", "osa_s181", "sc_s38", "ni_s2")),
    LinkedHarm("control", "A partner, former partner or relative controls or coerces them",
               ("sca_s76", "sc_da_s1", "ni_da_s1")),
    LinkedHarm("order", "An order or injunction was broken",
               ("spa_s8", "sentencing_s363", "fla_s42a", "pha_s3", "da_s39", "sc_s9_nho", "sc_s234a",
                "ni_s13", "ni_fho_25")),
    LinkedHarm("false", "Lies about them were sent to harm them", ("osa_s179", "mca_s1", "ni_mco_3")),
)  # fmt: skip
"""In plain words, each with offences of the table; each offence carries its own source and mark.

Live streaming has no offence of its own name here: those named are the ones it can fall under (verify).
"""


def harms_among(known: Mapping[str, Offence]) -> tuple[tuple[LinkedHarm, tuple[Offence, ...]], ...]:
    """The harms that are an offence of those known, each with these: of a law system none of another is shown."""
    told = ((one, tuple(known[code] for code in one.offences if code in known)) for one in HARMS)
    return tuple((one, found) for one, found in told if found)


def points() -> Mapping[str, Point]:
    """Every point, in the order in which it is gone through."""
    return table("points_to_prove", Point)


def points_of(system: System) -> tuple[Point, ...]:
    """The points of one law system."""
    return tuple(one for one in points().values() if one.law_system == system)


def offences_of_points(system: System) -> tuple[str, ...]:
    """The codes of the offences that the points of one law system are about, in their order."""
    return tuple(dict.fromkeys(code for one in points_of(system) for code in one.offences.split()))
