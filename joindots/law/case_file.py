"""Forms of a case file of the police of England and Wales, and which facts kept here speak to one (pure).

The forms change with the systems of each force; the list is to find one's way by, not to fill in.
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


def file_forms() -> Mapping[str, FileForm]:
    """Every form."""
    return table("case_file_forms", FileForm)
