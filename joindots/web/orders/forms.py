"""What is typed about an order, read into what the rules take; a day that cannot be read names its field and cure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any, get_args

from joindots.law.clocks import SYSTEMS
from joindots.law.episode import Happened
from joindots.law.orders import Stage
from joindots.law.routes import ASKERS, PLACES, STAGES, Facts, Link
from joindots.law.tables import police_forces
from joindots.orders.rules import INVESTIGATIONS, MAY_LEAVE, asked_for
from joindots.orders.rules.service import SERVES, Service
from joindots.web.typed import whole

DAYS: Mapping[str, str] = {
    "on": "Enter the day it happened, for example 5 December 2025.",
    "ends": "Enter the last day of the order, for example 15 January 2026.",
    "clock": "Enter the time as hours and minutes, for example 09:20, or leave it empty.",
    "hearing": "Enter the day of the hearing, for example 22 January 2026.",
    "act_on": "Enter the day of the act, for example 9 December 2025.",
    "arrested": "Enter the day of the arrest, or leave it empty.",
    "charged": "Enter the day of the charge, or leave it empty.",
    "outcome_on": "Enter the day of the outcome, or leave it empty.",
    "told_on": "Enter the day on which you were told, for example 5 December 2025.",
    "made": "Enter the day on which it was made, as you were told.",
    "lifted_on": "Enter the day on which the court took it off, for example 22 January 2026.",
    "starts": "Enter the first day of the condition, or leave it empty.",
}
FIELD_OF: Mapping[str, str] = {
    "step_ahead": "on", "step_too_early": "on", "ran_out_first": "on", "not_in_time": "on", "not_past_due": "on",
    "not_run_out": "on", "no_discharge_yet": "consents", "tell_first": "told", "no_investigation": "investigation",
    "interim_needs_end": "ends", "ends_before_made": "ends", "period_too_short": "ends", "renewed_shorter": "ends",
    "breach_needs_day": "act_on", "breach_outside": "act_on", "hearing_needs_day": "hearing",
    "clock_ahead": "clock", "service_by": "service_by", "service_how": "service_how", "service_place": "service_place",
    "service_long": "service_by", "words_missing": "note", "words_long": "note", "none_owed_duty": "sex_offender_duty",
    "one_is_owed": "sex_offender_duty", "condition_kind": "library", "condition_too_late": "starts",
    "condition_too_early": "starts",
    "condition_under": "under", "end_before_condition": "ends",
    "notice_needs_time": "clock", "in_force_early": "on", "in_force_known": "on", "served_before_varied": "on",
    "condition_backwards": "ends", "condition_too_long": "ends",
}  # fmt: skip
"""Which field a rule's refusal belongs to."""
CLOCKED = SERVES | {
    "court_makes_interim", "main_granted", "appeal_allowed", "order_made", "order_made_none_owed", "decided",
    "order_varied", "interim_varied_or_renewed",
}  # fmt: skip
"""Events whose time of day matters: acts of that day stand before or after them."""
YEARS = range(1970, 2201)
"""Years that a day of an order can stand in: any other is a slip, and days counted from it may not exist."""
LINKS: Mapping[Link, str] = {
    "partner": "partners, now or before", "family": "relatives", "household": "people who shared a home otherwise",
    "other": "none of these: a stranger, neighbour, colleague or other",
}  # fmt: skip


class Unreadable(Exception):
    """A day that cannot be read: its field and the cure."""

    def __init__(self, field: str) -> None:
        super().__init__(DAYS[field])
        self.field = field


def day_typed(given: Mapping[str, str], field: str, *, needed: bool = True) -> date | None:
    """The day in a field; None where it is empty and may be."""
    typed = given.get(field, "").strip()
    if not typed and not needed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Unreadable(field) from None
    if day.year not in YEARS:
        raise Unreadable(field)
    return day


def clock_typed(given: Mapping[str, str]) -> time | None:
    """The time of day in its field, to the minute; None where it is empty."""
    typed = given.get("clock", "").strip()
    if not typed:
        return None
    try:
        return time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Unreadable("clock") from None


def service_typed(given: Mapping[str, str]) -> Service:
    """How an order was served, as told."""
    names = ("by", "how", "place", "witness", "interpreter", "reply")
    said = {name: given.get(f"service_{name}", "") for name in names}
    return Service(
        **said, copy_given=given.get("service_copy") == "yes", explained=given.get("service_explained") == "yes"
    )


def happened_typed(event: str, given: Mapping[str, str]) -> Happened:
    """What happened, of the facts that its event asks for; any other is not read."""
    asks, said = asked_for(event), dict[str, Any]()
    for name in ("hearing", "act_on"):
        if name in asks:
            said[name] = day_typed(given, name)
    if "ends" in asks and given.get("until") != "further":
        said["ends"] = day_typed(given, "ends", needed=event not in MAY_LEAVE)
    said["further"] = "further" in asks and given.get("until") == "further"
    for name in ("consents", "sex_offender_duty"):
        said[name] = name in asks and given.get(name) == "yes"
    told, investigation = given.get("told", ""), given.get("investigation", "")
    said["told"] = told if told in ("told", "overridden") else ""
    said["investigation"] = investigation if "investigation" in asks and investigation in INVESTIGATIONS else ""
    on = day_typed(given, "on")
    assert on is not None
    return Happened(event=event, on=on, clock=clock_typed(given) if event in CLOCKED else None, **said)


def facts_typed(given: Mapping[str, str], day: date) -> Facts:
    """The facts as chosen; whatever was not chosen is not known."""

    def one_of(name: str, choices: Any) -> Any:
        return given.get(name) if given.get(name) in choices else None

    child = {"yes": True, "no": False}.get(given.get("about_child", ""))
    return Facts(
        day=day, system=one_of("system", SYSTEMS) or "england_wales", link=one_of("link", LINKS), about_child=child,
        subject_age=whole(given.get("subject_age", ""), None, digits=3),
        person_age=whole(given.get("person_age", ""), None, digits=3), stage=one_of("stage", get_args(Stage)),
        force=one_of("force", police_forces()), asker=one_of("asker", ASKERS),
    )  # fmt: skip


def choices_of_facts() -> dict[str, Any]:
    """What the form of facts offers: code and words."""
    return {
        "systems": [(code, PLACES[code]) for code in SYSTEMS],
        "links": list(LINKS.items()),
        "stages": list(STAGES.items()),
        "forces": sorted(((one.code, one.name) for one in police_forces().values()), key=lambda pair: pair[1]),
        "askers": list(ASKERS.items()),
    }
