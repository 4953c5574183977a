"""Whether single files of a case may be copied for whoever is outside, by its marks, without reading its records."""

from __future__ import annotations

from dataclasses import dataclass

from joindots.access.actor import Actor
from joindots.access.door import Ref
from joindots.chronology import queries
from joindots.chronology.queries.kept_out import Mark
from joindots.chronology.rules.disclosing.copies import TEXT
from joindots.chronology.rules.disclosing.enclosing import WhyNot, why_not
from joindots.evidence import queries as evidence

OWN_FORMATS = frozenset({"photo", "exhibit"})
"""Files that are exhibits by themselves and hold no records."""


@dataclass(frozen=True, slots=True)
class Outward:
    """A case's marks as they stood at one moment, asked of each file by its SHA-256.

    Stricter than a pack for disclosure, which reads every record: a file found inside another of which any record is
    kept out counts as belonging to that record.
    """

    actor: Actor
    case: Ref
    marks: tuple[Mark, ...]
    looked: frozenset[str]
    formats: dict[int, str]
    inside: dict[str, frozenset[int]]
    """In which files each content was found."""

    def stands(self, sha256: str) -> tuple[WhyNot | None, bool]:
        """What keeps a file out, and whether somebody looked it over."""
        address = queries.address_of(self.actor, self.case, sha256)
        own = queries.files_with(self.actor, self.case, (sha256,))[0]
        whole = {one.source for one in self.marks if one.seq is None and not one.entry}
        partly = {one.source for one in self.marks if one.seq is not None}
        within = {*own, *self.inside.get(sha256, ())}
        read = {self.formats.get(one, "") for one in own}
        marked = address in {one.address for one in self.marks if one.address} or bool(whole & within)
        why = why_not(
            kind=TEXT, marked=marked, hidden=bool(partly & within) or "" in read, shown=True, log=False,
            of_records=bool(read - OWN_FORMATS - {""}),
        )  # fmt: skip
        return why, address in self.looked


def outward(actor: Actor, case: Ref) -> Outward:
    """The marks of a case. The actor stands on the victim's side and may make packs for disclosure."""
    inside: dict[str, set[int]] = {}
    for _, source, _, sha256, _ in evidence.exhibits_of(actor, case):
        inside.setdefault(sha256, set()).add(source)
    return Outward(
        actor, case, queries.marks_of(actor, case), queries.looked_over(actor, case),
        {one.source: one.format for one in evidence.held_sources(actor, case)},
        {sha256: frozenset(found) for sha256, found in inside.items()},
    )  # fmt: skip
