"""Tables of risk: the tools of others whose result can be kept, and the rules that ask for a new look (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from joindots.law.reading import Fact, read_table

Within = Literal["same_day", "a_day", "review"]
F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(Fact):
    """A tool of somebody else. Its items are not here; its result can be kept in its own words."""

    name: str
    shape: str = ""
    users: str = ""
    licence: str = ""
    result_words: str = ""
    """The words it gives, parted by semicolons; never turned into those of another tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(Fact):
    """A rule that asks people to look again. It decides nothing, and no level follows from it."""

    title: str
    says: str
    within: Within
    days: int | None = None
    """How far back it looks."""
    least: int
    """From how many signs on it asks; for few acts, below how many."""


def tools() -> Mapping[str, Tool]:
    """Tools of others, by code."""
    return _table("tools", Tool)


def escalations() -> Mapping[str, Escalation]:
    """The rules of domain 4.5, by code, most pressing first."""
    return _table("escalation", Escalation)


@cache
def _table(name: str, kind: type[F]) -> Mapping[str, F]:
    data = files("joindots.risk").joinpath("data", f"{name}.csv").read_bytes()
    return read_table(f"{name}.csv", data, kind)
