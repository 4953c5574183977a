"""Which orders are possible here, today, and why not the others, told from plain facts in sentences (pure).

It says what the law leaves open, never what ought to be done: whether to ask for an order is for people. What is not
known is never guessed: a route that hangs on it is neither open nor shut, and the sentence says what to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from joindots.kernel.words import Words, words
from joindots.law.clocks import System
from joindots.law.counting import day_said
from joindots.law.orders import PilotArea, ProtectiveOrder, Stage, has_begun, pilot_areas, powers, protective_orders
from joindots.law.tables import police_forces

Link = Literal["partner", "family", "household", "other"]
"""What the two are or were to each other: partners; relatives; people who shared a home otherwise; none of these."""
Asker = Literal["person", "police", "prosecutor", "court", "third_party", "probation"]
Answer = Literal["open", "ask", "shut"]

ADULT = 18
PLACES: Mapping[str, str] = {
    "england_wales": "England and Wales", "scotland": "Scotland", "northern_ireland": "Northern Ireland",
    "england_wales_scotland": "England, Wales and Scotland", "uk": "the United Kingdom",
}  # fmt: skip
ASKERS: Mapping[Asker, str] = {
    "person": "The person who needs protection", "police": "The police", "prosecutor": "The prosecutor",
    "court": "The court of its own motion", "third_party": "Somebody else on their behalf",
    "probation": "Probation",
}  # fmt: skip
STAGES: Mapping[Stage, str] = {
    "none": "nobody has been arrested", "arrested": "there was an arrest and no charge", "charged": "there is a charge",
    "acquitted": "there was an acquittal", "convicted": "there was a conviction, and no sentence yet",
    "released": "there was a sentence",
}  # fmt: skip
NEEDS: Mapping[str, tuple[frozenset[Stage], str]] = {
    "arrested": (frozenset({"arrested"}), "after an arrest and before a charge"),
    "charged": (frozenset({"charged"}), "while a charge waits for its end"),
    "acquitted": (frozenset({"acquitted"}), "by the court that acquits"),
    "convicted": (frozenset({"convicted"}), "by the court that sentences"),
    "decided": (frozenset({"acquitted", "convicted"}), "by the criminal court when it convicts or acquits"),
    "released": (frozenset({"released"}), "with a release from prison on licence"),
}
TIES: Mapping[str, str] = {
    "associated": "for people who are or were partners, or relatives",
    "connected": "for people who are or were partners, or relatives",
}
BY_THE_POLICE_ACT = frozenset({"spo", "ispo", "ni_spo"})
"""Orders that only a force able to apply for stalking protection orders can ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known, about one criminal matter if there is one. None: not known. `asker` None: whoever may ask."""

    day: date
    system: System
    link: Link | None = None
    about_child: bool | None = None
    """Whether there are applications to a court about a child of theirs."""
    subject_age: int | None = None
    person_age: int | None = None
    stage: Stage | None = None
    force: str | None = None
    """Code of the police force of the place."""
    asker: Asker | None = None


@dataclass(frozen=True, slots=True)
class Possible:
    """An order, whether it is possible, and why: what shuts it, or what to find out, or how it is asked for."""

    order: ProtectiveOrder
    answer: Answer
    why: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Something in the way: it shuts the route, or must be found out first."""

    answer: Literal["ask", "shut"]
    says: Words


Hindrances = Iterator[Hindrance]


def possible(facts: Facts) -> tuple[Possible, ...]:
    """Every kind of order with its answer: the open ones first, then those to find out about, then the shut ones."""
    told = [_one(order, facts) for order in protective_orders().values()]
    return tuple(one for answer in ("open", "ask", "shut") for one in told if one.answer == answer)


def not_held(system: System) -> Words | None:
    """What the list of orders lacks for a law system, so that nobody takes a short list for the law."""
    if system == "england_wales":
        return None
    return words(
        "orders_not_held",
        "The law of {place} has further orders that are not in this list, such as those of its family courts. "
        "Ask a lawyer there.",
        place=PLACES[system],
    )


def _one(order: ProtectiveOrder, facts: Facts) -> Possible:
    first = next((found for gate in _FIRST for found in gate(order, facts)), None)
    found = [first] if first else [found for gate in _GATES for found in gate(order, facts)]
    shut = tuple(one.says for one in found if one.answer == "shut")
    if shut:
        return Possible(order, "shut", shut)
    if found:
        return Possible(order, "ask", tuple(one.says for one in found))
    return Possible(order, "open", tuple(_how(order, facts)))


# -- what shuts a route alone


