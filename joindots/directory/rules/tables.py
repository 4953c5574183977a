"""The directory's own tables: kinds of need, postcode areas, and the national services that ship with it (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from joindots.law.reading import Fact, read_table

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Fact):
    """A kind of help. `area` is its number among the categories of need, where one fits."""

    label: str
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodeArea(Fact):
    """The letters with which postcodes begin, the town they are named after, and the nations they lie in."""

    name: str
    nations: str = ""
    """Codes with spaces between; empty for the islands and forces overseas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalService(Fact):
    """A service for a whole nation or all of them. Lists have spaces between, phones semicolons."""

    name: str
    provider: str
    what: str
    areas: str
    needs: str
    relations: str
    taken: Literal["all", "female", "male", "not_told"]
    phones: str = ""
    web: str = ""
    hours: str = ""
    hours_said: str = ""
    holidays: Literal["as_usual", "closed", "not_told"]
    hours_whole: bool
    cost: Literal["free", "charged", "not_told"]
    referral: Literal["self", "professional", "both", "not_told"]
    eligibility: str = ""
    alert: str = ""


@cache
def _table(name: str, kind: type[F]) -> Mapping[str, F]:
    data = files("joindots.directory").joinpath("data", f"{name}.csv").read_bytes()
    return read_table(f"{name}.csv", data, kind)


def needs() -> Mapping[str, Need]:
    """Kinds of help, in the order in which a page offers them."""
    return _table("needs", Need)


def postcode_areas() -> Mapping[str, PostcodeArea]:
    """The 124 postcode areas of the United Kingdom and the islands, and that of forces overseas, by their letters."""
    return _table("postcode_areas", PostcodeArea)


def national_services() -> Mapping[str, NationalService]:
    """The national services that ship with the directory. Their marks say what must be checked."""
    return _table("national_services", NationalService)
