"""Facts about support of the person being stalked: plan topics, rights of the Code, special measures, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from joindots.law.reading import Fact, table

Area = Literal["home", "travel", "work", "online", "children", "finance", "court", "people"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTopic(Fact):
    """Something to talk about when a safety plan is made, under one of its eight areas."""

    area: Area
    label: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRight(Fact):
    """A right of the Victims' Code. Its code is its number; `clocks` are the codes of its deadlines, if it has any."""

    label: str
    points: str
    duty_holders: str
    clocks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialMeasure(Fact):
    """A way of giving evidence that a court may direct."""

    label: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedArea(Fact):
    """A category of need by which victim services are commissioned."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopeQuestion(Fact):
    """A question asked at the start and again later. `need` is the code of its category of need."""

    label: str
    question: str
    need: str


def plan_topics() -> Mapping[str, PlanTopic]:
    """Topics of a safety plan."""
    return table("safety_plan_topics", PlanTopic)


def code_rights() -> Mapping[str, CodeRight]:
    """The twelve rights of the Victims' Code, by number."""
    return table("victims_code_rights", CodeRight)


def special_measures() -> Mapping[str, SpecialMeasure]:
    """Special measures."""
    return table("special_measures", SpecialMeasure)


def needs_areas() -> Mapping[str, NeedArea]:
    """Categories of need."""
    return table("needs_areas", NeedArea)


def cope_questions() -> Mapping[str, CopeQuestion]:
    """The paired questions. Each stands for itself: answers are never added up."""
    return table("cope_recover", CopeQuestion)
