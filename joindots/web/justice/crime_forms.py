"""What is typed about a crime, read into what the rules take; a day that cannot be read names its field and cure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from joindots.justice.actions import Said
from joindots.justice.queries import CrimePage
from joindots.justice.rules.crimes import CHECKS
from joindots.kernel.problems import OutOfDate
from joindots.web.typed import whole

DAYS: Mapping[str, str] = {
    "on": "Enter the day it happened, for example 13 November 2025.",
    "last_act": "Enter the day of the last act, for example 12 November 2025.",
    "ends": "Enter the day, for example 10 February 2026.",
    "hearing": "Enter the day of the hearing, for example 5 January 2026.",
    "received_on": "Enter the day the court’s information came, for example 6 January 2026.",
}
FIELD_OF: Mapping[str, str] = {
    "step_ahead": "on", "step_too_early": "on", "out_of_time": "on", "hearing_to_come": "on", "tell_first": "told",
    "offence_missing": "offence", "included_unknown": "included", "last_act_ahead": "last_act",
    "last_act_missing": "last_act", "last_act_first": "on", "bail_needs_end": "ends", "ends_before": "ends",
    "release_needs_day": "ends", "outcome_missing": "outcome", "outcome_recorded": "outcome",
    "hearing_needs_day": "hearing", "nothing_listed": "on", "count_missing": "count", "count_last": "count",
    "counts_open": "count", "name_missing": "who", "reason_missing": "note", "words_long": "note",
    "words_missing": "why_not_told", "check_unknown": "checks", "second_needed": "", "received_when": "received_on",
}  # fmt: skip
"""Which field a rule's refusal belongs to."""
YEARS = range(1970, 2201)
"""Years that a day of a crime can stand in: any other is a slip, and days counted from it may not exist."""


class Unreadable(Exception):
    """A day that cannot be read: its field and the cure."""

    def __init__(self, field: str) -> None:
        super().__init__(DAYS[field])
        self.field = field


def day_typed(given: Mapping[str, str], field: str) -> date | None:
    """The day in a field; None where it is empty."""
    typed = given.get(field, "").strip()
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Unreadable(field) from None
    if day.year not in YEARS:
        raise Unreadable(field)
    return day


def said_typed(event: str, asks: tuple[str, ...], tells: bool, given: QueryDict) -> Said:
    """What somebody writes down, of the facts that the event asks for; any other is not read."""
    on = day_typed(given, "on")
    if on is None:
        raise Unreadable("on")
    days = {name: day_typed(given, name) for name in ("last_act", "ends", "hearing") if name in asks}
    told = given.get("told", "") if tells else ""
    return Said(
        event=event, on=on, offence=given.get("offence", "") if "offence" in asks else "",
        included=tuple(dict.fromkeys(given.getlist("included"))) if "included" in asks else (),
        checks={code: given.get(f"check-{code}", "") for code in CHECKS if given.get(f"check-{code}")}
        if "checks" in asks else {},
        outcome=given.get("outcome", "") if "outcome" in asks else "", last_act=days.get("last_act"),
        ends=days.get("ends"), hearing=days.get("hearing"),
        received_on=day_typed(given, "received_on") if "received" in asks else None,
        count=whole(given.get("count", ""), None) if "count" in asks else None,
        told="told" if told == "told" else "overridden" if told == "overridden" else "",
        who=given.get("who", "") if "who" in asks else "", note=given.get("note", ""),
        why_not_told=given.get("why_not_told", "") if told == "overridden" else "",
    )  # fmt: skip


def says_newest(page: CrimePage) -> str:
    """What was written down last, for a form that came after it: what was typed is put back into it."""
    told = [
        (one.struck.at, _("“%(step)s” was struck by %(who)s"), one.label, one.struck.by) if one.struck
        else (one.at, _("“%(step)s” was written down by %(who)s"), one.label, one.by)
        for one in page.steps
    ]  # fmt: skip
    if not told:
        return str(OutOfDate())
    _at, says, step, who = max(told, key=lambda one: one[0])
    return _("The crime changed while this page was open: %(what)s. What you typed is kept below. Look at it again, "
             "then write it down.") % {"what": says % {"step": step, "who": who}}  # fmt: skip