def _place(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    if order.law_system != facts.system:
        yield _shut("route_place", "It belongs to the law of {there}; the place is in {here}.",
                    there=PLACES[order.law_system], here=PLACES[facts.system])  # fmt: skip


def _meant(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    if order.not_for_stalking:
        yield _shut("route_not_meant", "{note}", note=order.note)


def _begun(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    if order.in_force_from and facts.day < order.in_force_from:
        yield _shut("route_not_begun", "It can be had since {day}.", day=day_said(order.in_force_from))
    named = [powers()[code] for code in order.power.split()]
    used = [one for one in named if one.stage == facts.stage] or named
    if used and not any(has_begun(one, facts.day) for one in used):
        yield _shut("route_power", "This power of the {act} has not begun, as far as this version knows.",
                    act=used[0].act)  # fmt: skip


# -- what shuts it or must be found out, each told


def _asker(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    if facts.asker and not getattr(order, f"by_{facts.asker}"):
        yield _shut("route_asker", "{who} cannot ask for it or make it. Who can: {may}.",
                    who=ASKERS[facts.asker], may=order.asked_by)  # fmt: skip


def _force(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    force = police_forces().get(facts.force or "")
    if force and order.code in BY_THE_POLICE_ACT and not force.can_apply_spo:
        yield _shut("route_force", "{force} cannot apply for it. Ask the force of the area where the subject lives.",
                    force=force.name)  # fmt: skip


def _tie(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    tie = TIES.get(order.link)
    if tie is None:
        return
    if facts.link is None:
        yield _ask("route_tie_unknown", "Find out what the two are or were to each other: it is {tie}.", tie=tie)
    elif facts.link == "household":
        yield _ask("route_tie_household", "It is {tie}. Whether a shared home is enough is for a lawyer to say.",
                   tie=tie)  # fmt: skip
    elif facts.link == "other":
        yield _shut("route_tie", "It is {tie}, and for nobody else.", tie=tie)


def _child(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    if order.link != "child":
        return
    if facts.about_child is None:
        yield _ask("route_child_unknown", "Find out whether there are applications to a court about a child.")
    elif not facts.about_child:
        yield _shut("route_child", "It is against applications about a child, and there are none.")


def _ages(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    for who, least, age in (
        ("The subject", order.subject_from_age, facts.subject_age),
        ("The person who needs protection", order.person_from_age, facts.person_age),
    ):
        if least is None:
            continue
        if age is None:
            yield _ask("route_age_unknown", "Find out an age. {who} must be {least} or over.", who=who, least=least)
        elif age < least:
            yield _shut("route_age", "{who} must be {least} or over.", who=who, least=least)


def _stage(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    if order.stage == "any":
        return
    wanted, when = NEEDS[order.stage]
    if facts.stage is None:
        yield _ask("route_stage_unknown", "Find out how far the criminal matter has come: it is made {when}.",
                   when=when)  # fmt: skip
    elif facts.stage not in wanted:
        yield _shut("route_stage", "It is made {when}; here {now}.", when=when, now=STAGES[facts.stage])


def _area(order: ProtectiveOrder, facts: Facts) -> Hindrances:
    """Domestic abuse orders replace the older ones area by area; the list is not complete, so no area is ruled out."""
    if order.area == "all":
        return
    area = _pilot(facts)
    if area and area.whole:
        if order.area == "elsewhere":
            yield _shut("route_area", "In this area domestic abuse protection orders have taken its place.")
        return
    if order.area == "elsewhere" and not any(one.begins <= facts.day for one in pilot_areas().values()):
        return
    known = ", ".join(police_forces()[one.force].name for one in pilot_areas().values())
    yield _ask("route_area_unknown", "Find out whether domestic abuse protection orders are made in this area yet: "
               "if so they take the place of the older ones. This version knows of parts of {known}.",
               known=known)  # fmt: skip


def _pilot(facts: Facts) -> PilotArea | None:
    held = (one for one in pilot_areas().values() if one.force == facts.force and one.begins <= facts.day)
    return next((one for one in held if one.ends is None or facts.day <= one.ends), None)


# -- how an open one is asked for


def _how(order: ProtectiveOrder, facts: Facts) -> Iterator[Words]:
    yield words("route_who", "Who asks for it or makes it: {who}.", who=order.asked_by)
    if order.maker and order.maker != order.asked_by:
        yield words("route_maker", "Where: {maker}.", maker=order.maker)
    if facts.subject_age is not None and facts.subject_age < ADULT and "youth court" in order.maker:
        yield words("route_youth", "The subject is under {age}, so the youth court hears it.", age=ADULT)
    for code, text, told in (
        ("route_test", "What must be shown: {told}.", order.test),
        ("route_consent", "Consent of the person protected: {told}.", order.consent),
        ("route_length", "How long: {told}.", order.duration),
        ("route_content", "What it can hold: {told}.", order.content),
        ("route_notify", "What the subject must notify: {told}.", order.notification),
        ("route_breach", "A breach: {told}.", order.breach),
        ("route_note", "{told}", order.note),
    ):
        if told:
            yield words(code, text, told=told)


def _shut(code: str, text: str, **values: object) -> Hindrance:
    return Hindrance("shut", words(code, text, **values))


def _ask(code: str, text: str, **values: object) -> Hindrance:
    return Hindrance("ask", words(code, text, **values))


Gate = Callable[[ProtectiveOrder, Facts], Hindrances]
_FIRST: tuple[Gate, ...] = (_place, _meant, _begun)
_GATES: tuple[Gate, ...] = (_asker, _force, _tie, _child, _ages, _stage, _area)
