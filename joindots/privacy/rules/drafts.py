"""Papers about the use of data, drafted from the live settings: assessment, record of processing, agreement (pure).

Each says that it is a draft, gives the settings as they stand on its day, and names what only a person can fill in. It
decides nothing: whether a risk is acceptable, which basis applies and who signs are questions it leaves open.
Sources: UK GDPR articles 26, 30 and 35; domain notes 15; `law.sharing_bases`, `law.retention_rules`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from joindots.privacy.rules.keeping import BACKUP_DAYS, Kept
from joindots.privacy.rules.regime import Regime


class Paper(StrEnum):
    """A paper that can be drafted."""

    ASSESSMENT = "assessment"
    RECORD = "record"
    AGREEMENT = "agreement"


PAPERS = {
    Paper.ASSESSMENT: "Data protection impact assessment",
    Paper.RECORD: "Record of processing",
    Paper.AGREEMENT: "Sharing agreement",
}
FILL = "TO FILL IN BY A PERSON: "


class Live(Protocol):
    """The settings that a paper is drafted from."""

    @property
    def agency(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def regime(self) -> Regime: ...
    @property
    def on(self) -> date: ...
    @property
    def staff(self) -> int: ...
    @property
    def roles(self) -> tuple[tuple[str, int], ...]: ...
    @property
    def holds(self) -> tuple[tuple[str, int, int], ...]: ...
    @property
    def periods(self) -> tuple[Kept, ...]: ...
    @property
    def partners(self) -> tuple[tuple[str, str, str, int], ...]: ...
    @property
    def systems(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]: ...


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its lines."""

    title: str
    lines: tuple[str, ...]


def opening(told: Live) -> tuple[str, ...]:
    """What stands above every paper."""
    return (
        f"DRAFT of {told.on.day} {told.on:%B %Y}, made from the settings of {told.agency}. Nobody has approved it.",
        f"Lines that begin with “{FILL.strip()}” are questions that no setting answers.",
    )


def open_questions(chapters: Sequence[Chapter]) -> int:
    """How many lines wait for a person."""
    return sum(line.startswith(FILL) for one in chapters for line in one.lines)


def drafted(paper: Paper, told: Live) -> tuple[Chapter, ...]:
    """The chapters of a paper."""
    if paper is Paper.ASSESSMENT:
        return _assessment(told)
    return _record(told) if paper is Paper.RECORD else _agreement(told)


def _asked(*lines: str) -> tuple[str, ...]:
    return tuple(FILL + line for line in lines)


def _who(told: Live) -> Chapter:
    return Chapter("Controller and law", (
        f"Controller: {told.agency} ({told.kind}).", f"Regime: {told.regime.words}.",
        f"Basis that is usual for such an agency: {told.regime.basis.basis}.",
        f"Law: {told.regime.basis.law}.", told.regime.basis.mark or "Source: see the table of bases.",
        *_asked("the basis that you rely on for each purpose, and the condition for special categories and for data on "
                "offences", "the data protection officer, with contact", "whether an appropriate policy document "
                "is in force, and its date"),
    ))  # fmt: skip


def _people(told: Live) -> Chapter:
    return Chapter("Who works with it", (
        f"Members of staff with an account: {told.staff}.",
        *(f"{said}: {number}" for said, number in told.roles),
        "Nobody knows of a case without a reason that is written down; every opening stands in a trail.",
    ))  # fmt: skip


def _what(told: Live) -> Chapter:
    lines = (
        f"{said[:1].upper()}{said[1:]}: {columns} columns, "
        + (f"{sealed} of them sealed under a key of the case's own" if sealed else "codes, days and numbers alone")
        for said, sealed, columns in told.holds
    )
    return Chapter("What is held", (*lines, "Immigration status: there is no field for it, by design."))


def _long(told: Live) -> Chapter:
    lines = [
        f"{one.record}: {one.months} months"
        + (" (set by the agency)" if one.own else " (not set: the longest that the rule names)")
        + f". Rule: {one.period}. {one.mark}"
        for one in told.periods
    ]
    return Chapter("How long", (
        *lines, "Nothing is erased by time alone: a person signs, a second one agrees, and a hold stops it.",
        f"Erasing destroys keys. Backups of keys go after {BACKUP_DAYS} days; only then is it whole.",
        *(() if all(one.own for one in told.periods) else _asked("the period that your agency has decided on")),
    ))  # fmt: skip


def _others(told: Live) -> Chapter:
    lines = [
        f"{name} ({kind}): {people} {'person' if people == 1 else 'people'}, on the side of {side}"
        for name, kind, side, people in told.partners
    ]
    systems = [f"{name}, as {who}: {'; '.join(may)}" for name, who, may in told.systems]
    return Chapter("Who else is let in", (
        *(lines or ["Nobody of another agency now."]), *(systems or ["No other system comes in by a key."]),
        *_asked("whoever runs the machine for you, and the contract with them"),
    ))  # fmt: skip


