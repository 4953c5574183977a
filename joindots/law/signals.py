"""Signs that a complaint may turn round who did what, as questions; and routes against somebody who uses the courts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from joindots.law.reading import Fact, LawSystem, table

Counted = Literal["", "starts", "timing", "mirrors", "bodies", "proceedings", "files", "acts", "ended"]
Forum = Literal["family", "civil", "criminal", "professional"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(Fact):
    """A question to ask of both sides. `counts` says which numbers bear on it; empty: none can be counted."""

    question: str
    look: str
    counts: Counted = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Fact):
    """A way against somebody who uses courts or bodies to go on. Whether it is open is for a lawyer."""

    label: str
    says: str
    forum: Forum
    law_system: LawSystem


def counter_signals() -> Mapping[str, Signal]:
    """The questions, in the order of the list."""
    return table("counter_allegation_signals", Signal)


def litigation_routes() -> Mapping[str, Route]:
    """The routes, family first."""
    return table("litigation_routes", Route)
