"""Forms of a case file of the police of England and Wales, and which facts kept here speak to one (pure).

The forms change with the systems of each force; the list is to find one's way by. Those with sections are drafted in
our own layout and words, for somebody to check and finish: no form of a force is copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from joindots.law.reading import Fact, table


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm(Fact):
    """A form of the case file. `fact` is the code of what is kept here for it; empty where nothing is."""

    label: str
    fact: str = ""
    served: bool = False
    """Whether the defence reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSection(Fact):
    """A section of a form: which block of what is kept fills it, what it says when there is nothing, and what is never
    kept here.
    """

    form: str
    title: str
    block: str
    empty: str = ""
    by_hand: str = ""


def file_forms() -> Mapping[str, FileForm]:
    """Every form."""
    return table("case_file_forms", FileForm)


def file_sections() -> Mapping[str, FileSection]:
    """Every section of a form that can be drafted, in its order."""
    return table("case_file_sections", FileSection)


def sections_of(form: str) -> tuple[FileSection, ...]:
    """The sections of one form; none where what is kept here cannot fill it."""
    return tuple(one for one in file_sections().values() if one.form == form)