_RISKS = (
    (
        "Somebody's address reaches the person they fear.",
        "Contact has a key of its own, is never served to the other "
        "side, and what leaves passes a check for protected words. Two people release.",
    ),
    (
        "Somebody on the staff knows the person reported.",
        "People and teams can be kept out; tries are noted and seen by another agency.",
    ),
    (
        "The wrong person is told.",
        "Only the way on the safe contact card is used, proved first; a caller gets nothing until the code word fits.",
    ),
    (
        "A place is inferred from other facts.",
        "Times and codes stand clear in the database, words do not; exact look-ups alone, no word index.",
    ),
    (
        "Data are shared without agreement.",
        "A share has purpose, basis, readers and an end; consent is one basis of several and can be withdrawn.",
    ),
    ("A machine decides about somebody.", "It does not: rules ask for a new look, and people judge with reasons."),
    (
        "A copy lies on a laptop.",
        "Packs and copies leave with a trace and after two people; what leaves is outside this service's guard.",
    ),
    ("Data of children.", "Each child has their own safe contact and plan."),
    ("It is kept too long or erased too early.", "Periods, holds, two people, a certificate."),
    ("The service is broken into, or lost.", "Seals, a root key outside the database, two backups in two places."),
)


def _assessment(told: Live) -> tuple[Chapter, ...]:
    risks = [f"{risk} Against it: {guard}" for risk, guard in _RISKS]
    return (
        _who(told),
        Chapter("Purpose and necessity", (
            "To help people who are stalked: to hear them, judge risk, plan safety, keep what proves it, and work with "
            "others.",
            *_asked("why this is needed and could not be done with less", "whose views were asked: clients, staff, "
                    "the data protection officer"),
        )),
        _what(told), _people(told), _others(told), _long(told),
        Chapter("Risks and what guards against them", (
            *risks, *_asked("how likely and how grave each of these is for you, before and after",
                            "risks of your own place, staff, rooms and machines"),
        )),
        Chapter("Decision", _asked("the data protection officer's advice", "what is accepted, by whom, on which day",
                                   "whether the regulator must be asked first", "the day of the next review")),
    )  # fmt: skip


def _record(told: Live) -> tuple[Chapter, ...]:
    return (
        _who(told),
        Chapter("Whose data", (
            "People who are stalked, children and others near them, people reported, witnesses, callers, staff.",
            *_asked("others whose data you hold in this service"),
        )),
        Chapter("Purposes", (
            "Helpline, advocacy, judging risk, safety planning, evidence, referrals, therapy referrals, training.",
            *_asked("purposes that you do not have, to be struck out"),
        )),
        _what(told), _others(told), _long(told),
        Chapter("Outside the United Kingdom", _asked("whether anything leaves it, and how that is guarded")),
        Chapter("How it is guarded", (
            "Sealed under keys by circle and person; a second factor for all staff; a trail that shows changes; "
            "backups in two parts.", *_asked("how the machine and the rooms are guarded"),
        )),
    )  # fmt: skip


def _agreement(told: Live) -> tuple[Chapter, ...]:
    return (
        Chapter("Between", (
            f"{told.agency} ({told.kind}), controller under {told.regime.words}.",
            *(f"{name} ({kind})" for name, kind in dict.fromkeys((name, kind) for name, kind, *_ in told.partners)),
            *_asked("parties, with a point of contact for each", "whether you are joint controllers of the shared "
                    "space or each for its own"),
        )),
        Chapter("Purposes", _asked("each purpose, narrow enough to say no by")),
        Chapter("Basis", (
            f"{told.agency}: {told.regime.basis.law}. {told.regime.basis.mark}",
            "A power to share is not consent, and consent is not the only basis.",
            *_asked("the basis of each other party"),
        )),
        Chapter("What is shared", (
            "Case by case, by items that are chosen: whoever is let in, what for, on what basis, until when.",
            "Never shared: therapy notes, code words, immigration status (there is no field).",
            "Victim-side facts are never served to whoever works with the person reported.",
            *_asked("items that each party may ask for as a rule"),
        )),
        _others(told), _long(told),
        Chapter("Rights, complaints and breaches", (
            "Whoever is asked first answers, and tells the others without saying more than they know.",
            "A person reported is neither told that anything is held nor that nothing is.",
            "A complaint is acknowledged in 30 days. A breach is told to the other parties at once; whether an address "
            "is out is the first question; the regulator within 72 hours.",
            *_asked("who tells whom, day and night, with numbers"),
        )),
        Chapter("Signatures", _asked("who signs for each party, and when", "the day of the review")),
    )  # fmt: skip
